"""Joining a shared database: its address tried, what stands there, and who lets this PC in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.ports.program import SharedAddress, SharedFound, Tls
from app.texts import _
from ui.kit.actions import Action, ActionSet
from ui.kit.banner import Banner
from ui.kit.card import Card, row
from ui.kit.field import Field, Kind, Section
from ui.kit.form import Form
from ui.kit.messages import show
from ui.kit.panel import scrolled
from ui.kit.text import Text, heading
from ui.kit.theme import theme
from ui.shell.joining_found import FoundCard

USUAL_PORT = 5432
LEAST_PORT, MOST_PORT = 1, 65535
LONGEST_NAME, LONGEST_PATH = 63, 400  # a name of PostgreSQL in bytes; a path as typed


@dataclass(frozen=True, slots=True)
class JoinWish:
    """Who signs in to let this PC join, and the code of its counter."""

    address: SharedAddress
    login: str
    password: str
    counter: str


class JoinPage(QWidget):
    """Two steps on one page: the address at the left, what it leads to at the right."""

    tried = Signal(object)  # SharedAddress: look what is there
    joined = Signal(object)  # JoinWish
    founding = Signal(object)  # SharedAddress of an empty database
    moved = Signal(object)  # SharedAddress that this station uses from now on
    back = Signal()

    def __init__(self, left: SharedAddress | None = None, *, moving: bool = False) -> None:
        """`left` fills the form; `moving` changes the address of a station and joins nothing."""
        super().__init__()
        self.setProperty("kind", "canvas")
        self._busy, self._address, self._moving = False, left, moving
        self.banner = Banner()
        self.form = Form(_sections(left))
        self.form.submitted.connect(self.go_on)
        self.form.edited.connect(self._on_edited)
        self.found = FoundCard()
        self.found.form.submitted.connect(self.go_on)
        self.action_set = ActionSet(self)
        self.action_set.show(self._actions())
        self._lay_out()
        self._on_edited("tls")

    def begin(self) -> None:
        """Put the cursor where the first thing is missing."""
        self.form.focus("host" if self._address is None else "password")

    def show_found(self, found: SharedFound) -> None:
        """Say what the address leads to, and ask what comes next."""
        if self._moving:
            self.moved.emit(self._address)
            return
        self._wait(busy=False)
        self.banner.clear()
        self.found.show_found(found)
        self.action_set.refresh()
        if found.branch_name:
            self.found.form.focus("login")
        else:
            self.found.setFocus()

    def failed(self, error: Exception) -> None:
        """It was refused: say so at the field that is wrong, of either step."""
        self._wait(busy=False)
        name = str(getattr(error, "field", ""))
        step = self.found.form if name in {"login", "counter_code"} else self.form
        if self.found.found is not None and step is self.form and name == "password":
            step = self.found.form  # whoever signs in, not the server's user
        show(error, self.banner, step)
        if step is self.form and name:
            self._area.ensureWidgetVisible(self.form.box(name))

    def go_on(self) -> None:
        """Try the address, or do what the card at the right asks for."""
        if self._busy:
            return
        found = self.found.found
        if found is None:
            self._try()
        elif not found.branch_name and self._address is not None:
            self.founding.emit(self._address)
        else:
            self._join()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.action_set.press(event):
            super().keyPressEvent(event)

    def _try(self) -> None:
        values = self.form.values()
        if values is not None:
            self._address = _address(values)
            self._wait(busy=True)
            self.tried.emit(self._address)

    def _join(self) -> None:
        values = self.found.form.values()
        if values is not None and self._address is not None:
            self._wait(busy=True)
            wish = JoinWish(
                self._address, values["login"], values["password"], values["counter_code"]
            )
            self.joined.emit(wish)

    def _wait(self, *, busy: bool) -> None:
        self._busy = busy
        self.form.setEnabled(not busy)
        self.found.setEnabled(not busy)
        self.action_set.refresh()

    def _on_edited(self, name: str) -> None:
        """Another address: what was found is not about it any more."""
        self.form.set_shown("ca_file", self.form.value("tls") == Tls.VERIFIED.value)
        if self.found.found is not None and name:
            self.found.clear()
            self.action_set.refresh()

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Certificate of the server"))
        if name:
            self.form.set_value("ca_file", name)
            self._on_edited("ca_file")

    def _actions(self) -> list[Action]:
        def free() -> bool:
            return not self._busy

        return [
            Action(name="back", text=_("Back"), keys="Esc", run=self.back.emit, enabled=free),
            Action(
                name="choose",
                text=_("Choose the certificate"),
                keys="Alt+O",
                icon="folder-open",
                run=self._choose,
                enabled=free,
            ),
            Action(name="go", text=_("Go on"), keys="Ctrl+A", run=self.go_on, enabled=free),
        ]

    def _lay_out(self) -> None:
        look = theme()
        inside = QWidget()
        holder = QVBoxLayout(inside)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self.form)
        choose = row(self.action_set.button("choose"))
        choose.addStretch(1)
        holder.addLayout(choose)
        holder.addStretch(1)
        self._area = scrolled(inside)
        card = Card()
        card.body.addWidget(self._area)
        name = _("Where the shared database is") if self._moving else _("Join a shared database")
        top = row(Text(name, "title", strong=True))
        top.addStretch(1)
        top.addWidget(self.action_set.button("back"))
        top.addWidget(self.action_set.button("go", "primary"))
        beside = QWidget()
        side = QVBoxLayout(beside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(look.space(16))
        side.addWidget(self.found)
        if not self._moving:
            side.addWidget(_what_happens())
        side.addStretch(1)
        line = row(gap=16)
        line.addWidget(card, 3)
        line.addWidget(scrolled(beside), 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(40), look.space(24), look.space(40), look.space(24))
        column.setSpacing(look.space(12))
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addLayout(line, 1)


def _address(values: dict[str, Any]) -> SharedAddress:
    return SharedAddress(
        host=values["host"].strip(),
        port=values["port"],
        database=values["database"].strip(),
        user=values["user"].strip(),
        tls=Tls(values["tls"]),
        ca_file=(values.get("ca_file") or "").strip(),
        password=values["password"],
    )


def _sections(left: SharedAddress | None) -> list[Section]:
    known = left or SharedAddress("", USUAL_PORT, "kist", "")
    return [
        Section(title=_("Where it is"), fields=_where(known)),
        Section(title=_("The line to it"), fields=_line(known)),
    ]


def _where(known: SharedAddress) -> list[Field]:
    hint = _("Kept in the keyring of this PC, and in no file")
    return [
        Field(
            name="host", label=_("Server"), value=known.host, hint=_("such as db.office.example")
        ),
        Field(
            name="port",
            label=_("Port"),
            kind=Kind.INT,
            value=known.port,
            least=LEAST_PORT,
            most=MOST_PORT,
        ),
        Field(name="database", label=_("Database"), value=known.database, length=LONGEST_NAME),
        Field(name="user", label=_("User of the database"), value=known.user, length=LONGEST_NAME),
        Field(
            name="password",
            label=_("Password of this user"),
            kind=Kind.PASSWORD,
            hint=hint,
            span=2,
        ),
    ]


def _line(known: SharedAddress) -> list[Field]:
    choices = (
        (Tls.VERIFIED.value, _("Encrypted and verified")),
        (Tls.ENCRYPTED.value, _("Encrypted")),
        (Tls.OFF.value, _("Not encrypted")),
    )
    return [
        Field(
            name="tls",
            label=_("What is sent is"),
            kind=Kind.ONE_OF,
            choices=choices,
            value=known.tls.value,
            hint=_("Not encrypted only for a server on this very PC"),
            span=2,
        ),
        Field(
            name="ca_file",
            label=_("Certificate of the server"),
            hint=_("The file (.crt or .pem) from whoever runs the server"),
            value=known.ca_file,
            length=LONGEST_PATH,
            optional=True,
            span=2,
        ),
    ]


def _what_happens() -> QWidget:
    card = Card(tint="tint")
    card.body.addWidget(heading(_("What happens then")))
    for said in (
        _("This PC becomes a counter of its own: its receipt numbers meet nobody else's."),
        _("Loans, receipts and papers lie on the server. Whoever runs it also backs them up."),
        _("What one PC books, the others see within two seconds."),
    ):
        card.body.addWidget(Text(said, tone="text2", wrap=True))
    return card
