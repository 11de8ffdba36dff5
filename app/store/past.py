"""Loans as they stood at the end of a day that has passed, and as they stand now, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select

from app.store.arrears import (
    last_paid_by,
    needs_replay,
    principal_unpaid_by,
    principal_unpaid_then,
    unpaid_by,
    unpaid_then,
)
from app.store.overdue import Late, filtered, joined, who_columns
from app.store.schema.loans import instalments, loan_positions, loans, position_spans
from app.store.store import Snapshot

_I, _L, _P, _S = instalments.c, loans.c, loan_positions.c, position_spans.c
_ONE_DAY = timedelta(1)


def past_late(snapshot: Snapshot, late: Late) -> Sequence[RowMapping]:
    """Every loan that was late at the end of `late.day` (or had something due on it)."""
    day = late.day
    query = filtered(
        late,
        select(*who_columns(), *_then(day), last_paid_by(_L.id, day).label("last_paid_on"))
        .select_from(joined().join(position_spans, _at(day)))
        .where(_P.branch_id == late.branch_id, _L.currency == late.currency),
        _S.next_unsettled_due_on,
    )
    if late.due_today:
        due = select(_I.loan_id).where(_I.due_on == day)
        query = query.where(_P.loan_id.in_(due), _S.next_unsettled_due_on <= day)
    else:
        query = query.where(_S.next_unsettled_due_on < day)
    return snapshot.execute(query.order_by(_S.next_unsettled_due_on, _L.id)).mappings().all()


def past_standing(snapshot: Snapshot, loan_ids: Sequence[int], day: date) -> Sequence[RowMapping]:
    """How loans stood at the end of a day; those that did not run yet are left out."""
    query = (
        select(_L.id.label("loan_id"), _L.currency, *_then(day))
        .select_from(loans.join(position_spans, _at(day)))
        .where(_L.id.in_(loan_ids))
    )
    return snapshot.execute(query).mappings().all()


def standing_now(snapshot: Snapshot, loan_ids: Sequence[int], day: date) -> Sequence[RowMapping]:
    """How loans stand on the open day, or will on a day to come if nothing is paid till then."""
    before = unpaid_by(_P.loan_id, day - _ONE_DAY)
    query = select(
        *(_P.loan_id, _P.next_unsettled_due_on, _P.npa_since_on, _P.principal_minor),
        before.label("arrears_minor"),
        (unpaid_by(_P.loan_id, day) - before).label("due_minor"),
        principal_unpaid_by(_P.loan_id, day - _ONE_DAY).label("principal_late_minor"),
    ).where(_P.loan_id.in_(loan_ids))
    return snapshot.execute(query).mappings().all()


def past_outstanding(
    snapshot: Snapshot, branch_id: int, currency: str, day: date, officer_id: int | None
) -> tuple[int, int]:
    """Principal outstanding and the number of running loans at the end of a day."""
    query = (
        select(func.coalesce(func.sum(_S.principal_minor), 0), func.count())
        .select_from(loan_positions.join(loans, _L.id == _P.loan_id).join(position_spans, _at(day)))
        .where(
            _P.branch_id == branch_id,
            _L.currency == currency,
            or_(_S.principal_minor > 0, _S.next_unsettled_due_on.is_not(None)),
        )
    )
    if officer_id is not None:
        query = query.where(_P.officer_id == officer_id)
    found = snapshot.execute(query).one()
    return int(found[0]), int(found[1])


def _at(day: date) -> ColumnElement[bool]:
    """The span that a day lies in; a loan has one at the most."""
    return and_(_S.loan_id == _L.id, _S.from_on <= day, or_(_S.to_on.is_(None), _S.to_on >= day))


def _then(day: date) -> tuple[ColumnElement[Any], ...]:
    before = unpaid_then(_L.id, day - _ONE_DAY, day)
    return (
        *(_S.next_unsettled_due_on, _S.npa_since_on, _S.principal_minor, _L.terms),
        before.label("arrears_minor"),
        (unpaid_then(_L.id, day, day) - before).label("due_minor"),
        principal_unpaid_then(_L.id, day - _ONE_DAY, day).label("principal_late_minor"),
        needs_replay(_L.id).label("needs_replay"),
    )
