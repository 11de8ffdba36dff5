"""What of a loan is due and unpaid, as SQL over what is derived of it.

Two ways: as it stands by the latest knowledge, and as it stood at the end of a past day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal_column, or_, select

from app.domain.allocation import Head
from app.domain.events import EventKind
from app.store.loan_terms import holds
from app.store.schema.loans import (
    allocations,
    events,
    instalments,
    loan_positions,
    loans,
    receipt_parts,
    receipts,
)

LOAN = "loan"
ACTIVE = "active"
_BEARS = (Head.CHARGE, Head.PENALTY)  # heads that a dated charge can stand under

REPLAYED = [
    kind.value
    for kind in (
        EventKind.CHARGE,
        EventKind.WAIVER,
        EventKind.OPENING,
        EventKind.RESCHEDULE,
        EventKind.WRITE_OFF,
    )
]

# Told as it stands in the index of charges, so that this alone is read.
_CHARGED: ColumnElement[str] = literal_column(f"'{EventKind.CHARGE.value}'")
_A, _E, _I = allocations.c, events.c, instalments.c


def stands(event_id: ColumnElement[Any], loan_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a fact of a loan was not reversed."""
    back = events.alias("back")
    return ~exists().where(
        back.c.subject_kind == LOAN,
        back.c.subject_id == loan_id,
        back.c.kind == EventKind.REVERSAL.value,
        back.c.of_id == event_id,
    )


def unpaid_by(loan_id: ColumnElement[Any], day: date) -> ColumnElement[int]:
    """Minor units unpaid of everything due by the end of `day`, dated charges included."""
    lines = (
        select(func.coalesce(func.sum(_I.unpaid_minor), 0))
        .where(_I.loan_id == loan_id, _I.due_on <= day, _I.unpaid_minor > 0)
        .correlate_except(instalments)
        .scalar_subquery()
    )
    return lines + dated_unpaid(loan_id, day)


def principal_unpaid_by(loan_id: ColumnElement[Any], day: date) -> ColumnElement[int]:
    """Minor units of principal unpaid of all lines due by the end of `day`.

    What was waived of a line is other heads first, as money is set on them first.
    """
    left = _I.principal_minor - _I.paid_principal_minor
    part = case((left > _I.unpaid_minor, _I.unpaid_minor), else_=left)
    return (
        select(func.coalesce(func.sum(part), 0))
        .where(_I.loan_id == loan_id, _I.due_on <= day, _I.unpaid_minor > 0)
        .correlate_except(instalments)
        .scalar_subquery()
    )


def dated_unpaid(loan_id: ColumnElement[Any], day: date) -> ColumnElement[int]:
    """Unpaid of charges that were due by `day` though the line they stand in is due later.

    A charge levied on a loan is due on its own date and stands in the line that falls due next.
    Money set on the charges of that line settles the dated ones first.
    """
    line, before = instalments.alias("line"), instalments.alias("earlier")
    first = ~exists().where(
        before.c.loan_id == line.c.loan_id,
        before.c.due_on >= _E.value_on,
        before.c.due_on < line.c.due_on,
    )
    settled = line.c.waived_minor + case(
        *((_E.head == head.value, line.c[f"paid_{head.value}_minor"]) for head in _BEARS), else_=0
    )
    dated = (
        select(func.sum(_E.amount_minor).label("asked"), func.max(settled).label("settled"))
        .select_from(events.join(line, line.c.loan_id == _E.subject_id))
        .where(
            _E.subject_kind == LOAN,
            _E.subject_id == loan_id,
            _E.kind == _CHARGED,
            _E.value_on <= day,
            line.c.due_on > day,
            first,
            stands(_E.id, _E.subject_id),
        )
        .group_by(_E.head)
        .correlate_except(events, line)
        .subquery("dated")
    )
    left = case((dated.c.asked > dated.c.settled, dated.c.asked - dated.c.settled), else_=0)
    return select(func.coalesce(func.sum(left), 0)).scalar_subquery()


def unpaid_then(loan_id: ColumnElement[Any], day: date, as_on: date) -> ColumnElement[int]:
    """Unpaid of the lines due by `day`, as it stood at the end of the past day `as_on`.

    For loans without charges and waivers of their own: those are replayed.
    """
    asked = _I.principal_minor + _I.interest_minor + _I.charge_minor + _I.penalty_minor
    due = (
        select(func.coalesce(func.sum(asked), 0))
        .where(_I.loan_id == loan_id, _I.due_on <= day)
        .correlate_except(instalments)
        .scalar_subquery()
    )
    return due - _paid_then(loan_id, day, as_on, None)


def principal_unpaid_then(
    loan_id: ColumnElement[Any], day: date, as_on: date
) -> ColumnElement[int]:
    """The principal part of `unpaid_then`."""
    due = (
        select(func.coalesce(func.sum(_I.principal_minor), 0))
        .where(_I.loan_id == loan_id, _I.due_on <= day)
        .correlate_except(instalments)
        .scalar_subquery()
    )
    return due - _paid_then(loan_id, day, as_on, Head.PRINCIPAL)


def needs_replay(loan_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a loan has facts that a past day cannot be read from lines and allocations with.

    So has one whose lines move with the days: they stand as on the last of them.
    """
    has_facts = exists().where(
        _E.subject_kind == LOAN, _E.subject_id == loan_id, _E.kind.in_(REPLAYED)
    )
    mine = loans.alias("mine")
    older = and_(mine.c.moves.is_(None), mine.c.levies.is_(True))
    moves = exists().where(mine.c.id == loan_id, or_(mine.c.moves.is_(True), older))
    stands_of = loan_positions.alias("stands_of")
    of_day = exists().where(stands_of.c.loan_id == loan_id, stands_of.c.as_on.is_not(None))
    return or_(has_facts, holds("moves", moves, loan_id), of_day)


def received_between(
    loan_id: ColumnElement[Any], first: Any, last: Any, by: date
) -> ColumnElement[int]:
    """What standing receipts hold, value-dated between two days (inclusive) and not after `by`."""
    part, receipt = receipt_parts.c, receipts.c
    return (
        select(func.coalesce(func.sum(part.amount_minor), 0))
        .select_from(receipt_parts.join(receipts, receipt.id == part.receipt_id))
        .where(
            part.account_kind == LOAN,
            part.account_id == loan_id,
            receipt.received_on >= first,
            receipt.received_on <= last,
            receipt.received_on <= by,
            stands(part.event_id, loan_id),
        )
        .correlate_except(receipt_parts, receipts)
        .scalar_subquery()
    )


def last_paid_by(loan_id: ColumnElement[Any], by: date) -> ColumnElement[date | None]:
    """The value date of the latest standing receipt up to a day."""
    part, receipt = receipt_parts.c, receipts.c
    return (
        select(func.max(receipt.received_on))
        .select_from(receipt_parts.join(receipts, receipt.id == part.receipt_id))
        .where(
            part.account_kind == LOAN,
            part.account_id == loan_id,
            receipt.received_on <= by,
            stands(part.event_id, loan_id),
        )
        .correlate_except(receipt_parts, receipts)
        .scalar_subquery()
    )


def _paid_then(
    loan_id: ColumnElement[Any], day: date, as_on: date, head: Head | None
) -> ColumnElement[int]:
    line = instalments.alias("paid_line")
    query = (
        select(func.coalesce(func.sum(_A.amount_minor), 0))
        .select_from(
            allocations.join(line, and_(line.c.loan_id == _A.loan_id, line.c.number == _A.number))
        )
        .where(_A.loan_id == loan_id, _A.value_on <= as_on, line.c.due_on <= day)
    )
    if head is not None:
        query = query.where(_A.head == head.value)
    return query.correlate_except(allocations, line).scalar_subquery()
