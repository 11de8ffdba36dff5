"""What the colours of a bar or chart stand for, folded into lines where it is long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.paint import box, draw_text, text_width
from ui.kit.theme import theme

SQUARE, BEFORE_WORD, BETWEEN, LINE = 9, 6, 16, 18  # px at 100 %


class Legend(QWidget):
    """Squares with words, one after the other."""

    def __init__(self, parts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._parts: tuple[tuple[str, str], ...] = ()
        self.show_parts(parts)

    def show_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show (words, colour of the theme)."""
        self._parts = tuple(parts)
        self.setAccessibleName(", ".join(words for words, _colour in self._parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), self.heightForWidth(self.width() or theme().px(200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(LINE))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        spots = self._spots(width)
        return theme().px(LINE) * (1 + max((line for line, _x in spots), default=0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        font, side, high = look.font("small"), look.px(SQUARE), look.px(LINE)
        for (words, colour), (line, x) in zip(self._parts, self._spots(self.width()), strict=True):
            top = line * high
            square = QRectF(x, round(top + (high - side) / 2), side, side)
            edge = look.colour("border_strong") if colour == "track" else None
            box(painter, square, 2, fill=look.colour(colour), border=edge)
            left = x + side + look.px(BEFORE_WORD)
            room = QRectF(left, top, max(1, self.width() - left), high)
            draw_text(painter, room, words, font, look.colour("text2"))
        painter.end()

    def _spots(self, width: int) -> list[tuple[int, float]]:
        """The line and the left edge of each part."""
        look = theme()
        spots: list[tuple[int, float]] = []
        line, x = 0, 0.0
        for words, _colour in self._parts:
            wide = look.px(SQUARE + BEFORE_WORD) + text_width(words, look.font("small"))
            if x and x + wide > width:
                line, x = line + 1, 0.0
            spots.append((line, x))
            x += wide + look.px(BETWEEN)
        return spots
