"""Every running loan at the end of a day, and what of the late ones is unpaid, in a few scans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    RowMapping,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from app.domain.allocation import Head
from app.domain.events import EventKind
from app.store.arrears import ACTIVE, LOAN, REPLAYED, dated_unpaid
from app.store.loan_terms import newest
from app.store.schema.loans import allocations, events, instalments, loan_positions, loans
from app.store.schema.loans import position_spans as spans
from app.store.schema.system import branches
from app.store.store import Snapshot

_A, _I, _L, _P, _S = allocations.c, instalments.c, loans.c, loan_positions.c, spans.c
_ONE_DAY = timedelta(1)
Rows = Sequence[Any]  # tuples of what the function says
OVER_90, OVER_180 = timedelta(91), timedelta(180)  # more than 90 days, 180 days and more
_LATE = (30, 90)  # more days than these
_MOST_IDS = 10_000  # of one list of parameters


@dataclass(frozen=True, slots=True)
class Scope:
    """The loans of a branch in one currency."""

    branch_id: int
    currency: str


class Stood(NamedTuple):
    """A loan that runs at the end of a day, with what it is grouped by. Amounts in minor units."""

    loan_id: int
    party_id: int
    officer_id: int
    product_id: int
    group_id: int | None
    principal_minor: int
    oldest_on: date | None  # the oldest due that is not settled, on a day to come too
    npa_since_on: date | None


class Unpaid(NamedTuple):
    """What is unpaid of a loan, in minor units: due before the day and on it.

    `over_90_minor` and `over_180_minor` are of dues more than 90, and 180 days or more, before it.
    """

    before_minor: int = 0
    due_minor: int = 0
    principal_minor: int = 0
    over_90_minor: int = 0
    over_180_minor: int = 0


class Dims(NamedTuple):
    """What a loan is grouped by."""

    loan_id: int
    party_id: int
    officer_id: int
    product_id: int
    group_id: int | None


def dims(snapshot: Snapshot, scope: Scope) -> dict[int, Dims]:
    """Every loan of a branch by id."""
    query = (
        select(*_grouped_by())
        .select_from(loan_positions.join(loans, _L.id == _P.loan_id))
        .where(*_mine(scope))
    )
    return {row[0]: Dims._make(row) for row in snapshot.execute(query)}


def states_now(snapshot: Snapshot, branch_id: int) -> Rows:
    """(loan, principal, oldest unsettled due, NPA since) of running loans, as they stand."""
    query = select(_P.loan_id, _P.principal_minor, _P.next_unsettled_due_on, _P.npa_since_on).where(
        _P.branch_id == branch_id, _P.next_unsettled_due_on.is_not(None)
    )
    return snapshot.execute(query).all()


def states_on(snapshot: Snapshot, day: date) -> Rows:
    """The same at the end of a day that has passed, of all branches.

    Spans that are open and those that ended later lie apart in their index.
    """
    query = select(_S.loan_id, _S.principal_minor, _S.next_unsettled_due_on, _S.npa_since_on).where(
        _S.from_on <= day, _S.next_unsettled_due_on.is_not(None)
    )
    return [
        row
        for until in (_S.to_on.is_(None), _S.to_on >= day)
        for row in snapshot.execute(query.where(until)).all()
    ]


def unpaid_now(snapshot: Snapshot, scope: Scope, day: date) -> dict[int, Unpaid]:
    """What is unpaid of everything due by the end of the open day, by loan."""
    late = select(_P.loan_id).where(
        _P.branch_id == scope.branch_id,
        _P.status == ACTIVE,
        _P.next_unsettled_due_on <= day,
    )
    left = _I.principal_minor - _I.paid_principal_minor
    part = case((left > _I.unpaid_minor, _I.unpaid_minor), else_=left)
    query = (
        select(_I.loan_id, *_cuts(_I.unpaid_minor, part, day))
        .where(_I.loan_id.in_(late), _I.due_on <= day, _I.unpaid_minor > 0)
        .group_by(_I.loan_id)
    )
    made = {row[0]: Unpaid(*map(int, row[1:])) for row in snapshot.execute(query)}
    for loan_id, before, by in snapshot.execute(_levied(late, day)):
        one = made.get(loan_id, Unpaid())
        made[loan_id] = one._replace(
            before_minor=one.before_minor + int(before),
            due_minor=one.due_minor + int(by) - int(before),
        )
    return made


def open_lines(snapshot: Snapshot, day: date) -> Rows:
    """(loan, due date, unpaid, principal unpaid) of the lines due by a day, as they stand now."""
    left = _I.principal_minor - _I.paid_principal_minor
    part = case((left > _I.unpaid_minor, _I.unpaid_minor), else_=left)
    query = select(_I.loan_id, _I.due_on, _I.unpaid_minor, part).where(
        _I.due_on <= day, _I.unpaid_minor > 0
    )
    return snapshot.execute(query).all()


def set_after(snapshot: Snapshot, day: date) -> Rows:
    """(loan, due date, amount, principal of it) of money set after a day on dues up to it."""
    line = and_(_I.loan_id == _A.loan_id, _I.number == _A.number)
    principal = case((_A.head == Head.PRINCIPAL.value, _A.amount_minor), else_=0)
    query = (
        select(_A.loan_id, _I.due_on, _A.amount_minor, principal)
        .select_from(allocations.join(instalments, line))
        .where(_A.value_on > day, _I.due_on <= day)
    )
    return snapshot.execute(query).all()


def told_by_facts(snapshot: Snapshot, branch_id: int) -> frozenset[int]:
    """The loans whose past only their facts tell, for their charges and changes."""
    kinds = (
        select(events.c.subject_id)
        .where(
            events.c.branch_id == branch_id,
            events.c.kind.in_(REPLAYED),
            events.c.kind != literal_column(f"'{EventKind.RECEIPT.value}'"),  # as its index has it
        )
        .distinct()
    )
    return frozenset(snapshot.execute(kinds).scalars())


def dims_of(snapshot: Snapshot, scope: Scope, ids: Iterable[int]) -> list[RowMapping]:
    """What some loans are grouped by, with their terms in force."""
    query = (
        select(*_grouped_by(), newest("terms"), _L.currency)
        .select_from(loan_positions.join(loans, _L.id == _P.loan_id))
        .where(*_mine(scope))
    )
    return [
        row
        for some in parts_of(ids)
        for row in snapshot.execute(query.where(_L.id.in_(some))).mappings()
    ]


def parts_of(ids: Iterable[int]) -> Iterable[Sequence[int]]:
    """Ids in lists that a statement can hold."""
    every = sorted(set(ids))
    return [every[at : at + _MOST_IDS] for at in range(0, len(every), _MOST_IDS)]


def written(ids: Collection[int]) -> BindParameter[Any]:
    """Ids written into the statement, however many: a database counts what is bound."""
    return bindparam(None, sorted(ids), expanding=True, literal_execute=True)


def at_risk_on(snapshot: Snapshot, scope: Scope, ends: Sequence[date]) -> dict[date, list[int]]:
    """Outstanding, and that of loans more than 30 and 90 days late, at past ends of months."""
    if not ends:
        return {}
    month = _months_of(snapshot)
    query = (
        select(_S.from_on, _S.to_on, _S.next_unsettled_due_on, func.sum(_S.principal_minor))
        .where(_S.next_unsettled_due_on.is_not(None), *_of_branch(snapshot, scope))
        .group_by(_S.to_on, _S.from_on, _S.next_unsettled_due_on)  # as their index has them
    )
    found = {end: [0, 0, 0] for end in ends}
    ordered = sorted(ends)
    held = or_(month(_S.from_on) < month(_S.to_on), _S.to_on.in_(ends))
    spans_now = snapshot.execute(query.where(_S.to_on.is_(None)))
    spans_then = snapshot.execute(query.where(_S.to_on >= ordered[0], held))
    for from_on, to_on, due_on, principal in chain(spans_now, spans_then):
        for end in ordered[bisect_left(ordered, from_on) :]:
            if to_on is not None and to_on < end:
                break
            sums, late = found[end], (end - due_on).days
            sums[0] += int(principal)
            sums[1] += int(principal) if late > _LATE[0] else 0
            sums[2] += int(principal) if late > _LATE[1] else 0
    return found


def _of_branch(snapshot: Snapshot, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """The loans of a branch; where it is the only one, every loan is."""
    if snapshot.scalar(select(func.count()).select_from(branches)) == 1:
        return ()
    mine = select(_P.loan_id).where(_P.branch_id == scope.branch_id)
    return (_S.loan_id.in_(mine),)


def _months_of(snapshot: Snapshot) -> Callable[[ColumnElement[Any]], ColumnElement[str]]:
    """A day's month as text: a span within one of them holds no end of another.

    SQLite keeps days as text, and a cast of two million of them costs as much as the rest.
    """
    if snapshot.dialect.name == "sqlite":
        return lambda day: func.substr(day, 1, 7)
    return lambda day: func.substr(cast(day, String), 1, 7)


def _levied(late: Select[Any], day: date) -> Select[Any]:
    """Of late loans with charges of their own: what of them is due though their line is not."""
    e = events.c
    charged = exists().where(
        e.subject_kind == LOAN, e.subject_id == _P.loan_id, e.kind == EventKind.CHARGE.value
    )
    return select(
        _P.loan_id, dated_unpaid(_P.loan_id, day - _ONE_DAY), dated_unpaid(_P.loan_id, day)
    ).where(_P.loan_id.in_(late), charged)


def _cuts(
    amount: ColumnElement[Any], principal: ColumnElement[Any], day: date
) -> tuple[ColumnElement[Any], ...]:
    """The sums of `Unpaid` over lines due by a day."""
    return (
        func.sum(case((_I.due_on < day, amount), else_=0)),
        func.sum(case((_I.due_on == day, amount), else_=0)),
        func.sum(case((_I.due_on < day, principal), else_=0)),
        func.sum(case((_I.due_on <= day - OVER_90, amount), else_=0)),
        func.sum(case((_I.due_on <= day - OVER_180, amount), else_=0)),
    )


def _grouped_by() -> tuple[ColumnElement[Any], ...]:
    return _P.loan_id, _L.party_id, _P.officer_id, _L.product_id, _L.group_id


def _mine(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return _P.branch_id == scope.branch_id, _L.currency == scope.currency
