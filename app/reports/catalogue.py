"""Every declared report, in the order of the catalogue."""

from __future__ import annotations

from app.domain.errors import NotFound
from app.reports import Report, Section
from app.reports.books import BALANCE, INCOME, JOURNAL, LEDGER, TRIAL
from app.reports.collections import COLLECTED, COLLECTIONS, DEMAND, EFFICIENCY
from app.reports.control import AUDIT, CASH
from app.reports.lending import DISBURSED, ENDED, ENDED_BY, LENT, LOANS, OFFICERS, PORTFOLIO
from app.reports.month import MONTH
from app.reports.overdue import OVERDUE, OVERDUE_BY, PAR
from app.reports.quality import MOVED, MOVEMENT, PROVISIONS

CATALOGUE = (
    *(COLLECTIONS, COLLECTED),
    *(DEMAND, EFFICIENCY),
    *(OVERDUE, OVERDUE_BY, PAR),
    *(MONTH, PORTFOLIO, LOANS, LENT, DISBURSED, ENDED_BY, ENDED, OFFICERS),
    *(MOVEMENT, MOVED, PROVISIONS),
    *(TRIAL, INCOME, BALANCE, JOURNAL, LEDGER),
    *(CASH, AUDIT),
)
DAILY = (COLLECTIONS, OVERDUE, MONTH)  # what a branch takes from its day

# The month pack begins with the summary.
PACK = (
    *(MONTH, PORTFOLIO, PAR, OVERDUE_BY, DEMAND, EFFICIENCY, COLLECTED, LENT, ENDED_BY),
    *(OFFICERS, MOVEMENT, PROVISIONS, TRIAL, INCOME, BALANCE, CASH, AUDIT),
)


def report_named(name: str) -> Report:
    """The report of this name. Raises NotFound."""
    for report in CATALOGUE:
        if report.name == name:
            return report
    raise NotFound(what="report", name=name)


def sections() -> list[tuple[Section, list[Report]]]:
    """The catalogue by its headings."""
    return [(one, [r for r in CATALOGUE if r.section is one]) for one in Section]
