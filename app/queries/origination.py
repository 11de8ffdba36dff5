"""Questions about applications and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Page, Paged, Query
from app.rows.facts import Mode, ProductFacts, TranchePlan
from app.rows.origination import (
    ApplicationRow,
    ApplicationView,
    ClosableLoan,
    DisbursementPreview,
    GroupRow,
    PartyMatch,
    PartyView,
    Quote,
    StageCount,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListApplications(Paged[Page[ApplicationRow]]):
    """The queue; `stage` "" is all still open, "all" everything, "check" what awaits a checker.

    "disbursable" is what may be paid out: sanctioned or ready.
    """

    name: ClassVar[str] = "application.list"
    stage: str = ""
    officer_id: int | None = None
    product_id: int | None = None
    village: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummariseApplications(Query[tuple[StageCount, ...]]):
    """How many stand at each stage, for the chips above the queue; "check" beside the stages."""

    name: ClassVar[str] = "application.summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowApplication(Query[ApplicationView]):
    """One application, whole."""

    name: ClassVar[str] = "application.show"
    application_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLoan(Query[Quote]):
    """What a loan of a product would cost. `annual_rate` "" takes the product's.

    `draft` is a product that is still being written; then `product_id` is not looked at.
    """

    name: ClassVar[str] = "loan.quote"
    product_id: int
    amount_minor: int
    instalments: int
    annual_rate: str = ""
    disbursed_on: date | None = None
    first_due_on: date | None = None
    draft: ProductFacts | None = None
    tranches: tuple[TranchePlan, ...] = ()  # the parts after the first


@dataclass(frozen=True, slots=True, kw_only=True)
class LoansToClose(Query[tuple[ClosableLoan, ...]]):
    """The living loans of an applicant that the new loan could close at its disbursement."""

    name: ClassVar[str] = "application.loans-to-close"
    application_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDisbursement(Query[DisbursementPreview]):
    """What DisburseLoan would do with the same values; raises what doing it would.

    But for the till, the reference and the limit, which are looked at when the money goes out.
    """

    name: ClassVar[str] = "loan.disbursement-preview"
    application_id: int
    mode: Mode = Mode.BANK
    first_due_on: date | None = None
    tranches: tuple[TranchePlan, ...] = ()
    closes_loan_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchParties(Query[tuple[PartyMatch, ...]]):
    """Known people who may be this one."""

    name: ClassVar[str] = "party.match"
    full_name: str = ""
    phone: str = ""
    identity: str = ""
    born_on: date | None = None
    village: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowParty(Query[PartyView]):
    """A known person with the household, to fill a new application with."""

    name: ClassVar[str] = "party.show"
    party_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGroups(Query[tuple[GroupRow, ...]]):
    """The groups of the branch."""

    name: ClassVar[str] = "group.list"
