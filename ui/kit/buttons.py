"""Buttons that show the keys that press them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.kit.icons import draw_icon
from ui.kit.paint import box, caps_size, draw_caps, draw_text, text_width
from ui.kit.theme import theme


class Button(QPushButton):
    """Icon, word, key caps. `kind`: primary (one a screen), secondary, ghost or danger."""

    def __init__(
        self,
        text: str,
        run: Callable[[], object] | None = None,
        *,
        kind: str = "secondary",
        keys: str = "",
        icon: str = "",
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._keys, self._icon, self._large = kind, keys, icon, large
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.set_text(text)
        if run is not None:
            self.clicked.connect(lambda: run())

    @property
    def kind(self) -> str:
        return self._kind

    def set_text(self, text: str) -> None:
        """Change the word on it. An ampersand is an ampersand."""
        self._text = text
        self.setAccessibleName(text)
        self.setAccessibleDescription(self._keys)
        self.updateGeometry()
        self.update()

    def set_keys(self, keys: str) -> None:
        """Change the key caps on it."""
        self._keys = keys
        self.set_text(self._text)

    def set_icon(self, name: str) -> None:
        """Change the icon; empty takes it away."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        look = theme()
        width = text_width(self._text, self._font()) + 2 * look.px(12)
        if self._icon:
            width += look.icon_size() + look.px(8)
        if self._keys:
            width += caps_size(self._keys).width() + look.px(10) - look.px(4)
        return QSize(round(width), look.height("control_large" if self._large else "control"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect, look = QRectF(self.rect()), theme()
        ink, fill, border = self._colours()
        box(painter, rect, look.radius("button"), fill=fill, border=border)
        if self.hasFocus():
            self._ring(painter, rect)
        keys = caps_size(self._keys).width() + look.px(10) if self._keys else 0
        used = text_width(self._text, self._font())
        used += look.icon_size() + look.px(8) if self._icon else 0
        spare = rect.width() - used - keys - look.px(24) + (look.px(4) if self._keys else 0)
        left = rect.left() + look.px(12) + max(0, spare / 2)
        if self._icon:
            side = look.icon_size()
            spot = QRectF(left, rect.center().y() - side / 2, side, side)
            draw_icon(painter, spot, self._icon, ink)
            left += side + look.px(8)
        room = QRectF(left, rect.top(), rect.right() - left - keys - look.px(4), rect.height())
        width = draw_text(painter, room, self._text, self._font(), ink)
        if self._keys:
            tone = "primary" if self._kind == "primary" and self.isEnabled() else "plain"
            draw_caps(painter, left + width + look.px(10), rect.center().y(), self._keys, tone)
        painter.end()

    def _font(self) -> QFont:
        return theme().font("lead" if self._large else "body", self._kind == "primary")

    def _ring(self, painter: QPainter, rect: QRectF) -> None:
        look = theme()
        if self._kind == "primary":
            inner = rect.adjusted(2, 2, -2, -2)
            box(painter, inner, look.radius("button") - 2, border=look.colour("on_accent"), width=2)
        else:
            box(painter, rect, look.radius("button"), border=look.colour("focus"), width=2)

    def _colours(self) -> tuple[QColor, QColor | None, QColor | None]:
        """Ink, fill and border for the kind and what the mouse does."""
        look = theme()
        if not self.isEnabled():
            border = None if self._kind == "ghost" else look.colour("border")
            fill = None if self._kind == "ghost" else look.colour("sunken")
            return look.colour("text_off"), fill, border
        over, down = self.underMouse(), self.isDown() or self.isChecked()
        if self._kind == "primary":
            name = "accent_press" if down else "accent_hover" if over else "accent"
            return look.colour("on_accent"), look.colour(name), None
        ground = look.colour("sunken" if down else "hover" if over else "surface")
        if self._kind == "danger":
            fill = look.colour("bad_soft") if over or down else ground
            return look.colour("bad_text"), fill, look.colour("bad_fill")
        if self._kind == "ghost":
            return look.colour("text"), look.colour("hover") if over or down else None, None
        return look.colour("text"), ground, look.colour("border_strong")
