"""Taking a receipt back: what will happen in figures, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.servicing import ReceiptReversed, ReverseReceipt
from app.rows.facts import Mode
from app.rows.servicing import ReceiptRow, TillView
from app.texts import _
from app.texts.figures import amount, day
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station


class ReverseDialog(Dialog):
    """Asks before a receipt is reversed. The safe way out is at the left and on Esc."""

    def __init__(
        self, parent: QWidget, station: Station, receipt: ReceiptRow, till: TillView | None
    ) -> None:
        sum_ = amount(receipt.amount_minor, receipt.currency, trim=True)
        super().__init__(
            parent,
            _("Reverse receipt {number}?").format(number=receipt.number),
            _("{amount} from {borrower}, received on {day}").format(
                amount=sum_, borrower=receipt.borrower, day=day(receipt.received_on)
            ),
            act=_("Reverse {amount}").format(amount=sum_),
            consequences=_consequences(receipt, till, sum_),
            fields=[reason_field(), *_charge(receipt)],
            danger=True,
            keep=_("Keep the receipt"),
        )
        self._station, self._receipt = station, receipt
        self._key = station.desk.key()
        self.decided.connect(self._reverse)

    def _reverse(self, values: dict[str, Any]) -> None:
        command = ReverseReceipt(
            receipt_id=self._receipt.receipt_id,
            reason=values["reason"],
            bounced_minor=values.get("bounced_minor"),
        )
        self._station.desk.ask(self, command, self._key, self._done, self._refused)

    def _refused(self, error: Exception) -> None:
        self.failed(error)

    def _done(self, _result: ReceiptReversed) -> None:
        said = _("Receipt {number} is reversed").format(number=self._receipt.number)
        self._station.say(said)
        self.finish()


def _charge(receipt: ReceiptRow) -> Sequence[Field]:
    """What it costs that the bank sent the money back; cash never comes back by itself."""
    if receipt.mode == Mode.CASH:
        return ()
    return (
        Field(
            name="bounced_minor",
            label=_("Charge for the return"),
            kind=Kind.MONEY,
            currency=receipt.currency,
            optional=True,
            hint=_("If the bank sent it back; due today. Empty: none"),
            span=2,
        ),
    )


def _consequences(receipt: ReceiptRow, till: TillView | None, sum_: str) -> Sequence[str]:
    """What will be different afterwards."""
    loan = _("Loan {number} owes {amount} more, as from {day}.").format(
        number=receipt.loan_number, amount=sum_, day=day(receipt.received_on)
    )
    said = [loan]
    if till is not None and receipt.mode == "cash" and receipt.booked_on == till.business_on:
        before, after = till.expected_minor, till.expected_minor - receipt.amount_minor
        said.append(
            _("Cash in the drawer goes from {before} to {after}: hand {amount} back.").format(
                before=amount(before, till.currency, trim=True),
                after=amount(after, till.currency, trim=True),
                amount=sum_,
            )
        )
    said.append(
        _("The number {number} stays and is marked reversed.").format(number=receipt.number)
    )
    return said
