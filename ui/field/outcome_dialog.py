"""What came of a visit: the outcome, who was met, a claim of money, a promise."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.field import RecordVisit, VisitRecorded
from app.domain.errors import KistError, ValueRefused
from app.domain.visit import ASKED, Need, Outcome
from app.rows.facts import PromiseFacts
from app.rows.field import VisitRow
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import name_of
from ui.field.visit_table import asked_of
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station

NOTE_LENGTH = 2000
AMOUNT, BY = "promise.amount_minor", "promise.promised_on"  # as the gate names them


class OutcomeDialog(Dialog):
    """Keys in one visit. Money named here is a claim until the counter has it."""

    def __init__(self, parent: QWidget, station: Station, visit: VisitRow) -> None:
        sub = _("{loan} · {amount} to pay").format(
            loan=visit.number, amount=amount(asked_of(visit), visit.currency, symbol=True)
        )
        super().__init__(
            parent,
            visit.borrower,
            sub,
            act=_("Record"),
            fields=_fields(station, visit),
            width=560,
        )
        self._station, self._visit, self._key = station, visit, station.desk.key()
        self.decided.connect(self._send)
        if self.form is not None:
            self.form.edited.connect(self._follow)
        self._follow("outcome")

    def _follow(self, name: str) -> None:
        """Show only the fields that the chosen outcome asks for."""
        form = self.form
        if form is None or name != "outcome":
            return
        outcome = form.value("outcome")
        asked = ASKED[outcome] if outcome is not None else None
        form.set_shown("claimed_minor", asked is not None and asked.amount is not Need.NEVER)
        promised = asked is not None and asked.promise is not Need.NEVER
        form.set_shown("promise.amount_minor", promised)
        form.set_shown("promise.promised_on", promised)
        if asked is not None and asked.met is not None:
            form.set_value("met", asked.met)

    def _send(self, values: dict[str, Any]) -> None:
        try:
            command = self._command(values)
        except KistError as missing:
            self.failed(missing)
            return
        self._station.desk.ask(self, command, self._key, self._done, self._refused)

    def _command(self, values: dict[str, Any]) -> RecordVisit:
        asked = ASKED[values["outcome"]]
        claimed = values.get("claimed_minor") or 0
        return RecordVisit(
            visit_id=self._visit.visit_id,
            outcome=values["outcome"].value,
            met=bool(values["met"]),
            note=values["note"] or "",
            claimed_minor=0 if asked.amount is Need.NEVER else claimed,
            currency=self._visit.currency,
            promise=None if asked.promise is Need.NEVER else self._promise(values),
        )

    def _promise(self, values: dict[str, Any]) -> PromiseFacts | None:
        """The promise as typed; half of one is refused at the half that is missing."""
        minor, on = values.get(AMOUNT), values.get(BY)
        if not minor and on is None:
            return None
        if not minor:
            raise ValueRefused(field=AMOUNT, why="empty")
        if on is None:
            raise ValueRefused(field=BY, why="empty")
        return PromiseFacts(amount_minor=minor, currency=self._visit.currency, promised_on=on)

    def _done(self, answer: VisitRecorded) -> None:
        self.finish()
        noted = _("Visit recorded, promise noted")
        said = noted if answer.promise_id else _("Visit recorded")
        self._station.say(said)

    def _refused(self, error: Exception) -> None:
        self._key = self._station.desk.key()
        field = getattr(error, "field", "")
        if field in {"promise", "amount_minor"}:
            error.field = "promise.amount_minor"  # type: ignore[attr-defined]
        self.failed(error)


def _fields(station: Station, visit: VisitRow) -> list[Field]:
    outcomes = [(one, name_of(one)) for one in Outcome]
    return [
        Field(name="outcome", label=_("What came of it"), kind=Kind.SEARCH, choices=outcomes),
        Field(name="met", label=_("The borrower was met"), kind=Kind.CHECK, value=False),
        Field(
            name="promise.amount_minor",
            label=_("Promised amount"),
            kind=Kind.MONEY,
            currency=visit.currency,
            optional=True,
        ),
        Field(
            name="promise.promised_on",
            label=_("By"),
            kind=Kind.DATE,
            today=station.today,
            optional=True,
        ),
        Field(
            name="claimed_minor",
            label=_("Money handed over"),
            kind=Kind.MONEY,
            currency=visit.currency,
            optional=True,
            span=2,  # alone in its line, which goes with it
            hint=_("A claim, until the counter has it"),
        ),
        Field(
            name="note",
            label=_("Note"),
            kind=Kind.LINES,
            optional=True,
            span=2,
            length=NOTE_LENGTH,
        ),
    ]
