"""Questions of the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.queries.base import Query
from app.rows.settings import BranchSettings, CalendarView, ChartView


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowBranchSettings(Query[BranchSettings]):
    """The branch and its stations."""

    name: ClassVar[str] = "branch.settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCalendar(Query[CalendarView]):
    """Weekly days off and holidays of the branch."""

    name: ClassVar[str] = "branch.holidays"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowChart(Query[ChartView]):
    """The chart of accounts and the posting rules."""

    name: ClassVar[str] = "account.chart"
