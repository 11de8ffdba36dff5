"""Icons: glyphs of the Phosphor fonts, drawn when they are needed, in the theme's colours."""

from __future__ import annotations

import json
from functools import cache

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QIconEngine, QPainter, QPixmap

from app.paths import resources
from ui.kit.theme import ICONS, ICONS_FILLED, theme


def icon(name: str, tone: str = "text2", *, fill: bool = False) -> QIcon:
    """The icon `name` of Phosphor, such as `printer`. Its colour follows the theme."""
    return QIcon(_Glyph(name, tone, fill))


def draw_icon(
    painter: QPainter, rect: QRectF, name: str, colour: QColor, *, fill: bool = False
) -> None:
    """Draw the icon as large as fits the middle of `rect`."""
    side = min(rect.width(), rect.height())
    font = QFont(ICONS_FILLED if fill else ICONS)
    font.setPixelSize(max(1, round(side)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    metrics, text = QFontMetricsF(font), chr(code_of(name))
    left = rect.center().x() - metrics.horizontalAdvance(text) / 2
    top = rect.center().y() - (metrics.ascent() + metrics.descent()) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(left, top + metrics.ascent()), text)
    painter.restore()


def code_of(name: str) -> int:
    """The code point of an icon; an unknown name is a mistake of the programmer."""
    return _codes()[name]


@cache
def _codes() -> dict[str, int]:
    found: dict[str, int] = json.loads((resources() / "icons" / "names.json").read_text("utf-8"))
    return found


class _Glyph(QIconEngine):
    """Draws one glyph at any size; greyed when the widget is disabled."""

    def __init__(self, name: str, tone: str, fill: bool) -> None:
        super().__init__()
        code_of(name)
        self._name, self._tone, self._fill = name, tone, fill

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        tone = "text_off" if mode is QIcon.Mode.Disabled else self._tone
        draw_icon(painter, QRectF(rect), self._name, theme().colour(tone), fill=self._fill)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Glyph(self._name, self._tone, self._fill)
