"""The mark of the program, and the falling bars of a loan that is paid back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.texts import _
from ui.kit.card import row
from ui.kit.paint import box
from ui.kit.text import Text
from ui.kit.theme import theme

BARS = 24
PAID = 9


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
        painter, look = QPainter(self), theme()
        step = self.width() / BARS
        gap = max(2, step * 0.14)
        for at in range(BARS):
            share = 1 - 0.9 * at / (BARS - 1)
            height = self.height() * share
            colour = look.colour("accent" if at <= PAID else "border_strong")
            colour.setAlphaF(0.85 if at < PAID else 0.45)
            place = QRectF(at * step, self.height() - height, step - gap, height)
            box(painter, place, look.radius("bar"), fill=colour)
        painter.end()


def draw_mark(painter: QPainter, rect: QRectF) -> None:
    """Draw the mark into `rect`."""
    look, side = theme(), rect.width()
    box(painter, rect, side * 0.22, fill=look.colour("accent"))
    wide = side * 0.15
    for at, share in enumerate((0.28, 0.43, 0.58)):
        left = rect.left() + side * (0.23 + 0.195 * at)
        top = rect.top() + side * (0.8 - share)
        bar = QRectF(left, top, wide, side * share)
        box(painter, bar, wide * 0.3, fill=look.colour("on_accent"))


def window_icon() -> QIcon:
    """The mark as the icon of the window."""
    made = QIcon()
    for side in (16, 32, 48, 128):
        picture = QPixmap(side, side)
        picture.fill(theme().colour("accent"))
        painter = QPainter(picture)
        draw_mark(painter, QRectF(0, 0, side, side))
        painter.end()
        made.addPixmap(picture)
    return made
