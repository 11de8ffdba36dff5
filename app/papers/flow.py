"""Text and rows that run down the pages one after another, turning where a page is full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.papers.sheet import BODY, LABEL, Align, Ink, Sheet, Style, leading

SECTION = Style(11, strong=True, ink=Ink.ACCENT)
_PAD = 3.5  # above and below the texts of a row


@dataclass(frozen=True, slots=True)
class Column:
    """Where a text of a row stands; a figure stands right and is set smaller rather than broken."""

    x: float
    room: float
    style: Style = BODY
    figure: bool = False


def columns(
    edge: float, width: float, parts: Sequence[tuple[float, Style, bool]], gap: float = 8
) -> list[Column]:
    """Columns side by side; `parts` are (share of the width, style, is a figure)."""
    shares = sum(share for share, _style, _figure in parts)
    made, x = [], edge
    for share, style, figure in parts:
        wide = width * share / shares
        made.append(Column(x, wide - gap, style, figure))
        x += wide
    return made


class Flow:
    """Writes from the top of a page down; `turn` begins a page and returns the y of its top."""

    def __init__(self, sheet: Sheet, edge: float, bottom: float) -> None:
        self.sheet, self.edge, self.bottom = sheet, edge, bottom
        self.right = sheet.width - edge
        self.y = edge
        self.turn: Callable[[], float] = lambda: edge

    def gap(self, points: float) -> None:
        """Leave room."""
        self.y += points

    def need(self, points: float) -> None:
        """Turn the page unless this much is left of it."""
        if self.y + points > self.bottom:
            self.y = self.turn()

    def section(self, text: str, *, room: float = 60) -> None:
        """A heading that keeps with what follows it; a long one takes more lines."""
        lines = self.sheet.wrapped(text, self.right - self.edge, SECTION)
        self.need(room + leading(SECTION) * len(lines))
        self.y += 8
        for line in lines:
            self.sheet.text(self.edge, self.y + SECTION.size, line, SECTION)
            self.y += leading(SECTION)
        self.y += 3
        self.sheet.rule(self.edge, self.y, self.right, ink=Ink.ACCENT, weight=0.8)
        self.y += 4

    def say(self, text: str, style: Style = BODY, *, indent: float = 0) -> None:
        """A paragraph."""
        x = self.edge + indent
        for line in self.sheet.wrapped(text, self.right - x, style):
            self.need(leading(style))
            self.sheet.text(x, self.y + style.size, line, style)
            self.y += leading(style)

    def row(
        self, cells: Sequence[Column], texts: Sequence[str], *, rule: bool = True, pad: float = _PAD
    ) -> None:
        """A row of texts, each in as many lines as it needs, with a hairline under it."""
        lines = [
            [text] if cell.figure else self.sheet.wrapped(text, cell.room, cell.style)
            for cell, text in zip(cells, texts, strict=True)
        ]
        steps = max(leading(cell.style) for cell in cells)
        deep = max(len(parts) for parts in lines)
        self.need(min(deep, 12) * steps + 2 * pad)
        self.y += pad
        for at in range(deep):
            self.need(steps)
            for cell, parts in zip(cells, lines, strict=True):
                if at < len(parts):
                    self._text(cell, parts[at], steps)
            self.y += steps
        self.y += pad
        if rule:
            self.sheet.rule(self.edge, self.y, self.right)

    def titles(self, cells: Sequence[Column], texts: Sequence[str]) -> None:
        """The head of a table, over a darker line."""
        heads = [Column(cell.x, cell.room, LABEL) for cell in cells]
        lines = [
            self.sheet.wrapped(text, cell.room, LABEL, most=3)
            for cell, text in zip(heads, texts, strict=True)
        ]
        deep = max(len(parts) for parts in lines)
        self.need(deep * leading(LABEL) + 40)
        for cell, parts in zip(cells, lines, strict=True):
            y = self.y + LABEL.size + (deep - len(parts)) * leading(LABEL)
            x = cell.x + cell.room if cell.figure else cell.x
            align = Align.RIGHT if cell.figure else Align.LEFT
            self.sheet.paragraph(x, y, parts, LABEL, align)
        self.y += deep * leading(LABEL) + 3
        self.sheet.rule(self.edge, self.y, self.right, ink=Ink.SOFT)

    def strike(self, text: str, style: Style) -> None:
        """A line through the text of one line that was written last."""
        wide = self.sheet.faces.width(text, style.size, strong=style.strong)
        y = self.y - leading(style) + style.size * 0.7
        to = min(self.edge + wide, self.right)
        self.sheet.rule(self.edge, y, to, ink=Ink.BAD, weight=0.9)

    def _text(self, cell: Column, text: str, steps: float) -> None:
        y = self.y + steps - leading(cell.style) + cell.style.size
        if cell.figure:
            x = cell.x + cell.room
            self.sheet.whole(x, y, text, cell.room, cell.style, Align.RIGHT)
        else:
            self.sheet.text(cell.x, y, text, cell.style)


__all__ = ["SECTION", "Column", "Flow", "columns"]
