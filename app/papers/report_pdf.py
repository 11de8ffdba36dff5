"""A report as PDF on A4 across: head, definition, rows, totals, page n of m."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import BinaryIO

from app.papers.fonts import Faces
from app.papers.parts import NAME, facts
from app.papers.sheet import (
    A4,
    BODY,
    BODY_STRONG,
    LABEL,
    MM,
    SMALL,
    SMALL_SOFT,
    TITLE,
    Align,
    Ink,
    Sheet,
    leading,
)
from app.papers.table import Cell, Table, columns
from app.reports import About, Kind, Report, ReportColumn, Totals, Value
from app.texts import _, translated
from app.texts.figures import amount, count, day, moment, percent, sign_of

EDGE = 12 * MM
_ACROSS = (A4[1], A4[0])
_FEW, _SMALL_SIZE, _SIZE = 9, 7.0, 8.0
_NOTES_A_ROW = 5
_DAY_WIDTH = 13
_BAR, _BAR_NAME = 14.0, 120.0


def write_pdf(
    faces: Faces, report: Report, rows: Iterable[object], about: About, to: BinaryIO
) -> int:
    """Write the pages; returns how many rows. The rows are not held."""
    return _Pages(faces, report, about).written(rows, to)


class _Pages:
    """One report on its way over the pages."""

    def __init__(self, faces: Faces, report: Report, about: About) -> None:
        self.report, self.about = report, about
        self.sheet = Sheet(faces, _ACROSS, title=translated(report.title))
        self.right = self.sheet.width - EDGE
        cells = self._columns()
        size = _SIZE if len(cells) <= _FEW else _SMALL_SIZE
        bottom = self.sheet.height - EDGE - 12
        self.table = Table(self.sheet, cells, bottom=bottom, row=size * 1.9, size=size)
        self.table.turn = self._turn

    def _columns(self) -> list[Cell]:
        parts = [
            (self._head_of(column.title, column.kind), _share(column), column.kind.figure)
            for column in self.report.columns
        ]
        cells = columns(EDGE, self.right - EDGE, parts)
        return [
            replace(cell, whole=column.kind is Kind.DATE)
            for cell, column in zip(cells, self.report.columns, strict=True)
        ]

    def written(self, rows: Iterable[object], to: BinaryIO) -> int:
        """Draw all pages and write them."""
        totals = Totals(self.report)
        self.table.head(self._head())
        for cells in totals.passing(rows):
            self.table.add([self._shown(kind, value) for kind, value in cells])
        if not totals.rows:
            self.sheet.text(EDGE, self.table.y, _("Nothing in this period."), SMALL_SOFT)
        elif totals.wanted:
            self.table.total(self._total(totals))
        self._bars(totals.points())
        self._foot()
        self.sheet.page_count()
        to.write(self.sheet.finish())
        return totals.rows

    def _head(self) -> float:
        sheet, about = self.sheet, self.about
        sheet.fitted(EDGE, EDGE + 9, about.lender, self.right / 2, NAME)
        sheet.fitted(EDGE, EDGE + 21, about.branch, self.right / 2, SMALL_SOFT)
        sheet.text(self.right, EDGE + 10, translated(self.report.title), TITLE, Align.RIGHT)
        sheet.text(self.right, EDGE + 23, about.period, BODY, Align.RIGHT)
        y = EDGE + 30
        sheet.rule(EDGE, y, self.right)
        said = sheet.wrapped(translated(self.report.definition), self.right - EDGE, SMALL_SOFT, 3)
        y = sheet.paragraph(EDGE, y + 13, said, SMALL_SOFT) + 4
        for start in range(0, len(about.notes), _NOTES_A_ROW):
            y = facts(sheet, y + 2, EDGE, [about.notes[start : start + _NOTES_A_ROW]])
        return y + 6

    def _turn(self) -> float:
        self._foot()
        self.sheet.next_page()
        parts = (translated(self.report.title), self.about.branch, self.about.period)
        text = " · ".join(part for part in parts if part)
        self.sheet.fitted(EDGE, EDGE + 4, text, self.right - EDGE, SMALL_SOFT)
        return EDGE + 18

    def _bars(self, points: Sequence[tuple[str, int]]) -> None:
        """The chart under the table, or on a page of its own where it would not fit."""
        chart = self.report.chart
        if chart is None or not any(value for _name, value in points):
            return
        high = 34 + len(points) * _BAR
        y = self.table.y + 10
        if y + high > self.sheet.height - EDGE - 12:
            y = self._turn() + 8
        self.sheet.text(EDGE, y, translated(chart.title), BODY_STRONG)
        most = max(abs(value) for _name, value in points)
        for index, (name, value) in enumerate(points):
            self._bar(y + 20 + index * _BAR, name, value, most)

    def _bar(self, y: float, name: str, value: int, most: int) -> None:
        left = EDGE + _BAR_NAME
        room = (self.right - left) * 0.7
        self.sheet.fitted(EDGE, y, name, _BAR_NAME - 8, SMALL)
        long = room * abs(value) / most
        ink = Ink.ACCENT if value >= 0 else Ink.BAD
        self.sheet.box((left, y - 7), (max(long, 0.5), 9), fill=ink, radius=min(1.5, long / 2))
        self.sheet.text(left + long + 6, y, self._shown(self._chart_kind(), value), SMALL)

    def _chart_kind(self) -> Kind:
        chart = self.report.chart
        key = "" if chart is None else chart.value or chart.columns[0]
        return next(column.kind for column in self.report.columns if column.key == key)

    def _foot(self) -> None:
        y = self.sheet.height - EDGE + leading(LABEL) / 2
        made = _("Made on {when} by {who}").format(
            when=moment(self.about.made_at), who=self.about.made_by or "Kist"
        )
        self.sheet.fitted(EDGE, y, made, self.right / 2, LABEL)
        self.sheet.page_number(self.right, y, LABEL)

    def _total(self, totals: Totals) -> list[str]:
        texts = [self._shown(kind, value) for kind, value in totals.cells()]
        if not texts[0]:
            texts[0] = _("Total")
        return texts

    def _head_of(self, title: str, kind: Kind) -> str:
        text = translated(title)
        return f"{text} {sign_of(self.about.currency)}" if kind is Kind.MONEY else text

    def _shown(self, kind: Kind, value: Value) -> str:
        match value:
            case None:
                return ""
            case date():
                return day(value)
            case int() if kind is Kind.MONEY:
                return amount(value, self.about.currency)
            case int() if kind is Kind.PERCENT:
                return percent(Fraction(value, 10_000))
            case int():
                return count(value, self.about.currency)
            case _:
                return value


def _share(column: ReportColumn) -> float:
    """What the column asks for of the page; a day needs room for all of it."""
    return max(column.width, _DAY_WIDTH) if column.kind is Kind.DATE else column.width
