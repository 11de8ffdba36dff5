"""Questions about the branch, its people and its products."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Query
from app.rows.admin import (
    BranchView,
    CheckRow,
    Counts,
    Me,
    ProductRow,
    ProductVersionRow,
    SignInCard,
    UserRow,
)
from app.rows.reports import ReportResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowBranch(Query[BranchView]):
    """Where we are and which business day is open."""

    name: ClassVar[str] = "branch.show"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoAmI(Query[Me]):
    """The signed-in user with today's permissions and limits."""

    name: ClassVar[str] = "user.me"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSignIns(Query[tuple[SignInCard, ...]]):
    """The people who may sign in; asked by anonymous."""

    name: ClassVar[str] = "user.cards"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUsers(Query[tuple[UserRow, ...]]):
    """The users of the branch with their grants."""

    name: ClassVar[str] = "user.list"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOfficers(Query[tuple[SignInCard, ...]]):
    """Active users with the officer's role, for choices."""

    name: ClassVar[str] = "user.officers"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProducts(Query[tuple[ProductRow, ...]]):
    """The products; `active` True leaves out the others."""

    name: ClassVar[str] = "product.list"
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProductVersions(Query[tuple[ProductVersionRow, ...]]):
    """The versions of a product's terms, the latest to hold first."""

    name: ClassVar[str] = "product.versions"
    product_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChecks(Query[tuple[CheckRow, ...]]):
    """What waits for a second person."""

    name: ClassVar[str] = "check.list"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWaiting(Query[Counts]):
    """The badges of the rail."""

    name: ClassVar[str] = "branch.counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport(Query[ReportResult]):
    """A declared report over a period, both days inclusive; one of a day takes the last of them.

    `by` is one of its groupings (the first unless said). `within` narrows it to the loans behind
    a row: (grouping, key of the row). `known_on` tells it by what was booked until then; None as
    it was told at the time: stocks as known on their own day, money by the day it was booked in.
    """

    name: ClassVar[str] = "report.run"
    report: str
    from_on: date
    to_on: date
    officer_id: int | None = None
    by: str = ""
    within: tuple[tuple[str, str], ...] = ()
    known_on: date | None = None
