"""A new branch: what is asked, field by field. Nothing typed is lost, refusals stand at a field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ports.program import FoundingFacts
from app.texts import SCREEN, _
from ui.kit.actions import Action, ActionSet
from ui.kit.banner import Banner
from ui.kit.card import Card, row
from ui.kit.drafts import DraftKeeper
from ui.kit.field import Field, Kind, Section
from ui.kit.form import Form
from ui.kit.messages import show
from ui.kit.panel import scrolled
from ui.kit.tasks import Desk
from ui.kit.text import Text, heading
from ui.kit.theme import theme
from ui.parts.places_of_india import CURRENCIES, STATES

DRAFT = "new-branch"
DRAFT_FILE = "new-branch.json"
SHORTEST_PASSWORD = 8


class FoundingPage(QWidget):
    """The form of a new branch. `wanted` carries the facts; the page stays until it is done."""

    wanted = Signal(object)  # FoundingFacts
    back = Signal()

    def __init__(self, desk: Desk, folder: Path, *, passphrase: bool, server: str = "") -> None:
        """`server` names where the branch is made, when that is not this PC."""
        super().__init__()
        self.setProperty("kind", "canvas")
        self._desk, self._passphrase, self._currency = desk, passphrase, "INR"
        self._server = server
        self._drafts = FolderDrafts(folder)
        self.banner = Banner()
        self.action_set = ActionSet(self)
        self.action_set.show(self._actions())
        self._holder = QVBoxLayout()
        self.form, self._keeper = self._made()
        self._keeper.open(DRAFT)
        self._lay_out()

    def failed(self, error: Exception) -> None:
        """It was refused: say so at its field or above."""
        self._busy(busy=False)
        show(error, self.banner, self.form)

    def founded(self) -> None:
        """The branch is there; the draft is not needed any more."""
        self._keeper.drop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.action_set.press(event):
            super().keyPressEvent(event)

    def found(self) -> None:
        """Check the form and hand the facts over."""
        values = self.form.values()
        if values is None:
            return
        again = values.pop("again")
        if again != values["password"]:
            self.form.show_error("again", _("The two passwords are not the same."))
            return
        self._busy(busy=True)
        facts = FoundingFacts(opened_on=None, language=SCREEN.code, **clean(values))
        code = facts.branch_code.upper()
        self.wanted.emit(replace(facts, branch_code=code))

    def _busy(self, *, busy: bool) -> None:
        self._waiting = busy
        self.form.setEnabled(not busy)
        self.action_set.refresh()

    def _actions(self) -> list[Action]:
        self._waiting = False
        free = self._is_free
        return [
            Action(name="back", text=_("Back"), keys="Esc", run=self._leave, enabled=free),
            Action(
                name="found", text=_("Make the branch"), keys="Ctrl+A", run=self.found, enabled=free
            ),
        ]

    def _is_free(self) -> bool:
        return not self._waiting

    def _leave(self) -> None:
        self._keeper.flush()
        self.back.emit()

    def _made(self) -> tuple[Form, DraftKeeper]:
        form = Form(sections(self._currency, passphrase=self._passphrase))
        form.submitted.connect(self.found)
        form.edited.connect(self._on_edited)
        keeper = DraftKeeper(self._desk, self._drafts, form)
        keeper.restored.connect(lambda: self._on_edited("currency"))
        return form, keeper

    def _on_edited(self, name: str) -> None:
        """Amounts belong to a currency: another one makes the form anew, nothing is lost."""
        currency = self.form.value("currency")
        if name != "currency" or currency in {None, self._currency}:
            return
        draft, self._currency = self.form.draft(), currency
        draft["time_zone"] = dict(CURRENCIES)[currency]
        old = self.form
        secrets = {key: self.form.editor(key).property("text") for key in ("password", "again")}
        self.form, self._keeper = self._made()
        self._keeper.open("")
        self.form.restore(draft)
        self.form.set_values(secrets)
        self._holder.replaceWidget(old, self.form)
        old.hide()
        old.deleteLater()
        self.form.focus("currency")

    def _lay_out(self) -> None:
        look = theme()
        inside = QWidget()
        inside.setLayout(self._holder)
        self._holder.addWidget(self.form)
        card = Card()
        card.body.addWidget(scrolled(inside))
        top = row(Text(_("New branch"), "title", strong=True))
        top.addStretch(1)
        top.addWidget(self.action_set.button("back"))
        top.addWidget(self.action_set.button("found", "primary"))
        line = row(gap=16)
        line.addWidget(card, 3)
        line.addWidget(_what_happens(self._server), 2, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(40), look.space(24), look.space(40), look.space(24))
        column.setSpacing(look.space(12))
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addLayout(line, 1)


class FolderDrafts:
    """A draft beside the place of the branch, before there is one; it holds no password."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, _name: str, text: str) -> None:
        """Keep (or replace) the draft."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / DRAFT_FILE).write_text(text, "utf-8")

    def find(self, name: str) -> str | None:
        """The draft, or None."""
        path = self._folder / DRAFT_FILE
        return path.read_text("utf-8") if name and path.exists() else None

    def drop(self, _name: str) -> None:
        """Remove it."""
        (self._folder / DRAFT_FILE).unlink(missing_ok=True)


def sections(currency: str, *, passphrase: bool) -> list[Section]:
    """What is asked; the passphrase only where the system keeps no secrets."""
    return [
        Section(title=_("The branch"), fields=_branch_fields()),
        Section(title=_("You, the first manager"), fields=_person_fields(passphrase=passphrase)),
        Section(title=_("Money to begin with"), fields=_money_fields(currency)),
    ]


def _branch_fields() -> list[Field]:
    zones = tuple((zone, zone) for zone in sorted(available_timezones()))
    currencies = tuple((code, code) for code, _zone in CURRENCIES)
    return [
        Field(name="lender_name", label=_("Name of the lender"), span=2),
        Field(
            name="lender_registration",
            label=_("Registration"),
            aside=_("if there is one"),
            optional=True,
        ),
        Field(name="grievance_phone", label=_("Phone for complaints"), optional=True),
        Field(name="branch_name", label=_("Name of the branch")),
        Field(
            name="branch_code",
            label=_("Short code"),
            hint=_("2 to 6 letters or digits, on every receipt"),
            length=6,
        ),
        Field(name="address", label=_("Address"), optional=True, span=2),
        Field(name="state", label=_("State"), kind=Kind.SEARCH, choices=STATES, optional=True),
        Field(name="counter_code", label=_("Counter"), value="1", length=4),
        Field(
            name="currency",
            label=_("Currency"),
            kind=Kind.CHOICE,
            choices=currencies,
            value="INR",
        ),
        Field(
            name="time_zone",
            label=_("Time zone"),
            kind=Kind.SEARCH,
            choices=zones,
            value="Asia/Kolkata",
        ),
    ]


def _person_fields(*, passphrase: bool) -> list[Field]:
    fields = [
        Field(name="user_name", label=_("Your name")),
        Field(name="login", label=_("Name to sign in"), hint=_("such as meena"), length=40),
        Field(
            name="password",
            label=_("Password"),
            kind=Kind.PASSWORD,
            hint=_("At least {count} letters or digits").format(count=SHORTEST_PASSWORD),
        ),
        Field(name="again", label=_("Password again"), kind=Kind.PASSWORD),
    ]
    if passphrase:
        hint = _("This PC keeps no secrets for you: the passphrase opens the branch at every start")
        field = Field(
            name="passphrase", label=_("Passphrase"), kind=Kind.PASSWORD, hint=hint, span=2
        )
        fields.append(field)
    return fields


def _money_fields(currency: str) -> list[Field]:
    def money(name: str, label: str) -> Field:
        return Field(name=name, label=label, kind=Kind.MONEY, currency=currency, value=0)

    return [money("cash_minor", _("Cash at the counter")), money("bank_minor", _("In the bank"))]


def _what_happens(server: str) -> QWidget:
    card = Card(tint="tint")
    card.body.addWidget(heading(_("What happens then")))
    made = _("The branch is made on this PC alone and encrypted.")
    if server:
        made = _(
            "The branch is made in the database on {server}, and this PC is its first counter."
        )
        made = made.format(server=server)
    for sentence in (
        made,
        _(
            "You get a recovery code on a sheet. It opens the branch on another PC, or when a "
            "password is forgotten: print it and lock it away from this PC."
        ),
        _("In rupees four products are there to begin with; change them in Settings."),
        _("The money becomes the opening balance of cash and bank, against the lender's capital."),
    ):
        card.body.addWidget(Text(sentence, tone="text2", wrap=True))
    return card


def clean(values: dict[str, Any]) -> dict[str, Any]:
    """Texts for what was left empty."""
    return {name: "" if value is None else value for name, value in values.items()}
