"""Numbered receipt books: issued to an officer, every leaf accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.commands.base import Topic
from app.commands.meetings import BookIssued, IssueReceiptBook, LeafVoided, VoidLeaf
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.meetings import leaf_of, leaf_text
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.queries.meetings import ListLeaves, ListReceiptBooks
from app.rows.meetings import LeafRow, ReceiptBookRow
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.field import officer
from app.store.receipt_books import (
    book_by_id,
    books_of,
    leaves_of,
    lock_books,
    told_among,
    told_leaves,
)
from app.store.schema.meetings import book_leaves, receipt_books

LONGEST_SERIES, LONGEST_REASON = 8, 200
MOST_LEAVES, HIGHEST_LEAF = 1000, 9_999_999
MOST_MISSING = 50
USED, VOID, MISSING, OPEN = "used", "void", "missing", "open"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf in a book that is locked."""

    book_id: int
    number: int


@use_case(
    IssueReceiptBook,
    needs=Permission.BRANCH_MANAGE,
    changes={Topic.CASH},
    answer=BookIssued,
)
def issue_receipt_book(work: Work, command: IssueReceiptBook) -> BookIssued:
    """Hand it out; no leaf of a series stands in two books."""
    series = cleaned(command.series, "series").upper()
    if len(series) > LONGEST_SERIES or (series and not series.isalpha()):
        raise ValueRefused(field="series", why="series", most=LONGEST_SERIES)
    if not 1 <= command.first <= HIGHEST_LEAF:
        raise ValueRefused(field="first", why="not-a-number", given=command.first)
    if not command.first <= command.last <= HIGHEST_LEAF:
        raise ValueRefused(field="last", why="ends-before-it-begins")
    if command.last - command.first >= MOST_LEAVES:
        raise ValueRefused(field="last", why="too-many-leaves", most=MOST_LEAVES)
    held = officer(work.tx.connection, command.officer_id)
    if held is None or not held["active"]:
        raise NotFound(what="officer", field="officer_id", id=command.officer_id)
    for book in lock_books(work.tx, work.branch.branch_id, series):
        if book["first"] <= command.last and command.first <= book["last"]:
            taken = leaf_text(series, max(book["first"], command.first))
            raise ValueRefused(field="first", why="leaf-in-a-book", leaf=taken)
    book_id = work.tx.insert(
        receipt_books,
        branch_id=work.branch.branch_id,
        officer_id=command.officer_id,
        series=series,
        first=command.first,
        last=command.last,
        issued_on=work.day,
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )
    return BookIssued(book_id)


@use_case(VoidLeaf, needs=Permission.RECEIPT_POST, changes={Topic.CASH}, answer=LeafVoided)
def void_leaf(work: Work, command: VoidLeaf) -> LeafVoided:
    """Account for a leaf that was spoilt or lost."""
    reason = cleaned(command.reason, "reason", needed=True)
    if len(reason) > LONGEST_REASON:
        raise ValueRefused(field="reason", why="too-long", most=LONGEST_REASON)
    book = book_by_id(work.tx.connection, work.branch.branch_id, command.book_id)
    if book is None:
        raise NotFound(what="receipt-book", id=command.book_id)
    lock_books(work.tx, work.branch.branch_id, book["series"])
    if not book["first"] <= command.leaf <= book["last"]:
        raise ValueRefused(field="leaf", why="leaf-unknown", leaf=command.leaf)
    leaf = Leaf(command.book_id, command.leaf)
    _refuse_told(work, leaf, leaf_text(book["series"], command.leaf))
    _tell(work, leaf, None, reason)
    return LeafVoided(command.book_id, command.leaf)


def locked_leaves(work: Work, wanted: Mapping[int, str]) -> dict[int, Leaf]:
    """The leaves as typed, by whatever they are for; nobody else tells of them meanwhile.

    Raises ValueRefused where a leaf is in no book, or is accounted for already.
    """
    named = {key: _read(text) for key, text in wanted.items()}
    if len(set(named.values())) != len(named):
        raise ValueRefused(field="leaf", why="leaf-twice")
    books = {
        series: lock_books(work.tx, work.branch.branch_id, series)
        for series in sorted({series for series, _number in named.values()})
    }
    made = {}
    for key, (series, number) in named.items():
        text = leaf_text(series, number)
        mine = [book for book in books[series] if book["first"] <= number <= book["last"]]
        if not mine:
            raise ValueRefused(field="leaf", why="leaf-unknown", leaf=text)
        made[key] = Leaf(mine[0]["id"], number)
        _refuse_told(work, made[key], text)
    return made


def give_leaf(work: Work, leaf: Leaf, receipt_id: int) -> None:
    """Note that a leaf was given for the money of a receipt."""
    _tell(work, leaf, receipt_id, "")


@answers(ListReceiptBooks, needs=Permission.VIEW_LOANS)
def list_receipt_books(reading: Reading, _query: ListReceiptBooks) -> tuple[ReceiptBookRow, ...]:
    """Every book with the leaves that are missing: skipped before the last one used."""
    branch_id = reading.branch.branch_id
    told = told_leaves(reading.connection, branch_id)
    return tuple(
        _book(row, told.get(row["id"], set())) for row in books_of(reading.connection, branch_id)
    )


@answers(ListLeaves, needs=Permission.VIEW_LOANS)
def list_leaves(reading: Reading, query: ListLeaves) -> tuple[LeafRow, ...]:
    """Every leaf of a book with what became of it."""
    book = book_by_id(reading.connection, reading.branch.branch_id, query.book_id)
    if book is None:
        raise NotFound(what="receipt-book", id=query.book_id)
    found = leaves_of(reading.connection, query.book_id)
    highest = max(found, default=0)
    numbers = range(book["first"], book["last"] + 1)
    return tuple(_leaf(book["series"], at, found.get(at), highest) for at in numbers)


def _read(text: str) -> tuple[str, int]:
    found = leaf_of(text)
    if found is None:
        raise ValueRefused(field="leaf", why="leaf-unknown", leaf=text.strip()[:20])
    return found


def _refuse_told(work: Work, leaf: Leaf, text: str) -> None:
    if told_among(work.tx, leaf.book_id, [leaf.number]):
        raise NotAllowedNow(field="leaf", why="leaf-used", leaf=text)


def _tell(work: Work, leaf: Leaf, receipt_id: int | None, reason: str) -> None:
    work.tx.insert(
        book_leaves,
        book_id=leaf.book_id,
        leaf=leaf.number,
        receipt_id=receipt_id,
        reason=reason,
        noted_on=work.day,
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )


def _book(row: Mapping[Any, Any], told: set[int]) -> ReceiptBookRow:
    highest = max(told, default=0)
    skipped = [at for at in range(row["first"], highest) if at not in told]
    following = max(highest + 1, row["first"])
    return ReceiptBookRow(
        book_id=row["id"],
        series=row["series"],
        first=row["first"],
        last=row["last"],
        officer_id=row["officer_id"],
        officer=row["officer"] or "",
        issued_on=row["issued_on"],
        used=int(row["told"] or 0) - int(row["void"] or 0),
        void=int(row["void"] or 0),
        missing=tuple(skipped[:MOST_MISSING]),
        next_leaf=following if following <= row["last"] else None,
    )


def _leaf(series: str, at: int, row: Mapping[Any, Any] | None, highest: int) -> LeafRow:
    if row is None:
        state = MISSING if at < highest else OPEN
        return LeafRow(
            leaf=leaf_text(series, at),
            number=at,
            state=state,
            receipt_id=None,
            receipt_number="",
            received_on=None,
            booked_on=None,
            borrower="",
            amount_minor=0,
            reason="",
        )
    return LeafRow(
        leaf=leaf_text(series, at),
        number=at,
        state=VOID if row["receipt_id"] is None else USED,
        receipt_id=row["receipt_id"],
        receipt_number=row["number"] or "",
        received_on=row["received_on"],
        booked_on=row["booked_on"] or row["noted_on"],
        borrower=row["payer"] or "",
        amount_minor=row["amount_minor"] or 0,
        reason=row["reason"],
    )
