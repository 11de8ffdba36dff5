"""The plain inputs of forms. Each has `value()`, `set_value()`, `raw()` and the signal `edited`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from app.domain.errors import ValueRefused
from ui.kit.icons import draw_icon
from ui.kit.theme import restyle, theme

_INTO_THE_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})

Choices = Sequence[tuple[Any, str]]  # (value, what people read)


class LineEdit(QLineEdit):
    """One line of text. `kind`: empty, find, bare, sunken, read, error, hero."""

    edited = Signal()

    def __init__(self, text: str = "", *, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setProperty("halo", kind != "bare")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> Any:
        """What was typed, without blanks at the ends."""
        return self.text().strip()

    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else str(value))

    def raw(self) -> str:
        """What is in it, for a draft."""
        return self.text()

    def restore(self, raw: str) -> None:
        """Put a draft back."""
        self.setText(raw)

    def is_empty(self) -> bool:
        return not self.text().strip()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().height("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(56), self.sizeHint().height())


class FindEdit(LineEdit):
    """A search box with a glass in it; Esc empties it. `kind` "find" is the grey one on top."""

    def __init__(self, placeholder: str, *, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(kind=kind, parent=parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTextMargins(theme().px(24), 0, 0, 0)
        self._list: QWidget | None = None
        self._into: frozenset[Qt.Key] = frozenset()

    def lead_to(self, found: QWidget, *, by_enter: bool = True) -> None:
        """Let Down, and Enter unless it has a meaning of its own, go on into what was found."""
        self._list = found
        self._into = frozenset(_INTO_THE_LIST) - (frozenset() if by_enter else _ENTERS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.edited.emit()
        elif self._list is not None and key in self._into:
            self._list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, side = QPainter(self), theme().icon_size()
        spot = QRectF(theme().px(10), (self.height() - side) / 2, side, side)
        draw_icon(painter, spot, "magnifying-glass", theme().colour("text2"))
        painter.end()


class PasswordEdit(LineEdit):
    """A secret: shown as dots, never kept in a draft."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def value(self) -> str:
        return self.text()

    def raw(self) -> str:
        return ""


class IntEdit(LineEdit):
    """A whole number, right-aligned, between `least` and `most`."""

    def __init__(self, least: int | None = None, most: int | None = None) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value(self) -> int | None:
        """The number, None when empty. Raises ValueRefused."""
        text = self.text().replace(",", "").replace(" ", "").replace("\u2212", "-")
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,15}", text):
            raise ValueRefused(why="not-a-number", given=self.text().strip()[:40])
        number = int(text)
        if self._least is not None and number < self._least:
            raise ValueRefused(why="below", least=self._least)
        if self._most is not None and number > self._most:
            raise ValueRefused(why="above", most=self._most)
        return number


class RateEdit(LineEdit):
    """A figure in per cent, read exactly: `24` gives Fraction(24, 100)."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def value(self) -> Fraction | None:
        """The share, None when empty. Raises ValueRefused."""
        text = self.text().replace("%", "").strip()
        if not text:
            return None
        if not re.fullmatch(r"\d{1,4}(\.\d{1,6})?", text):
            raise ValueRefused(why="not-a-rate", given=self.text().strip()[:40])
        return Fraction(text) / 100

    def set_value(self, value: Any) -> None:
        if value is None:
            self.clear()
            return
        units = round(Fraction(value) * 100 * 10**6)
        whole, part = divmod(units, 10**6)
        decimals = f"{part:06d}".rstrip("0")
        self.setText(f"{whole}.{decimals}" if decimals else str(whole))


class LinesEdit(QPlainTextEdit):
    """Several lines of text. Tab leaves it; Ctrl+A selects all, as everywhere else."""

    edited = Signal()

    def __init__(self, rows: int = 3) -> None:
        super().__init__()
        self._rows = rows
        self.setProperty("halo", True)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.edited.emit)

    def value(self) -> str:
        """What was typed, without blanks at the ends."""
        return self.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        self.restore("" if value is None else str(value))

    def raw(self) -> str:
        return self.toPlainText()

    def restore(self, raw: str) -> None:
        self.blockSignals(True)  # `edited` is for what a person types
        self.setPlainText(raw)
        self.blockSignals(False)

    def is_empty(self) -> bool:
        return not self.value()

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().lineSpacing() * self._rows + theme().px(16)
        return QSize(theme().px(160), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), self.sizeHint().height())


class Choice(QComboBox):
    """One of several, none at first. With `searchable`, any part of a text finds it."""

    edited = Signal()

    def __init__(self, choices: Choices = (), *, searchable: bool = False) -> None:
        super().__init__()
        self._values: list[Any] = []
        self.setProperty("halo", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(12)
        if searchable:
            self._make_searchable()
        self.set_choices(choices)
        self.activated.connect(lambda _index: self.edited.emit())

    def set_choices(self, choices: Choices) -> None:
        """Offer others; what was chosen stays chosen if it is still among them."""
        chosen = self.value()
        self.clear()
        self._values = [value for value, _text in choices]  # Qt would make a str of an enum
        self.addItems([text for _value, text in choices])
        self.set_value(chosen)

    def value(self) -> Any:
        """The value behind what is chosen, or None."""
        index = self.currentIndex()
        if self.isEditable():
            index = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: Any) -> None:
        self.setCurrentIndex(self._index_of(value))

    def raw(self) -> str:
        return "" if self.value() is None else str(self.value())

    def restore(self, raw: str) -> None:
        texts = [str(value) for value in self._values]
        self.setCurrentIndex(texts.index(raw) if raw in texts else -1)

    def is_empty(self) -> bool:
        return self.value() is None

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().height("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(64), theme().height("control"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # scrolling a form must not change what is chosen in it

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, side = QPainter(self), theme().px(12)
        spot = QRectF(self.width() - side - theme().px(10), (self.height() - side) / 2, side, side)
        tone = "text2" if self.isEnabled() else "text_off"
        draw_icon(painter, spot, "caret-down", theme().colour(tone))
        painter.end()

    def _index_of(self, value: Any) -> int:
        return self._values.index(value) if value in self._values and value is not None else -1

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.completer() or QCompleter(self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        line = self.lineEdit()
        if line is not None:
            line.setProperty("kind", "bare")
            line.textEdited.connect(lambda _text: self.edited.emit())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


def set_kind(widget: QWidget, kind: str) -> None:
    """Give an input another look: error, read, sunken or none."""
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        restyle(widget)
