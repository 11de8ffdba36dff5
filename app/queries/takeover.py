"""Questions about loans that ran elsewhere, and about restated ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.queries.base import Query
from app.rows.facts import TakenLoan
from app.rows.takeover import FileCheck, TakeOverAsked, TakeOverPreview, TermsVersionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTakeOver(Query[TakeOverPreview]):
    """What taking a loan over would make of it; raises what doing it would, but for the limit."""

    name: ClassVar[str] = "loan.take-over-preview"
    taken: TakenLoan


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTakeOversAsked(Query[tuple[TakeOverAsked, ...]]):
    """The take-overs that wait for a second person, oldest first."""

    name: ClassVar[str] = "loan.take-overs-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTakeOverFile(Query[FileCheck]):
    """What TakeOverFile would do with a file: its loans, and every line it would refuse."""

    name: ClassVar[str] = "loan.take-over-check"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLoanTerms(Query[tuple[TermsVersionRow, ...]]):
    """The versions of a loan's terms, the one in force first."""

    name: ClassVar[str] = "loan.terms-versions"
    loan_id: int
