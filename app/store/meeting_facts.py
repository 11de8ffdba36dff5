"""What is kept of meetings and leaves beside the facts it must agree with, for the check."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, case, func, or_, select

from app.store.schema.loans import receipts
from app.store.schema.meetings import attendances, book_leaves, meetings, receipt_books
from app.store.store import Snapshot

_CASH = "cash"
_A, _B, _F, _M, _R = (
    *(attendances.c, receipt_books.c, book_leaves.c),
    *(meetings.c, receipts.c),
)


def meeting_sums(snapshot: Snapshot) -> Sequence[RowMapping]:
    """Each meeting with what its receipts add up to, in all and in cash, and what its rows do."""
    cash = case((_R.mode == _CASH, _R.amount_minor), else_=0)
    given = (
        select(
            *(_R.meeting_id, func.sum(_R.amount_minor).label("given_minor")),
            func.sum(cash).label("given_cash_minor"),
        )
        .where(_R.meeting_id.is_not(None))
        .group_by(_R.meeting_id)
        .subquery("given")
    )
    told = (
        select(_A.meeting_id, func.sum(_A.paid_minor).label("told_minor"))
        .group_by(_A.meeting_id)
        .subquery("told")
    )
    query = (
        select(
            *(_M.id, _M.total_minor, _M.cash_minor, _M.notes),
            *(given.c.given_minor, given.c.given_cash_minor, told.c.told_minor),
        )
        .select_from(
            meetings.outerjoin(given, given.c.meeting_id == _M.id).outerjoin(
                told, told.c.meeting_id == _M.id
            )
        )
        .order_by(_M.id)
    )
    return snapshot.execute(query).mappings().all()


def stray_leaves(snapshot: Snapshot) -> Sequence[RowMapping]:
    """Leaves outside their book, or given for a receipt that is not there."""
    query = (
        select(_F.id, _F.leaf, _F.receipt_id, _B.first, _B.last)
        .select_from(
            book_leaves.join(receipt_books, _B.id == _F.book_id).outerjoin(
                receipts, _R.id == _F.receipt_id
            )
        )
        .where(
            or_(
                _F.leaf < _B.first,
                _F.leaf > _B.last,
                _F.receipt_id.is_not(None) & _R.id.is_(None),
            )
        )
        .order_by(_F.id)
    )
    return snapshot.execute(query).mappings().all()
