"""An order of heads, the first settled first. Moved by Alt+↑ and Alt+↓, or by the mouse."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.texts import _
from app.texts.labels import named
from ui.kit.paint import box, caps_size, draw_caps, draw_text
from ui.kit.theme import theme

UP, DOWN = "Alt+↑", "Alt+↓"


class OrderEdit(QWidget):
    """The heads in their order. Its value is a tuple of their names."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heads: list[str] = []
        self._at = 0
        self._drawn = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("halo", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def value(self) -> tuple[str, ...]:
        """The heads, the first one first."""
        return tuple(self._heads)

    def set_value(self, value: Any) -> None:
        self._heads = list(value or ())
        self._at = 0
        self._tell()

    def raw(self) -> str:
        """What is in it, for a draft."""
        return ",".join(self._heads)

    def restore(self, raw: str) -> None:
        """Put a draft back."""
        self.set_value([head for head in raw.split(",") if head])

    def is_empty(self) -> bool:
        return not self._heads

    def move_head(self, by: int) -> None:
        """Move the marked head up or down by one."""
        to = self._at + by
        if 0 <= to < len(self._heads):
            self._heads.insert(to, self._heads.pop(self._at))
            self._at = to
            self._tell()
            self.edited.emit()

    def mark_head(self, at: int) -> None:
        """Put the mark on a place."""
        self._at = min(max(0, at), len(self._heads) - 1)
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), 4 * theme().height("row_dense") + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(96), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        wanted = event.type() == QEvent.Type.ShortcutOverride
        if wanted and isinstance(event, QKeyEvent) and _step(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _step(event)
        if not step:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_head(step)
        else:
            self.mark_head(self._at + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drawn = True
        self.mark_head(self._place_of(event.position().y()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        to = self._place_of(event.position().y())
        if self._drawn and to != self._at:
            self.move_head(1 if to > self._at else -1)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._drawn = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.hasFocus()
        edge = look.colour("focus" if on else "field_border")
        ground = look.colour("surface")
        box(painter, frame, look.radius("field"), fill=ground, border=edge, width=2 if on else 1)
        for at, head in enumerate(self._heads):
            self._paint_head(painter, at, head)
        painter.end()

    def _paint_head(self, painter: QPainter, at: int, head: str) -> None:
        look = theme()
        high = look.height("row_dense")
        room = QRectF(2, 2 + at * high, self.width() - 4, high)
        marked = at == self._at and self.hasFocus()
        if marked:
            painter.fillRect(room, look.colour("selected"))
        ink = look.colour("on_selected" if marked else "text")
        number = room.adjusted(look.px(10), 0, 0, 0)
        draw_text(painter, number, str(at + 1), look.font("small"), ink)
        words = room.adjusted(look.px(30), 0, -look.px(8), 0)
        draw_text(painter, words, named("head", head), look.font(strong=marked), ink)
        caps = caps_size("↑").width() + caps_size(UP).width() + look.px(12)
        if marked and self.width() > look.px(150) + caps:
            left = room.right() - caps
            draw_caps(painter, left, room.center().y(), UP)
            draw_caps(painter, left + caps_size(UP).width() + 4, room.center().y(), "↓")

    def _place_of(self, y: float) -> int:
        place = int((y - 2) // theme().height("row_dense"))
        return min(max(0, place), len(self._heads) - 1)

    def _tell(self) -> None:
        said = ", ".join(named("head", head) for head in self._heads)
        marked = named("head", self._heads[self._at]) if self._heads else ""
        words = _("{order}. Marked: {head}. {up} and {down} move it.")
        told = words.format(order=said, head=marked, up=UP, down=DOWN)
        self.setAccessibleDescription(told)
        self.update()


def _step(event: QKeyEvent) -> int:
    keys = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
    return keys.get(Qt.Key(event.key()), 0)
