"""Every running loan at the end of a day, and what of the late ones is unpaid, in a few scans."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    RowMapping,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)

from app.domain.allocation import Head
from app.domain.events import EventKind
from app.store.arrears import ACTIVE, LOAN, dated_unpaid, needs_replay
from app.store.loan_terms import newest
from app.store.schema.loans import allocations, events, instalments, loan_positions, loans
from app.store.schema.loans import position_spans as spans
from app.store.store import Snapshot

_A, _I, _L, _P, _S = allocations.c, instalments.c, loans.c, loan_positions.c, spans.c
_ONE_DAY = timedelta(1)
OVER_90, OVER_180 = timedelta(91), timedelta(180)  # more than 90 days, 180 days and more
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


def stood_now(snapshot: Snapshot, scope: Scope) -> list[Stood]:
    """The running loans by the latest knowledge."""
    query = (
        select(*_grouped_by(), _P.principal_minor, _P.next_unsettled_due_on, _P.npa_since_on)
        .select_from(loan_positions.join(loans, _L.id == _P.loan_id))
        .where(*_mine(scope), _P.next_unsettled_due_on.is_not(None))
    )
    return [Stood._make(row) for row in snapshot.execute(query)]


def stood_on(snapshot: Snapshot, scope: Scope, day: date) -> list[Stood]:
    """The running loans at the end of a day that has passed, by the latest knowledge."""
    query = (
        select(*_grouped_by(), _S.principal_minor, _S.next_unsettled_due_on, _S.npa_since_on)
        .select_from(
            loan_positions.join(loans, _L.id == _P.loan_id).join(spans, _span_of(_P.loan_id, day))
        )
        .where(*_mine(scope), _S.next_unsettled_due_on.is_not(None))
    )
    return [Stood._make(row) for row in snapshot.execute(query)]


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


def unpaid_on(snapshot: Snapshot, scope: Scope, day: date) -> dict[int, Unpaid]:
    """The same at the end of a day that has passed, of loans that need no replay."""
    late = _late_on(scope, day).cte("late")
    asked = _I.principal_minor + _I.interest_minor + _I.charge_minor + _I.penalty_minor
    due = (
        select(_I.loan_id, *_cuts(asked, _I.principal_minor, day))
        .select_from(late.join(instalments, _I.loan_id == late.c.loan_id))
        .where(_I.due_on <= day)
        .group_by(_I.loan_id)
    )
    principal = case((_A.head == Head.PRINCIPAL.value, _A.amount_minor), else_=0)
    line = and_(_I.loan_id == _A.loan_id, _I.number == _A.number)
    paid = (
        select(_A.loan_id, *_cuts(_A.amount_minor, principal, day))
        .select_from(late.join(allocations, _A.loan_id == late.c.loan_id).join(instalments, line))
        .where(_A.value_on <= day, _I.due_on <= day)
        .group_by(_A.loan_id)
    )
    gone = {row[0]: tuple(map(int, row[1:])) for row in snapshot.execute(paid)}
    none = (0,) * len(Unpaid._fields)
    return {
        row[0]: Unpaid(*(int(a) - b for a, b in zip(row[1:], gone.get(row[0], none), strict=True)))
        for row in snapshot.execute(due)
    }


def to_replay(snapshot: Snapshot, scope: Scope, day: date) -> frozenset[int]:
    """The loans with anything due by a past day whose arrears only their facts tell."""
    late = _late_on(scope, day)
    return frozenset(snapshot.execute(late.where(needs_replay(_P.loan_id))).scalars())


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


def at_risk_on(snapshot: Snapshot, scope: Scope, days: Collection[date]) -> dict[date, list[int]]:
    """Outstanding, and that of loans more than 30 and 90 days late, at the end of past days."""
    made: dict[date, list[int]] = {}
    for day in days:
        late = _S.next_unsettled_due_on
        sums = [func.sum(_S.principal_minor)] + [
            func.sum(case((late < day - timedelta(over), _S.principal_minor), else_=0))
            for over in (30, 90)
        ]
        query = (
            select(*(func.coalesce(one, 0) for one in sums))
            .select_from(
                loan_positions.join(loans, _L.id == _P.loan_id).join(
                    spans, _span_of(_P.loan_id, day)
                )
            )
            .where(*_mine(scope), late.is_not(None))
        )
        made[day] = [int(value) for value in snapshot.execute(query).one()]
    return made


def _late_on(scope: Scope, day: date) -> Select[Any]:
    return (
        select(_P.loan_id)
        .select_from(
            loan_positions.join(loans, _L.id == _P.loan_id).join(spans, _span_of(_P.loan_id, day))
        )
        .where(*_mine(scope), _S.next_unsettled_due_on <= day)
    )


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


def _span_of(loan_id: ColumnElement[Any], day: date) -> ColumnElement[bool]:
    """The span that a day lies in; a loan has one at the most."""
    return and_(_S.loan_id == loan_id, _S.from_on <= day, or_(_S.to_on.is_(None), _S.to_on >= day))


def _grouped_by() -> tuple[ColumnElement[Any], ...]:
    return _P.loan_id, _L.party_id, _P.officer_id, _L.product_id, _L.group_id


def _mine(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return _P.branch_id == scope.branch_id, _L.currency == scope.currency
