"""The header of a list and the total line under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QTableView, QWidget

from ui.kit.cells import EDGE, PAD
from ui.kit.icons import draw_icon
from ui.kit.paint import draw_text
from ui.kit.table import RowsModel
from ui.kit.theme import theme


class Header(QHeaderView):
    """Sentence-case titles in grey over their columns, a caret at the sorted one."""

    def __init__(self, model: RowsModel[Any], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)

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
        tone = look.colour("text3")
        used = draw_text(
            painter, room, column.title, look.font("small"), tone, right=column.numeric
        )
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            rising = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            side = look.px(10)
            at = room.right() - used - side - look.px(3) if column.numeric else room.left() + used
            spot = QRectF(at + look.px(2), room.center().y() - side / 2, side, side)
            draw_icon(painter, spot, "caret-up" if rising else "caret-down", tone)


class TotalRow(QWidget):
    """One strong line under the list, aligned with its columns."""

    def __init__(self, model: RowsModel[Any], view: QTableView) -> None:
        super().__init__()
        self._model, self._view = model, view
        self._texts: Mapping[int, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        view.horizontalHeader().sectionResized.connect(lambda *_args: self.update())
        self.hide()

    def show_texts(self, texts: Mapping[int, str] | None) -> None:
        self._texts = texts or {}
        self.setAccessibleName(", ".join(self._texts.values()))
        self.setVisible(bool(self._texts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(100, theme().height("row"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        painter.fillRect(0, 0, self.width(), 1, look.colour("border_strong"))
        model, view = self._model, self._view
        for place, text in self._texts.items():
            section = place + int(model.choosing)
            column = model.column_of(section)
            if column is None or view.isColumnHidden(section):
                continue
            left = look.px(EDGE if section == 0 else PAD)
            right = look.px(EDGE if section == model.columnCount() - 1 else PAD)
            rect = QRectF(
                view.columnViewportPosition(section), 1, view.columnWidth(section), self.height()
            ).adjusted(left, 0, -right, 0)
            font, ink = look.font(strong=True), look.colour("text")
            draw_text(painter, rect, text, font, ink, right=column.numeric)
        painter.end()
