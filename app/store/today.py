"""Sums of a day: what came in, what was to come, what waits at the desk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from app.domain.events import EventKind
from app.store.arrears import ACTIVE, LOAN
from app.store.schema.loans import (
    events,
    instalments,
    loan_positions,
    loans,
    receipt_parts,
    receipts,
)
from app.store.schema.people import applications, parties
from app.store.schema.system import business_days
from app.store.store import Snapshot

_A, _D, _I, _L = applications.c, business_days.c, instalments.c, loans.c
_P, _Q, _R = loan_positions.c, receipt_parts.c, receipts.c


@dataclass(frozen=True, slots=True)
class Span:
    """A branch from `first` to `last` (inclusive) in one currency; an officer's loans, or all."""

    branch_id: int
    currency: str
    first: date
    last: date
    officer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """Applications that wait: how many, how much, since when, and some of whom."""

    count: int
    amount_minor: int
    since_on: date | None
    names: tuple[tuple[str, int], ...]


def collected_by_mode(snapshot: Snapshot, span: Span) -> list[tuple[str, int]]:
    """What receipts booked in the span hold by mode, without those reversed; the largest first."""
    total = func.sum(_Q.amount_minor)
    query = _standing(span, select(_R.mode, total)).group_by(_R.mode).order_by(total.desc())
    return [(row[0], int(row[1])) for row in snapshot.execute(query)]


def collected_by_day(snapshot: Snapshot, span: Span) -> dict[date, int]:
    """The same by the day they were booked on."""
    query = _standing(span, select(_R.booked_on, func.sum(_Q.amount_minor)))
    found = snapshot.execute(query.group_by(_R.booked_on))
    return {row[0]: int(row[1]) for row in found}


def due_by_day(snapshot: Snapshot, span: Span) -> dict[date, int]:
    """What lines of loans ask for by the day they fall due on, paid or not."""
    asked = _I.principal_minor + _I.interest_minor + _I.charge_minor + _I.penalty_minor
    query = _due(span, select(_I.due_on, func.sum(asked - _I.waived_minor))).group_by(_I.due_on)
    return {row[0]: int(row[1]) for row in snapshot.execute(query)}


def to_come(snapshot: Snapshot, span: Span) -> int:
    """What falls due in the span and is not paid."""
    query = _due(span, select(func.coalesce(func.sum(_I.unpaid_minor), 0)))
    return int(snapshot.scalar(query.where(_P.status == ACTIVE)) or 0)


def newly_late(snapshot: Snapshot, span: Span, few: int) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Loans whose oldest unpaid line fell due in the span: how many, and their villages."""
    mine = _P.next_unsettled_due_on.between(span.first, span.last)
    of_span = (_P.branch_id == span.branch_id, _P.status == ACTIVE, mine, *_care(span))
    many = func.count()
    query = (
        select(parties.c.village, many)
        .select_from(
            loan_positions.join(loans, _L.id == _P.loan_id).join(
                parties, parties.c.id == _L.party_id
            )
        )
        .where(*of_span)
        .group_by(parties.c.village)
        .order_by(many.desc(), parties.c.village)
    )
    found = [(row[0] or "", int(row[1])) for row in snapshot.execute(query)]
    return sum(count for _name, count in found), tuple(found[:few])


def applications_at(
    snapshot: Snapshot,
    branch_id: int,
    stages: Collection[str],
    few: int,
    officer_id: int | None = None,
) -> Queue:
    """Applications at these stages (entered by an officer), the longest waiting named first."""
    mine = [_A.branch_id == branch_id, _A.stage.in_(stages), _A.check_id.is_(None)]
    if officer_id is not None:
        mine.append(_A.officer_id == officer_id)
    asked = func.coalesce(_A.sanctioned_minor, _A.amount_minor)
    sums = select(func.count(), func.coalesce(func.sum(asked), 0), func.min(_A.stage_since_on))
    count, amount, since = snapshot.execute(sums.where(*mine)).one()
    named = (
        select(parties.c.full_name, asked)
        .select_from(applications.join(parties, parties.c.id == _A.party_id))
        .where(*mine)
        .order_by(_A.stage_since_on, _A.id)
        .limit(few)
    )
    names = tuple((row[0], int(row[1])) for row in snapshot.execute(named))
    return Queue(int(count), int(amount), since, names)


def business_days_in(snapshot: Snapshot, branch_id: int, first: date, last: date) -> set[date]:
    """The days of the span that the branch opened."""
    query = select(_D.day_on).where(_D.branch_id == branch_id, _D.day_on.between(first, last))
    return set(snapshot.execute(query).scalars())


def day_before(snapshot: Snapshot, branch_id: int, on: date) -> date:
    """The business day before `on`, else the calendar day before it."""
    query = select(func.max(_D.day_on)).where(_D.branch_id == branch_id, _D.day_on < on)
    found: date | None = snapshot.scalar(query)
    return found or on - timedelta(1)


def _standing(span: Span, query: Select[Any]) -> Select[Any]:
    back = events.alias("back")
    gone = exists().where(back.c.of_id == _Q.event_id, back.c.kind == EventKind.REVERSAL.value)
    joined = receipts.join(receipt_parts, _Q.receipt_id == _R.id)
    if span.officer_id is not None:
        of_loan = and_(_Q.account_kind == LOAN, _P.loan_id == _Q.account_id)
        joined = joined.join(loan_positions, of_loan)
    return query.select_from(joined).where(
        _R.branch_id == span.branch_id,
        _R.currency == span.currency,
        _R.booked_on.between(span.first, span.last),
        ~gone,
        *_care(span),
    )


def _due(span: Span, query: Select[Any]) -> Select[Any]:
    joined = instalments.join(loan_positions, _P.loan_id == _I.loan_id)
    return query.select_from(joined.join(loans, _L.id == _I.loan_id)).where(
        _I.due_on.between(span.first, span.last),
        _P.branch_id == span.branch_id,
        _L.currency == span.currency,
        *_care(span),
    )


def _care(span: Span) -> Sequence[ColumnElement[bool]]:
    return () if span.officer_id is None else (_P.officer_id == span.officer_id,)
