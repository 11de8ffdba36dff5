"""Inputs that only the terms of a product need: a period, and the days that are worked."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from app.domain.calendar import Unit
from app.domain.errors import ValueRefused
from app.texts import _
from ui.kit.card import row
from ui.kit.inputs import Choice, IntEdit
from ui.kit.paint import box, draw_text, text_width
from ui.kit.theme import theme

MOST_UNITS = 366


class EveryEdit(QWidget):
    """How often an instalment falls due: a number and its unit. Its value is (number, unit)."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number, self.unit = IntEdit(1, MOST_UNITS), Choice(unit_names())
        self.number.setMaximumWidth(theme().px(64))
        line = row(self.number, gap=8)
        line.addWidget(self.unit, 1)
        self.setLayout(line)
        self.setFocusProxy(self.number)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.number.edited.connect(self.edited)
        self.unit.edited.connect(self.edited)

    def value(self) -> tuple[int, str]:
        """The number and the unit. Raises ValueRefused."""
        number, unit = self.number.value(), self.unit.value()
        if number is None or unit is None:
            raise ValueRefused(why="empty")
        return number, unit

    def set_value(self, value: Any) -> None:
        number, unit = value or (None, None)
        self.number.set_value(number)
        self.unit.set_value(unit)

    def raw(self) -> str:
        """What is in it, for a draft."""
        return json.dumps([self.number.raw(), self.unit.raw()])

    def restore(self, raw: str) -> None:
        """Put a draft back."""
        number, unit = json.loads(raw)
        self.number.restore(number)
        self.unit.restore(unit)

    def is_empty(self) -> bool:
        return self.number.is_empty() or self.unit.is_empty()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.number.setAccessibleName(_("{what}, number").format(what=name))
        self.unit.setAccessibleName(_("{what}, unit").format(what=name))


class WeekdaysEdit(QWidget):
    """The days of the week that are worked, each pressed or not. Its value is ISO weekdays."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().space(2))
        self.days = tuple(_Day(short, whole) for short, whole in weekday_names())
        self._columns = 0
        for day in self.days:
            day.clicked.connect(lambda _on: self.edited.emit())
        self._lay(len(self.days))
        self.setFocusProxy(self.days[0])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def value(self) -> tuple[int, ...]:
        """The days worked, Monday is 1. Raises ValueRefused where there is none."""
        worked = tuple(at for at, day in enumerate(self.days, start=1) if day.isChecked())
        if not worked:
            raise ValueRefused(why="empty")
        return worked

    def set_value(self, value: Any) -> None:
        for at, day in enumerate(self.days, start=1):
            day.setChecked(value is not None and at in value)

    def raw(self) -> str:
        """What is in it, for a draft."""
        return "".join(str(at) for at, day in enumerate(self.days, start=1) if day.isChecked())

    def restore(self, raw: str) -> None:
        """Put a draft back."""
        self.set_value([int(at) for at in raw])

    def is_empty(self) -> bool:
        return not self.raw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest = max(day.sizeHint().width() for day in self.days) + theme().space(2)
        self._lay(max(1, min(len(self.days), event.size().width() // widest)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(64), super().minimumSizeHint().height())

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, day in enumerate(self.days):
            self._grid.removeWidget(day)
            self._grid.addWidget(day, at // columns, at % columns)


class _Day(QAbstractButton):
    """One day that is worked or not."""

    def __init__(self, short: str, whole: str) -> None:
        super().__init__()
        self._short = short
        self.setCheckable(True)
        self.setAccessibleName(whole)
        self.setToolTip(whole)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = text_width(self._short, theme().font(strong=True)) + theme().px(4)
        return QSize(max(round(width), theme().px(24)), theme().height("control"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, on = QPainter(self), theme(), self.isChecked()
        rect, radius = QRectF(self.rect()), look.radius("field")
        edge = "focus" if self.hasFocus() else "accent" if on else "border_strong"
        ground = "selected" if on else "surface"
        width = 2 if self.hasFocus() else 1
        inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        box(painter, inner, radius, fill=look.colour(ground), border=look.colour(edge), width=width)
        ink = look.colour("on_selected" if on else "text3")
        draw_text(painter, rect, self._short, look.font(strong=on), ink, centre=True)
        painter.end()


def unit_names() -> tuple[tuple[str, str], ...]:
    """The units of a period with their words."""
    return (
        (Unit.DAY.value, _("days")),
        (Unit.WEEK.value, _("weeks")),
        (Unit.MONTH.value, _("months")),
    )


def weekday_names() -> tuple[tuple[str, str], ...]:
    """The days of the week, short and whole, Monday first."""
    return (
        (_("Mo"), _("Monday")),
        (_("Tu"), _("Tuesday")),
        (_("We"), _("Wednesday")),
        (_("Th"), _("Thursday")),
        (_("Fr"), _("Friday")),
        (_("Sa"), _("Saturday")),
        (_("Su"), _("Sunday")),
    )
