"""Money over the counter on a loan: recovered after a write-off, or given back from excess."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.acts import ExcessRefunded, RecoverLoan, RefundExcess
from app.commands.base import Command
from app.commands.origination import Mode
from app.commands.servicing import ReceiptPosted
from app.rows.servicing import LoanView
from app.texts import _
from app.texts.labels import name_of
from ui.kit.dialog import reason_field
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.servicing.act_dialog import ActDialog, date_field, money_field


def mode_fields() -> Sequence[Field]:
    """How the money moves, and the reference of what is not cash."""
    modes = [(mode, name_of(mode)) for mode in Mode if mode.value != "adjustment"]
    return [
        Field(
            name="mode",
            label=_("Mode"),
            kind=Kind.ONE_OF,
            choices=modes,
            value=Mode.CASH,
            span=2,
        ),
        Field(
            name="reference",
            label=_("Reference"),
            optional=True,
            aside=_("of a transfer or a cheque"),
            span=2,
            length=60,
        ),
    ]


class RecoverDialog(ActDialog):
    """Money in on a loan that was given up; its receipt is printed as any other."""

    kind = "recover"

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        view: LoanView,
        received: Callable[[ReceiptPosted], object],
    ) -> None:
        self._received = received
        super().__init__(parent, station, view, _("Recovery"), _("Receive"))

    def fields(self) -> Sequence[Field]:
        struck = self.view.written_off.total_minor - self.view.recovered_minor
        still = _("Of what was written off {sum} has not come in.")
        return [
            money_field(self.view, still.format(sum=self.written(struck))),
            *mode_fields(),
            Field(name="payer", label=_("From"), value=self.view.borrower, span=2, length=80),
            date_field("received_on", _("Received"), self.station, value=self.station.today),
            reason_field(_("Reason, if it is entered late"), optional=True),
        ]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        return RecoverLoan(loan_id=self.view.loan_id, currency=self.view.currency, **_texts(values))

    def after(self, answer: Any) -> None:
        self._received(answer)


class RefundDialog(ActDialog):
    """Money held in excess goes back today, with a voucher."""

    kind = "refund"

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        super().__init__(parent, station, view, _("Refund of excess"), _("Give back"))

    def fields(self) -> Sequence[Field]:
        held = _("Held in excess: {sum}").format(sum=self.written(self.view.excess_minor))
        return [
            money_field(self.view, held, value=self.view.excess_minor),
            *mode_fields(),
            Field(name="payee", label=_("To"), value=self.view.borrower, span=2, length=80),
            reason_field(),
        ]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        return RefundExcess(
            loan_id=self.view.loan_id, currency=self.view.currency, **_texts(values)
        )

    def after(self, answer: ExcessRefunded) -> None:
        said = _("Given back with voucher {number}").format(number=answer.number)
        self.station.say(said)


def _texts(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "reference": values["reference"] or "", "reason": values["reason"] or ""}
