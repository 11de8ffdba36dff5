"""Rows of the audit log: lines of the chains, what is in one, and the seals of business days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line of a station's chain.

    `who` is empty for the program itself and before sign-in, which `user_id` tells apart.
    `subject` is the number of what it was about; `amount_minor` None where no money is named.
    """

    station_id: int
    number: int
    at: datetime  # UTC
    business_on: date | None
    user_id: int
    who: str
    counter: str
    command: str
    outcome: str  # done, refused
    subject: str
    amount_minor: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class AuditField:
    """One value of a line: `path` as `grants.1.role`; a masked one names a person."""

    path: str
    value: str
    masked: bool = False
    currency: str = ""  # of an amount in minor units


@dataclass(frozen=True, slots=True)
class AuditDetails:
    """Everything a line says, with personal values masked."""

    row: AuditRow
    asked: tuple[AuditField, ...]
    answered: tuple[AuditField, ...]
    rows: tuple[tuple[str, int], ...]  # table and how many rows of it were written
    hash: str
    previous: str
    entries: tuple[int, ...] = ()  # ids of what it booked


@dataclass(frozen=True, slots=True)
class AuditChoices:
    """By what the log can be filtered: people (id, name) and commands that there are lines of."""

    people: tuple[tuple[int, str], ...]
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DaySeal:
    """A business day with its seal: the chain heads of all stations when it was closed.

    `state` is open, unsealed (closed in a catch-up, under no head of its own), whole, or broken:
    a line that was sealed is not in its chain any more.
    """

    day_on: date
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str
    heads: tuple[str, ...]  # "station:number:hash"
    state: str


@dataclass(frozen=True, slots=True)
class KeptHead:
    """A chain head kept outside the database against the chain.

    `state` is agrees, differs, or cut: the chain ends before it.
    """

    station_id: int
    counter: str
    number: int
    hash: str
    lines: int  # the chain has
    state: str
