"""What a shared address leads to: its server, the line, and the branch that is there or not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ports.program import SharedFound
from app.texts import _
from ui.kit.card import Card, row
from ui.kit.chips import Chip
from ui.kit.field import Field, Kind
from ui.kit.form import Form
from ui.kit.text import Text, heading
from ui.kit.theme import theme

LONGEST_CODE = 4


class FoundCard(QWidget):
    """Hidden until an address was tried; then it says what is there and what comes next."""

    def __init__(self) -> None:
        super().__init__()
        self.found: SharedFound | None = None
        self.form = Form(_fields(), columns=1)
        self._title, self._said = heading(""), Text(tone="text2", wrap=True)
        self._older = Text(wrap=True)
        self._line = Chip("", "ok", "lock-simple")
        self._server = Text(tone="text2", wrap=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = Card()
        card.body.setSpacing(theme().space(10))
        card.body.addWidget(self._title)
        chips = row(self._line)
        chips.addStretch(1)
        card.body.addLayout(chips)
        for part in (self._server, self._said, self._older, self.form):
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.hide()

    def show_found(self, found: SharedFound) -> None:
        """Say what is there; a branch asks who lets this PC in."""
        self.found = found
        self._show_line(found)
        if found.branch_name:
            self._title.setText(found.branch_name)
            self._said.setText(
                _("{lender}. A manager of the branch signs in to let this PC join.").format(
                    lender=found.lender
                )
            )
            self.form.set_value("counter_code", found.next_counter)
        else:
            self._title.setText(_("An empty database"))
            self._said.setText(_("Go on to found your branch there, with this PC as its first."))
        self.form.setVisible(bool(found.branch_name))
        self._older.setText(
            _("It was made by an older Kist and is brought up now: update the other PCs too.")
        )
        self._older.setVisible(found.older)
        self.setAccessibleName(self._title.text())
        self.show()

    def clear(self) -> None:
        """Another address is typed."""
        self.found = None
        self.hide()

    def _show_line(self, found: SharedFound) -> None:
        if found.tls_version:
            self._line.show_state(_("Encrypted, {version}").format(version=found.tls_version), "ok")
        else:
            self._line.show_state(_("Not encrypted"), "late1")
        self._server.setText(
            _("{server}, {millis} ms there and back").format(
                server=found.server, millis=found.millis
            )
        )


def _fields() -> list[Field]:
    return [
        Field(name="login", label=_("Manager who signs in"), length=40),
        Field(name="password", label=_("Password"), kind=Kind.PASSWORD),
        Field(
            name="counter_code",
            label=_("Counter of this PC"),
            hint=_("Stands on every receipt of this PC"),
            length=LONGEST_CODE,
        ),
    ]
