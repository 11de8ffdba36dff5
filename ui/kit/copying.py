"""Rows as a table on the clipboard: for a spreadsheet, a letter or a message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import TypeVar

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.reports import Kind, Value
from app.texts.figures import plain
from app.texts.spreadsheet import harmless
from ui.kit.columns import Column

Row = TypeVar("Row")


def put_on_clipboard(columns: Sequence[Column[Row]], rows: Sequence[Row], currency: str) -> None:
    """Heads and rows as plain text with tabs and as HTML; nothing that a spreadsheet would run."""
    table = [[harmless(column.head(currency)) for column in columns]]
    table += [[_plain(column, row, currency) for column in columns] for row in rows]
    data = QMimeData()
    data.setText("\n".join("\t".join(line) for line in table))
    data.setHtml(_html(table, columns))
    QGuiApplication.clipboard().setMimeData(data)


def _plain(column: Column[Row], row: Row, currency: str) -> str:
    """Figures and days as files hold them, so that a spreadsheet can count with them."""
    value: Value = column.handed(row)
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case int() if column.kind is Kind.MONEY:
            return plain(value, currency)
        case int():
            return str(value)
        case _:
            return harmless(value)


def _html(table: Sequence[Sequence[str]], columns: Sequence[Column[Row]]) -> str:
    sides = ["right" if column.numeric else "left" for column in columns]
    lines = []
    for at, line in enumerate(table):
        tag = "td" if at else "th"
        cells = zip(line, sides, strict=True)
        made = (f'<{tag} align="{side}">{escape(text)}</{tag}>' for text, side in cells)
        lines.append(f"<tr>{''.join(made)}</tr>")
    return f"<table>{''.join(lines)}</table>"
