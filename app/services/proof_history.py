"""A loan's facts in the order they took effect, and the engine's position after any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.errors import EventRefused
from app.domain.events import Event, EventKind
from app.domain.loan import Position, position_of, replay
from app.domain.playing import Played, follow, play
from app.domain.terms import Terms

# A fact after all others: so that the engine refuses none that came to nothing by later knowledge.
AFTER_ALL = Event(EventKind.RECEIPT, date.max, date.max, 2**62, 1)
_RANKS = tuple(EventKind)
_AS_RECEIPTS = (EventKind.FORECLOSURE, EventKind.WRITE_OFF, EventKind.RECOVERY)


@dataclass(frozen=True, slots=True)
class Told:
    """What the books say of a fact beside what the engine reads."""

    number: str = ""
    by: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The facts of a loan in the order they took effect, with those that were reversed."""

    terms: Terms
    events: Sequence[Event]
    told: Mapping[int, Told]
    undone: Mapping[int, Event] = field(default_factory=dict)

    def number_of(self, ref: int | None) -> str:
        """The printed number of the receipt that brought the money."""
        return self.told.get(ref, Told()).number if ref is not None else ""

    def live_before(self, place: int) -> list[Event]:
        """The facts that stand and took effect before the one at a place."""
        return [
            event
            for event in self.events[:place]
            if event.ref not in self.undone and event.kind is not EventKind.REVERSAL
        ]


def history_of(terms: Terms, events: Sequence[Event], told: Mapping[int, Told]) -> History:
    """The facts sorted as they took effect."""
    undone = {e.of: e for e in events if e.kind is EventKind.REVERSAL and e.of is not None}
    return History(terms, sorted(events, key=_effect_key), told, undone)


def at(terms: Terms, events: Sequence[Event], on: date) -> Position:
    """The position at the end of a day under these facts, none of them refused."""
    return replay(terms, [*events, AFTER_ALL], on)


class Walk:
    """The standing facts one after another, with the positions around each.

    A plain receipt is played on into the same book; anything else is played from the start.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._live: list[Event] = []
        self._played: Played | None = None

    def step(self, event: Event) -> tuple[Position, Position]:
        """The positions just before and after the next fact, at the end of its day."""
        before = self._position(event.on)
        self._live.append(event)
        self._played = self._on(event) or play(self._terms, [*self._live, AFTER_ALL], event.on)
        return before, position_of(self._played)

    def _position(self, on: date) -> Position:
        """Where the loan stands at the end of a day, without more facts."""
        if self._played is None or self._played.book.moves:
            return at(self._terms, self._live, on)
        return position_of(self._played._replace(as_on=on))

    def _on(self, event: Event) -> Played | None:
        """The book played on by a receipt; None where that has to be played from the start."""
        if self._played is None:
            return None
        newest = max(one.ref for one in self._live[:-1])
        try:
            return follow(self._played, event, newest)
        except EventRefused:
            return None  # it fitted when it was entered, and came to nothing since


def _effect_key(event: Event) -> tuple[date, int, int]:
    """By day; on one day by kind, closures and money in the order of their entry."""
    kind = EventKind.RECEIPT if event.kind in _AS_RECEIPTS else event.kind
    kind = EventKind.RATE if kind is EventKind.RESCHEDULE else kind
    return event.on, _RANKS.index(kind), event.ref
