"""The people of the demonstration at the doors: each act under its own key, at its own time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.commands.base import Command
from app.demo.stage import Stage
from app.ports import Session
from app.queries.base import Query

R = TypeVar("R")
_BEFORE = datetime.min.replace(tzinfo=UTC)
_BETWEEN = timedelta(seconds=20)  # at least, from one act to the next


@dataclass(frozen=True, slots=True)
class Cast:
    """Who works here: manager, deputy, two officers, cashier."""

    meena: Session
    arun: Session
    ravi: Session
    pooja: Session
    sunita: Session
    others: tuple[tuple[str, Session], ...] = ()  # more officers, by login

    @property
    def people(self) -> dict[str, int]:
        """User ids by login."""
        names = ("meena", "arun", "ravi", "pooja", "sunita")
        known = {name: getattr(self, name).user_id for name in names}
        return known | {login: session.user_id for login, session in self.others}

    @property
    def officers(self) -> dict[str, Session]:
        """The officers by login."""
        return {"ravi": self.ravi, "pooja": self.pooja, **dict(self.others)}


@dataclass(slots=True)
class Acting:
    """Sends commands and questions through the doors and moves the clock."""

    stage: Stage
    zone: str
    _keys: count[int] = field(default_factory=lambda: count(1))
    _last: datetime = _BEFORE

    def at(self, on: date, minute: int) -> None:
        """Put the clock to a local minute of the day, never behind what was done before."""
        local = datetime.combine(on, time(minute // 60, minute % 60), ZoneInfo(self.zone))
        self._last = max(local.astimezone(UTC), self._last + _BETWEEN)
        self.stage.clock.go_to(self._last)

    def do(self, who: Session, command: Command[R]) -> R:
        """Carry a command out; the n-th act of a life has the n-th key."""
        return self.stage.gate.run(who, command, f"demonstration {next(self._keys)}").result

    def ask(self, who: Session, query: Query[R]) -> R:
        """Ask a question."""
        return self.stage.asks.ask(who, query)


@dataclass(order=True, slots=True)
class Act:
    """Something that somebody does at a minute of the day; acts of one minute keep their order."""

    minute: int
    place: int
    run: Callable[[], None] = field(compare=False)


@dataclass(slots=True)
class Agenda:
    """The acts of one day, to be played in order."""

    acts: list[Act] = field(default_factory=list)

    def add(self, minute: int, run: Callable[[], None]) -> None:
        """Put an act at a minute since midnight."""
        self.acts.append(Act(minute, len(self.acts), run))

    def play(self, acting: Acting, on: date, before: int) -> None:
        """Play what lies before a minute; acts that acts add belong to a later day."""
        for act in sorted(self.acts):
            if act.minute < before:
                acting.at(on, act.minute)
                act.run()
