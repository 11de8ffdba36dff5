"""One of a few, all in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ui.kit.icons import draw_icon
from ui.kit.inputs import Choices
from ui.kit.paint import caps_size, draw_caps, draw_text, text_width
from ui.kit.theme import theme


class Segmented(QWidget):
    """A row of choices with one chosen. The arrow keys move within it."""

    edited = Signal()
    chosen = Signal(object)  # the value, whenever a person chooses

    def __init__(
        self,
        choices: Choices,
        *,
        icons: tuple[str, ...] = (),
        keys: tuple[str, ...] = (),
        fill: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`icons` and `keys` go with the choices; `fill` stretches over the width it gets."""
        super().__init__(parent)
        self._values = tuple(value for value, _text in choices)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._parts: list[_Segment] = []
        for at, (value, text) in enumerate(choices):
            part = _Segment(text, icons[at] if icons else "", keys[at] if keys else "")
            part.place_in_row(first=at == 0, last=at == len(choices) - 1)
            part.clicked.connect(self._clicker(value))
            self._parts.append(part)
            row.addWidget(part, 1 if fill else 0)
        vertical = QSizePolicy.Policy.Fixed
        wide = QSizePolicy.Policy.Expanding if fill else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, vertical)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if self._parts:
            self._parts[0].setChecked(True)
            self.setFocusProxy(self._parts[0])

    def value(self) -> Any:
        """The chosen value."""
        found = [v for v, part in zip(self._values, self._parts, strict=True) if part.isChecked()]
        return found[0] if found else None

    def set_value(self, value: Any) -> None:
        for candidate, part in zip(self._values, self._parts, strict=True):
            part.setAutoExclusive(value is not None)
            part.setChecked(candidate == value)
            if candidate == value:
                self.setFocusProxy(part)

    def next(self) -> None:
        """Choose the one after the chosen, round and round."""
        at = [part.isChecked() for part in self._parts].index(True)
        self._parts[(at + 1) % len(self._parts)].click()

    def raw(self) -> str:
        return str(self.value())

    def restore(self, raw: str) -> None:
        for value in self._values:
            if str(value) == raw:
                self.set_value(value)

    def is_empty(self) -> bool:
        return self.value() is None

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for part in self._parts:
            part.setAccessibleDescription(name)

    def _clicker(self, value: Any) -> Callable[[], None]:
        def clicked() -> None:
            self.set_value(value)
            self.edited.emit()
            self.chosen.emit(value)

        return clicked


class _Segment(QRadioButton):
    """One choice of the row."""

    def __init__(self, text: str, icon: str, keys: str) -> None:
        super().__init__()
        self._text, self._icon, self._keys = text, icon, keys
        self._first = self._last = False
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _on: self.update())

    def place_in_row(self, *, first: bool, last: bool) -> None:
        self._first, self._last = first, last

    def text(self) -> str:
        return self._text

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        look = theme()
        width = text_width(self._text, look.font(strong=True)) + look.px(28)
        width += look.px(24) if self._icon else 0
        width += caps_size(self._keys).width() + look.px(8) if self._keys else 0
        return QSize(round(width), look.height("control"))

    def minimumSizeHint(self) -> QSize:
        look = theme()
        width = text_width(self._text, look.font(strong=True)) + look.px(12)
        return QSize(round(width), look.height("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, on = QPainter(self), theme(), self.isChecked()
        self._box(painter)
        name = "on_selected" if on else "text2"
        ink = look.colour(name if self.isEnabled() else "text_off")
        font = look.font(strong=on)
        width = text_width(self._text, font)
        icon = look.px(24) if self._icon and self.width() >= self.sizeHint().width() else 0
        caps = caps_size(self._keys).width() + look.px(8) if self._keys else 0
        left = max(look.px(5), (self.width() - width - icon - caps) / 2)
        if icon:
            spot = QRectF(left, (self.height() - look.px(16)) / 2, look.px(16), look.px(16))
            tint = on and look.mode != "high_contrast"
            draw_icon(painter, spot, self._icon, look.colour("accent") if tint else ink)
        room = QRectF(left + icon, 0, self.width() - left - icon - caps, self.height())
        used = draw_text(painter, room, self._text, font, ink)
        if caps:
            draw_caps(painter, left + icon + used + look.px(8), self.height() / 2, self._keys)
        painter.end()

    def _box(self, painter: QPainter) -> None:
        look, on = theme(), self.isChecked()
        ground = "selected" if on else "hover" if self.underMouse() else "surface"
        edge = look.colour("accent" if on else "border_strong")
        width = 2 if on and self.hasFocus() else 1
        path = _outline(QRectF(self.rect()), look.radius("field"), self._first, self._last)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.colour(ground))
        painter.setPen(QPen(edge, width))
        painter.drawPath(path)


def _outline(rect: QRectF, radius: float, first: bool, last: bool) -> QPainterPath:
    """A box rounded at the outer ends of the row only; inner borders lie on one another."""
    inner = rect.adjusted(0.5, 0.5, -0.5 if last else 0.5, -0.5)
    path = QPainterPath()
    path.addRoundedRect(inner, radius, radius)
    half = inner.width() / 2
    if not first:
        path = path.united(_square(QRectF(inner.left(), inner.top(), half, inner.height())))
    if not last:
        path = path.united(_square(QRectF(inner.left() + half, inner.top(), half, inner.height())))
    return path.simplified()


def _square(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(rect)
    return path
