"""One table model for every list: the screen gives columns, the model does the rest."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.queries.base import Page
from ui.kit.cells import CELL_ROLE, RIGHT_ROLE, Cell

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """How one column is titled, shown and sorted."""

    title: str
    text: Callable[[Row], str | Cell]
    key: str = ""  # what the loader sorts by; empty means this column is not sorted by it
    sort: Callable[[Row], Any] | None = None  # for lists that are wholly loaded
    numeric: bool = False
    width: int = 0  # px at 100 %; 0 measures what is in it
    stretch: int = 0  # share of the width that is left
    leaves: int = 0  # the highest leaves first when the place is narrow; 0 stays


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows that somebody else loaded, page by page. It reads nothing by itself.

    `identity` keeps ticks and the current row over a reload; `choosing` adds a column of ticks.
    """

    wanted = Signal(int, str)  # offset and sort key of the page it would like
    chosen_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        identity: Callable[[Row], Hashable] = lambda row: row,
        choosing: bool = False,
    ) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._rows: list[Row] = []
        self._count, self._waiting, self._sort = 0, False, ""
        self._identity, self._choosing = identity, choosing
        self._chosen: dict[Hashable, Row] = {}

    def show(self, rows: Iterable[Row]) -> None:
        """Show rows that are all there is."""
        every = tuple(rows)
        self.take(Page(every, 0, len(every)))

    def take(self, page: Page[Row]) -> None:
        """Show the first page, or add the next one; a page that does not join on is dropped."""
        self._waiting = False
        if page.offset == 0:
            self.beginResetModel()
            self._rows, self._count = list(page.rows), page.count
            self.endResetModel()
        elif page.offset == len(self._rows) and page.rows:
            last = page.offset + len(page.rows) - 1
            self.beginInsertRows(QModelIndex(), page.offset, last)
            self._rows.extend(page.rows)
            self._count = page.count
            self.endInsertRows()

    def reload(self) -> None:
        """Want the first page again, in the same order."""
        self._waiting = True
        self.wanted.emit(0, self._sort)

    def give_up(self) -> None:
        """The page will not come: it may be wanted again."""
        self._waiting = False

    @property
    def count(self) -> int:
        """How many rows there are in all, loaded or not."""
        return self._count

    @property
    def columns(self) -> Sequence[Column[Row]]:
        return self._columns

    @property
    def choosing(self) -> bool:
        return self._choosing

    @property
    def sort_key(self) -> str:
        """What it is sorted by: a column's key, with a minus for falling order."""
        return self._sort

    def rows(self) -> Sequence[Row]:
        """The rows loaded so far."""
        return tuple(self._rows)

    def row_at(self, index: Index) -> Row | None:
        """The row that `index` is on."""
        return self._rows[index.row()] if index.isValid() else None

    def place_of(self, row: Row) -> int:
        """Where a row like this one is now, -1 when it is gone."""
        wanted = self._identity(row)
        places = (at for at, found in enumerate(self._rows) if self._identity(found) == wanted)
        return next(places, -1)

    def column_of(self, section: int) -> Column[Row] | None:
        """The column at a section of the header; None for the ticks."""
        at = section - int(self._choosing)
        return self._columns[at] if 0 <= at < len(self._columns) else None

    def cell(self, row: Row, section: int) -> Cell:
        """What stands in a cell."""
        column = self.column_of(section)
        if column is None:
            return Cell(checked=self._identity(row) in self._chosen)
        found = column.text(row)
        return found if isinstance(found, Cell) else Cell(found)

    def chosen(self) -> list[Row]:
        """The ticked rows, also those that are not loaded any more."""
        return list(self._chosen.values())

    def toggle(self, row: Row) -> None:
        """Tick or untick a row."""
        key = self._identity(row)
        if key in self._chosen:
            del self._chosen[key]
        else:
            self._chosen[key] = row
        self._ticks_changed()

    def choose(self, rows: Iterable[Row]) -> None:
        """Tick these and no others."""
        self._chosen = {self._identity(row): row for row in rows}
        self._ticks_changed()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by value: here when all rows are loaded and the column says how, else there."""
        found = self.column_of(column)
        if found is None:
            return
        falling = order is Qt.SortOrder.DescendingOrder
        if found.sort is not None and len(self._rows) == self._count:
            self.beginResetModel()
            self._rows.sort(key=found.sort, reverse=falling)
            self.endResetModel()
        elif found.key:
            self._sort = f"-{found.key}" if falling else found.key
            self.reload()

    def sortable(self, section: int) -> bool:
        """Whether a click on the header does anything."""
        column = self.column_of(section)
        return column is not None and bool(column.key or column.sort)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns) + int(self._choosing)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._waiting and len(self._rows) < self._count

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._waiting = True
            self.wanted.emit(len(self._rows), self._sort)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        column = self.column_of(section)
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column is None else column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(_is_numeric(column))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, section = self._rows[index.row()], index.column()
        column = self.column_of(section)
        answers: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: self.cell(row, section).text,
            Qt.ItemDataRole.AccessibleTextRole: lambda: self._spoken(row, section),
            Qt.ItemDataRole.TextAlignmentRole: lambda: _alignment(_is_numeric(column)),
            CELL_ROLE: lambda: self.cell(row, section),
            RIGHT_ROLE: lambda: _is_numeric(column),
            SORT_ROLE: lambda: column.sort(row) if column and column.sort else None,
        }
        answer = answers.get(role)
        return None if answer is None else answer()

    def _spoken(self, row: Row, section: int) -> str:
        column, cell = self.column_of(section), self.cell(row, section)
        if column is None:
            return "✓" if cell.checked else ""
        return f"{column.title}: {cell.spoken()}"

    def _ticks_changed(self) -> None:
        if self._rows and self._choosing:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))
        self.chosen_changed.emit()


def _is_numeric(column: Column[Any] | None) -> bool:
    return column is not None and column.numeric


def _alignment(numeric: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
