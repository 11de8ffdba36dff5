"""Rows of the books: entries, an account's ledger, balances, closed months, the end of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """An entry as the journal lists it.

    `debit` and `credit` name the first account of either side, with how many `more` there are.
    `number` is that of the receipt or voucher it was made for; empty where the day made it.
    """

    entry_id: int
    booked_on: date
    recorded_at: datetime  # UTC
    kind: str
    number: str
    loan_id: int | None
    loan_number: str
    borrower: str
    who: str
    narration: str
    debit: str
    credit: str
    more: int
    amount_minor: int  # all debits
    currency: str


@dataclass(frozen=True, slots=True)
class EntryLeg:
    """A line of an entry with the account's title."""

    account: str
    title: str
    debit_minor: int
    credit_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalVoucher:
    """A voucher that somebody wrote; `reversed_by` is the number of the one that took it back."""

    voucher_id: int
    number: str
    kind: str
    reason: str
    maker: str
    checker: str  # empty where nobody else had to look
    reverses: str
    reversed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry with all that leads on from it."""

    row: EntryRow
    legs: tuple[EntryLeg, ...]
    receipt_id: int | None
    voucher_id: int | None  # of money paid out
    journal: JournalVoucher | None
    station_id: int
    line: int | None  # of the chain of that station


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A movement of an account with its balance after it (debit above zero)."""

    entry_id: int
    booked_on: date
    kind: str
    number: str
    loan_number: str
    borrower: str
    narration: str
    against: str  # title of the other side's first account
    debit_minor: int
    credit_minor: int
    balance_minor: int
    loan_id: int | None


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """An account that can be chosen; a `controlled` one takes no lines by hand."""

    code: str
    title: str
    kind: str
    controlled: bool


@dataclass(frozen=True, slots=True)
class BooksChoices:
    """By what the journal can be narrowed, and what a voucher may name."""

    accounts: tuple[AccountChoice, ...]
    kinds: tuple[str, ...]
    earliest_on: date | None  # the first entry of the branch


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalAsked:
    """A voucher that waits for a second person; `reverses` is the number it would take back."""

    check_id: int
    version: int
    maker_id: int
    maker: str
    kind: str
    reason: str
    on: date | None  # None: the day it is allowed on
    reverses: str
    legs: tuple[EntryLeg, ...]
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthState:
    """A month of the books. `state` is closed, open, or running: it is not over.

    `told` says what was last done to it, by whom and why; empty where nothing was.
    """

    first_on: date
    last_on: date
    state: str
    told: str  # closed, open
    told_at: datetime | None
    who: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksSpans:
    """Until when the books are closed, the months, and which day could be opened again."""

    closed_until: date | None
    months: tuple[MonthState, ...]
    day_to_reopen: date | None
