"""The date field: 5/3, 05-03-24, today, +7; says which weekday that is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidget, QWidgetAction

from app.domain.errors import ValueRefused
from app.texts import _
from app.texts.figures import day, weekday
from app.texts.parsing import parse_day
from ui.kit.icons import draw_icon
from ui.kit.inputs import LineEdit
from ui.kit.theme import theme


class DateEdit(LineEdit):
    """A day. `today` is what `today`, `+7` and a missing year are counted from.

    Up and Down go a day on or back, Alt+Down opens a calendar.
    """

    said = Signal(str)  # the day in words, such as `Friday, 2 Apr 2027`; empty while unread

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._today = today
        self.setTextMargins(0, 0, theme().px(20), 0)
        self.textChanged.connect(lambda _text: self.said.emit(self.words()))

    def set_today(self, today: date) -> None:
        """Count `today` and `+7` from another day from now on: the business day moved."""
        self._today = today

    def value(self) -> date | None:
        """The day, None when empty. Raises ValueRefused with what is wrong."""
        return None if self.is_empty() else parse_day(self.text(), self._today)

    def on(self) -> date | None:
        """The day, or None when empty or not (yet) a day."""
        try:
            return self.value()
        except ValueRefused:
            return None

    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else f"{value:%d-%m-%Y}")

    def words(self) -> str:
        """The day in words, to read back."""
        on = self.on()
        if on is None:
            return ""
        return _("{weekday}, {day}").format(weekday=weekday(on), day=day(on))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if step == -1 and alt and not self.isReadOnly():
            self._open_calendar()
        elif step is None or alt or self.isReadOnly():
            super().keyPressEvent(event)
        else:
            self.set_value((self.on() or self._today) + timedelta(days=step))
            self.edited.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        on = self.on()
        if on is not None and not self.isReadOnly():
            self.set_value(on)
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() > self.width() - theme().px(32) and not self.isReadOnly():
            self._open_calendar()
            return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isReadOnly():
            return
        painter, side = QPainter(self), theme().px(14)
        left = self.width() - side - theme().px(10)
        spot = QRectF(left, (self.height() - side) / 2, side, side)
        draw_icon(painter, spot, "calendar-blank", theme().colour("text3"))
        painter.end()

    def _open_calendar(self) -> None:
        menu, calendar = QMenu(self), QCalendarWidget()
        calendar.setAccessibleName(_("Calendar"))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        on = self.on() or self._today
        calendar.setSelectedDate(QDate(on.year, on.month, on.day))
        calendar.activated.connect(lambda chosen: self._take(chosen, menu))
        calendar.clicked.connect(lambda chosen: self._take(chosen, menu))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + theme().px(4))))
        calendar.setFocus()

    def _take(self, chosen: QDate, menu: QMenu) -> None:
        self.set_value(date(chosen.year(), chosen.month(), chosen.day()))
        self.edited.emit()
        menu.close()
