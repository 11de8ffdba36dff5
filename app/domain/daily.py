"""Interest that follows the principal outstanding day by day, and money held to its due day.

Both change a loan on days without an event: a line's interest is fixed when it falls due, held
money is set on what is due at the end of the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.domain.allocation import PRINCIPAL
from app.domain.bearing import run_to, stands_alone
from app.domain.book import Book
from app.domain.changing import forgiven_leaves, lay, lift, plan_in
from app.domain.finding import again
from app.domain.plan import Plan
from app.domain.terms import Repayment

_ONE_DAY = timedelta(1)


def start(book: Book) -> None:
    """Begin to follow the days of a loan that was just handed out."""
    if book.follows_days:
        plan_in(book)
        _step(book, book.terms.disbursed_on)


def end_day(book: Book, on: date) -> None:
    """Close a day with events: held money settles what is due, lines to come are found again."""
    set_held(book, on)
    if book.follows_days:
        project(book, on)
        _step(book, on)


def due_days(book: Book, after: date, to: date) -> Iterator[date]:
    """The days after one up to another on which something falls due, as it stands then."""
    on = after
    while True:
        nxt = next((due.due_on for due in book.dues if due.due_on > on), None)
        if nxt is None or nxt > to:
            return
        yield nxt
        on = nxt


def fix_due(book: Book, on: date) -> None:
    """Fix the interest of every line that falls due on a day, before the events of it."""
    if not book.follows_days or book.written_off_on or book.closed_early:
        return
    plan = plan_in(book)
    if stands_alone(plan, on - _ONE_DAY) and on == plan.stretches[0].start:
        _find_again(book, plan, 0, on, on - _ONE_DAY)
        _step(book, on)
    while book.frozen < plan.count and plan.stretches[book.frozen].due_on <= on:
        place = book.frozen
        due_on = plan.stretches[place].due_on
        if _bears_interest(plan, place) and _asks(book, plan, place, place + 1):
            _find_again(book, plan, place, due_on, due_on - _ONE_DAY)
            _step(book, due_on)
        book.frozen = place + 1


def _bears_interest(plan: Plan, place: int) -> bool:
    """Of a bullet the last line alone; every line otherwise."""
    return plan.terms.repayment is not Repayment.BULLET or place == plan.count - 1


def _asks(book: Book, plan: Plan, first: int, end: int) -> bool:
    """Whether lines of the plan stand in the book: empty ones after the last were left out."""
    days = {stretch.due_on for stretch in plan.stretches[first:end]}
    return any(line.due_on in days and not line.own for line in book.lines)


def project(book: Book, on: date) -> None:
    """Find the lines to come again as if arrears were paid on a day and every line on its own."""
    if book.written_off_on or book.closed_early:
        return
    plan = plan_in(book)
    place = plan.place_of(on)
    if place < plan.count and _asks(book, plan, place, plan.count):
        _find_again(book, plan, place, on, on)


def _find_again(book: Book, plan: Plan, place: int, on: date, after: date) -> None:
    """Find the lines due after a day again, with what the first of them bore up to `on`."""
    run_to(book, plan, place, on)
    plan.ahead = _set_ahead(book, place, after)
    lifted = lift(book, after)
    forgiven_leaves(plan, on, lifted)
    again(plan, on, place, after)
    plan.ahead, plan.last_ahead = {}, plan.ahead
    lay(book, lifted, after, on)


def _set_ahead(book: Book, place: int, after: date) -> dict[int, int]:
    """Principal already set on lines to come, by their place."""
    coming = [line for line in book.lines if line.due_on > after and line.number and not line.own]
    return {
        place + at: line.paid[PRINCIPAL] for at, line in enumerate(coming) if line.paid[PRINCIPAL]
    }


def set_held(book: Book, on: date) -> None:
    """Set held money at the end of a day: on what is due, and ahead where the terms do not hold."""
    if book.holds and book.pools:
        book.set_held(on)
    elif book.pools:
        book.use_excess(on)
    if book.follows_days:
        _step(book, on)


def _step(book: Book, on: date) -> None:
    """Note the principal outstanding from a day on."""
    if book.steps and book.steps[-1][0] == on:
        book.steps.pop()
    book.steps.append((on, book.principal))
