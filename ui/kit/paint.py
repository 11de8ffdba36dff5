"""Small helpers for everything the kit paints itself."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.kit.icons import draw_icon
from ui.kit.theme import theme

_ARROWS = {"←": "arrow-left", "→": "arrow-right", "↑": "arrow-up", "↓": "arrow-down"}


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    *,
    fill: QColor | None = None,
    border: QColor | None = None,
    width: float = 1,
) -> None:
    """A rounded box whose border lies inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2 if border is not None else 0
    pen = QPen(border, width) if border is not None else QPen(Qt.PenStyle.NoPen)
    painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inner = rect.adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inner, max(0, radius - half), max(0, radius - half))
    painter.restore()


def text_width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def baseline(rect: QRectF, font: QFont) -> float:
    """Where a line must stand to be in the middle of `rect`, whatever scripts are in it."""
    metrics = QFontMetricsF(font)
    return rect.center().y() + (metrics.ascent() - metrics.descent()) / 2


def draw_text(  # noqa: PLR0913 - where, what, how: a painter's call
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    right: bool = False,
    centre: bool = False,
    at: float | None = None,
) -> float:
    """One line in `rect`, elided when too long, on baseline `at`. Returns its width."""
    metrics = QFontMetricsF(font)
    shown, width = text, metrics.horizontalAdvance(text)
    if width > rect.width() + 0.5:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
        width = metrics.horizontalAdvance(shown)
    left = rect.left()
    if right:
        left = rect.right() - width
    elif centre:
        left = rect.center().x() - width / 2
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(left, baseline(rect, font) if at is None else at), shown)
    return width


def caps_of(keys: str) -> tuple[str, ...]:
    """The caps of a shortcut as it is printed on a keyboard: `Ctrl+A` has two."""
    if not keys.endswith("+"):
        return tuple(keys.split("+")) if keys else ()
    before = keys.removesuffix("+").removesuffix("+")
    return (*caps_of(before), "+")


def caps_size(keys: str) -> QSizeF:
    """The room that the caps of `keys` take."""
    height = theme().px(18)
    widths = [_cap_width(cap) for cap in caps_of(keys)]
    gaps = theme().px(4) * max(0, len(widths) - 1)
    return QSizeF(sum(widths) + gaps, height)


def draw_caps(
    painter: QPainter, left: float, middle: float, keys: str, tone: str = "plain"
) -> None:
    """Key caps side by side; `tone` is plain, primary or toast."""
    ink, fill, border = _cap_colours(tone)
    height = theme().px(18)
    for cap in caps_of(keys):
        rect = QRectF(left, round(middle - height / 2), _cap_width(cap), height)
        box(painter, rect, theme().radius("key"), fill=fill, border=border)
        if cap in _ARROWS:
            side = theme().px(11)
            spot = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
            draw_icon(painter, spot, _ARROWS[cap], ink)
        else:
            draw_text(painter, rect, cap, theme().font("key"), ink, centre=True)
        left = rect.right() + theme().px(4)


def halo(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The soft ring of the focus, three px outside `rect`."""
    colour = theme().colour("focus")
    colour.setAlphaF(0.25)
    ring = rect.adjusted(-1.5, -1.5, 1.5, 1.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(ring, radius + 2, radius + 2)
    painter.restore()


def clip_round(painter: QPainter, rect: QRectF, radius: float) -> None:
    """Clip to a rounded bar, so that parts filled after it have clean ends."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)


def bar(painter: QPainter, rect: QRectF, share: float, fill: QColor, track: QColor) -> None:
    """A thin bar filled from the left; anything above zero shows at least a dot."""
    radius = rect.height() / 2
    box(painter, rect, radius, fill=track)
    width = min(rect.width(), max(rect.width() * share, rect.height() if share > 0 else 0))
    if width > 0:
        box(painter, QRectF(rect.left(), rect.top(), width, rect.height()), radius, fill=fill)


def _cap_width(cap: str) -> float:
    if cap in _ARROWS:
        return theme().px(18)
    return max(theme().px(18), round(text_width(cap, theme().font("key"))) + theme().px(10))


def _cap_colours(tone: str) -> tuple[QColor, QColor, QColor]:
    look = theme()
    if tone == "plain":
        return look.colour("text2"), look.colour("canvas"), look.colour("border_strong")
    ink = look.colour("on_accent" if tone == "primary" else "toast_text")
    fill, border = QColor(ink), QColor(ink)
    fill.setAlphaF(0.14)
    border.setAlphaF(0.5)
    return ink, fill, border
