"""A field as data, and its place on the screen: label above, box, one line below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.card import row
from ui.kit.check import Check
from ui.kit.dates import DateEdit
from ui.kit.icons import icon
from ui.kit.inputs import Choice, Choices, IntEdit, LineEdit, LinesEdit, PasswordEdit, RateEdit
from ui.kit.inputs import set_kind as set_kind
from ui.kit.keys import KeyCap
from ui.kit.money import MoneyEdit
from ui.kit.segmented import Segmented
from ui.kit.text import Elided, Text, note
from ui.kit.theme import theme


class Kind(StrEnum):
    """What can be typed into a field, and what `values()` gives for it."""

    TEXT = "text"  # str
    LINES = "lines"  # str, several lines
    MONEY = "money"  # int minor units, or None
    DATE = "date"  # date, or None
    INT = "int"  # int, or None
    RATE = "rate"  # Fraction (24 % is 24/100), or None
    CHOICE = "choice"  # the chosen value, or None
    SEARCH = "search"  # as CHOICE, any part of a text finds it
    ONE_OF = "one_of"  # the chosen value, all in sight
    PHONE = "phone"  # str: digits, blanks and +
    PASSWORD = "password"
    CHECK = "check"  # bool
    READ_ONLY = "read_only"  # str, sunken, never an error
    OWN = "own"  # whatever the input that `make` builds gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input of a form.

    `parse` gets the value and returns the final one, or raises KistError or ValueError(sentence).
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    value: Any = None
    optional: bool = False
    aside: str = ""  # words after the label in grey, such as "if she has one"
    hint: str = ""
    placeholder: str = ""
    choices: Choices = ()
    parse: Callable[[Any], Any] | None = None
    span: int = 1  # columns it takes
    currency: str = ""  # MONEY
    today: date | None = None  # DATE
    least: int | None = None  # INT
    most: int | None = None  # INT
    length: int = 200  # TEXT, LINES
    rows: int = 3  # LINES
    keys: str = ""  # a key shown at the right of the label
    make: Callable[[], QWidget] | None = None  # OWN: builds an Editor


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some fields under a heading; `columns` of them side by side."""

    title: str = ""
    fields: Sequence[Field]
    columns: int = 2
    beside: bool = False  # what the hints say stands at the right of the inputs


class Editor(Protocol):
    """What the form asks of every input."""

    edited: SignalInstance

    def value(self) -> Any: ...

    def set_value(self, value: Any) -> None: ...

    def raw(self) -> str: ...

    def restore(self, raw: str) -> None: ...

    def is_empty(self) -> bool: ...


class FieldBox(QWidget):
    """Label, input, and one line below: a hint, or what is wrong and what would be right."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        hint: str = "",
        aside: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor, self._hint = editor, hint
        self._mark = str(editor.property("kind") or "")
        self._label = Text(label, "small", tone="text2")
        self._label.setBuddy(editor)
        editor.setAccessibleName(label)
        self._line = note(hint, wrap=True)
        self._sign = Text()
        self._sign.setFixedWidth(theme().px(18))
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._build(aside, keys)
        self.show_hint(hint)

    @property
    def error(self) -> str:
        """The sentence shown as an error, or nothing."""
        return self._line.text() if self._sign.isVisibleTo(self) else ""

    def set_label(self, label: str) -> None:
        self._label.setText(label)
        self.editor.setAccessibleName(label)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong, with an icon and a red edge; empty takes it away."""
        if not sentence:
            self.show_hint(self._hint)
            return
        side = theme().px(14)
        self._sign.setPixmap(icon("warning-circle", "bad_text", fill=True).pixmap(side, side))
        self._say(sentence, "bad", sign=True)
        set_kind(self.editor, "error")

    def show_hint(self, hint: str) -> None:
        """Show (and keep) the hint below, instead of an error."""
        self._hint = hint
        self._say(hint, "text2", sign=False)
        set_kind(self.editor, self._mark)

    def mark(self, kind: str, hint: str) -> None:
        """Mark as `read` (from a paper, not confirmed yet) or `sunken`; empty unmarks."""
        self._mark = kind
        self.show_hint(hint)

    def _say(self, sentence: str, tone: str, *, sign: bool) -> None:
        self._sign.setVisible(sign)
        self._line.set_tone(tone)
        self._line.setText(sentence)
        self._line.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)

    def _build(self, aside: str, keys: str) -> None:
        top = row(self._label, gap=8)
        if aside:
            top.addWidget(Elided(aside, "small", tone="text3"))
        top.addStretch(1)
        if keys:
            top.addWidget(KeyCap(keys))
        below = row(self._sign, gap=2)
        below.addWidget(self._line, 1)
        self._place(top, below)
        self._label.setVisible(bool(self._label.text()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _place(self, top: QHBoxLayout, below: QHBoxLayout) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(4))
        layout.addLayout(top)
        layout.addWidget(self.editor)
        layout.addLayout(below)


def make_editor(field: Field) -> QWidget:
    """The input that the field's kind asks for, with its first value in it."""
    editor = _MAKERS[field.kind](field)
    editor.setObjectName(field.name)
    if field.placeholder and isinstance(editor, LineEdit | LinesEdit):
        editor.setPlaceholderText(field.placeholder)
    if field.value is not None:
        cast(Editor, editor).set_value(field.value)
    return editor


def _own(field: Field) -> QWidget:
    if field.make is None:
        raise TypeError(field.name)  # a mistake of the programmer: nothing builds it
    return field.make()


def _line(field: Field) -> QWidget:
    edit = LineEdit()
    edit.setMaxLength(field.length)
    return edit


def _phone(_field: Field) -> QWidget:
    edit = LineEdit()
    edit.setMaxLength(20)
    edit.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
    return edit


def _read_only(_field: Field) -> QWidget:
    edit = LineEdit(kind="sunken")
    edit.setReadOnly(True)
    return edit


def _date(field: Field) -> QWidget:
    if field.today is None:
        raise TypeError(field.name)  # a mistake of the programmer: a date needs its today
    return DateEdit(field.today)


_MAKERS: dict[Kind, Callable[[Field], QWidget]] = {
    Kind.TEXT: _line,
    Kind.LINES: lambda field: LinesEdit(field.rows),
    Kind.MONEY: lambda field: MoneyEdit(field.currency),
    Kind.DATE: _date,
    Kind.INT: lambda field: IntEdit(field.least, field.most),
    Kind.RATE: lambda _field: RateEdit(),
    Kind.CHOICE: lambda field: Choice(field.choices),
    Kind.SEARCH: lambda field: Choice(field.choices, searchable=True),
    Kind.ONE_OF: lambda field: Segmented(field.choices),
    Kind.PHONE: _phone,
    Kind.PASSWORD: lambda _field: PasswordEdit(),
    Kind.CHECK: lambda field: Check(field.label),
    Kind.READ_ONLY: _read_only,
    Kind.OWN: _own,
}
