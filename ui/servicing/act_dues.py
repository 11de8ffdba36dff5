"""What is due on a loan changes: levied, forgiven, given up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.acts import WriteOffLoan
from app.commands.base import Command
from app.commands.servicing import ChargeLoan, WaiveDue
from app.domain.allocation import Head
from app.rows.servicing import LoanView
from app.texts import _
from app.texts.labels import name_of
from ui.kit.dialog import reason_field
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.parts.sums import HEADS, of_head
from ui.servicing.act_dialog import ActDialog, money_field


class ChargeDialog(ActDialog):
    """A charge or a penal charge, due today."""

    kind = "charge"

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        super().__init__(parent, station, view, _("Charge"), _("Charge"))

    def fields(self) -> Sequence[Field]:
        heads = [(head, name_of(head)) for head in (Head.CHARGE, Head.PENALTY)]
        return [
            Field(name="title", label=_("What it is for"), span=2, length=80),
            Field(
                name="head",
                label=_("Head"),
                kind=Kind.ONE_OF,
                choices=heads,
                value=Head.CHARGE,
                span=2,
            ),
            money_field(self.view, _("Due today; it bears no interest.")),
            reason_field(),
        ]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        return ChargeLoan(loan_id=self.view.loan_id, currency=self.view.currency, **values)


class WaiveDialog(ActDialog):
    """Forgive a part of what is unpaid today, the oldest first."""

    kind = "waive"

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        super().__init__(parent, station, view, _("Waiver"), _("Waive"))
        if self.form is not None:
            self.form.edited.connect(self._tell_unpaid)
        self._tell_unpaid("head")

    def fields(self) -> Sequence[Field]:
        due = [head for head in HEADS if of_head(self.view.due_today, head)]
        return [
            Field(
                name="head",
                label=_("Head"),
                kind=Kind.CHOICE,
                choices=[(head, name_of(head)) for head in due],
                value=due[0] if due else None,
                span=2,
            ),
            money_field(self.view),
            reason_field(),
        ]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        return WaiveDue(loan_id=self.view.loan_id, currency=self.view.currency, **values)

    def _tell_unpaid(self, name: str) -> None:
        head = self.form.value("head") if self.form is not None and name == "head" else None
        if head is not None and self.form is not None:
            unpaid = self.written(of_head(self.view.due_today, head))
            said = _("Unpaid today under this head: {sum}").format(sum=unpaid)
            self.form.set_hint("amount_minor", said)


class WriteOffDialog(ActDialog):
    """Everything unpaid is struck; what comes in later is a recovery."""

    kind = "write-off"

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        super().__init__(parent, station, view, _("Write-off"), _("Write off"), danger=True)

    def fields(self) -> Sequence[Field]:
        said = _(
            "The whole debt is struck from the books today. The borrower still owes it: what "
            "comes in later is taken as a recovery, with a receipt."
        )
        return [reason_field(hint=said)]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        return WriteOffLoan(
            loan_id=self.view.loan_id, currency=self.view.currency, reason=values["reason"]
        )
