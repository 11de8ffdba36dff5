"""Bars whose parts stand on one another, such as what is overdue by age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from ui.kit.charts import Frame, Written, ticks, y_of
from ui.kit.paint import text_width
from ui.kit.theme import theme


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: its parts from the foot up, each in a colour of the theme."""

    label: str
    parts: Sequence[tuple[float, str]]


class Stacks(Frame):
    """Stacked bars side by side."""

    def __init__(self, name: str, written: Written, height: int = 200) -> None:
        super().__init__(name, written, height)
        self._stacks: tuple[Stack, ...] = ()

    def show_stacks(self, stacks: Sequence[Stack]) -> None:
        """Show these instead of what was shown."""
        self._stacks = tuple(stacks)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        wholes = [sum(max(0, value) for value, _ink in one.parts) for one in self._stacks]
        top = ticks(max(wholes, default=0))[-1]
        room = self.frame(painter, top, 0)
        step = room.width() / max(1, len(self._stacks))
        width = max(2, round(min(step * 0.58, look.px(36))))
        every = self._every(step)
        for at, one in enumerate(self._stacks):
            left = room.left() + at * step
            self._stack(painter, room, one, round(left + (step - width) / 2), width, top)
            if at % every == 0:
                self.label(painter, left + step / 2, one.label)
        painter.end()

    def _stack(
        self, painter: QPainter, room: QRectF, one: Stack, x: int, width: int, top: float
    ) -> None:
        foot = 0.0
        for value, ink in one.parts:
            if value <= 0:
                continue
            low, high = round(y_of(room, foot, top)), round(y_of(room, foot + value, top))
            painter.fillRect(QRectF(x, high, width, max(1, low - high)), theme().colour(ink))
            foot += value

    def _every(self, step: float) -> int:
        font = theme().font("key")
        widest = max([text_width(one.label, font) for one in self._stacks], default=1)
        return max(1, -int(-(widest + theme().px(8)) // step))
