"""Forms described as data: the screen lists fields, the kit builds, labels and checks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.errors import KistError, ValueRefused
from app.texts.errors import sentence
from ui.kit.beside import BesideBox
from ui.kit.dates import DateEdit
from ui.kit.field import Editor, Field, FieldBox, Kind, Section, make_editor
from ui.kit.inputs import Choice, Choices, LinesEdit
from ui.kit.text import heading
from ui.kit.theme import theme

_LEAST_COLUMN = 120  # px at 100 %: a form that gets narrower than this folds its columns


class Form(QWidget):
    """Fields in sections. Enter goes to the next field, after the last one `submitted` fires."""

    edited = Signal(str)  # the name of the field that a person changed
    submitted = Signal()

    def __init__(
        self,
        parts: Sequence[Field] | Sequence[Section],
        *,
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self._boxes: dict[str, FieldBox] = {}
        self._grids: list[tuple[QGridLayout, Section]] = []
        layout = self._rows = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it folds instead
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(12))
        for section in _sections(parts, columns):
            self._add_section(layout, section)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._settled = self.draft()

    def values(self) -> dict[str, Any] | None:
        """The values by name, or None once the mistakes are shown and the first is in focus."""
        values: dict[str, Any] = {}
        wrong = []
        for name in self._shown():
            try:
                values[name] = self._checked(name)
                self._boxes[name].show_error("")
            except (KistError, ValueError) as error:
                self._boxes[name].show_error(_said(error))
                wrong.append(name)
        if wrong:
            self.focus(wrong[0])
            return None
        return values

    def value(self, name: str) -> Any:
        """One value as it stands, None while empty or wrong. Nothing is shown."""
        try:
            return self._checked(name)
        except (KistError, ValueError):
            return None

    def set_value(self, name: str, value: Any) -> None:
        """Put a value in, as the program; `edited` does not fire."""
        self._editor(name).set_value(value)

    def set_values(self, values: dict[str, Any]) -> None:
        """Put several values in; names that are not fields are passed over."""
        for name, value in values.items():
            if name in self._fields:
                self.set_value(name, value)

    def set_choices(self, name: str, choices: Choices) -> None:
        """Offer others in a choice."""
        editor = self._boxes[name].editor
        if isinstance(editor, Choice):
            editor.set_choices(choices)

    def set_shown(self, name: str, shown: bool) -> None:
        """Show or hide a field; a hidden one is neither checked nor among the values."""
        self._boxes[name].setVisible(shown)

    def set_hint(self, name: str, hint: str) -> None:
        self._boxes[name].show_hint(hint)

    def mark(self, name: str, kind: str, hint: str) -> None:
        """Tint a field: `read` for what was read from a paper; empty when confirmed."""
        self._boxes[name].mark(kind, hint)

    def show_error(self, field: str, sentence: str) -> bool:
        """Put a refusal at its field and go there. False when the form has no such field."""
        if field not in self._boxes:
            return False
        self._boxes[field].show_error(sentence)
        self.focus(field)
        return True

    def clear_errors(self) -> None:
        for box in self._boxes.values():
            box.show_error("")

    def focus(self, name: str = "") -> None:
        """Put the cursor into the field, or into the first."""
        for candidate in [name] if name else list(self._shown()):
            self._boxes[candidate].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def box(self, name: str) -> FieldBox:
        """The field's place: label, input and line."""
        return self._boxes[name]

    def editor(self, name: str) -> QWidget:
        """The field's input."""
        return self._boxes[name].editor

    def is_dirty(self) -> bool:
        """Whether something differs from what was last settled."""
        return self.draft() != self._settled

    def settle(self) -> None:
        """Take what is in the form as saved."""
        self._settled = self.draft()

    def reset(self) -> None:
        """Go back to what was last settled."""
        self.restore(self._settled)
        self.clear_errors()

    def draft(self) -> dict[str, str]:
        """What was typed, as text, to be kept; passwords are left out."""
        kept = (name for name, field in self._fields.items() if field.kind is not Kind.PASSWORD)
        return {name: self._editor(name).raw() for name in kept}

    def restore(self, draft: dict[str, str]) -> None:
        """Put a draft back; fields that it does not know stay as they are."""
        for name, raw in draft.items():
            if name in self._fields:
                self._editor(name).restore(raw)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if enter and plain and not isinstance(watched, LinesEdit):
                self._go_on(watched)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for grid, section in self._grids:
            self._lay(grid, section, event.size().width())

    def height_for(self, width: int) -> int:
        """The height that the form needs at this width."""
        for grid, section in self._grids:
            self._lay(grid, section, width)
        self._rows.invalidate()
        height = self._rows.totalHeightForWidth(width)
        return height if height > 0 else self._rows.totalSizeHint().height()

    def minimumSizeHint(self) -> Any:
        hint = super().minimumSizeHint()
        hint.setWidth(theme().px(_LEAST_COLUMN))
        return hint

    def _editor(self, name: str) -> Editor:
        return cast(Editor, self._boxes[name].editor)

    def _shown(self) -> list[str]:
        return [name for name, box in self._boxes.items() if not box.isHidden()]

    def _checked(self, name: str) -> Any:
        """The final value of a field. Raises KistError or ValueError with what is wrong."""
        field, editor = self._fields[name], self._editor(name)
        if field.kind is not Kind.READ_ONLY and not field.optional and editor.is_empty():
            raise ValueRefused(why="empty")
        value = editor.value()
        if field.parse is None or (field.optional and editor.is_empty()):
            return value
        return field.parse(value)

    def _add_section(self, layout: QVBoxLayout, section: Section) -> None:
        if section.title:
            layout.addWidget(heading(section.title))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().space(14))
        grid.setVerticalSpacing(theme().space(12))
        for field in section.fields:
            self._add_field(field, BesideBox if section.beside else FieldBox)
        self._grids.append((grid, section))
        self._lay(grid, section, theme().px(640))
        layout.addLayout(grid)

    def _add_field(self, field: Field, kind: type[FieldBox]) -> None:
        editor = make_editor(field)
        label = "" if field.kind is Kind.CHECK else field.label
        box = kind(label, editor, hint=field.hint, aside=field.aside, keys=field.keys)
        box.setParent(self)
        if field.kind is Kind.CHECK:
            editor.setAccessibleName(field.label)
        self._fields[field.name], self._boxes[field.name] = field, box
        cast(Editor, editor).edited.connect(lambda: self._on_edited(field.name))
        if isinstance(editor, DateEdit):
            editor.said.connect(lambda words: box.show_hint(words or field.hint))
        for watched in _takes_keys(editor):
            watched.installEventFilter(self)

    def _on_edited(self, name: str) -> None:
        box = self._boxes[name]
        if box.error:
            box.show_error("")
        self.edited.emit(name)

    def _lay(self, grid: QGridLayout, section: Section, width: int) -> None:
        """Place the fields in as many columns as the width holds."""
        room = max(1, width // theme().px(_LEAST_COLUMN))
        columns = min(section.columns, room)
        if grid.property("columns") == columns:
            return
        grid.setProperty("columns", columns)
        at = line = 0
        for field in section.fields:
            span = min(field.span, columns)
            if at + span > columns:
                at, line = 0, line + 1
            box = self._boxes[field.name]
            grid.removeWidget(box)
            grid.addWidget(box, line, at, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span
        for column in range(section.columns):
            grid.setColumnStretch(column, 1 if column < columns else 0)

    def _go_on(self, watched: QObject) -> None:
        """Focus the field after the one that `watched` belongs to, or hand the form in."""
        order = [name for name in self._shown() if self._accepts(name)]
        at = next((n for n, name in enumerate(order) if self._holds(name, watched)), len(order))
        if at + 1 < len(order):
            self._boxes[order[at + 1]].editor.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.submitted.emit()

    def _accepts(self, name: str) -> bool:
        editor = self._boxes[name].editor
        return editor.isEnabled() and self._fields[name].kind is not Kind.READ_ONLY

    def _holds(self, name: str, watched: QObject) -> bool:
        return watched in _takes_keys(self._boxes[name].editor)


def _sections(parts: Sequence[Field] | Sequence[Section], columns: int) -> list[Section]:
    """Bare fields make one section without a heading."""
    sections = [part for part in parts if isinstance(part, Section)]
    fields = [part for part in parts if isinstance(part, Field)]
    return sections or [Section(fields=fields, columns=columns)]


def _takes_keys(editor: QWidget) -> list[QObject]:
    """The widgets that get the key presses of an input: itself, its line, its parts."""
    inner = [] if isinstance(editor, QComboBox) else editor.findChildren(QWidget)
    line = editor.lineEdit() if isinstance(editor, QComboBox) else None
    return [editor, *inner, *([line] if line is not None else [])]


def _said(error: Exception) -> str:
    return sentence(error) if isinstance(error, KistError) else str(error)
