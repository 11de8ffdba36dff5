"""The step of an application that says who the borrower is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.origination import PartyFacts
from app.domain.errors import KistError
from app.domain.identity import doubtful, kept
from app.domain.party import age, birth_of, phone_of, pin_of
from app.queries.origination import MatchParties, ShowParty
from app.rows.origination import PartyMatch, PartyView
from app.texts import _, ngettext
from ui.kit.buttons import Button
from ui.kit.card import Card, column, row
from ui.kit.field import Field, Kind, Section
from ui.kit.form import Form
from ui.kit.inputs import LineEdit
from ui.kit.messages import spoken
from ui.kit.screen_context import Station
from ui.kit.text import Text, note
from ui.kit.theme import theme
from ui.origination.facts import LANGUAGES, NUMBERS, number_of, party_of, party_shown

AFTER_MS = 350
MOST_MATCHES = 3


class BorrowerStep(QWidget):
    """The form of a person, and known people who may be the same one."""

    person_taken = Signal(object)  # PartyView

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._known: PartyFacts | None = None
        self.matching = True
        self.form = Form(self._sections(), columns=4)
        self.matches = Matches()
        self.matches.taken.connect(self._take)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._match)
        self.form.edited.connect(self._on_edited)
        self._watch_numbers()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(10))
        layout.addWidget(self.matches)
        layout.addWidget(self.form, 1)

    def show_party(self, party: PartyFacts | None) -> None:
        """Show a person, or an empty form for a new one."""
        self._known = party
        self.form.clear_errors()
        self.form.set_values(party_shown(party or PartyFacts("", language="hi")))
        self.matches.show_rows(())
        self._say_age()

    def know(self, party: PartyFacts) -> None:
        """What is typed is about this known person: the masked numbers are that record's."""
        self._known, self.matching = party, False

    def party(self) -> PartyFacts | None:
        """The person as typed; None once what is wrong is shown."""
        values = self.form.values()
        return None if values is None else party_of(values, self._known)

    def _sections(self) -> list[Section]:
        country = "IN"
        fields = [*self._who(country), *_ways(), *self._numbers(), *_address(country)]
        return [Section(fields=fields, columns=4)]

    def _who(self, country: str) -> list[Field]:
        return [
            Field(name="full_name", label=_("Name as on the card"), span=2, length=120),
            Field(
                name="local_name",
                label=_("Name in the language of papers"),
                optional=True,
                span=2,
                length=120,
            ),
            Field(
                name="born_on",
                label=_("Born"),
                kind=Kind.DATE,
                today=self._station.today,
                optional=True,
                parse=self._birth,
            ),
            Field(
                name="phone",
                label=_("Phone"),
                kind=Kind.PHONE,
                optional=True,
                parse=lambda text: phone_of(text, country),
            ),
        ]

    def _numbers(self) -> list[Field]:
        named = {"aadhaar": _("Aadhaar"), "pan": _("PAN"), "voter": _("Voter card")}
        hints = {"aadhaar": _("Stored masked"), "pan": "", "voter": ""}
        return [
            Field(
                name=kind,
                label=named[kind],
                optional=True,
                hint=hints[kind],
                span=2 if kind == "aadhaar" else 1,
                length=40,
                parse=number_of(kind, lambda: self._known),
            )
            for kind in NUMBERS
        ]

    def _birth(self, born_on: date | None) -> date | None:
        return birth_of(born_on, self._station.today)

    def _watch_numbers(self) -> None:
        for name in (*NUMBERS, "phone", "pin"):
            editor = self.form.editor(name)
            if isinstance(editor, LineEdit):
                editor.editingFinished.connect(lambda name=name: self._check(name))

    def _check(self, name: str) -> None:
        """Check a number where it was typed, as soon as the field is left."""
        editor = self.form.editor(name)
        raw = editor.raw() if isinstance(editor, LineEdit) else ""
        if not raw.strip():
            return
        value = self.form.value(name)
        if value is None:
            self._refuse(name, raw)
            return
        if name == "aadhaar" and value != raw:
            self._match_number(raw)
            self.form.set_value(name, kept(name, value))
            self.form.set_hint(name, _("Check digit right, stored masked"))
        elif name == "voter":
            said = _("Check digit does not fit: compare with the card")
            self.form.set_hint(name, said if doubtful(name, value) else "")

    def _refuse(self, name: str, raw: str) -> None:
        """Say at the field what the number lacks, without taking the cursor back."""
        parse = {"phone": lambda text: phone_of(text, "IN"), "pin": lambda text: pin_of(text, "IN")}
        try:
            parse.get(name, number_of(name, lambda: self._known))(raw)
        except KistError as error:
            self.form.box(name).show_error(spoken(error))

    def _on_edited(self, name: str) -> None:
        if name == "born_on":
            self._say_age()
        if name in {"full_name", "phone", "born_on", "village", *NUMBERS}:
            self._timer.start()

    def _say_age(self) -> None:
        born_on = self.form.value("born_on")
        if born_on is None:
            return
        years = age(born_on, self._station.today)
        said = ngettext("{count} year old", "{count} years old", years)
        self.form.set_hint("born_on", said.format(count=years))

    def _match(self) -> None:
        self._match_number(self._number())

    def _number(self) -> str:
        found = [self.form.value(kind) for kind in NUMBERS]
        return next((value for value in found if value), "")

    def _match_number(self, number: str) -> None:
        """Ask for known people like this one; only while the application is being made."""
        name, phone = self.form.value("full_name"), self.form.value("phone")
        if not self.matching or not (name or phone or number):
            self.matches.show_rows(())
            return
        query = MatchParties(
            full_name=name or "",
            phone=phone or "",
            identity=number,
            born_on=self.form.value("born_on"),
            village=self.form.value("village") or "",
        )
        desk = self._station.desk
        desk.read(self, query, self.matches.show_rows, lambda _error: None, slot="match")

    def _take(self, party_id: int) -> None:
        def take(view: PartyView) -> None:
            self.matching = False
            self.show_party(view.party)
            self.person_taken.emit(view)

        self._station.desk.read(self, ShowParty(party_id=party_id), take, slot="party")


class Matches(Card):
    """Known people who may be this one, each with a button to take the record."""

    taken = Signal(object)  # the id, which is wider than an int of Qt

    def __init__(self) -> None:
        super().__init__(tint="tint")
        self._rows = column(gap=6)
        self.body.addLayout(self._rows)
        self.buttons: list[Button] = []
        self.hide()

    def show_rows(self, rows: tuple[PartyMatch, ...]) -> None:
        """Show these; nothing hides the card."""
        self.buttons = []
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for match in rows[:MOST_MATCHES]:
            self._rows.addWidget(self._line(match))
        self.setVisible(bool(rows))

    def _line(self, match: PartyMatch) -> QWidget:
        widget = QWidget()
        why = {
            "identity": _("same identity number"),
            "phone": _("same phone"),
            "name": _("a like name"),
        }
        loans = ngettext("{count} loan", "{count} loans", match.loans).format(count=match.loans)
        under = " · ".join(x for x in (why.get(match.why, ""), match.village, loans) if x)
        said = Text(_("Perhaps {name}").format(name=match.full_name), strong=True)
        button = Button(_("Use this person"), lambda: self.taken.emit(match.party_id))
        button.setAccessibleName(_("Use {name}").format(name=match.full_name))
        self.buttons.append(button)
        line = row(gap=12)
        line.addLayout(column(said, note(under), gap=0), 1)
        line.addWidget(button)
        widget.setLayout(line)
        return widget


def _ways() -> list[Field]:
    return [
        Field(
            name="relative_name",
            label=_("Husband or father"),
            optional=True,
            span=2,
            length=120,
        ),
        Field(
            name="gender",
            label=_("Gender"),
            kind=Kind.CHOICE,
            span=2,
            optional=True,
            choices=(("f", _("Woman")), ("m", _("Man")), ("o", _("Other"))),
        ),
        Field(
            name="language",
            label=_("Language of papers"),
            kind=Kind.CHOICE,
            choices=LANGUAGES,
            span=2,
        ),
    ]


def _address(country: str) -> list[Field]:
    def pin(text: str) -> str:
        return pin_of(text, country)

    return [
        Field(name="house", label=_("House, street"), optional=True, span=2),
        Field(name="village", label=_("Village"), optional=True, length=120),
        Field(name="pin", label=_("PIN"), optional=True, length=12, parse=pin),
    ]
