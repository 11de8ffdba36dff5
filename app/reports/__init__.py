"""What a report is: columns, totals, a definition. Screen, XLSX, CSV and PDF follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from app.reports.grouping import DAY, LOAN, titled
from app.rows.reports import GroupRow, Trend
from app.texts import N_, _, translated

MOST_BARS = 12
NAME = "name"  # the column of a group's name
_BASIS = 10_000


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


class Section(StrEnum):
    """Where a report stands in the catalogue, in this order."""

    DAY = N_("Day")
    COLLECTION = N_("Collection")
    OVERDUE = N_("Overdue")
    PORTFOLIO = N_("Portfolio")
    QUALITY = N_("Quality")
    BOOKS = N_("Books")
    CONTROL = N_("Control")


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column: the row's attribute, the head (marked with N_), and whether it is added up.

    A percentage names what it is the `part` and the `whole` of: columns that are added up, one
    with a minus before it taken off. It is worked out of every row and of the totals alike.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    total: bool = False
    width: int = 12  # in characters, to share the page by
    less: bool = False  # leaves a narrow screen before the others
    part: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


class Form(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    STACKED = "stacked"  # the columns of a row on one another
    LINES = "lines"  # of the trend that comes with the rows


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of the figures, made from sums and never from single rows.

    Bars: either `value` added up for each `by` (receipts by officer), or the sums of `columns`
    side by side (arrears by bucket). Stacked: `columns` on one another for each `by`. Lines: the
    trend, whose values are of `kind`. All columns named are of one kind.
    """

    title: str
    by: str = ""
    value: str = ""
    columns: tuple[str, ...] = ()
    form: Form = Form.BARS
    kind: Kind = Kind.MONEY  # of lines, and of parts
    names: tuple[str, ...] = ()  # of stacked parts that are not the columns' own
    ordered: bool = False  # as the rows stand, not the largest first


@dataclass(frozen=True, slots=True)
class Report:
    """A report, declared once. `definition` says in words what counts (both N_).

    `groupings` are what its rows can be grouped by, the first unless said. `behind` names the
    report that lists what a row is made of; the name of a grouping lists itself by that. `stock`
    asks for a day, else a period. `pack` are the groupings it stands in the month pack by.
    """

    name: str
    title: str
    definition: str
    columns: tuple[ReportColumn, ...]
    chart: Chart | None = None
    section: Section = Section.DAY
    groupings: tuple[str, ...] = ()
    behind: str = ""
    stock: bool = False
    pack: tuple[str, ...] = ()
    listed: bool = True  # in the catalogue; others are reached from a row

    def by(self, grouping: str) -> Report:
        """The same with the head of its first column, and the borrower beside a loan."""
        if not self.groupings:
            return self
        columns = tuple(
            replace(column, title=titled(grouping)) if column.key == NAME else column
            for column in self.columns
        )
        chart = self.chart
        if chart is not None and grouping == DAY:
            chart = replace(chart, ordered=True)
        if grouping == LOAN:
            borrower = ReportColumn("borrower", N_("Borrower"), width=20)
            columns = (columns[0], borrower, *columns[1:])
        return replace(self, columns=columns, chart=chart)


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
    known: str = ""  # as known when, shown
    totals: tuple[tuple[str, int], ...] = ()  # of columns whose rows do not add up
    trend: Trend | None = None


Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Picture:
    """What a chart shows: for each label a value of every series; all of one kind."""

    title: str
    form: Form
    kind: Kind
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(slots=True)
class Totals:
    """Adds up what passes by, so that writers need not hold the rows. `known` are told instead."""

    report: Report
    rows: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    groups: dict[str, dict[str, int]] = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)

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
        return [self._total(column) for column in self.report.columns]

    def points(self) -> list[tuple[str, int]]:
        """The bars of the chart with their names, the longest first where they are groups."""
        chart = self.report.chart
        if chart is None or chart.form is not Form.BARS:
            return []
        if chart.columns:
            titles = {column.key: translated(column.title) for column in self.report.columns}
            return [(titles[key], self.sums.get(key, 0)) for key in chart.columns]
        return [(name, values[chart.value]) for name, values in self._longest((chart.value,))]

    def picture(self, trend: Trend | None = None) -> Picture | None:
        """The chart with its values; nothing where there is none, or only noughts to show."""
        chart = self.report.chart
        if chart is None:
            return None
        title = translated(chart.title)
        if chart.form is Form.LINES:
            series = () if trend is None else tuple((s.name, s.values) for s in trend.series)
            labels = () if trend is None else trend.labels
            made = Picture(title, chart.form, chart.kind, labels, series)
        elif chart.form is Form.STACKED:
            made = self._stacked(chart, title)
        else:
            points = self.points()
            kind = self._kind_of(chart.value or chart.columns[0])
            values = tuple(value for _name, value in points)
            made = Picture(
                title, Form.BARS, kind, tuple(name for name, _v in points), (("", values),)
            )
        return made if any(any(values) for _name, values in made.series) else None

    def _stacked(self, chart: Chart, title: str) -> Picture:
        groups = self._longest(chart.columns)
        titles = {column.key: column.title for column in self.report.columns}
        names = chart.names or tuple(titles[key] for key in chart.columns)
        series = tuple(
            (translated(name), tuple(values[key] for _name, values in groups))
            for key, name in zip(chart.columns, names, strict=True)
        )
        labels = tuple(name for name, _values in groups)
        return Picture(title, chart.form, chart.kind, labels, series)

    def _longest(self, keys: tuple[str, ...]) -> list[tuple[str, dict[str, int]]]:
        """The groups, the largest first; those beyond what a picture holds together."""
        if self.report.chart is not None and self.report.chart.ordered:
            return list(self.groups.items())
        named = sorted(self.groups.items(), key=lambda one: (-sum(one[1].values()), one[0]))
        if len(named) <= MOST_BARS:
            return named
        rest = named[MOST_BARS - 1 :]
        others = {key: sum(values[key] for _name, values in rest) for key in keys}
        return [*named[: MOST_BARS - 1], (_("All others"), others)]

    def _group(self, row: object) -> None:
        chart = self.report.chart
        if chart is None or not chart.by:
            return
        name = str(_of(row, chart.by))
        sums = self.groups.setdefault(name, {})
        for key in chart.columns or (chart.value,):
            sums[key] = sums.get(key, 0) + int(str(_of(row, key) or 0))

    def _total(self, column: ReportColumn) -> tuple[Kind, Value]:
        if column.whole:
            return column.kind, ratio(self.sums, column)
        if not column.total:
            return Kind.TEXT, ""
        return column.kind, self.known.get(column.key, self.sums.get(column.key, 0))

    def _kind_of(self, key: str) -> Kind:
        return next(column.kind for column in self.report.columns if column.key == key)

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
            kind = Kind(str(_of(row, "kind")))
        if column.whole and isinstance(row, GroupRow):
            cells.append((kind, ratio(row.figures, column)))
        else:
            cells.append((kind, _of(row, column.key, 0 if kind in _COUNTS else None)))
    return cells


def ratio(figures: Mapping[str, Value], column: ReportColumn) -> int | None:
    """A percentage in hundredths, half up; None where there is nothing to be a part of."""
    part, whole = _sum(figures, column.part), _sum(figures, column.whole)
    return None if whole <= 0 else (2 * part * _BASIS + whole) // (2 * whole)


def _sum(figures: Mapping[str, Value], keys: tuple[str, ...]) -> int:
    total = 0
    for key in keys:
        value = figures.get(key.lstrip("-"))
        if isinstance(value, int):
            total += -value if key.startswith("-") else value
    return total


def _of(row: object, key: str, nothing: Value = None) -> Value:
    """A value of a row; of a group that has no such figure, `nothing`."""
    if not isinstance(row, GroupRow):
        value: Value = getattr(row, key)
        return value
    return row.name if key == NAME else row.figures.get(key, nothing)


_COUNTS = (Kind.MONEY, Kind.INT)


@dataclass(frozen=True, slots=True)
class PackPart:
    """A report of a pack, grouped already, with its rows and what stands above them."""

    report: Report
    rows: tuple[object, ...]
    about: About
    grouping: str = ""  # shown, where a report stands in the pack more than once

    @property
    def title(self) -> str:
        """What it is called in the contents."""
        title = translated(self.report.title)
        return f"{title} \u00b7 {self.grouping}" if self.grouping else title
