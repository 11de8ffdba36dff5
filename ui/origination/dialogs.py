"""The dialogs of an application: sanction, reject, withdraw, decline a check."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import QWidget

from app.rows.origination import ApplicationView
from app.texts import _
from app.texts.figures import amount
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field, Kind


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
