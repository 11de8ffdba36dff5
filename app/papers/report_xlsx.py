"""A report as an Excel sheet: real numbers and days, text that stays text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from app.domain.errors import PaperTrouble
from app.papers.fonts import clean
from app.reports import About, Kind, Report, Totals, Value
from app.texts import _, translated
from app.texts.currencies import writing
from app.texts.figures import moment, plain, sign_of

MOST_ROWS = 1_048_000  # a sheet has 1,048,576
_LAKH = r"[>=10000000]##\,##\,##\,##0{d};[>=100000]##\,##\,##0{d};##,##0{d}"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(report: Report, rows: Iterable[object], about: About, to: BinaryIO) -> int:
    """Write the rows one by one; returns how many. Raises PaperTrouble(too-many-rows)."""
    return _Sheet(report, about, to).written(rows)


class _Sheet:
    """One workbook of one sheet, filled from the top."""

    def __init__(self, report: Report, about: About, to: BinaryIO) -> None:
        self.report, self.about = report, about
        self.book = Workbook(to, _OPTIONS)
        # the instant of the report, not of the clock: the same rows give the same file
        self.book.set_properties(
            {"title": translated(report.title), "author": "Kist", "created": about.made_at}
        )
        self.sheet: Worksheet = self.book.add_worksheet(_name(translated(report.title)))
        self.formats: dict[tuple[str, bool], Any] = {}
        self.row = 0

    def written(self, rows: Iterable[object]) -> int:
        """Fill the sheet and close the book, which also clears away its temporary files."""
        totals = Totals(self.report)
        try:
            self._fill(totals, rows)
        finally:
            self.book.close()
        return totals.rows

    def _fill(self, totals: Totals, rows: Iterable[object]) -> None:
        self._above()
        first = self.row
        for cells in totals.passing(rows):
            if totals.rows > MOST_ROWS:
                raise PaperTrouble(why="too-many-rows", most=MOST_ROWS)
            self._line(cells, strong=False)
        if totals.wanted:
            cells = totals.cells()
            cells[0] = (Kind.TEXT, _("Total")) if cells[0][1] == "" else cells[0]
            self._line(cells, strong=True)
        self._print_setup(first)
        self._chart(totals.points())

    def _chart(self, points: list[tuple[str, int]]) -> None:
        """The chart on a sheet of its own, over the few sums that it is drawn from."""
        chart = self.report.chart
        if chart is None or not any(value for _label, value in points):
            return
        title = translated(chart.title)
        name = _name(title)
        if name.casefold() == self.sheet.get_name().casefold():
            name = _name(f"{title[:28]} 2")
        self.sheet, self.row = self.book.add_worksheet(name), 0
        self.sheet.set_column(0, 1, 22)
        key = chart.value or chart.columns[0]
        kind = next(column.kind for column in self.report.columns if column.key == key)
        for label, value in points:
            self._line([(Kind.TEXT, label), (kind, value)], strong=False)
        drawn = self.book.add_chart({"type": "bar"})
        drawn.add_series(
            {
                "categories": [name, 0, 0, len(points) - 1, 0],
                "values": [name, 0, 1, len(points) - 1, 1],
                "fill": {"color": "#2C4DB4"},
                "gap": 60,
            }
        )
        drawn.set_title({"name": title, "name_font": {"size": 12}})
        drawn.set_legend({"none": True})
        drawn.set_y_axis({"reverse": True})
        self.sheet.insert_chart(0, 3, drawn)

    def _above(self) -> None:
        report, about = self.report, self.about
        title = self.book.add_format({"bold": True, "font_size": 14})
        grey = self.book.add_format({"font_color": "#54514A"})
        head = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
        for index, column in enumerate(report.columns):
            self.sheet.set_column(index, index, column.width + 2)
        self._text(0, translated(report.title), title)
        self._next()
        where = " · ".join(part for part in (about.lender, about.branch, about.period) if part)
        made = _("Made on {when} by {who}").format(
            when=moment(about.made_at), who=about.made_by or "Kist"
        )
        for text in (where, translated(report.definition), made):
            self._text(0, text, grey)
            self._next()
        for label, value in about.notes:
            self._text(0, f"{label}: {value}", grey)
            self._next()
        self._next()
        for index, column in enumerate(report.columns):
            sides = {"align": "right"} if column.kind.figure else {}
            self._text(index, self._head(column.title, column.kind), self._format(head | sides))
        self._next()

    def _head(self, title: str, kind: Kind) -> str:
        text = translated(title)
        return f"{text} {sign_of(self.about.currency)}" if kind is Kind.MONEY else text

    def _line(self, cells: list[tuple[Kind, Value]], *, strong: bool) -> None:
        for index, (kind, value) in enumerate(cells):
            self._cell(index, kind, value, strong=strong)
        self._next()

    def _cell(self, index: int, kind: Kind, value: Value, *, strong: bool) -> None:
        look = self._look(kind, strong=strong)
        match value:
            case None:
                self.sheet.write_blank(self.row, index, None, look)
            case date():
                self.sheet.write_datetime(self.row, index, value, look)
            case int() if kind is Kind.MONEY:
                number = Decimal(plain(value, self.about.currency))
                self.sheet.write_number(self.row, index, number, look)
            case int() if kind is Kind.PERCENT:
                self.sheet.write_number(self.row, index, Decimal(value) / 10_000, look)
            case int():
                self.sheet.write_number(self.row, index, value, look)
            case _:
                self._text(index, value, look)

    def _text(self, index: int, text: str, look: Any) -> None:
        # write_string and never write: write takes "=1+1" for a formula
        self.sheet.write_string(self.row, index, clean(text), look)

    def _look(self, kind: Kind, *, strong: bool) -> Any:
        key = (kind.value, strong)
        if key not in self.formats:
            how = {"num_format": self._number_format(kind)}
            self.formats[key] = self._format(how | ({"bold": True, "top": 1} if strong else {}))
        return self.formats[key]

    def _number_format(self, kind: Kind) -> str:
        how = writing(self.about.currency)
        decimals = f".{'0' * how.digits}" if how.digits else ""
        money = _LAKH.format(d=decimals) if how.lakh else f"#,##0{decimals}"
        return {
            Kind.MONEY: money,
            Kind.DATE: "d mmm yyyy",
            Kind.INT: "#,##0",
            Kind.PERCENT: "0.00%",
        }.get(kind, "@")

    def _format(self, properties: dict[str, Any]) -> Any:
        return self.book.add_format(properties)

    def _next(self) -> None:
        self.row += 1

    def _print_setup(self, first: int) -> None:
        self.sheet.freeze_panes(first, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(first - 1)
        self.sheet.set_footer("&R&P / &N")


def _name(title: str) -> str:
    """A sheet's name: at most 31 characters, none of those that Excel forbids."""
    kept = "".join(" " if char in r"[]:*?/\'" else char for char in clean(title))
    return kept[:31].strip() or "Kist"
