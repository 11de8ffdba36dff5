"""Reports asked for in tests, and their figures by group."""

from __future__ import annotations

from datetime import date

from app.queries.admin import RunReport
from app.reports import cells_of
from app.reports.catalogue import report_named
from app.rows.reports import GroupRow, ReportResult
from tests.services.branch import House


def run(
    house: House,
    report: str,
    first: date,
    last: date,
    by: str = "",
    *,
    within: tuple[tuple[str, str], ...] = (),
    known_on: date | None = None,
) -> ReportResult:
    """A report as the manager sees it."""
    asked = RunReport(
        report=report, from_on=first, to_on=last, by=by, within=within, known_on=known_on
    )
    return house.ask(house.manager, asked)


def groups(result: ReportResult) -> dict[str, GroupRow]:
    """The rows by their names."""
    return {row.name: row for row in result.rows if isinstance(row, GroupRow)}


def figure(row: GroupRow, key: str) -> int:
    """A figure of a row; 0 where it has none."""
    value = row.figures.get(key, 0)
    assert isinstance(value, int)
    return value


def whole(result: ReportResult, key: str) -> int:
    """A column added up."""
    return sum(figure(row, key) for row in groups(result).values())


def shown(result: ReportResult, name: str, title_key: str) -> object:
    """A cell as the report declares it, percentages included."""
    report = report_named(result.report).by(result.by)
    place = [column.key for column in report.columns].index(title_key)
    return cells_of(report, groups(result)[name])[place][1]
