"""One table model for every list: the screen gives columns, the model does the rest."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.queries.base import Page
from ui.kit.cells import CELL_ROLE, RIGHT_ROLE, Cell
from ui.kit.columns import Column, arranged
from ui.kit.held import Held

__all__ = ["SORT_ROLE", "Column", "RowsModel"]

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
AROUND = 40  # rows beyond those looked at that are wanted as well
_WAITS = Cell("…", tone="text3")


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A window on rows that somebody else loads. It reads nothing by itself.

    How many rows there are is known from the first page; any other page is wanted when it is
    looked at, one at a time, and let go when it is far away. `identity` keeps ticks and the
    current row over a reload; `choosing` adds a column of ticks.
    """

    wanted = Signal(int, str)  # offset and sort key of the page it would like
    renewed = Signal()  # the same list was read again, without a reset
    filled = Signal(int, int)  # rows from here to there came
    chosen_changed = Signal()
    arranged_anew = Signal()  # other columns, or another order of them

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        identity: Callable[[Row], Hashable] = lambda row: row,
        choosing: bool = False,
        currency: str = "INR",
    ) -> None:
        super().__init__()
        self._declared = tuple(columns)
        self._columns = arranged(self._declared, ())
        self._held: Held[Row] = Held()
        self._seen, self._looked = (0, 0), False
        self._asked: int | None = None
        self._renewing, self._sort, self._top = False, "", False
        self._identity, self._choosing = identity, choosing
        self._chosen: dict[Hashable, Row] = {}
        self.currency = currency

    def show(self, rows: Iterable[Row]) -> None:
        """Show rows that are all there is."""
        every = tuple(rows)
        self._top = True
        self._begin(Page(every, 0, len(every)))

    def take(self, page: Page[Row]) -> bool:
        """Show a page: the list anew, or one more part of it. False where it fits nowhere."""
        self._asked = None
        if self._renewing or page.count != self._held.count:
            self._begin(page)
        elif not self._held.add(page):
            return False  # wanting it again would bring the same
        elif page.rows:
            last = page.offset + len(page.rows) - 1
            self._held.drop_far(*self._seen)
            self._say_changed(page.offset, last)
            self.filled.emit(page.offset, last)
        self._wish()
        return True

    def reload(self, *, top: bool = True) -> None:
        """Want the list anew: from its `top`, or the part that is looked at."""
        self._renewing, self._top = True, top
        self._asked = 0 if top else self._held.start_of(self._seen[0])
        self.wanted.emit(self._asked, self._sort)

    def look(self, first: int, last: int) -> None:
        """Somebody looks at these places: want what is missing of them."""
        self._seen, self._looked = (first, max(first, last)), True
        self._wish()

    def give_up(self) -> None:
        """The page will not come: it may be wanted again."""
        self._asked, self._renewing = None, False

    @property
    def renewing(self) -> bool:
        """Whether it waits for the list anew."""
        return self._renewing

    @property
    def count(self) -> int:
        """How many rows there are in all, loaded or not."""
        return self._held.count

    @property
    def whole(self) -> bool:
        """Whether every row is held."""
        return self._held.whole

    @property
    def columns(self) -> Sequence[Column[Row]]:
        """The columns that are shown, in their order."""
        return self._columns

    @property
    def declared(self) -> Sequence[Column[Row]]:
        """Every column that could be shown."""
        return self._declared

    def arrange(self, ids: Sequence[str]) -> None:
        """Show these columns in this order; none of them known means as it was at first."""
        found = arranged(self._declared, ids)
        if found != self._columns:
            self.beginResetModel()
            self._columns = found
            self.endResetModel()
            self.arranged_anew.emit()

    @property
    def choosing(self) -> bool:
        return self._choosing

    @property
    def sort_key(self) -> str:
        """What it is sorted by: a column's key, with a minus for falling order."""
        return self._sort

    def sort_by(self, key: str) -> None:
        """Sort by a key from the next reload on."""
        self._sort = key

    def rows(self) -> Sequence[Row]:
        """The rows that are held, in order."""
        return tuple(row for _place, row in self._held)

    def row_at(self, index: Index) -> Row | None:
        """The row that `index` is on; None where it is not held."""
        return self._held.get(index.row()) if index.isValid() else None

    def at(self, place: int) -> Row | None:
        """The row at a place; None where it is not held."""
        return self._held.get(place)

    def same(self, one: Row, other: Row | None) -> bool:
        """Whether two rows are about the same thing."""
        return other is not None and self._identity(one) == self._identity(other)

    def place_of(self, row: Row) -> int:
        """Where a row like this one is now, -1 when it is not held."""
        wanted = self._identity(row)
        return next((at for at, found in self._held if self._identity(found) == wanted), -1)

    def column_of(self, section: int) -> Column[Row] | None:
        """The column at a section of the header; None for the ticks."""
        at = section - int(self._choosing)
        return self._columns[at] if 0 <= at < len(self._columns) else None

    def section_of(self, column_id: str) -> int:
        """The section that a column stands in, -1 where it is not shown."""
        ids = [column.id for column in self._columns]
        return ids.index(column_id) + int(self._choosing) if column_id in ids else -1

    def cell(self, row: Row, section: int) -> Cell:
        """What stands in a cell."""
        column = self.column_of(section)
        if column is None:
            return Cell(checked=self._identity(row) in self._chosen)
        return column.cell(row)

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

    def tick(self, rows: Iterable[Row]) -> None:
        """Tick these too."""
        self._chosen |= {self._identity(row): row for row in rows}
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
        if found.sort is not None and self.whole:
            self.show(sorted(self.rows(), key=found.sort, reverse=falling))
        elif found.key:
            self._sort = f"-{found.key}" if falling else found.key
            self.reload()

    def sortable(self, section: int) -> bool:
        """Whether a click on the header does anything."""
        column = self.column_of(section)
        return column is not None and bool(column.key or column.sort)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._held.count

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns) + int(self._choosing)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        column = self.column_of(section)
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column is None else column.head(self.currency)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(_is_numeric(column))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        section = index.column()
        if role == CELL_ROLE:  # what painting asks for, of every cell of every frame
            return self._cell(self._held.get(index.row()), section)
        if role == RIGHT_ROLE:
            return _is_numeric(self.column_of(section))
        return self._told(self._held.get(index.row()), section, role)

    def _told(self, row: Row | None, section: int, role: int) -> Any:
        """What screen readers and tests ask for."""
        column = self.column_of(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, section).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(_is_numeric(column))
        if role == SORT_ROLE and row is not None and column is not None and column.sort:
            return column.sort(row)
        return None

    def _cell(self, row: Row | None, section: int) -> Cell:
        """A row that is not held yet shows that something comes."""
        if row is None:
            return _WAITS if section == int(self._choosing) else Cell()
        return self.cell(row, section)

    def _spoken(self, row: Row | None, section: int) -> str:
        column, cell = self.column_of(section), self._cell(row, section)
        if column is None:
            return "✓" if cell.checked else ""
        return f"{column.title}: {cell.spoken()}"

    def _begin(self, page: Page[Row]) -> None:
        """Show the list anew; where only its content changed the place stays as it is."""
        before, top = self._held.count, self._top
        self._renewing = self._top = False
        if page.count and not page.rows and page.offset:  # it became shorter than we had scrolled
            self._seen = (page.count - 1, page.count - 1)
            self._held.count = page.count
            self.reload()
            return
        if top or not before or not page.count:
            self._seen = (0, self._seen[1] - self._seen[0])
            self.beginResetModel()
            self._held.begin(page)
            self.endResetModel()
            return
        self._refill(page, before)

    def _refill(self, page: Page[Row], before: int) -> None:
        if page.count > before:
            self.beginInsertRows(QModelIndex(), before, page.count - 1)
            self._held.begin(page)
            self.endInsertRows()
        elif page.count < before:
            self.beginRemoveRows(QModelIndex(), page.count, before - 1)
            self._held.begin(page)
            self.endRemoveRows()
        else:
            self._held.begin(page)
        self._say_changed(0, page.count - 1)
        self.renewed.emit()

    def _wish(self) -> None:
        """Want one page that is missing; one that nobody looks at any more gives way to it."""
        first, last = self._seen
        if self._renewing or not self._looked:
            return
        near = self._held.missing(first, last, AROUND)
        if self._asked is not None and self._near(self._asked):
            return
        if near is not None and near != self._asked:
            self._asked = near
            self.wanted.emit(near, self._sort)

    def _near(self, start: int) -> bool:
        first, last = self._seen
        low, high = self._held.start_of(first - AROUND), last + AROUND
        return low <= start <= high

    def _ticks_changed(self) -> None:
        if self._held.count and self._choosing:
            self.dataChanged.emit(self.index(0, 0), self.index(self._held.count - 1, 0))
        self.chosen_changed.emit()

    def _say_changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))


def _is_numeric(column: Column[Any] | None) -> bool:
    return column is not None and column.numeric


def _alignment(numeric: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
