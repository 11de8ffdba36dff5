"""Playing a loan's facts in the order they took effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache, partial
from operator import attrgetter
from typing import NamedTuple

from app.domain import ageing
from app.domain.allocation import HEADS, Head, course_of
from app.domain.book import Book
from app.domain.errors import AmountNotPositive, EventRefused
from app.domain.events import Event, EventKind
from app.domain.payoff import closure
from app.domain.penalty import grow
from app.domain.schedule import DatedCharge, Line, lines, schedule
from app.domain.terms import Terms

_KINDS = tuple(EventKind)
_MONEY = (EventKind.RECEIPT, EventKind.CHARGE, EventKind.WAIVER)
_ONE_DAY = timedelta(1)
_entry_key, _on, _ref = attrgetter("on", "ref"), attrgetter("on"), attrgetter("ref")
_KEPT_SCHEDULES = 256
_STARTS = (EventKind.DISBURSEMENT, EventKind.OPENING)


class SpanState(NamedTuple):
    """The state at the end of a day with events, until the next such day."""

    from_on: date
    next_unsettled_due_on: date | None
    principal: int
    excess: int
    npa_since_on: date | None


_span_state = partial(tuple.__new__, SpanState)


class Played(NamedTuple):
    """A book after its events, with the states on the way and the receipts that were reversed."""

    book: Book
    as_on: date
    spans: list[SpanState]
    reversed: list[Event]


def play(
    terms: Terms,
    events: Sequence[Event],
    as_on: date | None = None,
    known_on: date | None = None,
) -> Played:
    """Play the events known on `known_on` up to the end of `as_on` into a book."""
    known = events
    if known_on is not None:
        known = [event for event in events if event.booked_on <= known_on]
    void = _void(known)
    newest = max(map(_ref, known), default=0)
    as_on = as_on or max((terms.disbursed_on, *map(_on, known)))
    taken = [e for e in known if e.on <= as_on and e.kind is not EventKind.REVERSAL]
    reversed_ = [e for e in taken if e.ref in void and e.kind is EventKind.RECEIPT]
    live = [event for event in taken if event.ref not in void] if void else taken
    live.sort(key=_entry_key)
    book = Book(terms, course_of(terms.allocation))
    states: list[SpanState] = []
    penal = terms.penalty is not None
    for on, day in _days(live):
        if penal and states:
            grow(book, on)
        if states and (next_on := states[-1].next_unsettled_due_on) is not None and next_on < on:
            _reach_npa(book, on - _ONE_DAY, next_on)
        for event in day:
            if book.principal and event.amount > 0 and event.kind is EventKind.RECEIPT:
                book.receive(event.ref, on, event.amount)  # nearly every event
            else:
                _apply(book, event, newest)
        states.append(_state(book, on))
    return Played(book, as_on, states, reversed_)


def check_entries(terms: Terms, events: Sequence[Event]) -> None:
    """Refuse a list of facts with one that did not fit when it was entered, in the order of `ref`.

    `play` refuses only what was entered last: what came to nothing by later knowledge is kept.
    """
    for ref in play(terms, events).book.lapsed:
        play(terms, [event for event in events if event.ref <= ref])


def follow(played: Played, receipt: Event, newest: int) -> Played | None:
    """Play one more receipt into the same book, where it takes effect after all that was played.

    `newest` is the highest id played. None where it takes effect earlier: then everything has to
    be played again. The book of `played` changes.
    """
    book, last_on = played.book, played.spans[-1].from_on if played.spans else None
    if last_on is None or receipt.on < played.as_on or receipt.kind is not EventKind.RECEIPT:
        return None
    if receipt.ref <= newest:
        return None
    states = played.spans
    if receipt.on > last_on:
        grow(book, receipt.on)
        _reach_npa(book, receipt.on - _ONE_DAY, states[-1].next_unsettled_due_on)
    else:
        states = states[:-1]
    _apply(book, receipt, receipt.ref)
    return Played(book, receipt.on, [*states, _state(book, receipt.on)], played.reversed)


def _void(events: Sequence[Event]) -> frozenset[int]:
    """The ids of reversed events, after checking that each reversal may be."""
    reversals = [event for event in events if event.kind is EventKind.REVERSAL]
    by_ref = {event.ref: event for event in events} if reversals else {}
    void: set[int] = set()
    for event in reversals:
        of = None if event.of is None else by_ref.get(event.of)
        if of is None or of.ref == event.ref:
            raise EventRefused(ref=event.ref, why="reversal-of-nothing", of=event.of)
        if of.kind is EventKind.REVERSAL:
            raise EventRefused(ref=event.ref, why="reversal-of-reversal", of=event.of)
        if of.ref in void:
            raise EventRefused(ref=event.ref, why="already-reversed", of=event.of)
        if event.on < of.on:
            raise EventRefused(ref=event.ref, why="reversal-before-its-event", of=event.of)
        void.add(of.ref)
    return frozenset(void)


def _apply(book: Book, event: Event, newest: int) -> None:
    """Let one event take effect. `newest` is the id entered last: it alone can still be refused.

    Money on a loan with nothing unpaid is refused, unless later knowledge made it so.
    """
    if event.kind in _STARTS:
        _start(book, event)
        return
    if book.started_on is None:
        raise EventRefused(ref=event.ref, why="before-disbursement", on=event.on)
    if event.kind in _MONEY and event.amount <= 0:
        raise AmountNotPositive(field="amount", ref=event.ref, amount=event.amount)
    last = event.ref == newest
    if event.kind is EventKind.RECEIPT:
        _receive(book, event, last)
    elif event.kind is EventKind.CHARGE:
        book.levy(event.on, _head(event, (Head.CHARGE, Head.PENALTY)), event.amount)
    elif event.kind is EventKind.WAIVER:
        _waive(book, event, last)
    else:
        _foreclose(book, event, last)


def _receive(book: Book, event: Event, last: bool) -> None:
    if not book.principal and book.next_due_on() is None:
        _lapse(book, event, last, "loan-closed")
    book.receive(event.ref, event.on, event.amount)


def _waive(book: Book, event: Event, last: bool) -> None:
    left = book.waive(_head(event, HEADS), event.amount, event.on)
    if left:
        _lapse(book, event, last, "waiver-above-unpaid")


def _foreclose(book: Book, event: Event, last: bool) -> None:
    """Make everything due on the day: the loan closes when receipts cover it."""
    if book.next_due_on() is None:
        _lapse(book, event, last, "loan-closed")
        return
    asked = closure(book, event.on)
    book.close_early(event.on, asked.interest, asked.charge + asked.tax)


def _lapse(book: Book, event: Event, last: bool, why: str) -> None:
    """Refuse what was entered last; anything older fitted when it was entered, and stays."""
    if last:
        raise EventRefused(ref=event.ref, why=why, on=event.on)
    book.lapsed.append(event.ref)


def _start(book: Book, event: Event) -> None:
    """Hand out the loan, or take it over where it stands."""
    if book.started_on is not None:
        raise EventRefused(ref=event.ref, why="already-disbursed", on=event.on)
    book.started_on = event.on
    if event.kind is EventKind.OPENING:
        _open(book, event)
        return
    terms = book.terms
    if event.on != terms.disbursed_on:
        raise EventRefused(ref=event.ref, why="disbursed-on-differs", on=event.on)
    if event.amount not in (0, terms.principal):
        raise EventRefused(ref=event.ref, why="disbursed-amount-differs", amount=event.amount)
    _write_schedule(book)


def _write_schedule(book: Book) -> None:
    """Write the lines of the terms, and the charges among them that have dates of their own."""
    book.principal = book.terms.principal
    made, dated = _schedule_of(book.terms)
    for line in made:
        book.open_line(line)
    place = {line.number: at for at, line in enumerate(made)} if dated else {}
    for one in dated:
        book.date_charge(place[one.number], one.due_on, HEADS.index(one.head), one.amount)


@lru_cache(_KEPT_SCHEDULES)
def _schedule_of(terms: Terms) -> tuple[tuple[Line, ...], tuple[DatedCharge, ...]]:
    """The schedule; those of the loans last replayed are kept, for a loan is replayed in bursts."""
    if not terms.charges:
        return lines(terms), ()
    made = schedule(terms)
    return made.lines, made.dated


def _open(book: Book, event: Event) -> None:
    """Write the unpaid lines of a loan that ran elsewhere, and the money it held in excess."""
    opening = event.opening
    if opening is None or not opening.lines:
        raise EventRefused(ref=event.ref, why="opening-without-lines", on=event.on)
    given = sorted(opening.lines, key=lambda line: (line.due_on, line.number))
    balance = sum(line.principal for line in given)
    book.principal = balance
    start = event.on
    for number, due_on, principal, interest, charge, penalty in given:
        balance -= principal
        heads = (principal, interest, charge, penalty)
        book.open_line(Line(number, due_on, *heads, balance, min(start, due_on), sum(heads)))
        start = max(due_on, event.on)
    if opening.excess:
        book.receive(event.ref, event.on, opening.excess).listed = False


def _head(event: Event, allowed: Sequence[Head]) -> int:
    if event.head is None or event.head not in allowed:
        raise EventRefused(ref=event.ref, why="head-not-allowed", head=event.head)
    return HEADS.index(event.head)


def _reach_npa(book: Book, on: date, next_on: date | None) -> None:
    """Note that the loan became NPA by the end of `on`, if it did."""
    if next_on is not None and next_on < on:
        book.npa_since_on = ageing.npa_since(next_on, on, book.npa_since_on)


def _state(book: Book, on: date) -> SpanState:
    """The state at the end of a day: once all arrears are paid an NPA loan is standard again."""
    next_on = book.next_due_on()
    if next_on is None or next_on > on:
        book.npa_since_on = None
    elif next_on < on:
        book.npa_since_on = ageing.npa_since(next_on, on, book.npa_since_on)
    return _span_state((on, next_on, book.principal, book.excess, book.npa_since_on))


def _days(live: list[Event]) -> Iterator[tuple[date, list[Event]]]:
    """The days with events, and the events of each in the order in which they take effect."""
    at, count = 0, len(live)
    while at < count:
        on, first = live[at].on, at
        at += 1
        while at < count and live[at].on == on:
            at += 1
        day = live[first:at]
        if len(day) > 1:
            day.sort(key=_effect_key)
        yield on, day


def _effect_key(event: Event) -> tuple[int, int]:
    """Kinds in their order; a closure and the money of its day in the order of their entry."""
    kind = EventKind.RECEIPT if event.kind is EventKind.FORECLOSURE else event.kind
    return _KINDS.index(kind), event.ref
