"""Rows about loans that ran elsewhere, and about the versions of a loan's terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.rows.acts import ActEntry
from app.rows.amounts import HeadAmounts
from app.rows.facts import TakenLine, TakenLoan


@dataclass(frozen=True, slots=True)
class TakeOverPreview:
    """A loan as it will stand once it is taken over.

    `lines` are the unpaid lines that will be kept, worked out where none were given. `entries` is
    what it will post today; `needs_check` says that it is above the own limit.
    """

    currency: str
    opening_on: date
    lines: tuple[TakenLine, ...]
    outstanding_minor: int
    arrears: HeadAmounts  # due by the business date and unpaid
    excess_minor: int
    oldest_due_on: date | None
    dpd: int
    asset_class: str
    next_due_on: date | None
    next_due_minor: int
    entries: tuple[ActEntry, ...]
    amount_minor: int
    limit_minor: int
    needs_check: bool


@dataclass(frozen=True, slots=True)
class TakeOverAsked:
    """A take-over that waits for a second person: what was asked, and what it would make now."""

    check_id: int
    version: int
    maker_id: int
    maker: str
    borrower: str
    known_party: bool
    reason: str
    taken: TakenLoan
    preview: TakeOverPreview


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """A line of a file that cannot be taken over. `line` counts from 1 with the headings."""

    line: int
    column: str
    reason: str  # shown text


@dataclass(frozen=True, slots=True)
class FileLoan:
    """A loan of a file that would be taken over."""

    line: int
    old_number: str
    borrower: str
    product: str
    outstanding_minor: int
    arrears_minor: int
    excess_minor: int
    known_party: bool


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What a file holds; with any refusal nothing of it is taken over."""

    currency: str
    loans: tuple[FileLoan, ...]
    refusals: tuple[FileRefusal, ...]
    outstanding_minor: int


@dataclass(frozen=True, slots=True)
class TermsChange:
    """One thing agreed otherwise than in the version before, in words; "" is nothing."""

    what: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class TermsVersionRow:
    """A version of a loan's terms; number 1 is what was disbursed or taken over.

    `changes` are against the version before it.
    """

    number: int
    terms: str  # canonical JSON
    annual_rate: str
    reason: str
    booked_on: date
    at: datetime | None
    by: str
    changes: tuple[TermsChange, ...] = ()
