"""The mark of the program and the falling bars, drawn with nothing but a painter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from ui.kit.theme import theme

BARS = 24
PAID = 9
ICON_SIDES = (16, 32, 48, 128)


def draw_mark(painter: QPainter, rect: QRectF) -> None:
    """The square with three bars, into `rect`."""
    look, side = theme(), rect.width()
    _fill(painter, rect, side * 0.22, look.colour("accent"))
    wide = side * 0.15
    for at, share in enumerate((0.28, 0.43, 0.58)):
        left = rect.left() + side * (0.23 + 0.195 * at)
        top = rect.top() + side * (0.8 - share)
        bar = QRectF(left, top, wide, side * share)
        _fill(painter, bar, wide * 0.3, look.colour("on_accent"))


def draw_bars(painter: QPainter, rect: QRectF) -> None:
    """Twenty-four instalments, the first of them paid, into `rect`."""
    look = theme()
    step = rect.width() / BARS
    gap = max(2, step * 0.14)
    for at in range(BARS):
        height = rect.height() * (1 - 0.9 * at / (BARS - 1))
        colour = look.colour("accent" if at <= PAID else "border_strong")
        colour.setAlphaF(0.85 if at < PAID else 0.45)
        left = rect.left() + at * step
        place = QRectF(left, rect.bottom() - height, step - gap, height)
        _fill(painter, place, look.radius("bar"), colour)


def window_icon() -> QIcon:
    """The mark as the icon of the window."""
    made = QIcon()
    for side in ICON_SIDES:
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        draw_mark(painter, QRectF(0, 0, side, side))
        painter.end()
        made.addPixmap(picture)
    return made


def _fill(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()
