"""The mark of the program, and the falling bars of a loan that is paid back, as widgets."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.texts import _
from ui.kit.card import row
from ui.kit.text import Text
from ui.kit.theme import theme
from ui.shell.mark import draw_bars, draw_mark


class Mark(QWidget):
    """The square with three bars."""

    def __init__(self, side: int = 22) -> None:
        super().__init__()
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Kist"))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._side), theme().px(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_mark(painter, QRectF(self.rect()))
        painter.end()


class Brand(QWidget):
    """Mark and name side by side."""

    def __init__(self, side: int = 36, size: str = "figure") -> None:
        super().__init__()
        line = row(Mark(side), Text(_("Kist"), size, strong=True), gap=12)
        line.addStretch(1)
        self.setLayout(line)


class FallingBars(QWidget):
    """Twenty-four instalments, the first of them paid. It says nothing, so it has no name."""

    def __init__(self, height: int = 84) -> None:
        super().__init__()
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_bars(painter, QRectF(self.rect()))
        painter.end()
