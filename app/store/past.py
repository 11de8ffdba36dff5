"""Loans as they stood at the end of a day that has passed, and as they stand now, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    RowMapping,
    and_,
    exists,
    func,
    or_,
    select,
)

from app.domain.events import EventKind
from app.store.arrears import (
    LOAN,
    last_paid_by,
    needs_replay,
    principal_unpaid_by,
    principal_unpaid_then,
    stands,
    unpaid_by,
    unpaid_then,
)
from app.store.loan_terms import newest, put_right_since
from app.store.narrowing import narrowed
from app.store.overdue import Late, filtered, joined, who_columns
from app.store.report_stock import written
from app.store.schema.loans import (
    events,
    loan_positions,
    loans,
    position_spans,
    receipt_parts,
    receipts,
)
from app.store.schema.people import parties
from app.store.store import Snapshot

_E, _L, _P, _S = events.c, loans.c, loan_positions.c, position_spans.c
_ONE_DAY = timedelta(1)


def past_unpaid(snapshot: Snapshot, late: Late) -> Sequence[RowMapping]:
    """Every loan with anything unpaid at the end of `late.day` that was due by then.

    What was due before that day is late, what was due on it is not.
    """
    query = filtered(
        late,
        select(*_columns(late.day)).select_from(joined().join(position_spans, _at(late.day))),
        _S.next_unsettled_due_on,
    ).where(
        _P.branch_id == late.branch_id,
        _L.currency == late.currency,
        _S.next_unsettled_due_on <= late.day,
    )
    return snapshot.execute(query.order_by(_S.next_unsettled_due_on, _L.id)).mappings().all()


def past_rows(snapshot: Snapshot, loan_ids: Sequence[int], day: date) -> Sequence[RowMapping]:
    """The same columns for some loans, whatever they owed; those not paid out are left out."""
    query = (
        select(*_columns(day))
        .select_from(joined().join(position_spans, _at(day)))
        .where(_L.id.in_(loan_ids))
    )
    return snapshot.execute(query).mappings().all()


def told_later(
    snapshot: Snapshot, branch_id: int, day: date, known_on: date | None = None
) -> frozenset[int]:
    """Loans with a fact booked after `known_on` that changes how they stood at the end of a day.

    Without `known_on`: booked after the day itself.
    """
    known_on = known_on or day
    voided = events.alias("voided")
    speaks_of = or_(
        _E.value_on <= day,
        exists().where(voided.c.id == _E.of_id, voided.c.value_on <= day),
    )
    query = (
        select(_E.subject_id)
        .where(
            _E.branch_id == branch_id,
            _E.booked_on > known_on,
            _E.subject_kind == LOAN,
            _E.kind.in_([kind.value for kind in EventKind]),
            speaks_of,
        )
        .distinct()
    )
    told = frozenset(snapshot.execute(query).scalars())
    return told | put_right_since(snapshot, branch_id, known_on)


def last_paid(snapshot: Snapshot, loan_ids: Sequence[int], by: date) -> dict[int, date]:
    """The value date of the latest standing receipt of each loan up to a day."""
    part, receipt = receipt_parts.c, receipts.c
    query = (
        select(part.account_id, func.max(receipt.received_on))
        .select_from(receipt_parts.join(receipts, receipt.id == part.receipt_id))
        .where(
            part.account_kind == LOAN,
            part.account_id.in_(written(loan_ids)),
            receipt.received_on <= by,
            stands(part.event_id, part.account_id),
        )
        .group_by(part.account_id)
    )
    return {row[0]: row[1] for row in snapshot.execute(query)}


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


@dataclass(frozen=True, slots=True)
class Running:
    """All running loans of a day: principal outstanding (minor units), loans, borrowers."""

    outstanding_minor: int = 0
    loans: int = 0
    borrowers: int = 0


def past_running(snapshot: Snapshot, late: Late) -> Running:
    """The running loans at the end of a day that has passed."""
    columns = (_S.principal_minor, _S.next_unsettled_due_on)
    return _running(snapshot, late, columns, joined().join(position_spans, _at(late.day)))


def running_now(snapshot: Snapshot, late: Late) -> Running:
    """The running loans by the latest knowledge."""
    return _running(snapshot, late, (_P.principal_minor, _P.next_unsettled_due_on), joined())


def running_loans(snapshot: Snapshot, late: Late) -> Sequence[RowMapping]:
    """The running loans at the end of a past day one by one, each with its borrower."""
    query = (
        select(_L.id.label("loan_id"), _L.party_id, _S.principal_minor)
        .select_from(joined().join(position_spans, _at(late.day)))
        .where(*_runs(late, _S.next_unsettled_due_on))
    )
    return snapshot.execute(query).mappings().all()


def _runs(late: Late, unsettled_on: Column[Any]) -> tuple[ColumnElement[bool], ...]:
    mine: list[ColumnElement[bool]] = list(narrowed(late.narrow, _P.loan_id))
    if late.officer_id is not None:
        mine.append(_P.officer_id == late.officer_id)
    if late.village:
        there = select(parties.c.id).where(parties.c.village == late.village)
        mine.append(_L.party_id.in_(there))
    return (
        _P.branch_id == late.branch_id,
        _L.currency == late.currency,
        unsettled_on.is_not(None),
        *mine,
    )


def _running(
    snapshot: Snapshot, late: Late, columns: tuple[Column[Any], Column[Any]], source: FromClause
) -> Running:
    principal, unsettled_on = columns
    query = (
        select(
            func.coalesce(func.sum(principal), 0),
            func.count(),
            func.count(_L.party_id.distinct()),
        )
        .select_from(source)
        .where(*_runs(late, unsettled_on))
    )
    found = snapshot.execute(query).one()
    return Running(int(found[0]), int(found[1]), int(found[2]))


def _columns(day: date) -> tuple[ColumnElement[Any], ...]:
    paid_on = last_paid_by(_L.id, day).label("last_paid_on")
    return *who_columns(), *_then(day), paid_on, _L.party_id


def _at(day: date) -> ColumnElement[bool]:
    """The span that a day lies in; a loan has one at the most."""
    return and_(_S.loan_id == _L.id, _S.from_on <= day, or_(_S.to_on.is_(None), _S.to_on >= day))


def _then(day: date) -> tuple[ColumnElement[Any], ...]:
    before = unpaid_then(_L.id, day - _ONE_DAY, day)
    return (
        *(_S.next_unsettled_due_on, _S.npa_since_on, _S.principal_minor, newest("terms")),
        before.label("arrears_minor"),
        (unpaid_then(_L.id, day, day) - before).label("due_minor"),
        principal_unpaid_then(_L.id, day - _ONE_DAY, day).label("principal_late_minor"),
        needs_replay(_L.id).label("needs_replay"),
    )
