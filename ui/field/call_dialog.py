"""What came of calling a borrower; a promise is noted with the call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.late import CallNoted, NoteCall
from app.domain.errors import KistError, ValueRefused
from app.domain.letters import CallOutcome
from app.rows.facts import PromiseFacts
from app.rows.field import OverdueRow
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import named
from ui.field.acts import AMOUNT, DAY, error_at
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station

OUTCOME = "outcome"


class CallDialog(Dialog):
    """The outcome first; amount and day belong to a promise."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        row: OverdueRow,
        then: Callable[[str], object],
    ) -> None:
        super().__init__(
            parent,
            _("Call to {borrower}").format(borrower=row.borrower),
            _("{phone} · {loan} · {money} to pay").format(
                phone=row.phone or _("no phone"),
                loan=row.number,
                money=amount(row.arrears_minor, row.currency, symbol=True, trim=True),
            ),
            act=_("Note the call"),
            fields=_fields(station, row),
            width=520,
        )
        self._station, self._late, self._then = station, row, then
        self._key, self._outcome = station.desk.key(), ""
        self.decided.connect(self._ask)

    def _ask(self, values: dict[str, Any]) -> None:
        promise, self._outcome = None, str(values[OUTCOME])
        if values[OUTCOME] == CallOutcome.PROMISE:
            if values[AMOUNT] is None or values[DAY] is None:
                at = AMOUNT if values[AMOUNT] is None else DAY
                self.failed(_missing(at))
                return
            promise = PromiseFacts(values[AMOUNT], self._late.currency, values[DAY])
        command = NoteCall(
            loan_id=self._late.loan_id,
            outcome=values[OUTCOME],
            note=values["note"] or "",
            promise=promise,
        )
        self._station.desk.ask(self, command, self._key, self._done, self._refused)

    def _done(self, _made: CallNoted) -> None:
        self.finish()
        self._then(self._outcome)

    def _refused(self, error: Exception) -> None:
        self._key = self._station.desk.key()
        at = error.field if isinstance(error, KistError) else ""
        if at.startswith("promise"):
            error_at(self, error, at if at in (AMOUNT, DAY) else AMOUNT)
        else:
            self.failed(error)


def _missing(field: str) -> KistError:
    return ValueRefused(field=field, why="promise-missing")


def _fields(station: Station, row: OverdueRow) -> list[Field]:
    outcomes = [(one.value, named("call", one.value)) for one in CallOutcome]
    return [
        Field(
            name=OUTCOME,
            label=_("What came of it"),
            kind=Kind.CHOICE,
            choices=outcomes,
            value=CallOutcome.SPOKE.value,
            span=2,
        ),
        Field(
            name=AMOUNT,
            label=_("Promised"),
            kind=Kind.MONEY,
            currency=row.currency,
            optional=True,
            aside=_("with a promise"),
        ),
        Field(
            name=DAY,
            label=_("By"),
            kind=Kind.DATE,
            today=station.today,
            optional=True,
            aside=_("with a promise"),
        ),
        Field(name="note", label=_("Note"), kind=Kind.LINES, optional=True, span=2, rows=2),
    ]
