"""Branch, station and business day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.commands.base import Command, personal, secret


@dataclass(frozen=True, slots=True)
class BranchOpened:
    """The answer to OpenBranch."""

    branch_id: int
    station_id: int
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBranch(Command[BranchOpened]):
    """Found a branch: its first station, first user, chart of accounts, products, opening money."""

    name: ClassVar[str] = "branch.open"

    branch_code: str  # 2 to 6 capitals or digits, part of every receipt number
    branch_name: str
    lender_name: str
    lender_registration: str = ""
    address: str = ""
    grievance_phone: str = ""
    country: str = "IN"
    state: str = ""
    currency: str
    time_zone: str
    language: str = "en"
    financial_year_from: int = 4  # month
    counter_code: str = "1"
    opened_on: date
    cash_minor: int
    bank_minor: int
    user_name: str = personal()
    login: str
    password_hash: str = secret()
    demonstration: bool = False
    tills: bool = False  # its tills take cash only once they are opened, from the first day on


@dataclass(frozen=True, slots=True)
class RecoveryConfirmed:
    """The answer to ConfirmRecoveryCode."""

    branch_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmRecoveryCode(Command[RecoveryConfirmed]):
    """The printed recovery code was typed back and opened the key. Needed before the first loan."""

    name: ClassVar[str] = "recovery.confirm"


@dataclass(frozen=True, slots=True)
class StationRegistered:
    """The answer to RegisterStation."""

    station_id: int
    counter_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterStation(Command[StationRegistered]):
    """A new installation becomes a station with its own chain, ids and receipt series.

    After a restore `closes` names the station whose chain ends with the backup.
    """

    name: ClassVar[str] = "station.register"

    counter_code: str
    closes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinStation(Command[StationRegistered]):
    """Another PC becomes a station of the branch in the shared database, as a manager permits."""

    name: ClassVar[str] = "station.join"

    counter_code: str


@dataclass(frozen=True, slots=True)
class DayOpened:
    """The answer to OpenDay: the business date, and the skipped days that were caught up."""

    business_on: date
    caught_up: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay(Command[DayOpened]):
    """Begin a business day; days since the last one are opened and closed under their own dates."""

    name: ClassVar[str] = "day.open"

    on: date


@dataclass(frozen=True, slots=True)
class DayShut:
    """The answer to CloseDay; `heads` is the seal: chain heads as "station:number:hash"."""

    business_on: date
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay(Command[DayShut]):
    """End the business day: accrual is posted, nothing more is booked under its date."""

    name: ClassVar[str] = "day.close"

    on: date
