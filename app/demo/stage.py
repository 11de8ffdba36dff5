"""What the demonstration is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.ports import Asks, Clock, Documents, Gate, Session

PASSWORD = "demonstration"  # everybody's; the sign-in of the demonstration shows it
MANAGER, OFFICER, CASHIER = "meena", "ravi", "sunita"  # logins of the three main people


class MovingClock(Clock, Protocol):
    """A clock that goes where it is put."""

    def go_to(self, at: datetime) -> None:
        """Put the hands to an aware instant."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows from the seed, up to which business date (which stays open), in which zone.

    `months` of life before it, with about so many `borrowers`. A `large` branch has sixty centres
    with eight officers, and takes the money of a centre's meeting as one act.
    """

    seed: int
    until: date
    zone: str
    months: int = 9
    borrowers: int = 150
    large: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """The doors of an empty database, and the clock that they go by."""

    gate: Gate
    asks: Asks
    documents: Documents
    clock: MovingClock
    hashed: Callable[[str], str]
    founder: Session  # of nobody yet, on the first station


@dataclass(frozen=True, slots=True)
class Lived:
    """The branch that came of it: people by login, and how much happened."""

    branch_id: int
    station_id: int
    counter_code: str
    people: dict[str, int]
    borrowers: int
    loans: int
    receipts: int
