"""Undoing a fact of a loan from its own date, shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.acts import ReverseAct
from app.commands.base import Command
from app.commands.servicing import ReverseReceipt
from app.domain.roles import Permission
from app.rows.servicing import LedgerRow, LoanView
from app.texts import _
from app.texts.figures import day
from app.texts.labels import named
from ui.kit.dialog import reason_field
from ui.kit.field import Field
from ui.kit.screen_context import Station
from ui.servicing.act_dialog import ActDialog

MONEY_IN = ("receipt", "recovery")
NEVER = ("disbursement", "opening", "reversal", "held")


def why_not(row: LedgerRow | None, station: Station) -> str:
    """Why a line of the statement cannot be undone by this person, empty where it can."""
    if row is None:
        return _("Choose a line of the statement first.")
    if row.reversed:
        return _("This line is reversed already.")
    if row.what in NEVER or not row.event_id:
        said = _("{what} cannot be reversed.")
        return said.format(what=named("event-kind", row.what))
    needs = Permission.RECEIPT_REVERSE if row.what in MONEY_IN else Permission.LOAN_REVERSE
    return "" if station.may(needs) else _("Not in your role")


class ReverseActDialog(ActDialog):
    """The fact never was, from its own date; what it posted is posted back today."""

    def __init__(self, parent: QWidget, station: Station, view: LoanView, fact: LedgerRow) -> None:
        self.fact, self.kind = fact, f"reverse-{fact.event_id}"
        what = " ".join(part for part in (named("event-kind", fact.what), fact.number) if part)
        title = _("Reverse: {what} of {day}").format(what=what, day=day(fact.on))
        super().__init__(parent, station, view, title, _("Reverse"), danger=True)

    def fields(self) -> Sequence[Field]:
        said = _(
            "It counts as if it had never been, from its own day on. The line stays in the "
            "statement and is marked reversed."
        )
        return [reason_field(hint=said)]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        fact, reason = self.fact, values["reason"]
        if fact.what in MONEY_IN:
            return ReverseReceipt(receipt_id=fact.receipt_id, reason=reason)
        return ReverseAct(loan_id=self.view.loan_id, event_id=fact.event_id, reason=reason)

    def after(self, _answer: Any) -> None:
        what = " ".join(
            part for part in (named("event-kind", self.fact.what), self.fact.number) if part
        )
        self.station.say(_("{what} is reversed").format(what=what))
