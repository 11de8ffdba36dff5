"""Facts of a period about whole loans: paid out, closed, written off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, FromClause, and_, func, select

from app.domain.events import EventKind
from app.store.arrears import LOAN
from app.store.report_stock import Scope, written
from app.store.reports import WRITTEN_OFF
from app.store.schema.books import entries, entry_lines
from app.store.schema.field import visits
from app.store.schema.loans import events, instalments, loan_positions, loans
from app.store.store import Snapshot

_E, _L, _P, _V, _X = events.c, loans.c, loan_positions.c, visits.c, entry_lines.c


class Dated(NamedTuple):
    """An amount of a loan on a day, in minor units; below 0 where it was taken back."""

    loan_id: int
    on: date
    amount_minor: int


class Closed(NamedTuple):
    """A loan whose last due was settled; `last_due_on` is the due date of its last line."""

    loan_id: int
    on: date
    last_due_on: date | None


def handed_out(
    snapshot: Snapshot, scope: Scope, first: date, last: date, known_on: date | None
) -> list[Dated]:
    """Disbursements of the period, and those taken back in it below 0.

    Of the days booked, or (`known_on`) valued in the period, booked by then and not taken back.
    """
    given = _events(scope, EventKind.DISBURSEMENT)
    day = _E.booked_on if known_on is None else _E.value_on
    query = (
        select(_E.subject_id, day, _E.amount_minor)
        .select_from(_of_loans())
        .where(*given, day.between(first, last))
    )
    if known_on is None:
        made = [Dated._make(row) for row in snapshot.execute(query)]
        return made + _taken_back(snapshot, scope, first, last)
    back = events.alias("back")
    stands = ~(
        select(back.c.id)
        .where(
            back.c.of_id == _E.id,
            back.c.kind == EventKind.REVERSAL.value,
            back.c.booked_on <= known_on,
        )
        .exists()
    )
    query = query.where(_E.booked_on <= known_on, stands)
    return [Dated._make(row) for row in snapshot.execute(query)]


def closed_loans_of(
    snapshot: Snapshot, scope: Scope, first: date, last: date, without: Collection[int]
) -> list[Closed]:
    """Loans whose last due was settled in the period, by the latest knowledge."""
    due = (
        select(func.max(instalments.c.due_on))
        .where(instalments.c.loan_id == _P.loan_id)
        .correlate(loan_positions)
        .scalar_subquery()
    )
    query = (
        select(_P.loan_id, _P.closed_on, due)
        .select_from(loan_positions.join(loans, _L.id == _P.loan_id))
        .where(
            _P.branch_id == scope.branch_id,
            _L.currency == scope.currency,
            _P.closed_on.between(first, last),
            _P.status != WRITTEN_OFF,
        )
    )
    if without:
        query = query.where(_P.loan_id.not_in(written(without)))
    return [Closed._make(row) for row in snapshot.execute(query)]


def struck_of(
    snapshot: Snapshot, scope: Scope, first: date, last: date, accounts: Collection[str]
) -> list[Dated]:
    """What was booked in the accounts of what is written off, by loan and day."""
    query = (
        select(entries.c.loan_id, _X.booked_on, func.sum(_X.amount_minor))
        .select_from(entry_lines.join(entries, entries.c.id == _X.entry_id))
        .where(
            _X.branch_id == scope.branch_id,
            _X.currency == scope.currency,
            _X.booked_on.between(first, last),
            _X.account.in_(accounts),
            entries.c.loan_id.is_not(None),
        )
        .group_by(entries.c.loan_id, _X.booked_on)
    )
    return [Dated(row[0], row[1], int(row[2])) for row in snapshot.execute(query)]


def visits_by_officer(
    snapshot: Snapshot, branch_id: int, first: date, last: date
) -> dict[tuple[int, str], int]:
    """Stops of the period by officer and state."""
    query = (
        select(_V.officer_id, _V.state, func.count())
        .where(_V.branch_id == branch_id, _V.visit_on.between(first, last))
        .group_by(_V.officer_id, _V.state)
    )
    return {(row[0], row[1]): int(row[2]) for row in snapshot.execute(query)}


def _taken_back(snapshot: Snapshot, scope: Scope, first: date, last: date) -> list[Dated]:
    undone = events.alias("undone")
    query = (
        select(_E.subject_id, _E.booked_on, -undone.c.amount_minor)
        .select_from(_of_loans().join(undone, undone.c.id == _E.of_id))
        .where(
            *_events(scope, EventKind.REVERSAL),
            _E.booked_on.between(first, last),
            undone.c.kind == EventKind.DISBURSEMENT.value,
        )
    )
    return [Dated._make(row) for row in snapshot.execute(query)]


def _of_loans() -> FromClause:
    mine = and_(_E.subject_kind == LOAN, _L.id == _E.subject_id)
    return events.join(loans, mine).join(loan_positions, _P.loan_id == _L.id)


def _events(scope: Scope, kind: EventKind) -> Sequence[ColumnElement[bool]]:
    return (
        _E.branch_id == scope.branch_id,
        _E.kind == kind.value,
        _L.currency == scope.currency,
    )
