"""A report as an Excel sheet: real numbers and days, text that stays text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from app.domain.errors import PaperTrouble
from app.papers.cover import clean
from app.reports import About, Form, Kind, Picture, Report, Totals, Value
from app.texts import _, translated
from app.texts.currencies import writing
from app.texts.figures import moment, plain, sign_of

MOST_ROWS = 1_048_000  # a sheet has 1,048,576
_LAKH = r"[>=10000000]##\,##\,##\,##0{d};[>=100000]##\,##\,##0{d};##,##0{d}"
_COLOURS = ("#2C4DB4", "#E0A129", "#D97321", "#BF4029", "#731A2E")
_CHARTS = MappingProxyType(
    {
        Form.BARS: {"type": "bar"},
        Form.STACKED: {"type": "bar", "subtype": "stacked"},
        Form.LINES: {"type": "line"},
    }
)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(report: Report, rows: Iterable[object], about: About, to: BinaryIO) -> int:
    """Write the rows one by one; returns how many. Raises PaperTrouble(too-many-rows)."""
    title = translated(report.title)
    book = new_book(to, title, about)
    sheet = ReportSheet(Looks(book, about.currency), report, about, sheet_name(title))
    try:
        totals = sheet.fill(rows)
        picture = totals.picture(about.trend)
        if picture is not None:
            name = _other_name(picture.title, sheet.name)
            PictureSheet(sheet.looks, book.add_worksheet(name), picture).fill()
    finally:
        book.close()  # which also clears away its temporary files
    return totals.rows


def new_book(to: BinaryIO, title: str, about: About) -> Workbook:
    """An empty workbook.

    Its instant is that of the report and not of the clock: the same rows give the same file.
    """
    book = Workbook(to, _OPTIONS)
    book.set_properties({"title": title, "author": "Kist", "created": about.made_at})
    return book


def write_text(sheet: Worksheet, place: tuple[int, int], text: str, look: Any) -> None:
    """Write text that stays text: `write` would take "=1+1" for a formula."""
    sheet.write_string(*place, clean(text), look)


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook, currency: str) -> None:
        self.book, self.currency = book, currency
        self._formats: dict[tuple[str, bool], Any] = {}

    def of(self, kind: Kind, *, strong: bool = False) -> Any:
        """How values of a kind look."""
        key = (kind.value, strong)
        if key not in self._formats:
            how = {"num_format": self.number_format(kind)}
            more = {"bold": True, "top": 1} if strong else {}
            self._formats[key] = self.book.add_format(how | more)
        return self._formats[key]

    def number_format(self, kind: Kind) -> str:
        """The number format of a kind; lakhs where the currency is written so."""
        how = writing(self.currency)
        decimals = f".{'0' * how.digits}" if how.digits else ""
        money = _LAKH.format(d=decimals) if how.lakh else f"#,##0{decimals}"
        return {
            Kind.MONEY: money,
            Kind.DATE: "d mmm yyyy",
            Kind.INT: "#,##0",
            Kind.PERCENT: "0.00%",
        }.get(kind, "@")

    def write(
        self, sheet: Worksheet, place: tuple[int, int], kind: Kind, value: Value, *, strong: bool
    ) -> None:
        """Write a value as what it is."""
        (row, column), look = place, self.of(kind, strong=strong)
        match value:
            case None:
                sheet.write_blank(row, column, None, look)
            case date():
                sheet.write_datetime(row, column, value, look)
            case int() if kind is Kind.MONEY:
                sheet.write_number(row, column, Decimal(plain(value, self.currency)), look)
            case int() if kind is Kind.PERCENT:
                sheet.write_number(row, column, Decimal(value) / 10_000, look)
            case int():
                sheet.write_number(row, column, value, look)
            case _:
                write_text(sheet, place, value, look)


class ReportSheet:
    """One sheet of a workbook, filled from the top."""

    def __init__(self, looks: Looks, report: Report, about: About, name: str) -> None:
        self.looks, self.report, self.about = looks, report, about
        self.sheet: Worksheet = looks.book.add_worksheet(name)
        self.row = 0

    @property
    def name(self) -> str:
        """What the sheet is called."""
        name: str = self.sheet.get_name()
        return name

    def fill(self, rows: Iterable[object]) -> Totals:
        """Write head, rows and totals; returns what they add up to."""
        totals = Totals(self.report, known=dict(self.about.totals))
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
        return totals

    def _above(self) -> None:
        report, about = self.report, self.about
        title = self.looks.book.add_format({"bold": True, "font_size": 14})
        grey = self.looks.book.add_format({"font_color": "#54514A"})
        head = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
        for index, column in enumerate(report.columns):
            self.sheet.set_column(index, index, column.width + 2)
        self._text(0, translated(report.title), title)
        self._next()
        parts = (about.lender, about.branch, about.period, about.known)
        where = " · ".join(part for part in parts if part)
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
            look = self.looks.book.add_format(head | sides)
            self._text(index, self._head(column.title, column.kind), look)
        self._next()

    def _head(self, title: str, kind: Kind) -> str:
        text = translated(title)
        return f"{text} {sign_of(self.about.currency)}" if kind is Kind.MONEY else text

    def _line(self, cells: list[tuple[Kind, Value]], *, strong: bool) -> None:
        for index, (kind, value) in enumerate(cells):
            self.looks.write(self.sheet, (self.row, index), kind, value, strong=strong)
        self._next()

    def _text(self, index: int, text: str, look: Any) -> None:
        write_text(self.sheet, (self.row, index), text, look)

    def _next(self) -> None:
        self.row += 1

    def _print_setup(self, first: int) -> None:
        self.sheet.freeze_panes(first, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(first - 1)
        self.sheet.set_footer("&R&P / &N")


class PictureSheet:
    """A chart over the few sums that it is drawn from, from a row of a sheet down."""

    def __init__(self, looks: Looks, sheet: Worksheet, picture: Picture, row: int = 0) -> None:
        self.looks, self.sheet, self.picture, self.row = looks, sheet, picture, row

    def fill(self) -> None:
        """Write the sums and draw the chart beside them."""
        picture, first = self.picture, self.row
        if not first:
            self.sheet.set_column(0, 1, 22)
        if len(picture.series) > 1:
            self._line([(Kind.TEXT, "")] + [(Kind.TEXT, name) for name, _v in picture.series])
        for at, label in enumerate(picture.labels):
            values = [(picture.kind, values[at]) for _name, values in picture.series]
            self._line([(Kind.TEXT, label), *values])
        self.sheet.insert_chart(first, len(picture.series) + 2, self._drawn(first))

    def _line(self, cells: Sequence[tuple[Kind, Value]]) -> None:
        for index, (kind, value) in enumerate(cells):
            self.looks.write(self.sheet, (self.row, index), kind, value, strong=False)
        self.row += 1

    def _drawn(self, first: int) -> Any:
        picture, name = self.picture, self.sheet.get_name()
        drawn = self.looks.book.add_chart(dict(_CHARTS[picture.form]))
        start = first + int(len(picture.series) > 1)
        last = start + len(picture.labels) - 1
        for at, (_title, _values) in enumerate(picture.series):
            one = {
                "categories": [name, start, 0, last, 0],
                "values": [name, start, at + 1, last, at + 1],
                "gap": 60,
            }
            ink = {"color": _COLOURS[at % len(_COLOURS)]}
            one |= {"line": ink} if picture.form is Form.LINES else {"fill": ink}
            if len(picture.series) > 1:
                one["name"] = [name, first, at + 1]
            drawn.add_series(one)
        drawn.set_title({"name": picture.title, "name_font": {"size": 12}})
        drawn.set_legend({"none": True} if len(picture.series) == 1 else {"position": "bottom"})
        if picture.form is not Form.LINES:
            drawn.set_y_axis({"reverse": True})
        return drawn


def _other_name(title: str, taken: str) -> str:
    name = sheet_name(title)
    return sheet_name(f"{title[:28]} 2") if name.casefold() == taken.casefold() else name


def sheet_name(title: str) -> str:
    """A sheet's name: at most 31 characters, none of those that Excel forbids."""
    kept = "".join(" " if char in r"[]:*?/\'" else char for char in clean(title))
    return kept[:31].strip() or "Kist"
