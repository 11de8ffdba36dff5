"""What a report is: columns, totals, a definition. Screen, XLSX, CSV and PDF follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.texts import _, translated

MOST_BARS = 12


class Kind(StrEnum):
    """How the values of a column are shown. `BY_ROW` takes the kind from the row's own `kind`."""

    TEXT = "text"
    MONEY = "money"  # integer minor units of the report's currency
    DATE = "date"
    INT = "int"
    PERCENT = "percent"  # integer hundredths of a percent
    BY_ROW = "by-row"

    @property
    def figure(self) -> bool:
        """Whether the values stand at the right."""
        return self not in {Kind.TEXT, Kind.DATE}


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column: the row's attribute, the head (marked with N_), and whether it is added up."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    total: bool = False
    width: int = 12  # in characters, to share the page by


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of the figures in bars, made from sums and never from single rows.

    Either `value` added up for each `by` (receipts by officer), or the sums of `columns`
    side by side (arrears by bucket). All columns named are of one kind.
    """

    title: str
    by: str = ""
    value: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report, declared once. `definition` says in one sentence what counts (both N_)."""

    name: str
    title: str
    definition: str
    columns: tuple[ReportColumn, ...]
    chart: Chart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What stands above the rows; `notes` are labelled figures already written for people."""

    lender: str
    branch: str
    period: str
    currency: str
    made_at: datetime  # local time of the branch
    made_by: str = ""
    notes: tuple[tuple[str, str], ...] = ()


Value = str | int | date | None


@dataclass(slots=True)
class Totals:
    """Adds up what passes by, so that writers need not hold the rows."""

    report: Report
    rows: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)

    def passing(self, rows: Iterable[object]) -> Iterator[list[tuple[Kind, Value]]]:
        """The cells of each row, while the totals grow."""
        for row in rows:
            cells = cells_of(self.report, row)
            self.rows += 1
            self._group(row)
            for column, (_kind, value) in zip(self.report.columns, cells, strict=True):
                if column.total and isinstance(value, int):
                    self.sums[column.key] = self.sums.get(column.key, 0) + value
            yield cells

    def cells(self) -> list[tuple[Kind, Value]]:
        """The total row; nothing under columns that are not added up."""
        return [
            (column.kind, self.sums.get(column.key, 0)) if column.total else (Kind.TEXT, "")
            for column in self.report.columns
        ]

    def points(self) -> list[tuple[str, int]]:
        """The bars of the chart with their names, the longest first where they are groups."""
        chart = self.report.chart
        if chart is None:
            return []
        if chart.columns:
            titles = {column.key: translated(column.title) for column in self.report.columns}
            return [(titles[key], self.sums.get(key, 0)) for key in chart.columns]
        named = sorted(self.groups.items(), key=lambda group: (-group[1], group[0]))
        rest = sum(value for _name, value in named[MOST_BARS - 1 :])
        if len(named) <= MOST_BARS:
            return named
        return [*named[: MOST_BARS - 1], (_("All others"), rest)]

    def _group(self, row: object) -> None:
        chart = self.report.chart
        if chart is not None and chart.by:
            name = str(getattr(row, chart.by))
            self.groups[name] = self.groups.get(name, 0) + int(getattr(row, chart.value))

    @property
    def wanted(self) -> bool:
        """Whether any column is added up."""
        return any(column.total for column in self.report.columns)


def cells_of(report: Report, row: object) -> list[tuple[Kind, Value]]:
    """The values of a row in the order of the columns, each with the kind to show it as."""
    cells: list[tuple[Kind, Value]] = []
    for column in report.columns:
        kind = column.kind
        if kind is Kind.BY_ROW:
            kind = Kind(getattr(row, "kind"))  # noqa: B009 - rows of any class
        cells.append((kind, getattr(row, column.key)))
    return cells
