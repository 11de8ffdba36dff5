"""The table inside a list: no grid, columns that fit the width, keys that leave letters alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.kit.cells import CellDelegate
from ui.kit.grid_widths import Widths
from ui.kit.table import RowsModel
from ui.kit.table_parts import Header
from ui.kit.theme import theme

LOOK_MS = 30  # while it is scrolled fast, what is missing is wanted no oftener than this
SETTLE_MS = 120
_SELECT_ALL = QKeySequence.StandardKey.SelectAll
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MOVES = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Home, Qt.Key.Key_End),
)


class Grid(QTableView):
    """The table itself: no grid, no side header, columns that fit the width."""

    copy_wanted = Signal()
    all_wanted = Signal()
    range_wanted = Signal(int, int)  # places from and to, to tick them and no others
    widened = Signal(str, int)  # a column's id and the width (px at 100 %) that somebody gave it
    sorted_anew = Signal()

    def __init__(self, model: RowsModel[Any], row_height: str | int) -> None:
        super().__init__()
        self._model, self._row_height = model, row_height
        self._anchor = -1
        self._widths = Widths(model)
        self._fitting = False
        self._waits = False  # to be fitted when it is seen
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setHorizontalHeader(Header(model, self))
        self._set_up()
        self._set_heights()
        self._settle = QTimer(self)  # the others follow once the column is let go
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._place)
        self._looks = QTimer(self)
        self._looks.setSingleShot(True)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self._look)
        self._moved = False
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._on_moved())
        self.horizontalHeader().sectionClicked.connect(self._on_header)
        self.horizontalHeader().sectionResized.connect(self._on_resized)
        model.modelReset.connect(self._on_reset)
        model.filled.connect(self._on_filled)
        model.arranged_anew.connect(self._show_order)

    def fit(self) -> None:
        """Share the width among the columns; the least needed leave when it is too narrow."""
        if self._model.columnCount() == 0:
            return
        self._widths.measure()
        self._place()

    def _on_reset(self) -> None:
        self._waits = not self.isVisible()
        if not self._waits:
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._waits:
            self._waits = False
            self.fit()

    def pin(self, widths: Mapping[str, int]) -> None:
        """Give columns these widths (px at 100 %); none means that all are measured."""
        self._widths.pin(widths)
        self._place()

    @property
    def pinned(self) -> Mapping[str, int]:
        """The widths that somebody gave, by the column's id."""
        return self._widths.pinned

    def set_totals(self, texts: Mapping[int, str]) -> None:
        """Texts of the total line by section, which the columns must hold too."""
        if self._widths.hold(texts):
            self._place()

    def look(self) -> None:
        """Tell the model which rows are seen."""
        self._moved = False
        self._model.look(*self._span())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        self.look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_heights()
            self._widths.forget()
            self.fit()

    def event(self, event: QEvent) -> bool:
        wanted = event.type() == QEvent.Type.ShortcutOverride and self._model.choosing
        if wanted and isinstance(event, QKeyEvent) and event.matches(_SELECT_ALL):
            event.accept()  # select all is the list's own while it can be ticked
            return True
        return super().event(event)

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Home and End go to the first and the last row: a row is one thing here."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self._model.rowCount() - 1,
        }
        if action in ends and self._model.rowCount():
            return self._model.index(ends[action], int(self._model.choosing))
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._model.row_at(self.currentIndex())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.matches(_SELECT_ALL) and self._model.choosing:
            self.all_wanted.emit()
        elif self._model.choosing and event.modifiers() & _SHIFT and event.key() in _MOVES:
            self._extend(event)
        elif event.key() == Qt.Key.Key_Space and self._model.choosing and row is not None:
            self._tick(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row is not None:
            self.activated.emit(self.currentIndex())
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters belong to the screen's actions, not to a search by typing
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        before = self.currentIndex().row()
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._model.choosing and event.modifiers() & _SHIFT and index.isValid():
            self._anchor = before if self._anchor < 0 else self._anchor
            self.range_wanted.emit(*sorted((max(0, self._anchor), index.row())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.modifiers() & _SHIFT or not self._model.choosing or not index.isValid():
            return
        if index.column() == 0 or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._tick(index)

    def minimumSizeHint(self) -> QSize:
        height = self.verticalHeader().defaultSectionSize() * 2 + theme().height("header_row")
        return QSize(theme().px(120), height)

    def let_columns_move(self, take: Callable[[Sequence[str]], None]) -> None:
        """Let columns be dragged; `take` hears the ids in their new order."""
        header = self.horizontalHeader()
        if isinstance(header, Header):
            header.let_move()
            header.order_wanted.connect(take)

    def show_sort(self, key: str) -> None:
        """Put the caret over the column of a sort key; nothing takes it away."""
        bare = key.removeprefix("-")
        at = [n for n in range(self._model.columnCount()) if self._key_of(n) == bare and bare]
        header = self.horizontalHeader()
        header.setSortIndicatorShown(bool(at))
        if at:
            order = Qt.SortOrder.DescendingOrder if key[:1] == "-" else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(at[0], order)

    def _span(self) -> tuple[int, int]:
        """The places that are seen."""
        first = max(0, self.rowAt(0))
        height = max(1, self.verticalHeader().defaultSectionSize())
        return first, first + self.viewport().height() // height

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(True)

    def _set_heights(self) -> None:
        look, height = theme(), self._row_height
        pixels = look.px(height) if isinstance(height, int) else look.height(height)
        self.verticalHeader().setMinimumSectionSize(pixels)
        self.verticalHeader().setDefaultSectionSize(pixels)
        self.horizontalHeader().setFixedHeight(look.height("header_row"))

    def _place(self) -> None:
        widths = self._widths.shared(self.viewport().width())
        self._fitting = True
        for section, width in enumerate(widths):
            self.setColumnHidden(section, not width)
            if width:
                self.setColumnWidth(section, width)
        self._fitting = False

    def _tick(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if row is not None:
            self._anchor = index.row()
            self._model.toggle(row)

    def _extend(self, event: QKeyEvent) -> None:
        """Shift with a key that moves ticks from where it began to where the mark comes."""
        if self._anchor < 0:
            self._anchor = max(0, self.currentIndex().row())
        plain = QKeyEvent(event.type(), event.key(), Qt.KeyboardModifier.NoModifier)
        super().keyPressEvent(plain)
        self.range_wanted.emit(*sorted((self._anchor, self.currentIndex().row())))

    def _on_moved(self) -> None:
        """The first movement is looked at at once, those that follow fast a little later."""
        self._moved = True
        if not self._looks.isActive():
            self.look()
            self._looks.start()

    def _look(self) -> None:
        if self._moved:
            self.look()
            self._looks.start()

    def _on_filled(self, first: int, last: int) -> None:
        top, bottom = self._span()
        seen = first <= bottom and last >= top
        if seen and self._widths.grow(max(first, top), min(last, bottom)):
            self._place()

    def _on_header(self, section: int) -> None:
        if not self._model.sortable(section):
            return
        header = self.horizontalHeader()
        rising = Qt.SortOrder.AscendingOrder
        same = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        falling_now = same and header.sortIndicatorOrder() is rising
        order = Qt.SortOrder.DescendingOrder if falling_now else rising
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, order)
        self._anchor = -1
        self._model.sort(section, order)
        self.sorted_anew.emit()

    def _on_resized(self, section: int, _old: int, new: int) -> None:
        column = self._model.column_of(section)
        if self._fitting or column is None or not new:
            return
        width = max(1, round(new * 100 / theme().scale))
        self._widths.pin({**self._widths.pinned, column.id: width})
        self.widened.emit(column.id, width)
        self._settle.start()

    def _show_order(self) -> None:
        self._widths.forget()
        self.fit()
        self.show_sort(self._model.sort_key)

    def _key_of(self, section: int) -> str:
        column = self._model.column_of(section)
        return "" if column is None else column.key
