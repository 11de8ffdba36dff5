"""Sums and rows of the declared reports, from what was booked in a period."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    RowMapping,
    Select,
    and_,
    func,
    select,
)
from sqlalchemy.sql.selectable import NamedFromClause

from app.domain.events import EventKind
from app.store.arrears import LOAN
from app.store.days import moves
from app.store.loan_terms import newest
from app.store.report_stock import Scope, written
from app.store.schema.books import entries, entry_lines
from app.store.schema.loans import (
    allocations,
    events,
    loan_positions,
    loans,
    receipt_parts,
    receipts,
)
from app.store.schema.people import parties
from app.store.schema.system import users
from app.store.store import Snapshot

_A, _E, _L = allocations.c, events.c, loans.c
_P, _R, _T = loan_positions.c, receipts.c, receipt_parts.c
_X = entry_lines.c
_ONE_DAY = timedelta(1)
WRITTEN_OFF = "written-off"


@dataclass(frozen=True, slots=True)
class Period:
    """A branch from `first` to `last`, both inclusive, in one currency; one officer or all."""

    branch_id: int
    currency: str
    first: date
    last: date
    officer_id: int | None = None

    @property
    def before(self) -> date:
        """The day before it."""
        return self.first - _ONE_DAY


@dataclass(frozen=True, slots=True)
class Taken:
    """Which receipts of a period: those booked in it, or (`known_on`) valued in it, booked by then.

    `loans` and `kind` narrow them to some loans, and to money on written-off loans or other money.
    """

    known_on: date | None = None
    loans: Collection[int] | None = None
    kind: EventKind | None = None


ALL = Taken()


def receipts_booked(snapshot: Snapshot, period: Period, taken: Taken = ALL) -> Sequence[RowMapping]:
    """Every part of a receipt of the period, with the day its reversal was booked on."""
    if taken.loans is not None and not taken.loans:
        return ()
    query = _receipt_rows(period).where(
        _branch(period, taken), *_in_days(period, taken), *_narrowed(taken)
    )
    return snapshot.execute(query.order_by(_R.recorded_at, _R.id, _T.id)).mappings().all()


def receipts_taken_back(
    snapshot: Snapshot, period: Period, taken: Taken = ALL
) -> Sequence[RowMapping]:
    """Receipts booked before the period whose reversal was booked in it."""
    back = _reversal()
    query = _receipt_rows(period, back).where(
        back.c.branch_id == period.branch_id,
        back.c.booked_on.between(period.first, period.last),
        _R.booked_on < period.first,
        *_narrowed(replace(taken, loans=None)),
    )
    return snapshot.execute(query.order_by(back.c.recorded_at, _R.id, _T.id)).mappings().all()


def _branch(period: Period, taken: Taken) -> ColumnElement[bool]:
    """The branch; of some loans written so that their own receipts are looked at, not the days."""
    branch_id = _R.branch_id if taken.loans is None else _R.branch_id + 0
    return branch_id == period.branch_id


def _in_days(period: Period, taken: Taken) -> tuple[ColumnElement[bool], ...]:
    if taken.known_on is None:
        return (_R.booked_on.between(period.first, period.last),)
    return _R.received_on.between(period.first, period.last), _R.booked_on <= taken.known_on


def _narrowed(taken: Taken) -> tuple[ColumnElement[bool], ...]:
    some = () if taken.loans is None else (_T.account_id.in_(written(taken.loans)),)
    return some if taken.kind is None else (*some, _E.kind == taken.kind.value)


def splits_booked(
    snapshot: Snapshot, period: Period, taken: Taken = ALL
) -> dict[int, dict[str, int]]:
    """By receipt event and head, what was set by the end of the period; the latest knowledge."""
    joined = (
        receipts.join(receipt_parts, _T.receipt_id == _R.id)
        .join(events, _E.id == _T.event_id)
        .join(allocations, and_(_A.loan_id == _T.account_id, _A.event_id == _T.event_id))
        .join(loan_positions, _P.loan_id == _T.account_id)
    )
    query = (
        select(_A.event_id, _A.head, func.sum(_A.amount_minor))
        .select_from(joined)
        .where(
            *(_branch(period, taken), _R.currency == period.currency),
            *(*_in_days(period, taken), _T.account_kind == LOAN),
            _A.value_on <= period.last,
            *(*_of_officer(period), *_narrowed(taken)),
        )
        .group_by(_A.event_id, _A.head)
    )
    made: dict[int, dict[str, int]] = {}
    for event_id, head, amount in snapshot.execute(query):
        made.setdefault(event_id, {})[head] = int(amount)
    return made


def paid_out(snapshot: Snapshot, period: Period) -> tuple[int, int]:
    """How many loans were disbursed in the period, and their principal."""
    query = (
        select(func.count(), func.coalesce(func.sum(_E.amount_minor), 0))
        .select_from(_events_of_loans())
        .where(*_booked(period, EventKind.DISBURSEMENT))
    )
    found = snapshot.execute(query).one()
    return int(found[0]), int(found[1])


def waived(snapshot: Snapshot, period: Period) -> int:
    """What was forgiven in the period, less waivers whose reversal was booked in it."""
    given = _sum_booked(snapshot, period, EventKind.WAIVER)
    return given - _sum_undone(snapshot, period, EventKind.WAIVER)


def _sum_booked(snapshot: Snapshot, period: Period, kind: EventKind) -> int:
    query = (
        select(func.coalesce(func.sum(_E.amount_minor), 0))
        .select_from(_events_of_loans())
        .where(*_booked(period, kind))
    )
    return int(snapshot.scalar(query) or 0)


def _sum_undone(snapshot: Snapshot, period: Period, kind: EventKind) -> int:
    """What of a kind was reversed in the period."""
    undone = events.alias("undone")
    query = (
        select(func.coalesce(func.sum(undone.c.amount_minor), 0))
        .select_from(_events_of_loans().join(undone, undone.c.id == _E.of_id))
        .where(*_booked(period, EventKind.REVERSAL), undone.c.kind == kind.value)
    )
    return int(snapshot.scalar(query) or 0)


def refunded(snapshot: Snapshot, period: Period) -> int:
    """Excess given back in the period, less what of it came back in it."""
    given = _sum_booked(snapshot, period, EventKind.REFUND)
    return given - _sum_undone(snapshot, period, EventKind.REFUND)


def struck(snapshot: Snapshot, period: Period, accounts: Collection[str]) -> int:
    """What the period's entries hold in the accounts of what is written off."""
    query = (
        select(func.coalesce(func.sum(_X.amount_minor), 0))
        .select_from(
            entry_lines.join(entries, entries.c.id == _X.entry_id).join(
                loan_positions, _P.loan_id == entries.c.loan_id
            )
        )
        .where(
            _X.branch_id == period.branch_id,
            _X.currency == period.currency,
            _X.booked_on.between(period.first, period.last),
            _X.account.in_(accounts),
            *_of_officer(period),
        )
    )
    return int(snapshot.scalar(query) or 0)


def rescheduled(snapshot: Snapshot, period: Period) -> frozenset[int]:
    """The loans of which a reschedule was agreed, or taken back, in the period."""
    undone = events.alias("undone")
    kind = EventKind.RESCHEDULE.value
    given = (
        select(_L.id).select_from(_events_of_loans()).where(*_booked(period, EventKind.RESCHEDULE))
    )
    back = (
        select(_L.id)
        .select_from(_events_of_loans().join(undone, undone.c.id == _E.of_id))
        .where(*_booked(period, EventKind.REVERSAL), undone.c.kind == kind)
    )
    return frozenset(snapshot.execute(given.union(back)).scalars())


def moving(snapshot: Snapshot, scope: Scope) -> frozenset[int]:
    """The loans whose lines move with the days: they stand as on the last of them."""
    query = (
        select(_L.id)
        .select_from(loans.join(loan_positions, _P.loan_id == _L.id))
        .where(_P.branch_id == scope.branch_id, _L.currency == scope.currency, moves())
    )
    return frozenset(snapshot.execute(query).scalars())


def closed_loans(snapshot: Snapshot, period: Period) -> int:
    """How many loans had their last due settled in the period."""
    query = (
        select(func.count())
        .select_from(loan_positions.join(loans, _L.id == _P.loan_id))
        .where(
            _P.branch_id == period.branch_id,
            _L.currency == period.currency,
            _P.closed_on.between(period.first, period.last),
            _P.status != WRITTEN_OFF,
            *_of_officer(period),
        )
    )
    return int(snapshot.scalar(query) or 0)


def _receipt_rows(period: Period, back: NamedFromClause | None = None) -> Select[Any]:
    reversal = _reversal() if back is None else back
    joined = (
        receipts.join(receipt_parts, _T.receipt_id == _R.id)
        .join(loans, _L.id == _T.account_id)
        .join(loan_positions, _P.loan_id == _L.id)
        .join(parties, parties.c.id == _L.party_id)
        .join(events, _E.id == _T.event_id)
        .outerjoin(users, users.c.id == _P.officer_id)
        .outerjoin(reversal, _voids(reversal))
    )
    return (
        select(
            *(_R.number, _R.recorded_at, _R.booked_on, _R.received_on, _R.mode),
            *(_T.amount_minor, _T.event_id),
            *(_L.id.label("loan_id"), _L.number.label("loan_number"), newest("terms"), _L.currency),
            *(parties.c.full_name, users.c.full_name.label("officer"), _E.kind),
            reversal.c.booked_on.label("reversed_on"),
            reversal.c.recorded_at.label("reversed_at"),
        )
        .select_from(joined)
        .where(_T.account_kind == LOAN, _R.currency == period.currency, *_of_officer(period))
    )


def _reversal() -> NamedFromClause:
    return events.alias("reversal")


def _voids(reversal: NamedFromClause) -> ColumnElement[bool]:
    return and_(
        reversal.c.subject_kind == LOAN,
        reversal.c.subject_id == _T.account_id,
        reversal.c.kind == EventKind.REVERSAL.value,
        reversal.c.of_id == _T.event_id,
    )


def _events_of_loans() -> FromClause:
    mine = and_(_E.subject_kind == LOAN, _L.id == _E.subject_id)
    return events.join(loans, mine).join(loan_positions, _P.loan_id == _L.id)


def _booked(period: Period, kind: EventKind) -> tuple[ColumnElement[bool], ...]:
    return (
        _E.branch_id == period.branch_id,
        _E.booked_on.between(period.first, period.last),
        _E.kind == kind.value,
        _L.currency == period.currency,
        *_of_officer(period),
    )


def _of_officer(period: Period) -> tuple[ColumnElement[bool], ...]:
    return () if period.officer_id is None else (_P.officer_id == period.officer_id,)
