"""Questions about arrears, visits and promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Page, Paged, Query
from app.rows.field import LoanStory, OverdueRow, OverdueSummary, PromiseRow, Proposal, VisitDay
from app.rows.papers import DaySheetPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOverdue(Paged[Page[OverdueRow]]):
    """Loans late on the business date; `bucket` "" is all late, "today" due today, or a bucket.

    Totals: "arrears", "outstanding".
    """

    name: ClassVar[str] = "overdue.list"
    bucket: str = ""
    officer_id: int | None = None
    product_id: int | None = None  # of the open day alone, as is the centre
    village: str = ""
    centre: str = ""
    promise: str = ""  # "", open, kept, broken, none
    as_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummariseOverdue(Query[OverdueSummary]):
    """The chips above the list: all late loans, or those of an officer, product or place."""

    name: ClassVar[str] = "overdue.summary"
    officer_id: int | None = None
    product_id: int | None = None  # of the open day alone, as is the centre
    village: str = ""
    centre: str = ""
    as_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowLoanStory(Query[LoanStory]):
    """The side panel of a late loan."""

    name: ClassVar[str] = "overdue.story"
    loan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowVisitDay(Query[VisitDay]):
    """An officer's day in order."""

    name: ClassVar[str] = "visit.day"
    officer_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeVisits(Query[tuple[Proposal, ...]]):
    """Whom to visit and why: promises due, broken promises, arrears by amount and age."""

    name: ClassVar[str] = "visit.propose"
    officer_id: int
    on: date
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPromises(Query[tuple[PromiseRow, ...]]):
    """Promises of one loan, or those for a day (the business date), of one officer or all."""

    name: ClassVar[str] = "promise.list"
    loan_id: int | None = None
    due_on: date | None = None
    officer_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheetForPaper(Query[DaySheetPaper]):
    """An officer's day as it is printed."""

    name: ClassVar[str] = "visit.day-sheet"
    officer_id: int
    on: date
