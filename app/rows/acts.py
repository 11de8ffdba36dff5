"""Rows about acts on a living loan: before and after, quotes, vouchers, checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.rows.amounts import HeadAmounts


@dataclass(frozen=True, slots=True)
class ActWanted:
    """A command as a frozen value: its name, edition and canonical payload."""

    command: str
    edition: int
    payload: str


@dataclass(frozen=True, slots=True)
class ActSide:
    """How the loan stands on one side of an act, as on the business date."""

    status: str
    annual_rate: str
    outstanding_minor: int
    arrears: HeadAmounts  # due up to and including the business date and unpaid
    excess_minor: int
    dpd: int
    asset_class: str
    next_due_on: date | None
    next_due_minor: int
    lines_to_come: int
    last_due_on: date | None
    level_minor: int  # the instalment of the first whole line to come; 0 where there is none
    interest_to_come_minor: int
    payoff_minor: int
    apr_percent: str = ""  # irr-nominal of the whole loan; empty where it cannot be told


@dataclass(frozen=True, slots=True)
class ActLineSide:
    """One line of the schedule on one side of an act."""

    due_on: date
    principal_minor: int
    interest_minor: int
    charge_minor: int
    penalty_minor: int
    amount_minor: int
    unpaid_minor: int
    balance_minor: int


@dataclass(frozen=True, slots=True)
class ActLine:
    """A line of the schedule before and after, aligned by number; None where it is not there."""

    number: int
    before: ActLineSide | None
    after: ActLineSide | None
    changed: bool


@dataclass(frozen=True, slots=True)
class ActEntry:
    """A leg that the act will post today."""

    account: str
    account_title: str
    debit_minor: int
    credit_minor: int


@dataclass(frozen=True, slots=True)
class ActPreview:
    """What an act would make of a loan, before it is done; made by what will do it.

    `amount_minor` is what the limit is held against; with `needs_check` it is above `limit_minor`
    and the act has to be proposed. `warnings` are shown text.
    """

    loan_id: int
    command: str
    on: date
    currency: str
    before: ActSide
    after: ActSide
    lines: tuple[ActLine, ...]
    entries: tuple[ActEntry, ...]
    limit: str
    amount_minor: int
    limit_minor: int
    needs_check: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosureQuoteRow:
    """A kept quote of an early closure; `state` is open, expired or coming."""

    quote_id: int
    number: str
    loan_id: int
    made_at: datetime
    made_on: date
    closes_on: date
    by: str
    currency: str
    heads: HeadAmounts
    closing_charge_minor: int
    closing_tax_minor: int
    excess_minor: int
    total_minor: int
    state: str


@dataclass(frozen=True, slots=True)
class LoanCheckRow:
    """An act on a loan that waits for a second person."""

    check_id: int
    version: int
    loan_id: int
    act: ActWanted
    maker_id: int
    maker: str
    made_at: datetime
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """Money that went back to a borrower, as its voucher is printed."""

    voucher_id: int
    number: str
    loan_id: int
    loan_number: str
    borrower: str
    local_name: str
    payee: str
    mode: str
    reference: str
    amount_minor: int
    currency: str
    booked_on: date
    at: datetime
    by: str
    reason: str
    reversed: bool
