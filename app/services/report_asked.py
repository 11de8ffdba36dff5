"""What is asked of a report: which days, known when, grouped by what, and of which loans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.reports import Report
from app.rows.reports import GroupRow, Trend
from app.store.report_stock import Scope
from app.store.reports import Period

Notes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A report on its way.

    `known_on` None tells it as it was told at the time: stocks as known on their own day, money by
    the business day it was booked in. A day tells what facts booked by then say: money counts by
    its value date.
    """

    report: Report
    period: Period
    by: str
    within: Mapping[str, str]
    known_on: date | None

    @property
    def scope(self) -> Scope:
        """The loans of the branch in its currency."""
        return Scope(self.period.branch_id, self.period.currency)

    def known(self, day: date) -> date:
        """Until which day facts are known that tell of a day."""
        return self.known_on or day


@dataclass(frozen=True, slots=True)
class Made:
    """What a report came to; `totals` are of columns whose rows do not add up."""

    rows: tuple[object, ...]
    notes: Notes = ()
    totals: tuple[tuple[str, int], ...] = ()
    trend: Trend | None = None


Groups = tuple[GroupRow, ...]
