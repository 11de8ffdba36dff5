"""How wide the columns of a list are: measured, given by somebody, or gone for want of room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ui.kit.cells import EDGE, PAD, cell_width
from ui.kit.columns import Column
from ui.kit.paint import text_width
from ui.kit.table import RowsModel
from ui.kit.theme import theme

MEASURED_ROWS = 30  # more than are seen at once; those that come later are measured then
_LEAST = 48


class Widths:
    """Wishes of the columns by section. Text that comes later makes them wider, never narrower."""

    def __init__(self, model: RowsModel[Any]) -> None:
        self._model = model
        self._wishes: list[int] = []
        self._pinned: dict[str, int] = {}
        self._totals: Mapping[int, str] = {}

    def hold(self, totals: Mapping[int, str]) -> bool:
        """Texts of the total line by section; whether any column must be wider for them."""
        self._totals = totals
        needs = [self._wish(section, ()) for section in self._sections()]
        if len(needs) != len(self._wishes):
            return False  # nothing was measured yet
        grown = [max(pair) for pair in zip(self._wishes, needs, strict=True)]
        changed, self._wishes = grown != self._wishes, grown
        return changed

    @property
    def pinned(self) -> Mapping[str, int]:
        """Widths that somebody gave (px at 100 %), by column id."""
        return self._pinned

    def pin(self, widths: Mapping[str, int]) -> None:
        """Take these widths, and measure every other column."""
        self._pinned = dict(widths)
        self.measure()

    def forget(self) -> None:
        """Measure anew from nothing: other columns or another text size."""
        self._wishes = []

    def measure(self) -> None:
        """Measure the first rows that are held."""
        rows = self._model.rows()[:MEASURED_ROWS]
        self._wishes = [self._wish(section, rows) for section in self._sections()]

    def grow(self, first: int, last: int) -> bool:
        """Measure rows that came; whether any column needs more room than it had."""
        found = (self._model.at(place) for place in range(first, last + 1))
        rows = [row for row in found if row is not None]
        needs = [self._wish(section, rows) for section in self._sections()]
        if len(needs) != len(self._wishes):
            self._wishes = needs
            return True
        grown = [max(pair) for pair in zip(self._wishes, needs, strict=True)]
        changed, self._wishes = grown != self._wishes, grown
        return changed

    def shared(self, room: int) -> list[int]:
        """A width for each section that together fill `room`; 0 for one that leaves."""
        if len(self._wishes) != self._model.columnCount():
            self.measure()
        gone = self._leaving(room)
        wishes = [0 if at in gone else wish for at, wish in enumerate(self._wishes)]
        return _shared(wishes, [self._share(section) for section in self._sections()], room)

    def _sections(self) -> range:
        return range(self._model.columnCount())

    def _wish(self, section: int, rows: Any) -> int:
        look, column = theme(), self._model.column_of(section)
        if column is None:
            return look.px(18 + EDGE + PAD)
        if column.id in self._pinned:
            return look.px(self._pinned[column.id])
        edges = (EDGE if section == 0 else PAD) + PAD
        if section == self._model.columnCount() - 1:
            edges += EDGE - PAD
        if column.width:
            return look.px(column.width + edges)
        widest = text_width(column.head(self._model.currency), look.font("small")) + look.px(
            14 if column.key else 0
        )
        for row in rows:
            widest = max(widest, cell_width(self._model.cell(row, section)))
        total = self._totals.get(section, "")
        widest = max(widest, text_width(total, look.font(strong=True)) if column.numeric else 0)
        return round(widest) + look.px(edges) + 2

    def _share(self, section: int) -> int:
        column = self._model.column_of(section)
        return 0 if column is None or column.id in self._pinned else column.stretch

    def _leaving(self, room: int) -> set[int]:
        """Columns that leave so that the rest fits without being cut."""
        columns = [(at, self._model.column_of(at)) for at in self._sections()]
        order = sorted(
            (at for at, column in columns if column is not None and column.leaves),
            key=lambda at: -_leaves(self._model.column_of(at)),
        )
        gone: set[int] = set()
        for at in order:
            if sum(w for n, w in enumerate(self._wishes) if n not in gone) <= room:
                break
            gone.add(at)
        return gone


def _leaves(column: Column[Any] | None) -> int:
    return 0 if column is None else column.leaves


def _shared(wishes: list[int], shares: list[int], room: int) -> list[int]:
    """Widths that fill `room`: what is over goes to the shares, what is missing comes from them."""
    spare = room - sum(wishes)
    live = [share if wish else 0 for wish, share in zip(wishes, shares, strict=True)]
    if not any(live):
        last = max((at for at, wish in enumerate(wishes) if wish), default=-1)
        live = [wish if spare < 0 else int(at == last) for at, wish in enumerate(wishes)]
    total = sum(live) or 1
    widths = [
        max(_LEAST if wish else 0, wish + spare * share // total) if share else wish
        for wish, share in zip(wishes, live, strict=True)
    ]
    return _cut(widths, room)


def _cut(widths: list[int], room: int) -> list[int]:
    """Where they are still too wide together, the widest give first."""
    over = sum(widths) - room
    for at in sorted(range(len(widths)), key=lambda at: -widths[at]):
        given = min(max(0, over), max(0, widths[at] - _LEAST))
        widths[at] -= given
        over -= given
    return widths
