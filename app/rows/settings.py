"""Rows of the settings: the branch and its stations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.holidays import Holiday


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station of the branch. `last_seen_at` is when it wrote its last line."""

    station_id: int
    counter_code: str
    opened_at: datetime
    closed_at: datetime | None
    last_seen_at: datetime | None
    lines: int
    here: bool  # the one that asks


@dataclass(frozen=True, slots=True)
class BranchSettings:
    """What can be said of the branch, as it was typed."""

    version: int
    code: str
    branch_name: str
    lender_name: str
    lender_registration: str
    address: str
    grievance_phone: str
    country: str
    state: str
    currency: str
    currency_fixed: bool  # money was booked
    time_zone: str
    language: str
    stations: tuple[StationRow, ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The calendar of the branch; version 0 where none was kept."""

    version: int
    state: str
    off_days: tuple[int, ...]
    holidays: tuple[Holiday, ...]
    products: tuple[str, ...]  # titles of those whose due dates move for it


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account of the chart. `ruled` where the posting rules of the program name it."""

    account_id: int
    version: int
    code: str
    title: str
    kind: str
    used: bool  # entries stand on it
    ruled: bool


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One leg of a posting rule: what happens, of what, which account takes what.

    An account is its code with its title; of money it is that of the counter and the mode.
    """

    event: str
    part: str
    debit: str
    credit: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """The chart of accounts and the rules by which events are posted, the same for all products."""

    accounts: tuple[AccountRow, ...]
    postings: tuple[PostingRow, ...]
    rules_version: int
