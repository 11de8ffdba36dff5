"""Promises as SQL: what was received for each, and so how it stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, case, exists, func, select

from app.domain.promise import PromiseState
from app.store.arrears import received_between
from app.store.schema.field import promise_cancellations, promises
from app.store.schema.loans import loan_positions, loans
from app.store.schema.people import parties
from app.store.schema.system import users
from app.store.store import Snapshot

_C, _P = promise_cancellations.c, promises.c


def received_minor(by: date) -> ColumnElement[int]:
    """What was received for a promise up to a day."""
    return received_between(_P.loan_id, _P.counts_from_on, _P.keeps_until_on, by)


def cancelled(by: date) -> ColumnElement[bool]:
    """Whether a promise had been cancelled by a day."""
    return exists().where(_C.promise_id == _P.id, _C.cancelled_on <= by)


def state(by: date, *, day_ended: bool = False) -> ColumnElement[str]:
    """How a promise that was not cancelled stands on a day; as app.domain.promise.state_of."""
    over = _P.keeps_until_on <= by if day_ended else _P.keeps_until_on < by
    return case(
        (received_minor(by) >= _P.enough_minor, PromiseState.KEPT.value),
        (over, PromiseState.BROKEN.value),
        else_=PromiseState.OPEN.value,
    )


def shown_promise(loan_id: ColumnElement[Any], by: date) -> ColumnElement[int]:
    """The id of the promise to show for a loan: the next that is not over, else the latest."""
    mine = (_P.loan_id == loan_id, _P.made_on <= by, ~cancelled(by))
    coming = (
        select(_P.id)
        .where(*mine, _P.keeps_until_on >= by)
        .order_by(_P.promised_on, _P.id.desc())
        .limit(1)
        .correlate_except(promises, promise_cancellations)
        .scalar_subquery()
    )
    gone = (
        select(_P.id)
        .where(*mine, _P.keeps_until_on < by)
        .order_by(_P.promised_on.desc(), _P.id.desc())
        .limit(1)
        .correlate_except(promises, promise_cancellations)
        .scalar_subquery()
    )
    return func.coalesce(coming, gone)


def promises_of(snapshot: Snapshot, loan_ids: Sequence[int], by: date) -> Sequence[RowMapping]:
    """Every promise of some loans, the latest promised day first."""
    query = _listed(by).where(_P.loan_id.in_(loan_ids))
    return snapshot.execute(query).mappings().all()


def promises_due(
    snapshot: Snapshot, branch_id: int, due_on: date, by: date, officer_id: int | None = None
) -> Sequence[RowMapping]:
    """The promises for a day, of loans that are in the branch now (in the officer's care)."""
    query = _listed(by).where(_P.promised_on == due_on, loan_positions.c.branch_id == branch_id)
    if officer_id is not None:
        query = query.where(loan_positions.c.officer_id == officer_id)
    return snapshot.execute(query).mappings().all()


def promise(snapshot: Snapshot, promise_id: int, by: date) -> RowMapping | None:
    """One promise."""
    return snapshot.execute(_listed(by).where(_P.id == promise_id)).mappings().first()


def open_promise(snapshot: Snapshot, loan_id: int, promised_on: date, by: date) -> int | None:
    """The promise of a loan for a day that is still open, or None."""
    query = select(_P.id).where(
        _P.loan_id == loan_id,
        _P.promised_on == promised_on,
        ~cancelled(by),
        state(by) == PromiseState.OPEN.value,
    )
    found: int | None = snapshot.scalar(query)
    return found


def shown_promises(
    snapshot: Snapshot, loan_ids: Sequence[int], by: date, *, day_ended: bool = False
) -> dict[int, RowMapping]:
    """The promise to show for each loan that has one."""
    query = (
        select(
            *(_P.loan_id, _P.id, _P.promised_on, _P.amount_minor, _P.keeps_until_on),
            state(by, day_ended=day_ended).label("state"),
        )
        .select_from(promises.join(loans, loans.c.id == _P.loan_id))
        .where(_P.loan_id.in_(loan_ids), _P.id == shown_promise(loans.c.id, by))
    )
    return {row["loan_id"]: row for row in snapshot.execute(query).mappings()}


def promise_counts(
    snapshot: Snapshot,
    branch_id: int,
    officer_id: int | None,
    first: date,
    last: date,
    *,
    day_ended: bool,
) -> dict[str, int]:
    """How many promises were made in a period, and how those for a day of it stand at its end."""
    by = last
    mine = [_P.branch_id == branch_id]
    if officer_id is not None:
        mine.append(loan_positions.c.officer_id == officer_id)
    joined = promises.join(loan_positions, loan_positions.c.loan_id == _P.loan_id)
    made = select(func.count()).select_from(joined).where(*mine, _P.made_on.between(first, last))
    ended = (
        select(state(by, day_ended=day_ended).label("state"))
        .select_from(joined)
        .where(*mine, _P.promised_on.between(first, last), ~cancelled(by))
        .subquery("ended")
    )
    query = select(ended.c.state, func.count()).group_by(ended.c.state)
    counts = {row[0]: int(row[1]) for row in snapshot.execute(query)}
    return {**counts, "made": int(snapshot.scalar(made) or 0)}


def _listed(by: date) -> Select[Any]:
    joined = (
        promises.join(loans, loans.c.id == _P.loan_id)
        .join(loan_positions, loan_positions.c.loan_id == _P.loan_id)
        .join(parties, parties.c.id == loans.c.party_id)
        .outerjoin(users, users.c.id == _P.user_id)
    )
    return (
        select(
            *(
                _P.id,
                _P.loan_id,
                _P.visit_id,
                _P.made_on,
                _P.promised_on,
                _P.amount_minor,
                _P.currency,
            ),
            *(_P.counts_from_on, _P.keeps_until_on, _P.enough_minor, _P.note, _P.branch_id),
            *(loans.c.number, parties.c.full_name, users.c.full_name.label("by")),
            loan_positions.c.branch_id.label("loan_branch_id"),
            received_minor(by).label("received_minor"),
            cancelled(by).label("cancelled"),
        )
        .select_from(joined)
        .order_by(_P.promised_on.desc(), _P.id.desc())
    )
