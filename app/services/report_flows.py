"""Demand and what was collected of it, by loan, group and day.

A loan is replayed where something was booked later than is to be known, where its lines move with
the days, where money came in for a day before the period, and where a charge of its own falls due
apart from its line. All others are summed from lines and allocations, each read once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.domain.book import Book
from app.domain.events import Event
from app.domain.loan import projected
from app.domain.penalty import grow
from app.domain.playing import Played, play
from app.domain.terms import Terms
from app.services.report_asked import Asked
from app.services.report_stock import (
    dims_of_branch,
    later_told,
    lives,
    money_since,
    moving_loans,
    told_by_facts_alone,
)
from app.services.work import Reading
from app.store.report_flows import Grain, Rows, brought_late, levied_apart, lines_due
from app.store.reports import Period

_DEMAND, _AHEAD, _OLD, _CURRENT, _ADVANCE = range(5)
Sums = dict[tuple[int, date | None], list[int]]  # by loan and day: what is in `Moved`


class Moved(NamedTuple):
    """Demand and collection of a group of loans, in minor units.

    `ahead` is what of the demand was paid before; `old`, `current` and `advance` are what was set
    on older dues, on the demand, and on later dues.
    """

    loan_id: int
    officer_id: int
    product_id: int
    group_id: int | None
    on: date | None
    demand: int
    ahead: int
    old: int
    current: int
    advance: int


def moved(reading: Reading, asked: Asked, grain: Grain) -> tuple[Moved, ...]:
    """What moved in the period. Read once for all that ask."""
    whole = grain.day and not grain.loan and not asked.within
    key = ("moved", asked.period, asked.known_on, grain, whole)
    make = _moved_by_day if whole else _moved
    return reading.once(key, lambda: tuple(make(reading, asked, grain)))


def _moved_by_day(reading: Reading, asked: Asked, _grain: Grain) -> Iterator[Moved]:
    """Day by day of all loans together, which nothing narrows."""
    for (_all, on), parts in _summed(reading, asked, day=True, together=True).items():
        yield Moved._make((0, 0, 0, None, on, *parts))


def _moved(reading: Reading, asked: Asked, grain: Grain) -> Iterator[Moved]:
    sums = _sums(reading, asked, day=grain.day)
    dims = dims_of_branch(reading, asked.scope)
    if grain.loan:
        for (loan_id, on), parts in sums.items():
            one = dims[loan_id]
            who = (loan_id, one.officer_id, one.product_id, one.group_id)
            yield Moved._make((*who, on, *parts))
        return
    wide: dict[tuple[int, int, int | None, date | None], list[int]] = {}
    for (loan_id, on), parts in sums.items():
        one = dims[loan_id]
        key = (one.officer_id, one.product_id, one.group_id, on)
        found = wide.get(key)
        if found is None:
            wide[key] = list(parts)
        else:
            for at, part in enumerate(parts):
                found[at] += part
    for key, parts in wide.items():
        yield Moved._make((0, *key, *parts))


def _sums(reading: Reading, asked: Asked, *, day: bool) -> Sums:
    key = ("flows", asked.period, asked.known_on, day)
    return reading.once(key, lambda: _summed(reading, asked, day=day))


def _summed(reading: Reading, asked: Asked, *, day: bool, together: bool = False) -> Sums:
    """By loan, or (`together`, by day) under 0 for all of them."""
    again, moves = told_anew(reading, asked)
    mine = dims_of_branch(reading, asked.scope).keys() - again
    lines, money = due_in(reading, asked.period), set_since(reading, asked.period)
    made: Sums = defaultdict(lambda: [0] * 5)
    for loan_id, due_on, amount, paid in lines:
        if loan_id in mine:
            parts = made[0 if together else loan_id, due_on if day else None]
            parts[_DEMAND] += amount
            parts[_AHEAD] += paid
    if day:
        _set_by_day(made, asked.period, money, mine, together=together)
    else:
        _set(made, asked.period, money, mine)
    for loan_id, on, told in _replayed(reading, asked, again, moves, day=day):
        found = made[0 if together else loan_id, on]
        for at, part in enumerate(told):
            found[at] += part
    return made


def _set(made: Sums, period: Period, money: Rows, mine: set[int]) -> None:
    """Add what was set on dues of the period, and of others in it."""
    first, last = period.first, period.last
    for loan_id, _event, _head, on, due_on, amount in money:
        if loan_id not in mine:
            continue
        parts = made[loan_id, None]
        if due_on < first:
            if on <= last:
                parts[_OLD] += amount
        elif due_on <= last:
            parts[_AHEAD] -= amount
            if on <= last:
                parts[_CURRENT] += amount
        elif on <= last:
            parts[_ADVANCE] += amount


def _set_by_day(made: Sums, period: Period, money: Rows, mine: set[int], *, together: bool) -> None:
    """The same day by day: older, current and ahead are meant of the day of the money."""
    first, last = period.first, period.last
    for loan, _event, _head, on, due_on, amount in money:
        if loan not in mine:
            continue
        loan_id = 0 if together else loan
        if first <= due_on <= last and on >= due_on:
            made[loan_id, due_on][_AHEAD] -= amount
        if on <= last:
            place = _OLD if due_on < on else _CURRENT if due_on == on else _ADVANCE
            made[loan_id, on][place] += amount


def due_in(reading: Reading, period: Period) -> Rows:
    """The lines due in a period, read once."""
    key = ("due", period.first, period.last)
    return reading.once(key, lambda: lines_due(reading.connection, period.first, period.last))


def set_since(reading: Reading, period: Period) -> Rows:
    """The money set on dues since the first day of a period, read once."""
    return money_since(reading, period.first)


def told_anew(reading: Reading, asked: Asked) -> tuple[frozenset[int], frozenset[int]]:
    """The loans of the period that are replayed, and those of them that move with the days."""
    key = ("anew", asked.period, asked.known_on)
    return reading.once(key, lambda: _told_anew(reading, asked))


def _told_anew(reading: Reading, asked: Asked) -> tuple[frozenset[int], frozenset[int]]:
    period, connection = asked.period, reading.connection
    moves = moving_loans(reading, asked.scope)
    again = moves | later_told(reading, asked.scope, period.last, asked.known(period.last))
    told = told_by_facts_alone(reading, asked.scope)
    again |= levied_apart(connection, asked.scope, (period.first, period.last), told)
    if asked.known_on is None:
        again |= brought_late(connection, asked.scope, period.first, period.last)
    return again, moves


Told = Iterator[tuple[date | None, tuple[int, ...]]]  # a day and what is in `Moved`


def _replayed(
    reading: Reading, asked: Asked, again: Iterable[int], moves: frozenset[int], *, day: bool
) -> Iterator[tuple[int, date | None, tuple[int, ...]]]:
    period, known_on = asked.period, asked.known(asked.period.last)
    for row, terms, facts in lives(reading, asked.scope, list(again), known_on):
        played = play(terms, facts, period.last, known_on)
        if not played.spans:
            continue
        grow(played.book, period.last)
        loan_id = row["loan_id"]
        rose = risen(terms, facts, period) if loan_id in moves and not day else None
        for on, parts in (
            *_asked(played.book, period, rose, day),
            *_paid(played, asked, facts, day),
        ):
            yield loan_id, on, parts


def _asked(book: Book, period: Period, rose: int | None, day: bool) -> Told:
    """What fell due of a loan; of one that moves with the days, by how much it rose."""
    if rose is not None:
        yield None, (rose, 0, 0, 0, 0)
        return
    for due in book.dues:
        if period.first <= due.due_on <= period.last:
            yield due.due_on if day else None, (sum(due.asked), 0, 0, 0, 0)


def _paid(played: Played, asked: Asked, facts: list[Event], day: bool) -> Told:
    """What was set on its dues; money brought in for a day before the period counts in it."""
    booked = {event.ref: event.booked_on for event in facts}
    for part in projected(played).allocations:
        on = part.on
        if asked.known_on is None and booked.get(part.ref, on) >= asked.period.first > on:
            on = booked[part.ref]
        yield from _set_on(asked.period, (on, part.due_on, part.amount), day=day)


def _set_on(period: Period, part: tuple[date, date, int], *, day: bool) -> Told:
    """A part of a receipt: what of it was ahead, and what it is in the period."""
    on, due_on, amount = part
    start = on if day else period.first
    end = on if day else period.last
    mine = period.first <= due_on <= period.last
    if mine and on < (due_on if day else period.first):
        yield (due_on if day else None), (0, amount, 0, 0, 0)
    if period.first <= on <= period.last:
        parts = [0] * 5
        parts[_OLD if due_on < start else _CURRENT if due_on <= end else _ADVANCE] = amount
        yield (on if day else None), tuple(parts)


def risen(terms: Terms, facts: list[Event], period: Period) -> int:
    """By how much all that was ever due of a loan has risen in the period, in minor units."""
    return _due_ever(terms, facts, period.last) - _due_ever(terms, facts, period.before)


def _due_ever(terms: Terms, facts: list[Event], day: date) -> int:
    if not any(event.on <= day and event.booked_on <= day for event in facts):
        return 0
    book = play(terms, facts, day, day).book
    grow(book, day)
    return sum(sum(due.asked) for due in book.dues if due.due_on <= day)
