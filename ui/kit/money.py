"""The money field: typed as people write it, grouped while typing, read as minor units."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import ValueRefused
from app.texts.currencies import writing
from app.texts.figures import amount, count
from app.texts.parsing import parse_amount
from ui.kit.inputs import LineEdit
from ui.kit.paint import draw_text
from ui.kit.theme import theme

_PLAIN = re.compile(r"([\d,]*)(\.\d*)?")


class MoneyEdit(LineEdit):
    """An amount in `currency`. Takes 1,25,000 · 1.25 lakh · 1.5 l · 2 cr · 2500.

    `hero` is the large one of the counter, with the sign of the currency at its left.
    """

    minor_changed = Signal(object)  # int, or None while it cannot be read

    def __init__(self, currency: str, *, hero: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(kind="hero" if hero else "", parent=parent)
        self._currency, self._hero = currency, hero
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if hero:
            self.setFont(theme().font("hero", True))
        self.textEdited.connect(self._group)
        self.textChanged.connect(lambda _text: self.minor_changed.emit(self.minor()))

    @property
    def currency(self) -> str:
        return self._currency

    def minor(self) -> int | None:
        """The minor units, or None when empty or not (yet) an amount."""
        try:
            return self.value()
        except ValueRefused:
            return None

    def value(self) -> int | None:
        """The minor units, None when empty. Raises ValueRefused with what is wrong."""
        return None if self.is_empty() else parse_amount(self.text(), self._currency)

    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else amount(value, self._currency, trim=True, minus="-"))

    def sizeHint(self) -> QSize:
        if self._hero:
            return QSize(theme().px(320), theme().height("money_hero"))
        return super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in {"*", "+", "/"}:
            event.ignore()  # keys of the number pad that belong to the screen
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        minor = self.minor()
        if minor is not None:
            self.set_value(minor)
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and self._hero:
            self.setFont(theme().font("hero", True))
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._hero:
            return
        painter, sign = QPainter(self), writing(self._currency).sign.strip()
        room = QRectF(self.rect()).adjusted(theme().px(16), 0, 0, 0)
        draw_text(painter, room, sign, theme().font("figure"), theme().colour("text3"))
        painter.end()

    def _group(self, text: str) -> None:
        """Put the commas where they belong and leave the cursor before the same digit."""
        found = _PLAIN.fullmatch(text)
        digits = "" if found is None else found[1].replace(",", "")
        if found is None or not digits:
            return
        after = _digits_in(text[self.cursorPosition() :])
        grouped = count(int(digits), self._currency) + (found[2] or "")
        if grouped != text:
            self.setText(grouped)
            self.setCursorPosition(_place(grouped, after))


def _digits_in(text: str) -> int:
    return sum(1 for letter in text if letter.isdigit() or letter == ".")


def _place(text: str, after: int) -> int:
    """The place in `text` that has `after` digits to its right."""
    at = len(text)
    while at > 0 and _digits_in(text[at:]) < after:
        at -= 1
    return at
