"""Words with the part marked that a search found: bold, and underlined in the accent."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ui.kit.paint import baseline, draw_text
from ui.kit.theme import theme

Spans = tuple[tuple[int, int], ...]  # from and to, in signs of the text


def draw_found(  # noqa: PLR0913 - a painter's call, as draw_text
    painter: QPainter,
    rect: QRectF,
    text: str,
    spans: Spans,
    font: QFont,
    colour: QColor,
    *,
    right: bool = False,
    at: float | None = None,
) -> float:
    """One line as `draw_text` does it; what was found is marked. Returns its width."""
    if not spans or right or QFontMetricsF(font).horizontalAdvance(text) > rect.width():
        return draw_text(painter, rect, text, font, colour, right=right, at=at)
    line = baseline(rect, font) if at is None else at
    left = rect.left()
    for piece, found in _pieces(text, spans):
        shown = _bold(font) if found and piece.isascii() else font  # shaped text stays whole
        room = QRectF(left, rect.top(), rect.right() - left, rect.height())
        width = draw_text(painter, room, piece, shown, colour, at=line)
        if found:
            under = QRectF(left, round(line + theme().px(2)), width, max(1, theme().px(2)))
            high = theme().mode == "high_contrast"  # where the accent may be the ground
            painter.fillRect(under, colour if high else theme().colour("accent"))
        left += width
    return left - rect.left()


def _bold(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def _pieces(text: str, spans: Spans) -> list[tuple[str, bool]]:
    """The text cut at the spans; True where it was found."""
    pieces: list[tuple[str, bool]] = []
    last = 0
    for first, end in sorted(spans):
        if first < last:
            continue
        pieces += [(text[last:first], False), (text[first:end], True)]
        last = end
    return [(piece, found) for piece, found in [*pieces, (text[last:], False)] if piece]
