"""Penal charges derived from overdue lines: never capitalised, never penalised themselves.

RBI/2023-24/53 (18 Aug 2023): a charge on what is overdue, not an addition to the rate. It depends
on due dates and value dates alone, so that a receipt entered late changes it back.
"""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.allocation import INTEREST, PRINCIPAL
from app.domain.book import Book, LineBook
from app.domain.charges import PenaltyBase, PenaltyTerms
from app.domain.events import Event, EventKind
from app.domain.money import RoundingMode, rounded
from app.domain.reading import WHOLE

_DAYS_A_YEAR = 365


def grow(book: Book, on: date) -> None:
    """Bring every overdue line's penal charge to the end of the day `on`, before its events."""
    penalty = book.terms.penalty
    if penalty is not None and book.next_due_on() is not None:
        _grow_lines(book, penalty, on, None)


def grow_for(book: Book, on: date, event: Event) -> None:
    """The same before one event of the day, of the lines that it may reach.

    The others can wait: what they bear follows from the days since they were last brought up. Money
    that settles the oldest line whole first stops where it is used up, and a charge of its own
    touches no line while no money is held.
    """
    penalty = book.terms.penalty
    if penalty is None or book.next_due_on() is None:
        return
    money: int | None = None
    if not (book.course.by_head or book.limited or book.moves):
        if event.kind is EventKind.RECEIPT:
            money = event.amount
        elif event.kind is EventKind.CHARGE and not book.pools:
            return
    _grow_lines(book, penalty, on, money)


def _grow_lines(book: Book, penalty: PenaltyTerms, on: date, money: int | None) -> None:
    lines, count = book.lines, len(book.lines)
    while book.grown < count and not any(lines[book.grown].main.unpaid):
        book.grown += 1
    grace = timedelta(penalty.grace_days)
    for at in range(book.grown, count):
        line = lines[at]
        from_on = line.due_on + grace
        if from_on >= on:
            break
        unpaid = line.main.unpaid
        if any(unpaid):
            _grow_line(book, line, penalty, from_on, on)
            if money is not None:
                money -= sum(unpaid)
                if money < 0:
                    break


def _grow_line(book: Book, line: LineBook, penalty: PenaltyTerms, from_on: date, on: date) -> None:
    mode = book.terms.rounding.mode
    unpaid = line.main.unpaid
    base = unpaid[PRINCIPAL]
    if penalty.of is PenaltyBase.OVERDUE_INSTALMENT:
        base += unpaid[INTEREST]
    since = max(line.penal_to or from_on, from_on)
    line.penal_to = on
    line.penal_base_days += base * (on - since).days
    if penalty.percent_a_year is not None:
        over = WHOLE * _DAYS_A_YEAR
        total = rounded(line.penal_base_days * penalty.percent_a_year, over, mode)
    else:
        total = (penalty.amount or 0) if line.penal_base_days else 0
    total = min(total, _cap(line, penalty, mode))
    if penalty.tax_percent:
        total += rounded(total * penalty.tax_percent, WHOLE, mode)
    if total > line.penal:
        book.add_penal(line, total - line.penal)


def _cap(line: LineBook, penalty: PenaltyTerms, mode: RoundingMode) -> int:
    """The most the line's penal charge may come to before tax."""
    asked = line.main.asked[PRINCIPAL] + line.main.asked[INTEREST]
    if penalty.cap_percent is None:
        return asked * _DAYS_A_YEAR * 1000 + (penalty.amount or 0)
    return rounded(asked * penalty.cap_percent, WHOLE, mode)
