"""What fell due and what was set on dues, as plain rows: reports sum them by what they ask for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, select

from app.domain.events import EventKind
from app.store.arrears import LOAN, stands
from app.store.report_stock import Scope, written
from app.store.schema.loans import allocations, events, instalments, receipt_parts, receipts
from app.store.store import Snapshot

_A, _E, _I, _R, _T = allocations.c, events.c, instalments.c, receipts.c, receipt_parts.c
Rows = Sequence[Any]  # tuples of what the function says


class Grain(NamedTuple):
    """How finely flows are summed: by loan or only by what it is grouped by; by day or not."""

    loan: bool = False
    day: bool = False


class Span(NamedTuple):
    """A period, both days inclusive, of the loans of a branch."""

    scope: Scope
    first: date
    last: date


def lines_due(snapshot: Snapshot, first: date, last: date) -> Rows:
    """(loan, due date, asked, paid to this day) of every line due in the period.

    Of all branches: who sums them leaves out the loans that are none of his.
    """
    asked = _I.principal_minor + _I.interest_minor + _I.charge_minor + _I.penalty_minor
    paid = (
        _I.paid_principal_minor
        + _I.paid_interest_minor
        + _I.paid_charge_minor
        + _I.paid_penalty_minor
    )
    query = select(_I.loan_id, _I.due_on, asked, paid).where(_I.due_on.between(first, last))
    return snapshot.execute(query).all()


def money_set(snapshot: Snapshot, first: date) -> Rows:
    """(loan, event, head, value date, due date of the line, amount) from a day to this one."""
    line = and_(_I.loan_id == _A.loan_id, _I.number == _A.number)
    query = (
        select(_A.loan_id, _A.event_id, _A.head, _A.value_on, _I.due_on, _A.amount_minor)
        .select_from(allocations.join(instalments, line))
        .where(_A.value_on >= first)
    )
    return snapshot.execute(query).all()


def receipts_of(snapshot: Snapshot, span: Span, known_on: date | None) -> Rows:
    """(day, mode, loan, event, amount) of every part of a receipt of the period.

    Of the days booked, or (`known_on`) valued and booked by then.
    """
    day = _R.booked_on if known_on is None else _R.received_on
    told = () if known_on is None else (_R.booked_on <= known_on,)
    query = (
        select(day, _R.mode, _T.account_id, _T.event_id, _T.amount_minor)
        .select_from(receipts.join(receipt_parts, _T.receipt_id == _R.id))
        .where(
            _R.branch_id == span.scope.branch_id,
            _R.currency == span.scope.currency,
            day.between(span.first, span.last),
            _T.account_kind == LOAN,
            *told,
        )
    )
    return snapshot.execute(query).all()


def undone(snapshot: Snapshot, scope: Scope, first: date, by: date) -> frozenset[int]:
    """The facts whose reversal was booked between two days."""
    query = select(_E.of_id).where(
        *_booked(scope, first, by), _E.kind == EventKind.REVERSAL.value, _E.of_id.is_not(None)
    )
    return frozenset(snapshot.execute(query).scalars())


def recoveries(snapshot: Snapshot, scope: Scope, first: date, by: date) -> frozenset[int]:
    """Money on written-off loans booked between two days."""
    query = select(_E.id).where(*_booked(scope, first, by), _E.kind == EventKind.RECOVERY.value)
    return frozenset(snapshot.execute(query).scalars())


def recovered_in(snapshot: Snapshot, scope: Scope, first: date, last: date) -> bool:
    """Whether money on written-off loans was booked, or taken back, in a period."""
    if recoveries(snapshot, scope, first, last):
        return True
    gone = undone(snapshot, scope, first, last)
    kind = EventKind.RECOVERY.value
    query = select(_E.id).where(_E.id.in_(written(gone)), _E.kind == kind).limit(1)
    return bool(gone) and snapshot.scalar(query) is not None


def brought_late(snapshot: Snapshot, scope: Scope, first: date, last: date) -> frozenset[int]:
    """Loans with money booked in the period for a day before it."""
    query = (
        select(_E.subject_id)
        .where(
            *_booked(scope, first, last),
            _E.kind == EventKind.RECEIPT.value,
            _E.subject_kind == LOAN,
            _E.value_on < first,
        )
        .distinct()
    )
    return frozenset(snapshot.execute(query).scalars())


def levied_apart(
    snapshot: Snapshot, scope: Scope, days: tuple[date, date], among: Collection[int]
) -> frozenset[int]:
    """Of some loans those with a charge of their own that falls due apart from its line.

    About a period: from its first to its last day.
    """
    first, last = days
    holding = instalments.alias("holding")
    held = (
        select(holding.c.loan_id)
        .where(
            holding.c.loan_id == _E.subject_id,
            holding.c.due_on >= _E.value_on,
            holding.c.due_on < first,
        )
        .exists()
    )
    query = (
        select(_E.subject_id)
        .where(
            _E.branch_id == scope.branch_id,
            _E.subject_kind == LOAN,
            _E.subject_id.in_(written(among)),
            _E.kind == EventKind.CHARGE.value,
            _E.value_on <= last,
            ~held,
            stands(_E.id, _E.subject_id),
        )
        .distinct()
    )
    return frozenset(snapshot.execute(query).scalars())


def _booked(scope: Scope, first: date, last: date) -> tuple[Any, ...]:
    return _E.branch_id == scope.branch_id, _E.booked_on.between(first, last)
