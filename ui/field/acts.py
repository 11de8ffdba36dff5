"""What is asked before a visit is given out or a promise is noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.field import MakePromise, PlannedStop, PlanVisits, PromiseFacts, VisitsPlanned
from app.domain.errors import KistError
from app.domain.visit import Why
from app.rows.admin import SignInCard
from app.rows.field import OverdueRow
from app.texts import _, ngettext
from app.texts.figures import amount
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station

AMOUNT, DAY = "promise.amount_minor", "promise.promised_on"


class GiveVisit(Dialog):
    """Which officer goes, and on which day."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        rows: Sequence[OverdueRow],
        officers: Sequence[SignInCard],
        then: Callable[[VisitsPlanned], object],
    ) -> None:
        count = ngettext("{number} loan", "{number} loans", len(rows)).format(number=len(rows))
        super().__init__(
            parent,
            _("Give a visit"),
            _("{count}, after what is planned already").format(count=count),
            act=_("Give a visit"),
            fields=_visit_fields(station, rows, officers),
        )
        self._station, self._late, self._then = station, tuple(rows), then
        self._key = station.desk.key()
        self.decided.connect(self._ask)

    def _ask(self, values: dict[str, Any]) -> None:
        stops = tuple(PlannedStop(row.loan_id, why_of_row(row).value) for row in self._late)
        command = PlanVisits(officer_id=values["officer_id"], on=values["on"], stops=stops)
        self._station.desk.ask(self, command, self._key, self._done, self._refused)

    def _done(self, planned: VisitsPlanned) -> None:
        self._then(planned)
        self.finish()

    def _refused(self, error: Exception) -> None:
        self._key = self._station.desk.key()
        self.failed(error)


class PromiseDialog(Dialog):
    """A promise made outside a visit: an amount by a day."""

    def __init__(
        self, parent: QWidget, station: Station, row: OverdueRow, then: Callable[[], object]
    ) -> None:
        super().__init__(
            parent,
            _("Promise"),
            _("{borrower}, {loan}: {money} to pay").format(
                borrower=row.borrower,
                loan=row.number,
                money=amount(row.arrears_minor, row.currency, symbol=True, trim=True),
            ),
            act=_("Note the promise"),
            fields=_promise_fields(station, row),
        )
        self._station, self._row, self._then = station, row, then
        self._key = station.desk.key()
        self.decided.connect(self._ask)

    def _ask(self, values: dict[str, Any]) -> None:
        facts = PromiseFacts(values[AMOUNT], self._row.currency, values[DAY])
        note = values["note"] or ""
        command = MakePromise(loan_id=self._row.loan_id, promise=facts, note=note)
        self._station.desk.ask(self, command, self._key, self._done, self._refused)

    def _done(self, _made: object) -> None:
        self._then()
        self.finish()

    def _refused(self, error: Exception) -> None:
        self._key = self._station.desk.key()
        at = error.field if isinstance(error, KistError) else ""
        if at.startswith("promise") and self.form is not None:
            field = at if at in (AMOUNT, DAY) else AMOUNT
            error_at(self, error, field)
        else:
            self.failed(error)


def error_at(dialog: Dialog, error: Exception, field: str) -> None:
    """Show a refusal at another field than the one it names."""
    if isinstance(error, KistError):
        error.field = field
    dialog.failed(error)


def why_of_row(row: OverdueRow) -> Why:
    """Why somebody goes to see the borrower."""
    if row.promise_state == "broken":
        return Why.PROMISE_BROKEN
    if row.promise_state == "open":
        return Why.PROMISE_DUE
    return Why.OVERDUE if row.dpd else Why.DUE


def _visit_fields(
    station: Station, rows: Sequence[OverdueRow], officers: Sequence[SignInCard]
) -> list[Field]:
    own = {row.officer_id for row in rows}
    known = [card.user_id for card in officers]
    proposed = next((user_id for user_id in known if own == {user_id}), None)
    if proposed is None:
        proposed = station.me.user_id if station.me.user_id in known else None
    return [
        Field(
            name="officer_id",
            label=_("Officer"),
            kind=Kind.CHOICE,
            value=proposed,
            choices=[(card.user_id, card.full_name) for card in officers],
        ),
        Field(name="on", label=_("Day"), kind=Kind.DATE, value=station.today, today=station.today),
    ]


def _promise_fields(station: Station, row: OverdueRow) -> list[Field]:
    return [
        Field(
            name=AMOUNT,
            label=_("Amount"),
            kind=Kind.MONEY,
            currency=row.currency,
        ),
        Field(
            name=DAY,
            label=_("By"),
            kind=Kind.DATE,
            today=station.today,
        ),
        Field(name="note", label=_("Note"), kind=Kind.LINES, optional=True, span=2, rows=2),
    ]
