"""One whole working day by hand: from an application to the month's report, with its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.commands.base import Command
from app.demo.stage import CASHIER, MANAGER, OFFICER, PASSWORD, MovingClock
from app.demo.table import Done
from app.ports import Asks, Documents, Gate, Papers, Session
from app.queries.base import Query
from app.rows.papers import Paper
from app.texts.figures import moment

R = TypeVar("R")
_TICK = timedelta(minutes=4)
_NAMES = {MANAGER: "Meena", OFFICER: "Ravi", CASHIER: "Sunita"}
PAPERS, SHEETS = "papers", "sheets"


@dataclass(frozen=True, slots=True)
class Doors:
    """The doors of an open demonstration, its papers and its clock."""

    gate: Gate
    asks: Asks
    documents: Documents
    papers: Papers
    clock: MovingClock
    sign_in: Callable[[str, str], Session]
    zone: str


@dataclass(slots=True)
class Playing:
    """Three people at work; `done` grows with everything they do."""

    doors: Doors
    to: Path
    seed: int
    on: date
    sessions: dict[str, Session] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    loan_id: int = 0  # paid out today
    receipts: list[int] = field(default_factory=list)  # taken today
    _keys: count[int] = field(default_factory=lambda: count(1))

    def go_to(self, on: date, hour: int, minute: int = 0) -> None:
        """Put the clock to a local time of a day."""
        self.on = on
        zone = ZoneInfo(self.doors.zone)
        self.doors.clock.go_to(datetime(on.year, on.month, on.day, hour, minute, tzinfo=zone))

    def do(self, who: str, command: Command[R]) -> R:
        """Let somebody do something; some minutes pass."""
        self.doors.clock.go_to(self.doors.clock.now() + _TICK)
        return self.doors.gate.run(self.session(who), command, f"played {next(self._keys)}").result

    def ask(self, who: str, query: Query[R]) -> R:
        """Let somebody ask something."""
        return self.doors.asks.ask(self.session(who), query)

    def session(self, who: str) -> Session:
        """The session of a person, who signs in first."""
        if who not in self.sessions:
            self.sessions[who] = self.doors.sign_in(who, PASSWORD)
        return self.sessions[who]

    def say(self, who: str, what: str, figures: str = "", where: str = "") -> None:
        """Put a line into the table."""
        local = self.doors.clock.now().astimezone(ZoneInfo(self.doors.zone))
        self.done.append(Done(moment(local), _NAMES[who], what, figures, where))

    def paper(self, name: str, paper: Paper, size: str = "a4") -> str:
        """Write a paper as PDF; returns where it lies in the folder."""
        return self.write(PAPERS, f"{name}.pdf", self.doors.papers.pdf(paper, size))

    def write(self, room: str, name: str, data: bytes) -> str:
        """Write a file below the folder; returns where it lies in it."""
        place = self.to / room / name.replace("/", "-").replace(" ", "-")
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
        return str(place.relative_to(self.to))
