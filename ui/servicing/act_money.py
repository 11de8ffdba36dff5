"""Money over the counter on a loan: recovered after a write-off, or given back from excess."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.acts import ExcessRefunded, RecoverLoan, RefundExcess
from app.commands.base import Command
from app.commands.origination import DisburseTranche, Mode, TrancheDisbursed
from app.commands.servicing import ReceiptPosted
from app.rows.servicing import LoanView, TrancheRow
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import name_of
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.kit.text import Text
from ui.servicing.act_dialog import ActDialog, date_field, money_field
from ui.servicing.loan_print import show_voucher


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
        if isinstance(over := self.parentWidget(), QWidget):
            number = answer.number
            show_voucher(over, self.station, answer.loan_id, answer.event_id, number)


def _texts(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "reference": values["reference"] or "", "reason": values["reason"] or ""}


def next_part(view: LoanView) -> TrancheRow | None:
    """The part of the loan that is to be handed out next, None where all is out."""
    return next((part for part in view.tranches if part.paid_on is None), None)


class TrancheDialog(Dialog):
    """The next planned part of the loan is handed out, with a voucher."""

    def __init__(self, parent: QWidget, station: Station, view: LoanView, part: TrancheRow) -> None:
        sum_ = amount(part.amount_minor, view.currency, symbol=True, trim=True)
        fields = [
            *mode_fields(),
            Field(name="payee", label=_("To"), value=view.borrower, span=2, length=80),
        ]
        super().__init__(
            parent,
            _("Hand out part {number} of {count}").format(
                number=part.number, count=len(view.tranches)
            ),
            f"{view.borrower} · {view.number}",
            act=_("Hand out {sum}").format(sum=sum_),
            fields=fields,
        )
        self._station, self._view, self._part = station, view, part
        self._key = station.desk.key()
        before, after = view.outstanding_minor, view.outstanding_minor + part.amount_minor
        said = _("Planned for {day}. Outstanding principal goes from {before} to {after}.").format(
            day=day(part.on),
            before=amount(before, view.currency, symbol=True, trim=True),
            after=amount(after, view.currency, symbol=True, trim=True),
        )
        self.content.addWidget(Text(said, tone="text2", wrap=True))
        self.decided.connect(self._hand_out)

    def _hand_out(self, values: dict[str, Any]) -> None:
        command = DisburseTranche(
            loan_id=self._view.loan_id,
            amount_minor=self._part.amount_minor,
            currency=self._view.currency,
            mode=values["mode"],
            reference=values["reference"] or "",
            payee=values["payee"],
        )
        self._station.desk.ask(self, command, self._key, self._done, self.failed)

    def _done(self, done: TrancheDisbursed) -> None:
        said = _("Part handed out with voucher {number}").format(number=done.number)
        self._station.say(said)
        if isinstance(over := self.parentWidget(), QWidget):
            show_voucher(over, self._station, done.loan_id, done.event_id, done.number)
        self.finish()
