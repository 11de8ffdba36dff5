"""Questions about lists themselves: by what they can be filtered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.queries.base import Query
from app.rows.lists import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanChoices(Query[tuple[Choice, ...]]):
    """Officers, products, villages and centres of the loans of a status ("" is all)."""

    name: ClassVar[str] = "loan.choices"
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueChoices(Query[tuple[Choice, ...]]):
    """Officers, products, villages and centres of the loans that are late now."""

    name: ClassVar[str] = "overdue.choices"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationChoices(Query[tuple[Choice, ...]]):
    """Officers, products and villages of the applications at a stage, as ListApplications."""

    name: ClassVar[str] = "application.choices"
    stage: str = ""
