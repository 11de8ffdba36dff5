"""Penal charges derived from overdue lines: never capitalised, never penalised themselves.

RBI/2023-24/53 (18 Aug 2023): a charge on what is overdue, not an addition to the rate. It depends
on due dates and value dates alone, so that a receipt entered late changes it back.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

from app.domain.allocation import INTEREST, PRINCIPAL
from app.domain.book import Book, LineBook
from app.domain.charges import PenaltyBase, PenaltyTerms
from app.domain.events import Event, EventKind
from app.domain.money import RoundingMode, rounded
from app.domain.reading import WHOLE

_DAYS_A_YEAR = 365
_YEAR = WHOLE * _DAYS_A_YEAR
_OVERDUE_INSTALMENT = PenaltyBase.OVERDUE_INSTALMENT


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
    grace, mode = timedelta(penalty.grace_days), book.terms.rounding.mode
    until = on - grace  # the lines due before it bear
    for line in islice(book.lines, _first_bearing(book), None):
        if line.due_on >= until:
            break
        unpaid = line.main.unpaid
        if any(unpaid):
            if line.penal_to != on:
                more = _borne(line, penalty, mode, line.due_on + grace, on) - line.penal
                if more > 0:
                    book.add_penal(line, more)
            if money is not None:
                money -= sum(unpaid)
                if money < 0:
                    break


def _first_bearing(book: Book) -> int:
    """The place of the first line with anything unpaid; those before it bear no more."""
    lines, at = book.lines, book.grown
    while at < len(lines) and not any(lines[at].main.unpaid):
        at += 1
    book.grown = at
    return at


def _borne(
    line: LineBook, penalty: PenaltyTerms, mode: RoundingMode, from_on: date, on: date
) -> int:
    """All that a line has borne by the end of a day, tax included, before what was paid of it."""
    unpaid, since = line.main.unpaid, line.penal_to
    base = unpaid[PRINCIPAL]
    if penalty.of is _OVERDUE_INSTALMENT:
        base += unpaid[INTEREST]
    if since is None or since < from_on:
        since = from_on
    line.penal_to = on
    line.penal_base_days += base * (on - since).days
    if penalty.percent_a_year is not None:
        total = rounded(line.penal_base_days * penalty.percent_a_year, _YEAR, mode)
    else:
        total = (penalty.amount or 0) if line.penal_base_days else 0
    total = min(total, _cap(line, penalty, mode))
    if penalty.tax_percent:
        total += rounded(total * penalty.tax_percent, WHOLE, mode)
    return total


def _cap(line: LineBook, penalty: PenaltyTerms, mode: RoundingMode) -> int:
    """The most the line's penal charge may come to before tax."""
    asked = line.main.asked[PRINCIPAL] + line.main.asked[INTEREST]
    if penalty.cap_percent is None:
        return asked * _DAYS_A_YEAR * 1000 + (penalty.amount or 0)
    return rounded(asked * penalty.cap_percent, WHOLE, mode)
