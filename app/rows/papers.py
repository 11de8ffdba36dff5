"""What each paper shows: rows in, bytes out. Built by services, drawn by the papers room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.receipt_code import ReceiptCode
from app.rows.act_papers import ClosureQuotePaper, VoucherPaper
from app.rows.book_papers import CashBookPaper, DayBookPaper
from app.rows.journal_papers import JournalPaper
from app.rows.key_facts import KeyFactsPaper
from app.rows.late import CallLine
from app.rows.lender import LenderHead
from app.rows.loan_papers import (
    DemandPaper,
    LettersPaper,
    LoanCardPaper,
    NoDuesPaper,
    SanctionPaper,
    StatementPaper,
)
from app.rows.meetings import CollectionSheetPaper
from app.rows.proof import ProofPaper
from app.rows.till_papers import TillSlipPaper

__all__ = [
    "CallListPaper",
    "CashBookPaper",
    "ClosureQuotePaper",
    "CollectionSheetPaper",
    "DayBookPaper",
    "DaySheetPaper",
    "DayStop",
    "DemandPaper",
    "JournalPaper",
    "KeyFactsPaper",
    "LenderHead",
    "LettersPaper",
    "LoanCardPaper",
    "NoDuesPaper",
    "Paper",
    "ProofPaper",
    "ReceiptLine",
    "ReceiptPaper",
    "RecoveryPaper",
    "SanctionPaper",
    "ScheduleLine",
    "SchedulePaper",
    "StatementPaper",
    "TillSlipPaper",
    "VoucherPaper",
]


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One part of the money: what it was set against, the day that was due, the amount."""

    what: str
    due_on: date | None
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """A receipt as it was first printed; a duplicate shows the same split.

    `received_at` is local time of the branch. `lines` add up to `amount_minor`.
    `duplicate` 0 is the first print, n the n-th duplicate.
    """

    lender: LenderHead
    number: str
    received_at: datetime
    borrower: str
    member_number: str
    loan_number: str
    centre: str  # centre and group as one text; empty for a single borrower
    currency: str
    amount_minor: int
    lines: tuple[ReceiptLine, ...]
    mode: str  # cash, upi, cheque, bank
    reference: str
    outstanding_after_minor: int  # principal not yet repaid
    next_due_on: date | None
    next_due_minor: int
    collector: str
    duplicate: int = 0
    reversed_on: date | None = None
    reversed_why: str = ""
    language: str = "en"
    seal: ReceiptCode | None = None  # what is signed; signed by the station that prints it
    brought_by: str = ""  # who paid, where it was not the borrower


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One instalment of a schedule; `paid_minor` of a schedule that only plans is 0."""

    number: int
    due_on: date
    principal_minor: int
    interest_minor: int
    charge_minor: int
    total_minor: int
    balance_after_minor: int
    paid_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePaper:
    """The repayment schedule handed to the borrower. `rate` and `apr` are texts such as 24%."""

    lender: LenderHead
    loan_number: str
    borrower: str
    member_number: str
    centre: str
    product: str
    currency: str
    principal_minor: int
    rate: str
    apr: str  # empty where it is not shown
    disbursed_on: date
    frequency: str  # weekly, fortnightly, monthly
    fee_minor: int
    net_minor: int  # what was paid out
    lines: tuple[ScheduleLine, ...]
    printed_on: date
    language: str = "en"

    @property
    def total_minor(self) -> int:
        """All that is to be repaid."""
        return sum(line.total_minor for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStop:
    """One visit of the day, in the order to go; `why` is the plan's reason in words."""

    order: int
    at: str  # planned time or window, such as 10:30; may be empty
    borrower: str
    member_number: str
    loan_number: str
    place: str
    phone: str
    why: str
    due_minor: int
    overdue_minor: int
    dpd: int
    promise_minor: int = 0
    promise_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheetPaper:
    """What an officer takes along for a day of visits and brings back filled in."""

    lender: LenderHead
    officer: str
    on: date
    currency: str
    stops: tuple[DayStop, ...]
    contact_hours: str = ""  # such as 09:00-18:00, from the rules of the day
    printed_at: datetime | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPaper:
    """The code that opens the books on another computer; printed once at first run."""

    lender_name: str
    branch: str
    station: str
    code: str = field(repr=False)  # a secret: in no log
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CallListPaper:
    """Whom to call, with room to write down what came of it."""

    lender: LenderHead
    on: date
    who: str  # whose list it is
    lines: tuple[CallLine, ...]
    contact_hours: str = ""
    language: str = "en"


Paper = (
    ReceiptPaper
    | SchedulePaper
    | DaySheetPaper
    | RecoveryPaper
    | ProofPaper
    | KeyFactsPaper
    | ClosureQuotePaper
    | VoucherPaper
    | LoanCardPaper
    | StatementPaper
    | SanctionPaper
    | DemandPaper
    | NoDuesPaper
    | DayBookPaper
    | CashBookPaper
    | CollectionSheetPaper
    | TillSlipPaper
    | LettersPaper
    | CallListPaper
    | JournalPaper
)


def usual_size(paper: Paper, kind: str) -> str:
    """The size that the lender has set for this kind of paper; empty where none was."""
    about = getattr(paper, "about", paper)
    lender = getattr(about, "lender", None)
    return dict(lender.sizes).get(kind, "") if isinstance(lender, LenderHead) else ""
