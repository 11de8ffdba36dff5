"""The table inside a list: no grid, columns that fit the width, keys that leave letters alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.kit.cells import EDGE, PAD, CellDelegate, cell_width
from ui.kit.paint import text_width
from ui.kit.table import Column, RowsModel
from ui.kit.table_parts import Header
from ui.kit.theme import theme

MEASURED_ROWS = 60
_LEAST = 48
_SELECT_ALL = QKeySequence.StandardKey.SelectAll


class Grid(QTableView):
    """The table itself: no grid, no side header, columns that fit the width."""

    def __init__(self, model: RowsModel[Any], row_height: str | int) -> None:
        super().__init__()
        self._model, self._row_height = model, row_height
        self._totals: Mapping[int, str] = {}
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setHorizontalHeader(Header(model, self))
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
        self.horizontalHeader().sectionClicked.connect(self._on_header)
        self._set_heights()

    def fit(self) -> None:
        """Share the width among the columns; the least needed leave when it is too narrow."""
        if self._model.columnCount() == 0:
            return
        sections = range(self._model.columnCount())
        wishes = [self._wish(section) for section in sections]
        room = self.viewport().width()
        gone = self._leaving(wishes, room)
        shares = [self._share(section) for section in sections]
        widths = _shared([0 if at in gone else w for at, w in enumerate(wishes)], shares, room)
        for section in sections:
            self.setColumnHidden(section, section in gone)
            if section not in gone:
                self.setColumnWidth(section, widths[section])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_heights()
            self.fit()

    def event(self, event: QEvent) -> bool:
        wanted = event.type() == QEvent.Type.ShortcutOverride and self._model.choosing
        if wanted and isinstance(event, QKeyEvent) and event.matches(_SELECT_ALL):
            event.accept()  # select all is the list's own while it can be ticked
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._model.row_at(self.currentIndex())
        if event.matches(QKeySequence.StandardKey.Copy) and row is not None:
            self._copy(row)
        elif event.matches(_SELECT_ALL) and self._model.choosing:
            self._model.choose(self._model.rows())
        elif event.key() == Qt.Key.Key_Space and self._model.choosing and row is not None:
            self._model.toggle(row)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row is not None:
            self.activated.emit(self.currentIndex())
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters belong to the screen's actions, not to a search by typing
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self._model.row_at(index)
        if self._model.choosing and index.column() == 0 and row is not None:
            self._model.toggle(row)

    def minimumSizeHint(self) -> QSize:
        height = self.verticalHeader().defaultSectionSize() * 2 + theme().height("header_row")
        return QSize(theme().px(120), height)

    def _set_heights(self) -> None:
        look, height = theme(), self._row_height
        pixels = look.px(height) if isinstance(height, int) else look.height(height)
        self.verticalHeader().setMinimumSectionSize(pixels)
        self.verticalHeader().setDefaultSectionSize(pixels)
        self.horizontalHeader().setFixedHeight(look.height("header_row"))

    def set_totals(self, texts: Mapping[int, str]) -> None:
        """Texts of the total line, which the columns must hold too."""
        self._totals = texts
        self.fit()

    def _wish(self, section: int) -> int:
        look, column = theme(), self._model.column_of(section)
        if column is None:
            return look.px(18 + EDGE + PAD)
        edges = (EDGE if section == 0 else PAD) + PAD
        if section == self._model.columnCount() - 1:
            edges += EDGE - PAD
        if column.width:
            return look.px(column.width + edges)
        widest = text_width(column.title, look.font("small")) + look.px(14 if column.key else 0)
        for row in self._model.rows()[:MEASURED_ROWS]:
            widest = max(widest, cell_width(self._model.cell(row, section)))
        total = self._totals.get(section - int(self._model.choosing), "")
        widest = max(widest, text_width(total, look.font(strong=True)) if column.numeric else 0)
        return round(widest) + look.px(edges) + 2

    def _share(self, section: int) -> int:
        column = self._model.column_of(section)
        return 0 if column is None else column.stretch

    def _leaving(self, wishes: list[int], room: int) -> set[int]:
        """Columns that leave so that the rest fits without being cut."""
        columns = [(at, self._model.column_of(at)) for at in range(len(wishes))]
        order = sorted(
            (at for at, column in columns if column is not None and column.leaves),
            key=lambda at: -_leaves(self._model.column_of(at)),
        )
        gone: set[int] = set()
        for at in order:
            if sum(w for n, w in enumerate(wishes) if n not in gone) <= room:
                break
            gone.add(at)
        return gone

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
        self._model.sort(section, order)

    def _copy(self, row: Any) -> None:
        first, last = int(self._model.choosing), self._model.columnCount()
        texts = (self._model.cell(row, section).spoken() for section in range(first, last))
        QGuiApplication.clipboard().setText("\t".join(texts))


def _leaves(column: Column[Any] | None) -> int:
    return 0 if column is None else column.leaves


def _shared(wishes: list[int], shares: list[int], room: int) -> list[int]:
    """Widths that fill `room`: what is over goes to the shares, what is missing comes from them."""
    spare = room - sum(wishes)
    live = [share if wish else 0 for wish, share in zip(wishes, shares, strict=True)]
    if not any(live):
        live = [wish if spare < 0 else int(at == len(wishes) - 1) for at, wish in enumerate(wishes)]
    total = sum(live) or 1
    return [
        max(_LEAST if wish else 0, wish + spare * share // total) if share else wish
        for wish, share in zip(wishes, live, strict=True)
    ]
