"""A loan's facts in the order they took effect, and the engine's position after any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.events import Event, EventKind
from app.domain.loan import Position, replay
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


def _effect_key(event: Event) -> tuple[date, int, int]:
    """By day; on one day by kind, closures and money in the order of their entry."""
    kind = EventKind.RECEIPT if event.kind in _AS_RECEIPTS else event.kind
    kind = EventKind.RATE if kind is EventKind.RESCHEDULE else kind
    return event.on, _RANKS.index(kind), event.ref
