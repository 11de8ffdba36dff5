"""Where a line of a report leads: to the rows that it is made of, or to its loan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.reports.books import LEDGER_NAME
from app.reports.catalogue import report_named
from app.reports.grouping import DAY, LOAN, TITLES
from app.rows.reports import GroupRow, ReportResult
from app.texts import _, translated
from ui.reports.filters import Filters

Leads = tuple[str, dict[str, Any]]  # a place of the window and what it is opened on


def behind(result: ReportResult, row: object | None, filters: Filters) -> Leads | None:
    """The place that a row leads to; without a row what all of them are made of."""
    loan_id = getattr(row, "loan_id", None)
    if loan_id:
        return "loan", {"loan_id": loan_id}
    report = report_named(result.report)
    days = filters.days(report.name)
    if not report.behind or days is None:
        return None
    if report.behind == LEDGER_NAME:
        return _ledger(row, days)
    itself = report.behind in report.groupings
    within, words = filters.within, ""
    if isinstance(row, GroupRow):
        within = (*within, (result.by, row.key))
        words = words_of(result.by, row)
    return "reports", {
        "report": report.name if itself else report.behind,
        "by": LOAN if itself else "",
        "within": within,
        "words": words or _("All groups"),
        "first": days[0],
        "last": days[1],
    }


def _ledger(row: object | None, days: tuple[date, date]) -> Leads | None:
    """The ledger of the account that a row is about; of a day since its month began."""
    if not isinstance(row, GroupRow) or not row.key:
        return None
    first, last = days
    first = last.replace(day=1) if first == last else first
    return "books", {"account": row.key, "first": first, "last": last}


def words_of(by: str, row: GroupRow) -> str:
    """What a list is narrowed to, in words."""
    if by == DAY:
        return row.name
    return _("{grouping}: {name}").format(grouping=translated(TITLES[by]), name=row.name)


class TotalLine(QObject):
    """Lets a double click on the total line lead to its rows."""

    def __init__(self, line: QWidget, then: Callable[[], object]) -> None:
        super().__init__(line)
        self._then = then
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonDblClick:
            self._then()
            return True
        return super().eventFilter(watched, event)
