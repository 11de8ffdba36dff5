"""Papers about one loan: card, statement, letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.rows.amounts import HeadAmounts
from app.rows.lender import LenderHead


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanAbout:
    """Whose loan it is and what was agreed, at the top of its papers. `rate` is a text: 24%."""

    lender: LenderHead
    loan_number: str
    borrower: str
    relative: str
    member_number: str
    address: str
    phone: str
    centre: str
    product: str
    currency: str
    principal_minor: int
    rate: str
    disbursed_on: date
    officer: str
    printed_on: date
    language: str = "en"


@dataclass(frozen=True, slots=True)
class CardLine:
    """An instalment of the card, with what was paid of it; `paid_on` once it is settled."""

    number: int
    due_on: date
    due_minor: int
    principal_minor: int
    interest_minor: int
    charge_minor: int
    balance_minor: int
    paid_minor: int
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class CardCharge:
    """A charge of the agreement: what for, and how much in words or figures."""

    name: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanCardPaper:
    """What the borrower keeps and brings along: all terms, each instalment, room to sign."""

    about: LoanAbout
    apr: str
    frequency: str
    net_minor: int  # what was paid out
    charges: tuple[CardCharge, ...]
    lines: tuple[CardLine, ...]
    closed_on: date | None

    @property
    def total_minor(self) -> int:
        """All that is to be repaid."""
        return sum(line.due_minor for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """What moved on a loan; `balance_minor` is the principal outstanding after it."""

    on: date
    what: str  # a kind of fact
    number: str
    title: str
    reversed: bool
    debit_minor: int
    credit_minor: int
    split: HeadAmounts
    excess_minor: int
    balance_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPaper:
    """The account of a loan between two days, both in it."""

    about: LoanAbout
    from_on: date
    to_on: date
    opening_minor: int  # principal outstanding before the first day
    closing_minor: int
    lines: tuple[StatementLine, ...]
    due_minor: int  # due and unpaid at the end, where the end is the day of printing
    excess_minor: int
    shows_dues: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionPaper:
    """That a loan is granted, and on which terms. Nothing is owed by it yet."""

    lender: LenderHead
    number: str  # of the application
    borrower: str
    relative: str
    member_number: str
    address: str
    centre: str
    product: str
    currency: str
    principal_minor: int
    instalments: int
    frequency: str
    instalment_minor: int
    rate: str
    apr: str
    charges: tuple[CardCharge, ...]
    kept_minor: int  # taken out of what is paid out
    net_minor: int
    total_minor: int
    purpose: str
    sanctioned_on: date
    sanctioned_by: str
    printed_on: date
    language: str = "en"


@dataclass(frozen=True, slots=True)
class DemandLine:
    """A due line that is not paid: what is unpaid of it, by head."""

    number: int
    due_on: date
    days_late: int
    unpaid: HeadAmounts


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandPaper:
    """What is due and not paid, and how to pay it. `upi` is the text of a UPI code, or empty."""

    about: LoanAbout
    lines: tuple[DemandLine, ...]
    excess_minor: int  # held, and taken off
    total_minor: int
    dpd: int
    upi: str
    number: str = ""  # of a letter that is kept
    stage: str = ""  # reminder, demand, final
    pay_by_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersPaper:
    """Letters one after another, each on pages of its own."""

    letters: tuple[DemandPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDuesPaper:
    """That a loan is repaid and nothing more is asked."""

    about: LoanAbout
    closed_on: date
    early: bool
    received_minor: int
    waived_minor: int
    excess_minor: int  # of the borrower, still held
