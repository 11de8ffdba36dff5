"""Business days, and what has to be posted by the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Join, RowMapping, and_, func, or_, select

from app.store.loan_terms import holds, newest
from app.store.schema.books import entries, entry_lines
from app.store.schema.loans import instalments, loan_positions, loans
from app.store.schema.system import business_days
from app.store.schema.terms import loan_terms
from app.store.store import Snapshot
from app.store.tx import Row, Tx

_D, _I, _L, _P = business_days.c, instalments.c, loans.c, loan_positions.c


def lock_last_day(tx: Tx, branch_id: int) -> Row | None:
    """The latest business day of a branch, locked; None before the first."""
    query = (
        select(business_days)
        .where(_D.branch_id == branch_id)
        .order_by(_D.day_on.desc())
        .limit(1)
        .with_for_update()
    )
    found = tx.one(query)
    return None if found is None else dict(found)


def last_day(snapshot: Snapshot, branch_id: int) -> RowMapping | None:
    """The latest business day of a branch; None before the first."""
    query = (
        select(business_days).where(_D.branch_id == branch_id).order_by(_D.day_on.desc()).limit(1)
    )
    return snapshot.execute(query).mappings().first()


@dataclass(frozen=True, slots=True)
class ProductSum:
    """Interest of one product and currency, in minor units."""

    product_id: int
    currency: str
    interest_minor: int


@dataclass(frozen=True, slots=True)
class RunningLine:
    """A line that began and is not due yet."""

    product_id: int
    currency: str
    mode: str  # how its interest is rounded, and to which multiple of a minor unit
    to: int
    interest_minor: int
    from_on: date
    due_on: date


def due_by(snapshot: Snapshot, branch_id: int, on: date) -> Sequence[ProductSum]:
    """Interest of all lines due by the end of a day, settled or not, by product and currency.

    Loans that move with the days are left out, here and in `running`: see `by_day`.
    """
    query = (
        select(_L.product_id, _L.currency, func.sum(_I.interest_minor))
        .select_from(_joined())
        .where(_P.branch_id == branch_id, _I.due_on <= on, ~moves())
        .group_by(_L.product_id, _L.currency)
    )
    return [ProductSum(row[0], row[1], int(row[2])) for row in snapshot.execute(query)]


def moves() -> ColumnElement[bool]:
    """Whether the figures of a loan move with the days; of an older loan: whether they may.

    An older loan that moves by its terms alone is known by the day its projection is of.
    """
    older = and_(_L.moves.is_(None), _L.levies.is_(True))
    return or_(holds("moves", or_(_L.moves.is_(True), older)), _P.as_on.is_not(None))


def by_day(snapshot: Snapshot, branch_id: int) -> Sequence[int]:
    """The loans that levy by date, or that move with the days, by id."""
    query = (
        select(_L.id)
        .select_from(_placed())
        .where(
            _P.branch_id == branch_id,
            _L.id.in_(_may_be_by_day()),
            or_(holds("levies", _L.levies.is_(True)), moves()),
        )
        .order_by(_L.id)
    )
    return snapshot.execute(query).scalars().all()


def _may_be_by_day() -> CompoundSelect[Any]:
    """Loans that were made with such terms, got other terms since, or were derived for a day."""
    levying = select(_L.id).where(_L.levies.is_(True))
    moving = select(_L.id).where(_L.moves.is_(True))
    derived = select(_P.loan_id).where(_P.as_on.is_not(None))
    return levying.union(moving, derived, select(loan_terms.c.loan_id))


def running(snapshot: Snapshot, branch_id: int, on: date) -> Sequence[RunningLine]:
    """The lines that began before the end of a day and fall due after it."""
    query = (
        select(
            *(_L.product_id, _L.currency, newest("interest_mode"), newest("interest_to_minor")),
            *(_I.interest_minor, _I.from_on, _I.due_on),
        )
        .select_from(_joined())
        .where(_P.branch_id == branch_id, _I.from_on < on, _I.due_on > on, ~moves())
    )
    return [RunningLine(*row) for row in snapshot.execute(query)]


def posted(snapshot: Snapshot, branch_id: int, kind: str) -> dict[tuple[int, str, str], int]:
    """What all entries of a kind hold by product, currency and account, in minor units."""
    x, e = entry_lines.c, entries.c
    query = (
        select(x.product_id, x.currency, x.account, func.sum(x.amount_minor))
        .select_from(entry_lines.join(entries, e.id == x.entry_id))
        .where(e.branch_id == branch_id, e.kind == kind)
        .group_by(x.product_id, x.currency, x.account)
    )
    return {(row[0], row[1], row[2]): int(row[3]) for row in snapshot.execute(query)}


def _placed() -> Join:
    return loans.join(loan_positions, _P.loan_id == _L.id)


def _joined() -> Join:
    joined = instalments.join(loans, _L.id == _I.loan_id)
    return joined.join(loan_positions, _P.loan_id == _I.loan_id)
