"""Every declared report, in the order of the catalogue."""

from __future__ import annotations

from app.domain.errors import NotFound
from app.reports import Report
from app.reports.collections import COLLECTIONS
from app.reports.month import MONTH
from app.reports.overdue import OVERDUE

CATALOGUE = (COLLECTIONS, OVERDUE, MONTH)


def report_named(name: str) -> Report:
    """The report of this name. Raises NotFound."""
    for report in CATALOGUE:
        if report.name == name:
            return report
    raise NotFound(what="report", name=name)
