"""When the branch does not open: what is the matter, what to do, and nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import KistError, WrongKey
from app.texts import _
from ui.kit.actions import Action, ActionSet
from ui.kit.banner import Banner
from ui.kit.buttons import Button
from ui.kit.card import Card, row
from ui.kit.field import Field, Kind
from ui.kit.form import Form
from ui.kit.messages import show, spoken
from ui.kit.text import Text, heading, note
from ui.kit.theme import theme
from ui.shell.brand import Brand
from ui.shell.passwords import recovery_field

WIDTH = 640


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of the trouble."""

    name: str
    text: str
    keys: str
    run: Callable[[], object]
    first: bool = False


class TroublePage(QWidget):
    """A card with the matter, the folder it is about, and ways out."""

    def __init__(self, error: Exception, folder: Path, ways: list[Way]) -> None:
        super().__init__()
        self.setProperty("kind", "canvas")
        self.action_set = ActionSet(self)
        self.action_set.show(
            Action(name=way.name, text=way.text, keys=way.keys, run=way.run) for way in ways
        )
        card = _card(_title(error), spoken(error), advice(error))
        card.body.addWidget(note(_("Folder: {folder}").format(folder=folder), wrap=True))
        self._first: Button | None = None
        card.body.addSpacing(theme().space(8))
        for way in ways:
            button = self.action_set.button(way.name, "primary" if way.first else "secondary")
            self._first = button if way.first else self._first
            line = row(button)
            line.addStretch(1)
            card.body.addLayout(line)
        _in_the_middle(self, card)
        self.setAccessibleName(_title(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.action_set.press(event):
            super().keyPressEvent(event)

    def begin(self) -> None:
        """Put the focus on the first way."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)


class UnlockPage(QWidget):
    """The vault of this PC does not hold the key: the recovery code or the passphrase opens."""

    wanted = Signal(str, str)  # passphrase, recovery code
    restore = Signal()

    def __init__(self, folder: Path, *, by_passphrase: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "canvas")
        self.banner = Banner()
        self.form = Form([_which(), _passphrase(), recovery_field()], columns=1)
        self.form.submitted.connect(self.open)
        self.form.edited.connect(lambda _name: self._show_field())
        self.action_set = ActionSet(self)
        self.action_set.show(
            [
                Action(
                    name="restore",
                    text=_("Restore from a backup"),
                    keys="Alt+R",
                    run=self.restore.emit,
                ),
                Action(name="open", text=_("Open the branch"), keys="Ctrl+A", run=self.open),
            ]
        )
        said = _("There is a branch in this folder, but this user of the PC holds no key to it.")
        card = _card(_("This branch is locked"), said, "")
        card.body.addWidget(note(_("Folder: {folder}").format(folder=folder), wrap=True))
        card.body.addWidget(self.banner)
        card.body.addWidget(self.form)
        buttons = row(self.action_set.button("restore", "ghost"))
        buttons.addStretch(1)
        self._open = self.action_set.button("open", "primary")
        buttons.addWidget(self._open)
        card.body.addLayout(buttons)
        _in_the_middle(self, card)
        if by_passphrase:
            self.form.set_value("which", "passphrase")
        self._show_field()

    def begin(self) -> None:
        """Put the cursor where the secret is typed."""
        by_code = self.form.value("which") == "code"
        self.form.focus("recovery_code" if by_code else "passphrase")

    def open(self) -> None:
        """Hand over what was typed."""
        values = self.form.values()
        if values is not None and self._open.isEnabled():
            self._open.setEnabled(False)
            passphrase = values.get("passphrase", "")
            self.wanted.emit(passphrase, values.get("recovery_code", ""))

    def failed(self, error: Exception) -> None:
        """It did not open: say so at the field that was typed into."""
        self._open.setEnabled(True)
        name = "recovery_code" if self.form.value("which") == "code" else "passphrase"
        if isinstance(error, WrongKey) or (isinstance(error, KistError) and error.field):
            self.form.show_error(name, spoken(error))
        else:
            show(error, self.banner, self.form)

    def _show_field(self) -> None:
        by_code = self.form.value("which") == "code"
        self.form.set_shown("recovery_code", by_code)
        self.form.set_shown("passphrase", not by_code)


def advice(error: Exception) -> str:
    """What to do about it, beyond the sentence of the error."""
    why = str(error.params.get("why", "")) if isinstance(error, KistError) else ""
    return {
        "in-use": _("Close the other Kist, or restart the PC if it hangs, then try again."),
        "damaged": _("Restore the last backup into another folder; this one stays as it is."),
        "foreign": _("Choose the folder of your branch, or begin a new one in an empty folder."),
        "network": _("Move the folder to a disk of this PC and set KIST_HOME to it."),
        "synchronised": _(
            "Move the folder out of the synchronised one and set KIST_HOME to its new place."
        ),
        "keys-missing": _("Restore a backup: it brings its own key, opened by the recovery code."),
        "keys-damaged": _("Restore a backup: it brings its own key, opened by the recovery code."),
        "gone": _("Look whether the server and the network are on, then try again."),
        "full": _("Make room on the disk, then try again."),
    }.get(why, "")


def _title(error: Exception) -> str:
    if isinstance(error, WrongKey):
        return _("The branch does not open with this key")
    return _("The branch cannot be opened")


def _which() -> Field:
    choices = (("code", _("Recovery code")), ("passphrase", _("Passphrase")))
    return Field(
        name="which", label=_("Open it with"), kind=Kind.ONE_OF, choices=choices, value="code"
    )


def _passphrase() -> Field:
    more: dict[str, Any] = {"kind": Kind.PASSWORD}
    return Field(name="passphrase", label=_("Passphrase"), **more)


def _card(title: str, sentence: str, what_to_do: str) -> Card:
    card = Card()
    card.setMaximumWidth(theme().px(WIDTH))
    card.body.setSpacing(theme().space(10))
    card.body.addWidget(heading(title))
    card.body.addWidget(Text(sentence, wrap=True))
    if what_to_do:
        card.body.addWidget(Text(what_to_do, tone="text2", wrap=True))
    return card


def _in_the_middle(page: QWidget, card: Card) -> None:
    look = theme()
    line = row(gap=0)
    line.addStretch(1)
    line.addWidget(card, 8)
    line.addStretch(1)
    column = QVBoxLayout(page)
    pad = look.space(48)
    column.setContentsMargins(pad, pad, pad, pad)
    column.addWidget(Brand())
    column.addStretch(1)
    column.addLayout(line)
    column.addStretch(2)
