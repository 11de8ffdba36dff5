"""The key fact statement of an application: issued, printed, acknowledged, valid until a day."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.commands.key_facts import (
    AcknowledgeKeyFacts,
    IssueKeyFacts,
    KeyFactsAcknowledged,
    KeyFactsIssued,
)
from app.domain.application import Stage
from app.queries.key_facts import KeyFactsForPaper, ShowKeyFacts
from app.rows.key_facts import KeyFactsPaper
from app.rows.origination import ApplicationView, KeyFactsRow, KeyFactsView
from app.texts import _
from app.texts.figures import day
from ui.kit.actions import Action, ActionSet
from ui.kit.card import Card
from ui.kit.chips import Chip
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import SCHEDULE
from ui.kit.screen_context import Station
from ui.kit.text import note
from ui.kit.theme import theme
from ui.origination.facts import LANGUAGES
from ui.origination.later_parts import parts_field

NEEDS = "key-facts"
STAGES = (Stage.SANCTIONED, Stage.READY, Stage.DISBURSED)
PRINTED_IN = (("en", "English"), ("hi", "हिन्दी"))  # languages that the statement is drawn in
TONES = {"open": "info", "acknowledged": "ok", "expired": "late1", "replaced": "neutral"}


class KeyFactsCard(Card):
    """State and days of the newest statement, with what can be done about it."""

    failed = Signal(object)

    def __init__(self, station: Station) -> None:
        super().__init__(_("Key fact statement"))
        if self.heading is not None:
            self.heading.setWordWrap(True)
        self._station = station
        self._view: ApplicationView | None = None
        self.row: KeyFactsRow | None = None
        self.action_set = ActionSet(self)
        self.action_set.show(self._acts())
        self.chip = Chip("", "neutral")
        self._said = note("", wrap=True)
        self.body.setSpacing(theme().space(6))
        self.body.addWidget(self.chip)
        self.body.addWidget(self._said)
        for name in ("issue", "print", "acknowledge"):
            self.body.addWidget(self.action_set.button(name))
        self.hide()

    def show_view(self, view: ApplicationView | None) -> None:
        """Show the statement of an application, once it is sanctioned."""
        self._view, self.row = view, None
        there = view is not None and view.stage in STAGES and self._may()
        self.setVisible(there)
        self._say()
        if view is not None and there:
            query = ShowKeyFacts(application_id=view.application_id)
            self._station.desk.read(self, query, self._take, self.failed.emit, slot="key-facts")

    def do(self, act: str) -> None:
        """Issue, or record the signature."""
        {"issue": self.issue, "acknowledge": self.acknowledge}[act]()

    def issue(self) -> None:
        """Ask for the days and the language, and issue it."""
        view = self._view
        if view is None:
            return
        dialog = issue_dialog(self, self._station, view)

        def done(answer: KeyFactsIssued) -> None:
            dialog.finish()
            said = _("Statement {number} is valid until {day}")
            self._station.say(said.format(number=answer.number, day=day(answer.valid_to)))
            self.show_view(view)
            self._draw(answer.statement_id, answer.number)

        def decided(values: dict[str, Any]) -> None:
            command = issue_of(view.application_id, values)
            self._station.desk.ask(dialog, command, self._station.desk.key(), done, dialog.failed)

        dialog.decided.connect(decided)
        dialog.open()

    def print_it(self) -> None:
        """Show the statement as it is printed."""
        if self.row is not None:
            self._draw(self.row.statement_id, self.row.number)

    def acknowledge(self) -> None:
        """Record that it was explained and signed."""
        found = self.row
        if found is None:
            return
        dialog = acknowledge_dialog(self, found)

        def done(answer: KeyFactsAcknowledged) -> None:
            dialog.finish()
            said = _("Acknowledged on {day}")
            self._station.say(said.format(day=day(answer.acknowledged_on)))
            self.show_view(self._view)

        def decided(values: dict[str, Any]) -> None:
            command = AcknowledgeKeyFacts(statement_id=found.statement_id, **values)
            desk = self._station.desk
            desk.ask(dialog, command, desk.key(), done, dialog.failed)

        dialog.decided.connect(decided)
        dialog.open()

    def _draw(self, statement_id: int, number: str) -> None:
        def show(paper: KeyFactsPaper) -> None:
            title = _("Key fact statement")
            PaperDialog(self.window(), self._station, title, paper, SCHEDULE, number).open()

        query = KeyFactsForPaper(statement_id=statement_id)
        self._station.desk.read(self, query, show, self.failed.emit, slot="paper")

    def _take(self, found: KeyFactsView | None) -> None:
        self.row = None if found is None else found.row
        self._say()

    def _say(self) -> None:
        state = "" if self.row is None else self.row.state
        self.chip.show_state(*_state(state))
        self._said.setText(_sentence(self.row))
        self.action_set.refresh()

    def _acts(self) -> list[Action]:
        return [
            Action(
                name="issue",
                text=_("Issue"),
                keys="Alt+K",
                run=self.issue,
                enabled=lambda: self._may() and self._open(),
            ),
            Action(
                name="print",
                text=_("Print it"),
                keys="Alt+P",
                run=self.print_it,
                enabled=lambda: self.row is not None,
            ),
            Action(
                name="acknowledge",
                text=_("Signed"),
                keys="Alt+S",
                run=self.acknowledge,
                enabled=lambda: self._may() and self._signable(),
            ),
        ]

    def _may(self) -> bool:
        return NEEDS in self._station.me.permissions

    def _open(self) -> bool:
        return self._view is not None and self._view.stage in (Stage.SANCTIONED, Stage.READY)

    def _signable(self) -> bool:
        return self.row is not None and self.row.state == "open"


def issue_dialog(parent: QWidget, station: Station, view: ApplicationView) -> Dialog:
    """Asks when and in which language the loan is promised."""
    spoken = view.party.language
    known = {code for code, _name in PRINTED_IN}
    today = station.today
    fields = [
        Field(
            name="language",
            label=_("Printed in"),
            kind=Kind.ONE_OF,
            choices=PRINTED_IN,
            value=spoken if spoken in known else PRINTED_IN[0][0],
            span=2,
        ),
        Field(name="disburse_on", label=_("Paid out on"), kind=Kind.DATE, today=today, value=today),
        Field(
            name="first_due_on",
            label=_("First instalment due"),
            kind=Kind.DATE,
            today=today,
            optional=True,
        ),
        parts_field(view.request.currency, today),
    ]
    sub = _("{name} hears what the loan costs before taking it.").format(name=view.party.full_name)
    title = _("Issue the key fact statement")
    return Dialog(parent.window(), title, sub, act=_("Issue"), fields=fields, width=480)


def issue_of(application_id: int, values: dict[str, Any]) -> IssueKeyFacts:
    """The command that the dialog's values ask for."""
    return IssueKeyFacts(
        application_id=application_id,
        disburse_on=values["disburse_on"],
        first_due_on=values["first_due_on"],
        tranches=values["tranches"] or (),
        language=values["language"],
    )


def acknowledge_dialog(parent: QWidget, found: KeyFactsRow) -> Dialog:
    """Asks who signed, and in which language it was explained."""
    fields = [
        Field(name="by", label=_("Signed by"), aside=_("if not the borrower"), optional=True),
        Field(
            name="explained_in",
            label=_("Explained in"),
            kind=Kind.CHOICE,
            choices=LANGUAGES,
            value=found.language,
        ),
    ]
    said = _("Statement {number}, valid until {day}.")
    sub = said.format(number=found.number, day=day(found.valid_to))
    title = _("The statement is signed")
    return Dialog(parent.window(), title, sub, act=_("Record it"), fields=fields, columns=1)


def _state(state: str) -> tuple[str, str]:
    words = {
        "open": _("not signed yet"),
        "acknowledged": _("signed"),
        "expired": _("expired"),
        "replaced": _("replaced"),
    }
    return words.get(state, _("none yet")), TONES.get(state, "neutral")


def _sentence(found: KeyFactsRow | None) -> str:
    if found is None:
        return _("The borrower is told what the loan costs before taking it.")
    on = {"number": found.number, "day": day(found.valid_to)}
    if found.state == "acknowledged":
        signed = day(found.acknowledged_on)
        return _("{number}, signed on {day}").format(number=found.number, day=signed)
    if found.state == "expired":
        return _("{number} was valid until {day}. Issue a new one.").format(**on)
    return _("{number}, valid until {day}").format(**on)
