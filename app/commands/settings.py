"""Settings of the branch: names and places, its calendar, its chart of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.commands.base import Command
from app.domain.holidays import Holiday


@dataclass(frozen=True, slots=True)
class BranchSaved:
    """The answer to SaveBranch."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveBranch(Command[BranchSaved]):
    """Change what the branch is called and where it is, at `version`.

    Its code stands in every receipt number and never changes; its currency only before money is
    booked. A time zone moves the calendar date from now on; what was booked keeps its day.
    """

    name: ClassVar[str] = "branch.save"

    version: int
    branch_name: str
    lender_name: str
    lender_registration: str = ""
    address: str = ""
    grievance_phone: str = ""
    state: str = ""
    currency: str
    time_zone: str
    language: str


@dataclass(frozen=True, slots=True)
class StationClosed:
    """The answer to CloseStation."""

    counter_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseStation(Command[StationClosed]):
    """End a station's chain and receipt series for good, as when its PC is given up.

    What it booked stays. The station that is asked from, and one with cash in its till, stay open.
    """

    name: ClassVar[str] = "station.close"

    station_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarSaved:
    """The answer to SaveCalendar."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCalendar(Command[CalendarSaved]):
    """Set the weekly days off (ISO weekdays) and the holidays; `version` 0 where none were kept.

    It touches loans sanctioned from now on; those that run keep the terms they were made with.
    """

    name: ClassVar[str] = "branch.calendar"

    version: int
    off_days: tuple[int, ...] = ()
    holidays: tuple[Holiday, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountSaved:
    """The answer to SaveAccount."""

    account_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAccount(Command[AccountSaved]):
    """Add an account to the chart (`account_id` None), or rename one at `version`.

    Code and kind of an account stay as they are: entries name it by its code. None is deleted.
    """

    name: ClassVar[str] = "account.save"

    account_id: int | None = None
    version: int = 0
    code: str
    title: str
    kind: str
