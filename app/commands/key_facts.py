"""The key fact statement: issued before the loan is taken, acknowledged by the borrower."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.commands.base import Command, personal
from app.rows.facts import TranchePlan as TranchePlan


@dataclass(frozen=True, slots=True)
class KeyFactsIssued:
    """The answer to IssueKeyFacts; `number` is the proposal number."""

    statement_id: int
    number: str
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueKeyFacts(Command[KeyFactsIssued]):
    """Say what a sanctioned loan will cost, in the borrower's language, and keep it as it was said.

    `disburse_on` (None: today) is the day the loan is planned to be paid out on, not before today;
    `first_due_on` and `tranches` (the parts after the first) as they will be at disbursement.
    A new statement takes the place of the one before.
    """

    name: ClassVar[str] = "key-facts.issue"

    application_id: int
    disburse_on: date | None = None
    first_due_on: date | None = None
    tranches: tuple[TranchePlan, ...] = ()
    language: str = ""  # of the paper, as a code; "" takes the borrower's


@dataclass(frozen=True, slots=True)
class KeyFactsAcknowledged:
    """The answer to AcknowledgeKeyFacts."""

    statement_id: int
    acknowledged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeKeyFacts(Command[KeyFactsAcknowledged]):
    """The borrower has had the statement explained and signed it today, within its validity."""

    name: ClassVar[str] = "key-facts.acknowledge"

    statement_id: int
    by: str = personal("")  # who signed; "" is the borrower
    explained_in: str = ""  # a language code; "" is the language of the paper
