"""A report as PDF on A4 across: head, definition, rows, totals, page n of m."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import BinaryIO

from app.papers.fonts import Faces
from app.papers.parts import NAME, facts
from app.papers.picture import draw, height_of
from app.papers.sheet import (
    A4,
    BODY,
    LABEL,
    MM,
    SMALL_SOFT,
    TITLE,
    Align,
    Sheet,
    leading,
)
from app.papers.table import Cell, Table, columns
from app.reports import About, Kind, Picture, Report, ReportColumn, Totals, Value
from app.texts import _, translated
from app.texts.figures import amount, count, day, moment, percent, sign_of

EDGE = 12 * MM
ACROSS = (A4[1], A4[0])
_FEW, _SMALL_SIZE, _SIZE = 9, 7.0, 8.0
_NOTES_A_ROW = 5
_DAY_WIDTH = 13


def write_pdf(
    faces: Faces, report: Report, rows: Iterable[object], about: About, to: BinaryIO
) -> int:
    """Write the pages; returns how many rows. The rows are not held."""
    sheet = Sheet(faces, ACROSS, title=translated(report.title))
    count = ReportPages(sheet, report, about).draw(rows)
    sheet.page_count()
    to.write(sheet.finish())
    return count


class ReportPages:
    """One report on its way over the pages, from the one that the sheet is on."""

    def __init__(self, sheet: Sheet, report: Report, about: About, title: str = "") -> None:
        self.report, self.about, self.sheet = report, about, sheet
        self.title = title or translated(report.title)
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

    def draw(self, rows: Iterable[object]) -> int:
        """Draw all pages of it; returns how many rows."""
        totals = Totals(self.report, known=dict(self.about.totals))
        self.table.head(self._head())
        for cells in totals.passing(rows):
            self.table.add([self._shown(kind, value) for kind, value in cells])
        if not totals.rows:
            self.sheet.text(EDGE, self.table.y, _("Nothing in this period."), SMALL_SOFT)
        elif totals.wanted:
            self.table.total(self._total(totals))
        self._picture(totals.picture(self.about.trend))
        self._foot()
        return totals.rows

    def _head(self) -> float:
        sheet, about = self.sheet, self.about
        sheet.fitted(EDGE, EDGE + 9, about.lender, self.right / 2, NAME)
        sheet.fitted(EDGE, EDGE + 21, about.branch, self.right / 2, SMALL_SOFT)
        sheet.text(self.right, EDGE + 10, self.title, TITLE, Align.RIGHT)
        period = " · ".join(part for part in (about.period, about.known) if part)
        sheet.text(self.right, EDGE + 23, period, BODY, Align.RIGHT)
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
        parts = (self.title, self.about.branch, self.about.period)
        text = " · ".join(part for part in parts if part)
        self.sheet.fitted(EDGE, EDGE + 4, text, self.right - EDGE, SMALL_SOFT)
        return EDGE + 18

    def _picture(self, picture: Picture | None) -> None:
        """The chart under the table, or on a page of its own where it would not fit."""
        if picture is None:
            return
        y = self.table.y + 10
        if y + height_of(picture) > self.sheet.height - EDGE - 12:
            y = self._turn() + 8
        room = self.right - EDGE
        draw(self.sheet, (EDGE, y), room, picture, lambda value: self._shown(picture.kind, value))

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
