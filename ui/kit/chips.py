"""Chips: a state in a tint, a bucket with its sum, a filter with its menu."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QSizePolicy, QWidget

from ui.kit.cells import CHIP_ICONS, chip_width, draw_chip
from ui.kit.icons import draw_icon
from ui.kit.inputs import Choices
from ui.kit.paint import box, draw_text, text_width
from ui.kit.text import DASH
from ui.kit.theme import theme

CHIP_HEIGHT = 22


class Chip(QWidget):
    """A state: tint, icon and word. `tone`: ok due late1 late2 late3 npa bad info neutral."""

    def __init__(
        self,
        text: str = "",
        tone: str = "neutral",
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone, icon)

    def show_state(self, text: str, tone: str, icon: str | None = None) -> None:
        """Say another state; without `icon` it is the tone's own."""
        self._text, self._tone = text, tone
        self._icon = CHIP_ICONS[tone] if icon is None else icon
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._text, self._icon)) + 1, theme().px(CHIP_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, room = QPainter(self), QRectF(self.rect())
        draw_chip(painter, room, self._text, self._tone, self._icon, self.height())
        painter.end()


class BucketChip(QAbstractButton):
    """A bucket of a list: colour, name, sum and count. Click to show only these."""

    def __init__(
        self, name: str, amount: str, count: str, tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_figures(name, amount, count)

    def show_figures(self, name: str, amount: str, count: str) -> None:
        """Show other figures."""
        self._name, self._amount, self._count = name, amount, count
        self.setAccessibleName(f"{name}, {amount}, {count}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width() + theme().px(30), theme().height("bucket_chip"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(), theme().height("bucket_chip"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        on = self.isChecked() or self.hasFocus()
        edge = look.colour("accent" if on else "border")
        ground = look.colour("hover" if self.underMouse() else "surface")
        box(painter, rect, look.radius("card"), fill=ground, border=edge, width=2 if on else 1)
        left = look.px(12)
        if self._tone:
            mark = QRectF(left, look.px(11), look.px(4), rect.height() - look.px(22))
            box(painter, mark, 2, fill=look.colour(f"{self._tone}_fill"))
            left += look.px(14)
        room = rect.adjusted(left, look.px(8), -look.px(12), -look.px(8))
        upper = QRectF(room.left(), room.top(), room.width(), room.height() * 0.45)
        lower = QRectF(room.left(), upper.bottom(), room.width(), room.height() * 0.55)
        draw_text(painter, upper, self._name, look.font("small"), look.colour("text2"))
        count, small = text_width(self._count, look.font("small")), look.font("small")
        draw_text(painter, lower, self._count, small, look.colour("text2"), right=True)
        rest = lower.adjusted(0, 0, -count - look.px(6), 0)
        draw_text(painter, rest, self._amount, look.font("lead", True), look.colour("text"))
        painter.end()

    def _width(self) -> int:
        look = theme()
        lower = text_width(self._amount, look.font("lead", True))
        lower += text_width(self._count, look.font("small")) + look.px(10)
        upper = text_width(self._name, look.font("small"))
        return round(max(lower, upper)) + look.px(24 + (14 if self._tone else 0))


class FilterChip(QPushButton):
    """One filter of a list: its name, the chosen value, a menu of the others."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Choices, parent: QWidget | None = None) -> None:
        """The first of `choices` is chosen at first; it is usually `all`."""
        super().__init__(parent)
        self._name = name
        self._choices: Choices = ()
        self._value: Any = None
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        self.set_choices(choices)

    def set_choices(self, choices: Choices) -> None:
        """Offer others; what was chosen stays if it is among them."""
        self._choices = tuple(choices)
        values = [value for value, _text in self._choices]
        self.set_value(self._value if self._value in values else values[0] if values else None)

    def value(self) -> Any:
        """The chosen value."""
        return self._value

    def set_value(self, value: Any) -> None:
        self._value = value
        self.setAccessibleName(f"{self._name}: {self._word()}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        width = text_width(self._name, look.font("small"))
        width += text_width(self._word(), look.font("small", True)) + look.px(45)
        return QSize(round(width), look.height("chip"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        on, width = self.hasFocus() or self.isDown(), 1
        edge = look.colour("focus" if on else "border_strong")
        width = 2 if on else 1
        ground = look.colour("hover" if self.underMouse() else "surface")
        box(painter, rect, look.radius("chip"), fill=ground, border=edge, width=width)
        room = rect.adjusted(look.px(9), 0, -look.px(22), 0)
        small = look.font("small")
        used = draw_text(painter, room, self._name, small, look.colour("text2"))
        rest = room.adjusted(used + look.px(7), 0, 0, 0)
        strong = look.font("small", True)
        draw_text(painter, rest, self._word(), strong, look.colour("text"))
        side = look.px(11)
        spot = QRectF(rect.right() - side - look.px(9), rect.center().y() - side / 2, side, side)
        draw_icon(painter, spot, "caret-down", look.colour("text2"))
        painter.end()

    def _word(self) -> str:
        found = [text for value, text in self._choices if value == self._value]
        return found[0] if found else DASH

    def _open(self) -> None:
        menu = QMenu(self)
        for value, text in self._choices:
            action = menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.triggered.connect(lambda _on=False, value=value: self._choose(value))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _choose(self, value: Any) -> None:
        self.set_value(value)
        self.chosen.emit(value)
