"""Demand and what was collected of it, by group: from sums, and by replay where they would not do.

A loan is replayed where something was booked later than is to be known, where its lines move with
the days, where money came in for a day before the period, and where a charge of its own falls due
apart from its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.domain.events import Event
from app.domain.loan import Allocation, projected
from app.domain.penalty import grow
from app.domain.playing import play
from app.domain.terms import Terms
from app.services.report_asked import Asked
from app.services.report_stock import later_told, lives
from app.services.work import Reading
from app.store.report_flows import (
    Flow,
    Grain,
    Span,
    brought_late,
    demanded,
    levied_apart,
    settled,
    settled_since,
)
from app.store.reports import Period, moving


class Moved(NamedTuple):
    """Demand and collection of a group of loans, in minor units.

    `ahead` is what of the demand was paid before; `old`, `current` and `advance` are what was set
    on older dues, on the demand, and on later dues.
    """

    loan_id: int
    party_id: int
    officer_id: int
    product_id: int
    group_id: int | None
    on: date | None
    demand: int = 0
    ahead: int = 0
    old: int = 0
    current: int = 0
    advance: int = 0


def moved(reading: Reading, asked: Asked, grain: Grain) -> tuple[Moved, ...]:
    """What moved in the period. Read once for all that ask."""
    key = ("moved", asked.period, asked.known_on, grain)
    return reading.once(key, lambda: tuple(_moved(reading, asked, grain)))


def _moved(reading: Reading, asked: Asked, grain: Grain) -> Iterator[Moved]:
    period, connection = asked.period, reading.connection
    moves = moving(connection, period)
    retold = later_told(reading, asked.scope, period.last, asked.known(period.last))
    apart = levied_apart(connection, asked.scope, period.first, period.last)
    late = brought_late(connection, asked.scope, period.first, period.last)
    again = retold | moves | apart | (late if asked.known_on is None else frozenset())
    span = Span(asked.scope, period.first, period.last, again)
    for flow in demanded(connection, span, grain):
        yield _of(flow, demand=flow.figures[0], ahead=flow.figures[1])
    for flow in settled_since(connection, span, grain):
        yield _of(flow, ahead=-flow.figures[0])
    for flow in settled(connection, span, grain):
        yield _of(flow, *flow.figures)
    yield from _replayed(reading, asked, grain, again, moves)


def _of(
    flow: Flow, old: int = 0, current: int = 0, advance: int = 0, *, demand: int = 0, ahead: int = 0
) -> Moved:
    return Moved(*flow[:6], demand, ahead, old, current, advance)


def _replayed(
    reading: Reading,
    asked: Asked,
    grain: Grain,
    again: Iterable[int],
    moves: frozenset[int],
) -> Iterator[Moved]:
    known_on = asked.known(asked.period.last)
    for row, terms, facts in lives(reading, asked.scope, list(again), known_on):
        played = play(terms, facts, asked.period.last, known_on)
        if not played.spans:
            continue
        grow(played.book, asked.period.last)
        who = tuple(row[name] for name in Moved._fields[:5])
        money = projected(played).allocations
        booked = {event.ref: event.booked_on for event in facts}
        dues = [(due.due_on, sum(due.asked)) for due in played.book.dues]
        rose = None
        if row["loan_id"] in moves and not grain.day:
            rose = risen(terms, facts, asked.period)
        for on, parts in _told(asked, grain, dues, money, booked, rose):
            yield Moved._make((*who, on, *parts))


def _told(
    asked: Asked,
    grain: Grain,
    dues: list[tuple[date, int]],
    money: Iterable[Allocation],
    booked: dict[int, date],
    rose: int | None,
) -> Iterator[tuple[date | None, tuple[int, ...]]]:
    """(day, demand, ahead, old, current, advance) of one loan."""
    period = asked.period
    for due_on, amount in dues:
        if rose is None and period.first <= due_on <= period.last:
            yield (due_on if grain.day else None), (amount, 0, 0, 0, 0)
    if rose is not None:
        yield None, (rose, 0, 0, 0, 0)
    for part in money:
        counts_on = part.on
        if asked.known_on is None and booked.get(part.ref, part.on) >= period.first > part.on:
            counts_on = booked[part.ref]
        yield from _set_on(period, grain, part, counts_on)


def _set_on(
    period: Period, grain: Grain, part: Allocation, counts_on: date
) -> Iterator[tuple[date | None, tuple[int, ...]]]:
    """A part of a receipt, on the day it counts."""
    amount, due_on = part.amount, part.due_on
    start = counts_on if grain.day else period.first
    end = counts_on if grain.day else period.last
    mine = period.first <= due_on <= period.last
    if mine and counts_on < (due_on if grain.day else period.first):
        yield (due_on if grain.day else None), (0, amount, 0, 0, 0)
    if not period.first <= counts_on <= period.last:
        return
    place = 0 if due_on < start else 1 if due_on <= end else 2
    parts = [0, 0, 0]
    parts[place] = amount
    yield (counts_on if grain.day else None), (0, 0, *parts)


def risen(terms: Terms, facts: list[Event], period: Period) -> int:
    """By how much all that was ever due of a loan has risen in the period, in minor units."""
    return _due_ever(terms, facts, period.last) - _due_ever(terms, facts, period.before)


def _due_ever(terms: Terms, facts: list[Event], day: date) -> int:
    if not any(event.on <= day and event.booked_on <= day for event in facts):
        return 0
    book = play(terms, facts, day, day).book
    grow(book, day)
    return sum(sum(due.asked) for due in book.dues if due.due_on <= day)
