"""Playing a loan's facts in the order they took effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from app.domain import ageing, daily
from app.domain.acting import apply, take_money
from app.domain.allocation import course_of
from app.domain.book import Book
from app.domain.errors import EventRefused
from app.domain.events import Event, EventKind
from app.domain.penalty import grow, grow_for
from app.domain.terms import Terms, Tranche

_ONE_DAY = timedelta(1)
# Looking up a member of an enumeration costs much where it is done for every fact.
_RECEIPT, _REVERSAL, _RECOVERY = EventKind.RECEIPT, EventKind.REVERSAL, EventKind.RECOVERY
_entry_key, _on, _ref = attrgetter("on", "ref"), attrgetter("on"), attrgetter("ref")


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
    live = [e for e in known if e.on <= as_on and e.kind is not _REVERSAL]
    reversed_: list[Event] = []
    if void:
        reversed_ = [e for e in live if e.ref in void and e.kind in (_RECEIPT, _RECOVERY)]
        live = [event for event in live if event.ref not in void]
    live.sort(key=_entry_key)
    book = Book(in_fact(terms, live), course_of(terms.allocation))
    states: list[SpanState] = []
    for on, day in _days(live):
        if states:
            _reach(book, states, on)
        _play_day(book, on, day, newest, later=bool(states))
        states.append(_state(book, on))
    if book.moves and states:
        _pass_days(book, states, as_on, whole=True)
    elif len(states) > 1:
        grow(book, states[-1].from_on)
    return Played(book, as_on, states, reversed_)


def _play_day(book: Book, on: date, day: list[Event], newest: int, *, later: bool) -> None:
    """Let the events of a day take effect; on the first day (not `later`) nothing is borne."""
    bears = later and book.terms.penalty is not None
    for event in day:
        if bears:
            grow_for(book, on, event)
        if event.kind is _RECEIPT and book.principal and event.amount > 0:
            take_money(book, event)  # nearly every event
        else:
            apply(book, event, newest)
    if book.moves:
        daily.end_day(book, on)


def _reach(book: Book, states: list[SpanState], on: date) -> None:
    """Bring the book from its last day to the beginning of another."""
    if book.moves:
        _pass_days(book, states, on, whole=False)
    if book.npa_since_on is None:
        next_on = states[-1].next_unsettled_due_on
        if next_on is not None and next_on < on:
            _reach_npa(book, on - _ONE_DAY, next_on)


def _pass_days(book: Book, states: list[SpanState], to: date, *, whole: bool) -> None:
    """Let due days pass, up to the end of a day or (not `whole`) to its beginning."""
    last_on = states[-1].from_on
    for on in daily.due_days(book, last_on, to):
        _reach_npa(book, on - _ONE_DAY, states[-1].next_unsettled_due_on)
        before = (book.principal, book.excess)
        daily.fix_due(book, on)
        if (on < to or whole) and book.pools:
            grow(book, on)
            daily.set_held(book, on)
        if before != (book.principal, book.excess) and (on < to or whole):
            states.append(_state(book, on))
    if whole and to > last_on and book.follows_days:
        daily.project(book, to)


def in_fact(terms: Terms, live: Sequence[Event]) -> Terms:
    """The terms with the days on which tranches were really handed out."""
    if not terms.tranches:
        return terms
    given = [event for event in live if event.kind is EventKind.DISBURSEMENT]
    facts = tuple(Tranche(event.on, event.amount) for event in given)
    if facts == terms.tranches[: len(facts)]:
        return terms
    rest = terms.tranches[len(facts) :]
    last_on = facts[-1].on if facts else terms.disbursed_on
    return replace(
        terms, tranches=facts + tuple(one._replace(on=max(one.on, last_on)) for one in rest)
    )


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
    if receipt.ref <= newest or book.moves or book.plan_follows_money:
        return None
    states = played.spans
    if receipt.on > last_on:
        grow(book, receipt.on)
        _reach_npa(book, receipt.on - _ONE_DAY, states[-1].next_unsettled_due_on)
    else:
        states = states[:-1]
    apply(book, receipt, receipt.ref)
    return Played(book, receipt.on, [*states, _state(book, receipt.on)], played.reversed)


def _void(events: Sequence[Event]) -> frozenset[int]:
    """The ids of reversed events, after checking that each reversal may be."""
    reversals = [event for event in events if event.kind is _REVERSAL]
    if not reversals:
        return frozenset()
    by_ref = {event.ref: event for event in events}
    void: set[int] = set()
    for event in reversals:
        of = None if event.of is None else by_ref.get(event.of)
        if of is None or of.ref == event.ref:
            raise EventRefused(ref=event.ref, why="reversal-of-nothing", of=event.of)
        if of.kind is _REVERSAL:
            raise EventRefused(ref=event.ref, why="reversal-of-reversal", of=event.of)
        if of.ref in void:
            raise EventRefused(ref=event.ref, why="already-reversed", of=event.of)
        if event.on < of.on:
            raise EventRefused(ref=event.ref, why="reversal-before-its-event", of=event.of)
        void.add(of.ref)
    return frozenset(void)


def _reach_npa(book: Book, on: date, next_on: date | None) -> None:
    """Note that the loan became NPA by the end of `on`, if it did."""
    if next_on is not None and next_on < on:
        book.npa_since_on = ageing.npa_since(next_on, on, book.npa_since_on)


def _state(book: Book, on: date) -> SpanState:
    """The state at the end of a day: once all arrears are paid an NPA loan is standard again."""
    next_on = book.next_due_on()
    if next_on is None or next_on > on:
        book.npa_since_on = None
    elif next_on < on and book.npa_since_on is None:
        book.npa_since_on = ageing.npa_since(next_on, on, None)
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
    return _RANKS[event.kind], event.ref


_BY_ENTRY = (EventKind.FORECLOSURE, EventKind.WRITE_OFF, EventKind.RECOVERY)
_RANKS: Mapping[EventKind, int] = MappingProxyType(
    {
        **{kind: place for place, kind in enumerate(EventKind)},
        EventKind.RESCHEDULE: list(EventKind).index(EventKind.RATE),
        **dict.fromkeys(_BY_ENTRY, list(EventKind).index(EventKind.RECEIPT)),
    }
)
