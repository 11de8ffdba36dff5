"""What is agreed, forgiven, given back or undone on a living loan, and who else must agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.commands.base import Command, personal
from app.commands.codec import encode
from app.commands.servicing import LoanChanged, ReceiptPosted
from app.domain.allocation import Head
from app.rows.acts import ActWanted
from app.rows.facts import Mode


def wanted(command: Command[Any]) -> ActWanted:
    """The frozen description of a command, to preview it or to hand it to a second person."""
    return ActWanted(command.name, command.edition, encode(command))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRate(Command[LoanChanged]):
    """From the day `on` the loan bears another rate; the instalment is found again.

    `annual_rate` is a text in percent a year. `on` is not before the disbursement; before the
    business date it needs the back-dating limit.
    """

    name: ClassVar[str] = "loan.change-rate"

    loan_id: int
    on: date
    annual_rate: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleLoan(Command[LoanChanged]):
    """The lines not yet due at the end of the day `on` give way to new ones.

    `instalments` None keeps their count, `first_due_on` None the next due date; a later one is a
    moratorium. Unpaid dues of the heads in `capitalise` (interest, charge) become principal.
    `annual_rate` "" keeps the rate; another one makes a change of rate and a reschedule together.
    """

    name: ClassVar[str] = "loan.reschedule"

    loan_id: int
    on: date
    instalments: int | None = None
    first_due_on: date | None = None
    capitalise: tuple[Head, ...] = ()
    annual_rate: str = ""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffLoan(Command[LoanChanged]):
    """Everything unpaid is struck today, by head; what comes in later is a recovery."""

    name: ClassVar[str] = "loan.write-off"

    loan_id: int
    currency: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverLoan(Command[ReceiptPosted]):
    """Money in on a loan that was written off, over this counter, with a receipt of its own."""

    name: ClassVar[str] = "loan.recover"

    loan_id: int
    amount_minor: int
    currency: str
    received_on: date
    mode: Mode
    reference: str = ""
    payer: str = personal()
    reason: str = ""  # why it is back-dated


@dataclass(frozen=True, slots=True)
class ExcessRefunded:
    """The answer to RefundExcess; `number` is the voucher's."""

    loan_id: int
    event_id: int
    voucher_id: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundExcess(Command[ExcessRefunded]):
    """Money held in excess goes back to the borrower today, with a voucher."""

    name: ClassVar[str] = "loan.refund"

    loan_id: int
    amount_minor: int
    currency: str
    mode: Mode
    reference: str = ""
    payee: str = personal()
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseAct(Command[LoanChanged]):
    """A fact of the loan never was, from its own date.

    Any but a disbursement, an opening, a reversal, and money that came in (see ReverseReceipt). A
    rate agreed in a reschedule goes with it.
    """

    name: ClassVar[str] = "loan.reverse"

    loan_id: int
    event_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class QuoteMade:
    """The answer to MakeForeclosureQuote."""

    quote_id: int
    number: str
    closes_on: date
    total_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeForeclosureQuote(Command[QuoteMade]):
    """Say what closing on a day asks, and keep it: on that day it is honoured as it stands."""

    name: ClassVar[str] = "loan.quote-foreclosure"

    loan_id: int
    on: date


@dataclass(frozen=True, slots=True)
class ActProposed:
    """The answer to ProposeAct; `amount_minor` is what the checker's limit must cover."""

    check_id: int
    version: int
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeAct(Command[ActProposed]):
    """Put an act on a loan before a second person; it is refused where the act would be."""

    name: ClassVar[str] = "act.propose"

    loan_id: int
    act: ActWanted = personal()
