"""Loans that ran elsewhere, and loans whose terms were keyed wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.commands.base import Command, personal
from app.commands.servicing import LoanChanged as LoanChanged
from app.rows.facts import PartyFacts as PartyFacts
from app.rows.facts import TakenLine as TakenLine
from app.rows.facts import TakenLoan as TakenLoan


@dataclass(frozen=True, slots=True)
class LoanTakenOver:
    """The answer to TakeOverLoan."""

    loan_id: int
    number: str
    party_id: int
    outstanding_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverLoan(Command[LoanTakenOver]):
    """Go on with a loan that ran elsewhere, from an opening position booked today.

    `party_id` is a known borrower; None takes `party` as a new one. The loan is never older than
    its opening: what happened before cannot be entered here.
    """

    name: ClassVar[str] = "loan.take-over"

    party_id: int | None = None
    party: PartyFacts | None = personal(None)
    taken: TakenLoan
    reason: str


@dataclass(frozen=True, slots=True)
class TakeOverProposed:
    """The answer to ProposeTakeOver; `amount_minor` is what the checker's limit must cover."""

    check_id: int
    version: int
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeTakeOver(Command[TakeOverProposed]):
    """Put a take-over before a second person; it is refused where the take-over would be.

    AcceptCheck lets it happen, DeclineCheck does not.
    """

    name: ClassVar[str] = "loan.propose-take-over"

    party_id: int | None = None
    party: PartyFacts | None = personal(None)
    taken: TakenLoan
    reason: str


@dataclass(frozen=True, slots=True)
class LoansTakenOver:
    """The answer to TakeOverFile: how many loans, and their principal outstanding."""

    loans: int
    outstanding_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverFile(Command[LoansTakenOver]):
    """Take over every loan of a CSV file, or none: one mistake in it refuses the whole file.

    `text` is the file's text; its columns are those of `app.domain.takeover`.
    """

    name: ClassVar[str] = "loan.take-over-file"

    text: str = personal()
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestateLoan(Command[LoanChanged]):
    """The terms of a living loan were keyed wrongly: these are right, from its beginning.

    `terms` is the whole document of kist-calc terms. Principal, currency and the day of
    disbursement stay. What was said on closed days stays said; today's difference is posted today.
    """

    name: ClassVar[str] = "loan.restate"

    loan_id: int
    terms: str
    reason: str
