"""The books by hand: vouchers of the journal, months and days closed and opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.commands.base import Command


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An account with what is booked on it: debit above zero, credit below, in minor units."""

    account: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class JournalPosted:
    """The answer to PostJournal and to ReverseJournal."""

    voucher_id: int
    number: str
    entry_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostJournal(Command[JournalPosted]):
    """An entry by hand. `kind` is manual, or opening: what a branch that moves in brings along.

    `on` is the open business day, or an earlier one of a month that is not closed.
    """

    name: ClassVar[str] = "journal.post"

    lines: tuple[JournalLine, ...]
    currency: str
    on: date
    reason: str
    kind: str = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseJournal(Command[JournalPosted]):
    """A voucher by hand is taken back by an entry that turns its lines around."""

    name: ClassVar[str] = "journal.reverse"

    voucher_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class JournalProposed:
    """The answer to ProposeJournal; the voucher waits as a check."""

    check_id: int
    version: int
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeJournal(Command[JournalProposed]):
    """A voucher above the own limit waits for a second person."""

    name: ClassVar[str] = "journal.propose"

    lines: tuple[JournalLine, ...]
    currency: str
    on: date
    reason: str
    kind: str = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeReversal(Command[JournalProposed]):
    """Taking back a voucher above the own limit waits for a second person."""

    name: ClassVar[str] = "journal.propose-reversal"

    voucher_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class SpanClosed:
    """The answer to CloseMonth; `heads` is its seal: chain heads as "station:number:hash"."""

    last_on: date
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseMonth(Command[SpanClosed]):
    """Nothing is booked into a month any more. `on` is any day of it."""

    name: ClassVar[str] = "month.close"

    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SpanOpened:
    """The answer to ReopenMonth and ReopenDay."""

    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenMonth(Command[SpanOpened]):
    """A closed month takes entries again, with the reason why."""

    name: ClassVar[str] = "month.reopen"

    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenDay(Command[SpanOpened]):
    """The last closed business day is open again; it is closed and sealed anew later."""

    name: ClassVar[str] = "day.reopen"

    on: date
    reason: str
