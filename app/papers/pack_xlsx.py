"""A month pack as one workbook: contents, a sheet a report, and what each figure means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from xlsxwriter import Workbook

from app.papers.report_xlsx import (
    Looks,
    PictureSheet,
    ReportSheet,
    new_book,
    sheet_name,
    write_text,
)
from app.papers.uncollected import uncollected
from app.reports import About, PackPart
from app.reports.known import MEANINGS
from app.texts import _, translated
from app.texts.figures import moment

_TITLE, _HEAD, _SOFT = {"bold": True, "font_size": 14}, {"bold": True, "bottom": 1}, "#54514A"
_LINK = {"font_color": "#2C4DB4", "underline": 1}
_WIDE, _WIDEST, _LONG = 44, 100, 28


@uncollected()
def write_pack_xlsx(
    title: str,
    parts: Sequence[PackPart],
    about: About,
    to: BinaryIO,
    step: Callable[[str], None],
) -> int:
    """Write the workbook; returns how many rows. `step` is told each part before it is made."""
    book = new_book(to, title, about)
    names = _names(parts)
    looks, count = Looks(book, about.currency), 0
    try:
        _contents(book, title, parts, about, names)
        for part, name in zip(parts, names, strict=True):
            step(part.title)
            sheet = ReportSheet(looks, part.report, part.about, name)
            totals = sheet.fill(part.rows)
            count += totals.rows
            picture = totals.picture(part.about.trend)
            if picture is not None:
                PictureSheet(looks, sheet.sheet, picture, sheet.row + 2).fill()
        _definitions(book, parts)
    finally:
        book.close()
    return count


def _contents(
    book: Workbook, title: str, parts: Sequence[PackPart], about: About, names: Sequence[str]
) -> None:
    sheet = book.add_worksheet(sheet_name(_("Contents")))
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, _WIDE)
    sheet.set_column(2, 2, _LONG)
    soft = book.add_format({"font_color": _SOFT})
    write_text(sheet, (0, 0), title, book.add_format(_TITLE))
    where = " \u00b7 ".join(part for part in (about.lender, about.branch, about.period) if part)
    made = _("Made on {when} by {who}").format(
        when=moment(about.made_at), who=about.made_by or "Kist"
    )
    write_text(sheet, (1, 0), where, soft)
    write_text(sheet, (2, 0), made, soft)
    head = book.add_format(_HEAD)
    for column, text in enumerate(("", _("Report"), _("Period"))):
        write_text(sheet, (4, column), text, head)
    link = book.add_format(_LINK)
    for at, (part, name) in enumerate(zip(parts, names, strict=True)):
        row = 5 + at
        sheet.write_number(row, 0, at + 1)
        sheet.write_url(row, 1, f"internal:'{name}'!A1", link, part.title)
        write_text(sheet, (row, 2), part.about.period, None)


def _definitions(book: Workbook, parts: Sequence[PackPart]) -> None:
    """Each report once, with what counts in it."""
    sheet = book.add_worksheet(sheet_name(_("Definitions")))
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 1, _WIDEST)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format(_HEAD)
    write_text(sheet, (0, 0), _("Report"), head)
    write_text(sheet, (0, 1), _("What counts"), head)
    reports = {part.report.name: part.report for part in parts}
    told = [(report.title, report.definition) for report in reports.values()]
    for row, (name, meaning) in enumerate((*told, *MEANINGS), 1):
        write_text(sheet, (row, 0), translated(name), wrapped)
        write_text(sheet, (row, 1), translated(meaning), wrapped)


def _names(parts: Sequence[PackPart]) -> list[str]:
    """A name for each sheet: Excel wants them short and different."""
    made: list[str] = []
    for number, part in enumerate(parts, 1):
        made.append(sheet_name(f"{number} {part.title}"))
    return made
