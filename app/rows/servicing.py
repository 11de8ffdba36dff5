"""Rows about living loans, receipts and the till."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app.domain.till import Filling, TillState
from app.rows.acts import ClosureQuoteRow, LoanCheckRow
from app.rows.amounts import NOTHING
from app.rows.amounts import HeadAmounts as HeadAmounts
from app.rows.origination import DocumentRow, StoryRow


@dataclass(frozen=True, slots=True)
class FoundLoan:
    """A hit of the find box; `matched` says on what the first word was found.

    It is number, name, phone, village or group (its title or its centre).
    """

    loan_id: int
    number: str
    borrower: str
    local_name: str
    village: str
    phone: str
    status: str
    dpd: int
    asset_class: str
    due_minor: int  # due up to and including the business date
    currency: str
    matched: str
    group: str = ""
    centre: str = ""


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One line of the list of loans."""

    loan_id: int
    number: str
    borrower: str
    local_name: str
    village: str
    product: str
    officer: str
    disbursed_on: date
    amount_minor: int
    outstanding_minor: int
    arrears_minor: int
    dpd: int
    asset_class: str
    status: str
    currency: str


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """A line of the living schedule; `state` is paid, part, late, due, next or ahead."""

    number: int
    due_on: date
    due: HeadAmounts
    paid: HeadAmounts
    waived_minor: int
    amount_minor: int
    balance_minor: int
    settled_on: date | None
    state: str
    days_late: int


class LedgerRow(NamedTuple):
    """A line of the statement: what moved and what is outstanding after it."""

    event_id: int
    on: date
    booked_on: date
    what: str  # a kind of fact; "held" is money held that was set on a due day (event_id 0)
    number: str
    debit_minor: int
    credit_minor: int
    split: HeadAmounts
    excess_minor: int
    outstanding_minor: int
    reversed: bool
    by: str
    receipt_id: int = 0  # of money that came in: see ReverseReceipt
    voucher_id: int = 0  # of money that went back
    title: str = ""  # the reason, or what else was said


class EntryRow(NamedTuple):
    """One leg of a journal entry."""

    entry_id: int
    booked_on: date
    what: str
    account: str
    account_title: str
    debit_minor: int
    credit_minor: int
    currency: str
    narration: str


@dataclass(frozen=True, slots=True)
class TrancheRow:
    """A part of the principal: the day it was planned for, and the one it was handed out on."""

    number: int
    on: date
    amount_minor: int
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class LoanView:
    """Everything the Loan screen shows, as on the business date."""

    loan_id: int
    number: str
    party_id: int
    borrower: str
    local_name: str
    phone: str
    village: str
    group: str
    officer: str
    product: str
    currency: str
    status: str
    disbursed_on: date
    disbursed_minor: int
    outstanding_minor: int
    arrears: HeadAmounts  # due before the business date and unpaid
    due_today: HeadAmounts  # due up to and including the business date and unpaid
    excess_minor: int
    next_due_on: date | None
    next_due_minor: int
    next_number: int | None
    dpd: int
    bucket: str
    asset_class: str
    payoff_minor: int
    annual_rate: str
    instalments: tuple[InstalmentRow, ...]
    ledger: tuple[LedgerRow, ...]
    documents: tuple[DocumentRow, ...]
    entries: tuple[EntryRow, ...]
    story: tuple[StoryRow, ...]
    terms: str  # canonical JSON, to copy as a calc document
    written_off: HeadAmounts = NOTHING
    recovered_minor: int = 0
    checks: tuple[LoanCheckRow, ...] = ()  # acts that wait for a second person
    quotes: tuple[ClosureQuoteRow, ...] = ()  # kept quotes, the newest first
    tranches: tuple[TrancheRow, ...] = ()  # of a loan that is handed out in parts
    old_number: str = ""  # of a loan that ran elsewhere
    npa_since_on: date | None = None  # of the borrower, through these loans
    npa_through: tuple[str, ...] = ()
    suspended_minor: int = 0  # interest earned that is no income until it is received


@dataclass(frozen=True, slots=True)
class SplitLine:
    """Where a part of the money goes, and the reason in words."""

    head: str
    number: int | None  # instalment
    due_on: date | None
    amount_minor: int
    reason: str  # a code of app.texts.labels: due, late, rest, ahead, excess
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class SplitPreview:
    """What an amount would pay, before it is saved."""

    loan_id: int
    amount_minor: int
    currency: str
    lines: tuple[SplitLine, ...]
    outstanding_before_minor: int
    outstanding_after_minor: int
    late_before_minor: int
    late_after_minor: int
    owed_before_minor: int
    owed_after_minor: int
    next_due_on: date | None
    next_due_minor: int
    closes: bool


@dataclass(frozen=True, slots=True)
class ForeclosureQuote:
    """What closing on a day asks, head by head.

    `total_minor` is the heads with the closure's own charge and its tax, less the excess held.
    """

    loan_id: int
    on: date
    currency: str
    heads: HeadAmounts
    excess_minor: int
    total_minor: int
    interest_saved_minor: int
    closing_charge_minor: int = 0
    closing_tax_minor: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt of a list; `prints` counts originals and duplicates handed to a printer."""

    receipt_id: int
    number: str
    at: datetime
    received_on: date
    booked_on: date
    borrower: str
    local_name: str
    loan_id: int
    loan_number: str
    mode: str
    reference: str
    amount_minor: int
    currency: str
    reversed: bool
    prints: int
    by: str


@dataclass(frozen=True, slots=True)
class TillView:
    """This counter's cash today (minor units) and the latest receipts."""

    business_on: date
    day_open: bool
    currency: str
    opening_minor: int
    received_minor: int
    paid_minor: int
    expected_minor: int
    other_modes: tuple[tuple[str, int], ...]
    receipts: tuple[ReceiptRow, ...]
    till_used: bool = False  # it takes cash only while it is open
    till_state: TillState = TillState.CLOSED
    since: datetime | None = None  # of its opening
    filling: Filling = Filling.FINE
    arriving: int = 0  # hand-overs on their way to this counter
