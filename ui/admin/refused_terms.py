"""Where on the form a refusal by the engine belongs, and what it says there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.errors import KistError, TermsRefused
from app.texts import N_, _, translated
from ui.kit.messages import spoken

# A path of the terms, without the number of an item, and its field.
FIELDS: Mapping[str, str] = {
    "terms.annual_rate": "annual_rate",
    "terms.interest": "interest",
    "terms.repayment": "repayment",
    "terms.every": "every",
    "terms.month_end": "month_end",
    "terms.day_count": "day_count",
    "terms.level_by": "level_by",
    "terms.broken_period": "broken_period",
    "terms.recalculate": "recalculate",
    "terms.down_payment_percent": "down_payment",
    "terms.rounding": "mode",
    "terms.rounding.mode": "mode",
    "terms.rounding.interest_to": "interest_to",
    "terms.rounding.instalment_to": "instalment_to",
    "terms.rounding.instalment_mode": "instalment_mode",
    "terms.rounding.residue": "residue",
    "terms.grace.principal": "grace_principal",
    "terms.grace.interest": "grace_interest",
    "terms.grace.interest_free": "grace_free",
    "terms.grace": "grace_principal",
    "terms.calendar.working_days": "working_days",
    "terms.calendar.shift": "shift",
    "terms.calendar": "shift",
    "terms.charges": "charges",
    "terms.penalty": "penalty",
    "terms.penalty.percent_a_year": "penalty_percent",
    "terms.penalty.amount": "penalty_amount",
    "terms.penalty.of": "penalty_of",
    "terms.penalty.grace_days": "penalty_days",
    "terms.penalty.cap_percent": "penalty_cap",
    "terms.penalty.tax_percent": "penalty_tax",
    "terms.foreclosure": "closing_interest",
    "terms.foreclosure.interest": "closing_interest",
    "terms.foreclosure.charge_percent": "closing_charge",
    "terms.foreclosure.tax_percent": "closing_tax",
    "terms.allocation": "advance_to",
    "terms.allocation.order": "order",
    "terms.allocation.across": "across",
    "terms.allocation.advance_to": "advance_to",
    "terms.allocation.advance_order": "advance_order",
    # what the trial loan asks
    "terms.principal": "amount_minor",
    "terms.instalments": "instalments",
    "terms.disbursed_on": "disbursed_on",
    "terms.first_due_on": "first_due_on",
    "terms.tranches": "part_minor",
}
SAID: Mapping[str, str] = {
    "broken_period": N_("A line of their own and a down payment do not go together."),
    "recalculate": N_("Flat interest never follows the balance."),
    "advance_to": N_("Flat interest cannot lower the principal by money ahead."),
    "grace_principal": N_("Fewer lines than the fewest instalments allowed."),
    "grace_interest": N_("Fewer lines than the fewest instalments allowed."),
    "grace_free": N_("Fewer lines than the fewest instalments allowed."),
    "shift": N_("Two due dates would fall on one day, or the first on the day of paying out."),
    "down_payment": N_("Less than the whole loan, and not with a loan paid out in parts."),
    "penalty_percent": N_("Type the rate of the penal charge."),
    "penalty_amount": N_("Type the amount of the penal charge."),
    "penalty": N_("Type the rate or the amount of the penal charge."),
    "interest_to": N_("More than nothing, and no finer than the currency."),
    "instalment_to": N_("More than nothing, and no finer than the currency."),
    "part_minor": N_("Less than the loan, and handed out before the last due date."),
    "first_due_on": N_("After the day the loan is paid out."),
}


def field_of(error: Exception) -> str:
    """The field that an error belongs to, or nothing."""
    if not isinstance(error, KistError):
        return ""
    path = re.sub(r"\[\d+\]", "", str(error.params.get("path") or ""))
    while path:
        if path in FIELDS:
            return FIELDS[path]
        path = path.rpartition(".")[0]
    return error.field or ""


def said_of(error: Exception) -> str:
    """What is said at the field: in the words of the form where they are known."""
    field = field_of(error)
    if not isinstance(error, TermsRefused):
        return spoken(error)
    if field in SAID:
        return translated(SAID[field])
    allowed = str(error.params.get("allowed") or "")
    if not allowed:
        return spoken(error)
    return _("This does not go with the other terms. Allowed: {allowed}").format(allowed=allowed)
