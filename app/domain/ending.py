"""How a loan ends short of being repaid: written off, recovered after it, money given back."""

from __future__ import annotations

from collections import deque
from datetime import date

from app.domain.allocation import CHARGE, PRINCIPAL
from app.domain.book import Book, ReceiptBook
from app.domain.payoff import closure


def write_off(book: Book, on: date) -> None:
    """Close the lines to come as a foreclosure without charge would, and strike all unpaid."""
    if book.lines[-1].due_on > on:
        book.close_early(on, closure(book, on).interest, 0)
    book.struck = [[0, 0, 0, 0] for _ in book.lines]
    for due in book.dues:
        line = book.lines[due.place]
        for head, unpaid in enumerate(due.unpaid):
            if unpaid:
                due.unpaid[head] = 0
                line.waived[head] += unpaid
                book.struck[due.place][head] += unpaid
                book.after(due, on)
                if head == PRINCIPAL:
                    book.principal -= unpaid
    book.written_off_on = on


def recover(book: Book, ref: int, on: date, amount: int, kind: str) -> None:
    """Set money on what was struck, lines in order, heads in the order of the terms."""
    row = ReceiptBook(ref, on, amount, 0, [0, 0, 0, 0], [], kind=kind)
    for line in book.struck:
        for head in book.course.order:
            part = min(line[head], amount)
            line[head] -= part
            row.split[head] += part
            book.recovered[head] += part
            amount -= part
    row.excess = amount
    book.receipts.append(row)
    if amount:
        book.excess += amount
        book.pools.append(row)


def refund(book: Book, ref: int, on: date, amount: int) -> None:
    """Give back from the excess, the oldest money first.

    What earlier-dated facts no longer leave in excess is asked back as a charge of the day.
    """
    left = amount
    for pool in book.pools:
        part = min(pool.excess, left)
        pool.excess -= part
        left -= part
    book.pools = deque(pool for pool in book.pools if pool.excess)
    book.excess -= amount - left
    row = ReceiptBook(ref, on, -amount, 0, [0, 0, -left, 0], [], kind="refund")
    book.receipts.append(row)
    if left:
        book.lapsed.append(ref)
        book.asked_back += left
        book.levy(on, CHARGE, left)
