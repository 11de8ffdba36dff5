"""Chips: a state in a tint, a bucket with its sum, a filter with its menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from ui.kit.cells import CHIP_ICONS, chip_width, draw_chip
from ui.kit.icons import draw_icon
from ui.kit.inputs import Choices
from ui.kit.paint import box, draw_text, text_width
from ui.kit.pick_list import PickList
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
    """One filter of a list: its name, the chosen value, a list of the others."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Choices, parent: QWidget | None = None) -> None:
        """The first of `choices` is chosen at first; it is usually `all`."""
        super().__init__(parent)
        self._name = name
        self._choices: Choices = ()
        self._counts: Mapping[Any, int] = {}
        self._value: Any = None
        self._word = DASH
        self._raw = ""  # kept from another day; waits for its choice
        self._list: PickList | None = None
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)
        self.set_choices(choices)

    def set_choices(self, choices: Choices, counts: Mapping[Any, int] | None = None) -> None:
        """Offer others, with how many each has; what was chosen stays if it is among them."""
        self._choices, self._counts = tuple(choices), counts or {}
        values = [value for value, _text in self._choices]
        kept = [value for value in values if self._raw and str(value) == self._raw]
        now = kept[0] if kept else self._value
        self.set_value(now if now in values else values[0] if values else None)

    @property
    def name(self) -> str:
        """What it filters by."""
        return self._name

    @property
    def narrows(self) -> bool:
        """Whether anything but the first choice is chosen."""
        return bool(self._choices) and self._value != self._choices[0][0]

    def value(self) -> Any:
        """The chosen value."""
        return self._value

    def set_value(self, value: Any) -> None:
        self._value, self._raw = value, ""
        found = (text for one, text in self._choices if one == value)
        self._word = next(found, DASH)
        self.setAccessibleName(f"{self._name}: {self.word()}")
        self.updateGeometry()
        self.update()

    def word(self) -> str:
        """The chosen value in words."""
        return self._word

    def reset(self) -> None:
        """Choose the first again."""
        self.set_value(self._choices[0][0] if self._choices else None)

    def raw(self) -> str:
        """What is chosen, to be kept; nothing where it is the first choice."""
        return str(self._value) if self.narrows else self._raw

    def restore(self, raw: str) -> None:
        """Choose what was kept, now or once it is among the choices."""
        self._raw = raw
        self.set_choices(self._choices, self._counts)
        self._raw = "" if self.raw() == raw and self.narrows else raw

    def sizeHint(self) -> QSize:
        look = theme()
        width = text_width(self._name, look.font("small"))
        width += text_width(self.word(), look.font("small", True)) + look.px(45)
        return QSize(round(width), look.height("chip"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        on = self.hasFocus() or self.isDown()
        edge = "focus" if on else "accent" if self.narrows else "border_strong"
        ground = "selected" if self.narrows else "hover" if self.underMouse() else "surface"
        fill, width = look.colour(ground), 2 if on else 1
        box(painter, rect, look.radius("chip"), fill=fill, border=look.colour(edge), width=width)
        room = rect.adjusted(look.px(9), 0, -look.px(22), 0)
        small = look.font("small")
        ink, grey = ("on_selected", "on_selected") if self.narrows else ("text", "text2")
        used = draw_text(painter, room, self._name, small, look.colour(grey))
        rest = room.adjusted(used + look.px(7), 0, 0, 0)
        draw_text(painter, rest, self.word(), look.font("small", True), look.colour(ink))
        side = look.px(11)
        spot = QRectF(rect.right() - side - look.px(9), rect.center().y() - side / 2, side, side)
        draw_icon(painter, spot, "caret-down", look.colour(grey))
        painter.end()

    def open(self) -> None:
        """Show what can be chosen."""
        shown = PickList(self, self._name, self._choices, self._counts, self._value)
        shown.picked.connect(self._choose)
        self._list = shown
        shown.open_under(self)

    def _choose(self, value: Any) -> None:
        self.set_value(value)
        self.chosen.emit(value)
