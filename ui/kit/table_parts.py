"""The header of a list and the total line under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QTableView, QWidget

from ui.kit.cells import EDGE, PAD
from ui.kit.icons import draw_icon
from ui.kit.paint import draw_text
from ui.kit.table import RowsModel
from ui.kit.theme import theme


class Header(QHeaderView):
    """Sentence-case titles in grey over their columns, a caret at the sorted one."""

    order_wanted = Signal(object)  # list[str]: ids of the columns, as somebody dragged them

    def __init__(self, model: RowsModel[Any], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model, self._putting_back = model, False
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)
        self.setFirstSectionMovable(not model.choosing)
        self.sectionMoved.connect(self._on_moved)

    def let_move(self) -> None:
        """Let columns be dragged to another place."""
        self.setSectionsMovable(True)

    def _on_moved(self, _section: int, old: int, new: int) -> None:
        """The model takes the new order over; here the sections stay in the model's order."""
        if self._putting_back:
            return
        sections = [self.logicalIndex(place) for place in range(self.count())]
        columns = [self._model.column_of(section) for section in sections]
        ids = [column.id for column in columns if column is not None]
        QTimer.singleShot(0, self, lambda: self._hand_over(new, old, ids))

    def _hand_over(self, new: int, old: int, ids: list[str]) -> None:
        self._putting_back = True
        self.moveSection(new, old)
        self._putting_back = False
        self.order_wanted.emit(ids)

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:
        look, column = theme(), self._model.column_of(section)
        painter.fillRect(rect, look.colour("surface"))
        line = QRectF(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, look.colour("border_strong"))
        if column is None:
            return
        last = section == self._model.columnCount() - 1
        left = look.px(EDGE if section == 0 else PAD)
        room = QRectF(rect).adjusted(left, 0, -look.px(EDGE if last else PAD), 0)
        tone, font = look.colour("text3"), look.font("small")
        used = draw_text(
            painter, room, column.head(self._model.currency), font, tone, right=column.numeric
        )
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            rising = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            side = look.px(10)
            at = room.right() - used - side - look.px(3) if column.numeric else room.left() + used
            spot = QRectF(at + look.px(2), room.center().y() - side / 2, side, side)
            draw_icon(painter, spot, "caret-up" if rising else "caret-down", tone)


class TotalRow(QWidget):
    """One strong line under the list, aligned with its columns; texts by column id."""

    def __init__(self, model: RowsModel[Any], view: QTableView) -> None:
        super().__init__()
        self._model, self._view = model, view
        self._texts: Mapping[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        view.horizontalHeader().sectionResized.connect(lambda *_args: self.update())
        self.hide()

    def show_texts(self, texts: Mapping[str, str] | None) -> None:
        self._texts = texts or {}
        self.setAccessibleName(", ".join(self._texts.values()))
        self.setVisible(bool(self._texts))
        self.update()

    def by_section(self) -> Mapping[int, str]:
        """The texts where they stand now; words over a column that is away go to the first."""
        placed: dict[int, str] = {}
        for column_id, text in self._texts.items():
            section = self._model.section_of(column_id)
            if section >= 0:
                placed[section] = text
            elif column_id == next(iter(self._texts)):
                placed.setdefault(int(self._model.choosing), text)
        return placed

    def sizeHint(self) -> QSize:
        return QSize(100, theme().height("row"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        painter.fillRect(0, 0, self.width(), 1, look.colour("border_strong"))
        for section, text in self.by_section().items():
            column = self._model.column_of(section)
            if column is None or self._view.isColumnHidden(section):
                continue
            font, ink = look.font(strong=True), look.colour("text")
            draw_text(painter, self._room(section), text, font, ink, right=column.numeric)
        painter.end()

    def _room(self, section: int) -> QRectF:
        look, view = theme(), self._view
        left = look.px(EDGE if section == 0 else PAD)
        right = look.px(EDGE if section == self._model.columnCount() - 1 else PAD)
        at, width = view.columnViewportPosition(section), view.columnWidth(section)
        return QRectF(at, 1, width, self.height()).adjusted(left, 0, -right, 0)
