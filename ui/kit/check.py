"""The check box, painted like everything else."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.kit.icons import draw_icon
from ui.kit.paint import box, draw_text, text_width
from ui.kit.theme import theme

SIDE = 16


class Check(QCheckBox):
    """Yes or no, with its words beside it."""

    edited = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _on: self.edited.emit())

    def text(self) -> str:
        return self._text

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        self.setChecked(bool(value))

    def raw(self) -> str:
        return "1" if self.isChecked() else ""

    def restore(self, raw: str) -> None:
        self.setChecked(bool(raw))

    def is_empty(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        width = text_width(self._text, theme().font()) + theme().px(SIDE + 12)
        return QSize(round(width), theme().height("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(SIDE + 40), theme().height("control"))

    def hitButton(self, _pos: Any) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, side = QPainter(self), theme().px(SIDE)
        spot = QRectF(1, (self.height() - side) / 2, side, side)
        draw_check(painter, spot, self.isChecked(), focus=self.hasFocus(), off=not self.isEnabled())
        room = QRectF(self.rect()).adjusted(side + theme().px(9), 0, 0, 0)
        tone = "text" if self.isEnabled() else "text_off"
        draw_text(painter, room, self._text, theme().font(), theme().colour(tone))
        painter.end()


def draw_check(
    painter: QPainter, spot: QRectF, on: bool, *, focus: bool = False, off: bool = False
) -> None:
    """The box itself, also in lists."""
    look = theme()
    ink = look.colour("text_off" if off else "accent")
    if on:
        box(painter, spot, look.radius("key"), fill=ink)
        draw_icon(painter, spot.adjusted(2, 2, -2, -2), "check", look.colour("on_accent"))
    else:
        edge = look.colour("text_off" if off else "field_border")
        box(painter, spot, look.radius("key"), fill=look.colour("surface"), border=edge)
    if focus:
        ring = spot.adjusted(-1, -1, 1, 1)
        box(painter, ring, look.radius("key") + 1, border=look.colour("focus"), width=2)
