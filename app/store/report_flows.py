"""What fell due and what was set on dues in a period, summed by what loans are grouped by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    func,
    select,
)

from app.domain.events import EventKind
from app.store.arrears import LOAN, stands
from app.store.report_stock import Scope, written
from app.store.schema.loans import allocations, events, instalments, loan_positions, loans
from app.store.store import Snapshot

_A, _E, _I, _L, _P = allocations.c, events.c, instalments.c, loans.c, loan_positions.c
_LINE = and_(_I.loan_id == _A.loan_id, _I.number == _A.number)


class Grain(NamedTuple):
    """How finely flows are summed: by loan or only by what it is grouped by; by day or not."""

    loan: bool = False
    day: bool = False


class Flow(NamedTuple):
    """A sum of flows with what it is grouped by; ids are 0 and the day None where not asked for.

    `figures` are in minor units, in the order that the function says.
    """

    loan_id: int
    party_id: int
    officer_id: int
    product_id: int
    group_id: int | None
    on: date | None
    figures: tuple[int, ...]


class Span(NamedTuple):
    """A period, both days inclusive, of some loans: `without` are told otherwise."""

    scope: Scope
    first: date
    last: date
    without: frozenset[int] = frozenset()


def demanded(snapshot: Snapshot, span: Span, grain: Grain) -> list[Flow]:
    """(what the lines due in the period ask, what of them was paid to this day)."""
    asked = _I.principal_minor + _I.interest_minor + _I.charge_minor + _I.penalty_minor
    paid = (
        _I.paid_principal_minor
        + _I.paid_interest_minor
        + _I.paid_charge_minor
        + _I.paid_penalty_minor
    )
    source = _with_loans(instalments, _I.loan_id)
    query = _summed((func.sum(asked), func.sum(paid)), source, span, grain, _I.due_on)
    return _flows(snapshot, query.where(_I.due_on.between(span.first, span.last)), span, grain)


def settled(snapshot: Snapshot, span: Span, grain: Grain) -> list[Flow]:
    """(on dues older than the period, on its own, ahead) by value date in the period.

    By day, older and ahead are meant of that day.
    """
    start: Any = _A.value_on if grain.day else span.first
    end: Any = _A.value_on if grain.day else span.last
    sums = (
        func.sum(case((_I.due_on < start, _A.amount_minor), else_=0)),
        func.sum(case((_I.due_on.between(start, end), _A.amount_minor), else_=0)),
        func.sum(case((_I.due_on > end, _A.amount_minor), else_=0)),
    )
    query = _summed(sums, _set_money(), span, grain, _A.value_on)
    return _flows(snapshot, query.where(_A.value_on.between(span.first, span.last)), span, grain)


def settled_since(snapshot: Snapshot, span: Span, grain: Grain) -> list[Flow]:
    """(on dues of the period, from its first day to this day); by day: from the due day on."""
    start: Any = _I.due_on if grain.day else span.first
    query = _summed((func.sum(_A.amount_minor),), _set_money(), span, grain, _I.due_on).where(
        _A.value_on >= span.first,
        _A.value_on >= start,
        _I.due_on.between(span.first, span.last),
    )
    return _flows(snapshot, query, span, grain)


def brought_late(snapshot: Snapshot, scope: Scope, first: date, last: date) -> frozenset[int]:
    """Loans with money booked in the period for a day before it."""
    query = (
        select(_E.subject_id)
        .where(
            _E.branch_id == scope.branch_id,
            _E.booked_on.between(first, last),
            _E.kind == EventKind.RECEIPT.value,
            _E.subject_kind == LOAN,
            _E.value_on < first,
        )
        .distinct()
    )
    return frozenset(snapshot.execute(query).scalars())


def levied_apart(snapshot: Snapshot, scope: Scope, first: date, last: date) -> frozenset[int]:
    """Loans with a charge of their own that falls due apart from its line about the period."""
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
            _E.kind == EventKind.CHARGE.value,
            _E.value_on <= last,
            ~held,
            stands(_E.id, _E.subject_id),
        )
        .distinct()
    )
    return frozenset(snapshot.execute(query).scalars())


def _set_money() -> FromClause:
    return _with_loans(allocations.join(instalments, _LINE), _A.loan_id)


def _with_loans(source: FromClause, loan_id: ColumnElement[Any]) -> FromClause:
    return source.join(loans, _L.id == loan_id).join(loan_positions, _P.loan_id == loan_id)


def _summed(
    sums: Collection[ColumnElement[Any]],
    source: FromClause,
    span: Span,
    grain: Grain,
    day: ColumnElement[Any],
) -> Select[Any]:
    by: list[ColumnElement[Any]] = [_P.officer_id, _L.product_id, _L.group_id]
    if grain.loan:
        by += [_L.id, _L.party_id]
    if grain.day:
        by.append(day)
    return (
        select(*by, *sums)
        .select_from(source)
        .where(_P.branch_id == span.scope.branch_id, _L.currency == span.scope.currency)
        .group_by(*by)
    )


def _flows(snapshot: Snapshot, query: Select[Any], span: Span, grain: Grain) -> list[Flow]:
    if span.without:
        query = query.where(_L.id.not_in(written(span.without)))
    at = 3 + 2 * grain.loan
    end = at + grain.day
    return [
        Flow._make(
            (
                *((row[3], row[4]) if grain.loan else (0, 0)),
                *row[:3],
                row[at] if grain.day else None,
                tuple(map(int, row[end:])),
            )
        )
        for row in snapshot.execute(query)
    ]
