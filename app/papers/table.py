"""A ruled table over pages: words left, figures right, hairlines, a head on each page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.papers.sheet import LABEL, Align, Ink, Sheet, Style


@dataclass(frozen=True, slots=True)
class Cell:
    """A column: its head, left edge and width; figures stand right, `whole` text is never cut."""

    title: str
    x: float
    room: float
    figure: bool = False
    whole: bool = False


def columns(edge: float, width: float, parts: Sequence[tuple[str, float, bool]]) -> list[Cell]:
    """Columns side by side; `parts` are (title, share of the width, is a figure)."""
    shares = sum(share for _title, share, _figure in parts)
    cells: list[Cell] = []
    x = edge
    for title, share, figure in parts:
        wide = width * share / shares
        # words that follow a figure keep off it
        gap = _GAP if cells and cells[-1].figure and not figure else 0
        cells.append(Cell(title, x + gap, wide - gap, figure))
        x += wide
    return cells


def never_cut(cells: Sequence[Cell], *places: int) -> list[Cell]:
    """The columns, those at `places` with texts that are set smaller rather than cut: days."""
    return [
        replace(cell, whole=True) if place in places else cell for place, cell in enumerate(cells)
    ]


class Table:
    """Draws rows one after another; `turn` begins a page and returns the y of its first line."""

    def __init__(
        self, sheet: Sheet, cells: Sequence[Cell], *, bottom: float, row: float, size: float
    ) -> None:
        self.sheet, self.cells = sheet, cells
        self.bottom, self.row = bottom, row
        self.plain = Style(size)
        self.strong = Style(size, strong=True)
        self.y = 0.0
        self.turn: Callable[[], float] = lambda: 0.0

    def head(self, y: float) -> None:
        """Draw the titles at `y`; a title that is too long takes a line more above."""
        lines = [self.sheet.wrapped(cell.title, _inner(cell), LABEL, most=2) for cell in self.cells]
        deep = max(len(parts) for parts in lines)
        for cell, parts in zip(self.cells, lines, strict=True):
            top = y + 9.5 * (deep - len(parts))
            x = _x(cell)
            self.sheet.paragraph(x, top, parts, LABEL, _align(cell))
        y += 9.5 * (deep - 1)
        self.sheet.rule(self.cells[0].x, y + 5, self._right(), ink=Ink.SOFT)
        self.y = y + 5 + self.row * 0.72

    def add(self, texts: Sequence[str], *, style: Style | None = None) -> None:
        """Draw a row and the hairline under it."""
        if self.y > self.bottom:
            self.head(self.turn())
        for cell, text in zip(self.cells, texts, strict=True):
            self._cell(cell, text, style or self.plain)
        self.sheet.rule(self.cells[0].x, self.y + self.row * 0.28, self._right())
        self.y += self.row

    def total(self, texts: Sequence[str]) -> None:
        """Draw the total under a darker line."""
        if self.y > self.bottom:
            self.head(self.turn())
        line = self.y - self.row * 0.72
        self.sheet.rule(self.cells[0].x, line, self._right(), ink=Ink.TEXT, weight=0.9)
        for cell, text in zip(self.cells, texts, strict=True):
            self._cell(cell, text, self.strong)
        self.y += self.row

    def _cell(self, cell: Cell, text: str, style: Style) -> None:
        if cell.figure or cell.whole:
            self.sheet.whole(_x(cell), self.y, text, _inner(cell), style, _align(cell))
        else:
            self.sheet.fitted(_x(cell), self.y, text, _inner(cell), style)

    def _right(self) -> float:
        return self.cells[-1].x + self.cells[-1].room


_GAP = 8.0


def _inner(cell: Cell) -> float:
    return cell.room - _GAP


def _x(cell: Cell) -> float:
    return cell.x + cell.room if cell.figure else cell.x


def _align(cell: Cell) -> Align:
    return Align.RIGHT if cell.figure else Align.LEFT
