"""A declared report as columns of a list: the same values that its files hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.reports import Kind, Report, ReportColumn, Totals, Value
from app.rows.reports import ReportResult
from app.texts import translated
from app.texts.figures import amount, count, day, percent
from ui.kit.cells import Cell
from ui.kit.columns import Column
from ui.kit.text import DASH

KEPT, FEW = 17, 5


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A row of the list with what it was made from."""

    cells: tuple[tuple[Kind, Value], ...]
    row: object


def columns_of(report: Report, currency: str) -> Sequence[Column[Line]]:
    """A list column for each declared one; narrow places lose the last text columns first."""
    texts = [column for column in report.columns if column.kind is Kind.TEXT]
    widest = max(texts, key=lambda column: column.width, default=None)
    return [
        _column(place, column, currency, len(report.columns), wide=column is widest)
        for place, column in enumerate(report.columns)
    ]


def lines_of(report: Report, result: ReportResult) -> tuple[list[Line], Totals]:
    """The lines of every row, and what they add up to."""
    totals = Totals(report, known=dict(result.totals))
    cells = totals.passing(result.rows)
    return [Line(tuple(found), row) for found, row in zip(cells, result.rows, strict=True)], totals


def shown(kind: Kind, value: Value, currency: str) -> str:
    """A value as it stands in the list."""
    if value is None or value == "":
        return DASH
    if isinstance(value, date):
        return day(value)
    if not isinstance(value, int):
        return value
    if kind is Kind.MONEY:
        return amount(value, currency)
    return percent(Fraction(value, 10_000)) if kind is Kind.PERCENT else count(value, currency)


def _column(
    place: int, column: ReportColumn, currency: str, many: int, *, wide: bool
) -> Column[Line]:
    figure = column.kind.figure

    def text(line: Line) -> Cell:
        kind, value = line.cells[place]
        return Cell(shown(kind, value, currency), tone="text" if figure else "text2")

    def sort(line: Line) -> object:
        value = line.cells[place][1]
        return (value is None, value.casefold() if isinstance(value, str) else value or 0)

    return Column(
        title=translated(column.title),
        name=column.key,
        text=text,
        sort=None if column.kind is Kind.BY_ROW else sort,
        numeric=figure,
        leaves=_leaves(place, column, many),
        stretch=int(wide),
    )


def _leaves(place: int, column: ReportColumn, many: int) -> int:
    """Short words leave a narrow place first, then lesser figures, then from the right."""
    if place == 0 or column.width >= KEPT or many <= FEW:
        return 0
    if not column.kind.figure:
        return 3 * many - place
    return 2 * many - place if column.less else place if place > 1 else 0
