"""A report as CSV: a head and the rows, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

from app.papers.cover import clean
from app.reports import About, Kind, Report, Totals, Value
from app.texts import translated
from app.texts.figures import plain
from app.texts.spreadsheet import guarded


def write_csv(report: Report, rows: Iterable[object], about: About, to: BinaryIO) -> int:
    """Write the rows one by one; returns how many. UTF-8 with a mark, so that Excel reads it."""
    text = io.TextIOWrapper(to, encoding="utf-8-sig", newline="")
    totals = Totals(report)
    try:
        writer = csv.writer(text, quoting=csv.QUOTE_ALL)
        writer.writerow([harmless(translated(column.title)) for column in report.columns])
        for cells in totals.passing(rows):
            writer.writerow([_written(kind, value, about.currency) for kind, value in cells])
        text.flush()
    finally:
        text.detach()
    return totals.rows


def harmless(text: str) -> str:
    """`text` on one line, with an apostrophe before what a spreadsheet would take as a formula."""
    return guarded(clean(text), text)


def _written(kind: Kind, value: Value, currency: str) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case int() if kind is Kind.MONEY:
            return plain(value, currency)
        case int() if kind is Kind.PERCENT:
            return plain(value, _TWO_DIGITS)
        case int():
            return str(value)
        case _:
            return harmless(value)


_TWO_DIGITS = "USD"  # hundredths of a percent are written as cents are
