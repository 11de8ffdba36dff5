"""Money received in a period, summed: from receipts and allocations, without a row a receipt."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, FromClause, and_, case, exists, func, select

from app.domain.allocation import Head
from app.domain.events import EventKind
from app.store.arrears import LOAN
from app.store.report_flows import Span
from app.store.report_stock import written
from app.store.schema.loans import (
    allocations,
    events,
    loan_positions,
    loans,
    receipt_parts,
    receipts,
)
from app.store.store import Snapshot

_A, _E, _L, _P, _R, _T = (
    *(allocations.c, events.c, loans.c, loan_positions.c, receipts.c, receipt_parts.c),
)
HEADS = (Head.PRINCIPAL, Head.INTEREST, Head.CHARGE, Head.PENALTY)


class Received(NamedTuple):
    """Receipts of a group: ids to group by, the day and the mode; then minor units by head."""

    officer_id: int
    product_id: int
    group_id: int | None
    on: date
    mode: str
    receipts: int = 0
    amount: int = 0
    principal: int = 0
    interest: int = 0
    charge: int = 0
    penalty: int = 0

    @property
    def loan_id(self) -> int:
        """Of no one loan."""
        return 0


def received(snapshot: Snapshot, span: Span, known_on: date | None) -> list[Received]:
    """Sums of the receipts that stood at the end of the period, by day, mode and group of loans.

    Of the days booked, or (`known_on`) valued and booked by then. Money whose value date is before
    the period has no heads here: leave its loans out.
    """
    by = (_P.officer_id, _L.product_id, _L.group_id, _day(known_on), _R.mode)
    counted = (
        select(*by, func.count(), func.sum(_T.amount_minor))
        .select_from(_of_receipts())
        .where(*_mine(span, known_on), ~_taken_back(known_on or span.last))
        .group_by(*by)
    )
    heads = [func.sum(case((_A.head == head.value, _A.amount_minor), else_=0)) for head in HEADS]
    parts = and_(_A.loan_id == _T.account_id, _A.event_id == _T.event_id)
    split = (
        select(*by, *heads)
        .select_from(_of_receipts().join(allocations, parts))
        .where(*_mine(span, known_on), _A.value_on.between(span.first, span.last))
        .group_by(*by)
    )
    made = [Received._make((*row, 0, 0, 0, 0)) for row in snapshot.execute(counted)]
    return made + [
        Received._make((*row[:5], 0, 0, *map(int, row[5:]))) for row in snapshot.execute(split)
    ]


def _day(known_on: date | None) -> ColumnElement[date]:
    return _R.booked_on if known_on is None else _R.received_on


def _of_receipts() -> FromClause:
    return (
        receipts.join(receipt_parts, _T.receipt_id == _R.id)
        .join(loans, _L.id == _T.account_id)
        .join(loan_positions, _P.loan_id == _L.id)
        .join(events, _E.id == _T.event_id)
    )


def _mine(span: Span, known_on: date | None) -> tuple[ColumnElement[bool], ...]:
    told = () if known_on is None else (_R.booked_on <= known_on,)
    without = (_L.id.not_in(written(span.without)),) if span.without else ()
    return (
        _R.branch_id == span.scope.branch_id,
        _R.currency == span.scope.currency,
        _day(known_on).between(span.first, span.last),
        _T.account_kind == LOAN,
        _E.kind == EventKind.RECEIPT.value,
        *(*told, *without),
    )


def _taken_back(by: date) -> ColumnElement[bool]:
    back = events.alias("back")
    return exists().where(
        back.c.of_id == _T.event_id,
        back.c.subject_kind == LOAN,
        back.c.subject_id == _T.account_id,
        back.c.kind == EventKind.REVERSAL.value,
        back.c.booked_on <= by,
    )
