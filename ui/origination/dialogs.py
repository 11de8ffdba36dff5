"""The dialogs of an application: sanction, reject, withdraw, decline a check, disburse."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from PySide6.QtWidgets import QWidget

from app.commands.origination import Mode
from app.rows.origination import ApplicationView, Quote
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import name_of
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field, Kind
from ui.kit.figures import Figure
from ui.kit.panel import small_figures
from ui.kit.screen_context import Station


def sanction_dialog(parent: QWidget, view: ApplicationView, rate: Fraction | None) -> Dialog:
    """Ask what is sanctioned; it begins with what was asked and offered, the smaller of both."""
    decision, asked = view.decision, view.request
    offered = asked.amount_minor
    if decision is not None and decision.outcome == "approve":
        offered = min(offered, decision.offered_minor) or offered
    against = decision is not None and decision.outcome != "approve"
    hint = _("Needed: the rules did not approve") if against else _("Needed beyond the decision")
    fields = [
        Field(
            name="amount_minor",
            label=_("Amount"),
            kind=Kind.MONEY,
            currency=asked.currency,
            value=offered,
        ),
        Field(
            name="instalments",
            label=_("Instalments"),
            kind=Kind.INT,
            value=asked.instalments,
            least=1,
            most=1000,
        ),
        Field(name="annual_rate", label=_("Rate a year"), kind=Kind.RATE, value=rate),
        Field(
            name="override_reason",
            label=_("Reason to go beyond the decision"),
            optional=True,
            hint=hint,
            span=2,
            length=500,
        ),
    ]
    asked_text = amount(asked.amount_minor, asked.currency, symbol=True, trim=True)
    sub = _("{name} asked for {amount} in {count} instalments.").format(
        name=view.party.full_name, amount=asked_text, count=asked.instalments
    )
    return Dialog(parent, _("Sanction"), sub, act=_("Sanction"), fields=fields)


def reason_dialog(parent: QWidget, title: str, act: str, sentence: str) -> Dialog:
    """Ask for the reason of something that ends the way."""
    return Dialog(
        parent, title, act=act, consequences=(sentence,), fields=[reason_field()], danger=True
    )


def disburse_dialog(
    parent: QWidget, station: Station, view: ApplicationView, quote: Quote
) -> Dialog:
    """Ask how a sanctioned loan is paid out, with the amount that goes into the hand."""
    money = quote.currency
    fields = _ways_out(station, quote.lines[0].due_on if quote.lines else None)
    net = amount(quote.paid_out_minor, money, symbol=True, trim=True)
    sub = _("{name} · the loan starts on {day}.").format(
        name=view.party.full_name, day=day(station.today)
    )
    act = _("Pay out {amount}").format(amount=net)
    dialog = Dialog(parent, _("Disburse"), sub, act=act, fields=fields, width=520)
    fees = quote.fee_minor + quote.tax_minor
    figures = (
        Figure(
            _("Sanctioned"), amount(quote.amount_minor, money, symbol=True, trim=True), size="lead"
        ),
        Figure(_("Fee with GST"), amount(fees, money, symbol=True, trim=True), size="lead"),
        Figure(_("In hand"), net, size="lead"),
    )
    dialog.content.addLayout(small_figures(figures))
    return dialog


def _ways_out(station: Station, due: date | None) -> list[Field]:
    return [
        Field(
            name="mode",
            label=_("Paid out by"),
            kind=Kind.ONE_OF,
            choices=[(mode, name_of(mode)) for mode in Mode],
            value=Mode.BANK,
            span=2,
        ),
        Field(
            name="reference",
            label=_("Reference"),
            optional=True,
            hint=_("of the transfer or cheque"),
            length=120,
        ),
        Field(
            name="first_due_on",
            label=_("First instalment due"),
            kind=Kind.DATE,
            today=station.today,
            value=due,
            optional=True,
        ),
    ]
