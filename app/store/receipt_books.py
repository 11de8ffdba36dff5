"""Receipt books as SQL: which leaf lies in whose book, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, case, func, select

from app.store.schema.loans import receipt_parts, receipts
from app.store.schema.meetings import book_leaves, receipt_books
from app.store.schema.system import users
from app.store.store import Snapshot
from app.store.tx import Row, Tx

_B, _F, _Q, _R = receipt_books.c, book_leaves.c, receipt_parts.c, receipts.c


def books_of(snapshot: Snapshot, branch_id: int) -> Sequence[RowMapping]:
    """Every book, the newest first, with how many leaves were used and spoilt."""
    void = func.coalesce(func.sum(case((_F.receipt_id.is_(None), 1), else_=0)), 0)
    counted = (
        select(
            *(_F.book_id, func.count().label("told"), void.label("void")),
            func.max(_F.leaf).label("highest"),
        )
        .group_by(_F.book_id)
        .subquery("counted")
    )
    query = (
        select(
            *(receipt_books, users.c.full_name.label("officer")),
            *(counted.c.told, counted.c.void, counted.c.highest),
        )
        .select_from(
            receipt_books.outerjoin(counted, counted.c.book_id == _B.id).outerjoin(
                users, users.c.id == _B.officer_id
            )
        )
        .where(_B.branch_id == branch_id)
        .order_by(_B.id.desc())
    )
    return snapshot.execute(query).mappings().all()


def told_leaves(snapshot: Snapshot, branch_id: int) -> dict[int, set[int]]:
    """The leaves of each book that are accounted for."""
    query = (
        select(_F.book_id, _F.leaf)
        .select_from(book_leaves.join(receipt_books, _B.id == _F.book_id))
        .where(_B.branch_id == branch_id)
    )
    found: dict[int, set[int]] = {}
    for book_id, leaf in snapshot.execute(query):
        found.setdefault(book_id, set()).add(leaf)
    return found


def leaves_of(snapshot: Snapshot, book_id: int) -> dict[int, RowMapping]:
    """What became of the leaves of a book, by leaf."""
    query = (
        select(
            *(_F.leaf, _F.receipt_id, _F.reason, _F.noted_on),
            *(_R.number, _R.received_on, _R.booked_on, _R.payer, _R.amount_minor),
        )
        .select_from(book_leaves.outerjoin(receipts, _R.id == _F.receipt_id))
        .where(_F.book_id == book_id)
        .order_by(_F.leaf)
    )
    return {row["leaf"]: row for row in snapshot.execute(query).mappings()}


def lock_books(tx: Tx, branch_id: int, series: str) -> Sequence[Row]:
    """The books of a series, locked by id: whoever tells of their leaves waits."""
    query = select(receipt_books).where(_B.branch_id == branch_id, _B.series == series)
    return [dict(row) for row in tx.all(query.order_by(_B.id).with_for_update())]


def told_among(tx: Tx, book_id: int, leaves: Sequence[int]) -> frozenset[int]:
    """Which of some leaves of a book are accounted for already."""
    query = select(_F.leaf).where(_F.book_id == book_id, _F.leaf.in_(list(leaves)))
    return frozenset(tx.connection.execute(query).scalars())


def book_by_id(snapshot: Snapshot, branch_id: int, book_id: int) -> RowMapping | None:
    """A book of the branch, or None."""
    query = select(receipt_books).where(_B.id == book_id, _B.branch_id == branch_id)
    return snapshot.execute(query).mappings().first()
