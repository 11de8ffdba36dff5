"""The list on the screen: rows, a total line, and what stands there when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.queries.base import Page, Query
from app.texts import _
from ui.kit.empty import Empty
from ui.kit.grid import Grid
from ui.kit.table import RowsModel
from ui.kit.table_parts import TotalRow
from ui.kit.tasks import Desk
from ui.kit.theme import theme

Row = TypeVar("Row")


class Table(QWidget, Generic[Row]):
    """A list. `row_height` is a token: row, row_dense, row_two_lines, or px at 100 %."""

    opened = Signal(object)  # the row: Enter or double click
    current_changed = Signal(object)  # the row, or None

    def __init__(
        self,
        model: RowsModel[Row],
        name: str,
        *,
        row_height: str | int = "row",
        header: bool = True,
        empty: Empty | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.view = Grid(model, row_height)
        self.view.setAccessibleName(name)
        self.view.horizontalHeader().setVisible(header)
        self.total = TotalRow(model, self.view)
        self.empty = empty or Empty(_("Nothing here"), icon_name="list-dashes")
        self._kept: Row | None = None
        self._lay_out()
        self.view.activated.connect(self._on_activated)
        selection = self.view.selectionModel()
        selection.currentRowChanged.connect(lambda now, _before: self._on_current(now))
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._on_reset)
        model.rowsInserted.connect(lambda *_args: self.view.fit())
        self.setFocusProxy(self.view)

    def feed(
        self,
        desk: Desk,
        question: Callable[[int, str], Query[Page[Row]]],
        fail: Callable[[Exception], None] | None = None,
        then: Callable[[Page[Row]], None] | None = None,
    ) -> None:
        """Load pages through the desk: `question(offset, sort)` makes the query of one."""

        def failed(error: Exception) -> None:
            self.model.give_up()
            (fail or desk.trouble.emit)(error)

        def arrived(page: Page[Row]) -> None:
            self.model.take(page)
            if then is not None:
                then(page)

        def load(offset: int, sort: str) -> None:
            desk.read(self, question(offset, sort), arrived, failed, slot="page")

        self.model.wanted.connect(load)

    def reload(self) -> None:
        """Read the first page again."""
        self.model.reload()

    def current(self) -> Row | None:
        """The row that the mark is on."""
        return self.model.row_at(self.view.currentIndex())

    def set_current(self, place: int) -> None:
        """Put the mark on a row and show it."""
        self.view.setCurrentIndex(self.model.index(place, int(self.model.choosing)))

    def keep_rows(self, count: int) -> None:
        """Ask for the height of so many rows, where the list stands on a page that scrolls."""
        header = self.view.horizontalHeader()
        top = 0 if header.isHidden() else theme().height("header_row")
        self.view.setMinimumHeight(top + count * self.view.verticalHeader().defaultSectionSize())

    def show_total(self, texts: Mapping[int, str] | None) -> None:
        """Show a total line: texts by column number (ticks not counted); None takes it away."""
        self.total.show_texts(texts)
        self.view.set_totals(texts or {})

    def _lay_out(self) -> None:
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.total)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(listed)
        self._stack.addWidget(self.empty)

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _on_current(self, index: QModelIndex) -> None:
        self.current_changed.emit(self.model.row_at(index))

    def _remember(self) -> None:
        self._kept = self.current()

    def _on_reset(self) -> None:
        """Fit the columns and put the mark back on the row it was on, else on the first."""
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.view.fit()
        if self.model.rowCount():
            place = -1 if self._kept is None else self.model.place_of(self._kept)
            self.set_current(max(0, place))
        self._on_current(self.view.currentIndex())
