"""What differs between two versions of a product, in the words of its form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from app.rows.facts import ProductFacts
from app.texts import _
from app.texts.figures import amount, percent
from app.texts.labels import named
from ui.admin.charge_fields import charge_sentence
from ui.admin.choices import CHOICES, choices
from ui.admin.editors import unit_names, weekday_names
from ui.admin.terms_fields import sections
from ui.admin.terms_form import shown
from ui.kit.field import Field, Kind
from ui.kit.text import DASH
from ui.parts.compared import Compared

LATE = {
    "percent": ("penalty_percent", "penalty_of", "penalty_days", "penalty_cap", "penalty_tax"),
    "amount": ("penalty_amount", "penalty_days", "penalty_cap", "penalty_tax"),
    "none": (),
}


def differences(before: ProductFacts, after: ProductFacts) -> list[Compared]:
    """Every term that is another one in `after`, in the order of the form."""
    old, new = shown(before), shown(after)
    found = []
    for section in sections(after.currency, (), date.min):
        for field in section.fields:
            was = _words(field, old, before.currency)
            now = _words(field, new, after.currency)
            if was != now:
                found.append(Compared(_label(field, section.title), was, now))
    return found


def _label(field: Field, section: str) -> str:
    return f"{section}: {field.label}" if field.label else section


def _words(field: Field, values: dict[str, Any], currency: str) -> str:
    """How a value is read aloud; a dash where the term does not count."""
    name, value = field.name, values[field.name]
    if name.startswith("penalty_") and name not in LATE[values["penalty"]]:
        return DASH
    if name == "advance_order" and values["advance_own"] != "own":
        return DASH
    if name in CHOICES:
        return dict(choices(name)).get(value, str(value))
    return _figure(field, value, currency)


def _figure(field: Field, value: Any, currency: str) -> str:
    match value:
        case None | "" | ():
            text = DASH
        case bool():
            text = _("yes") if value else _("no")
        case Fraction():
            text = percent(value, 4)
        case int() if field.kind is Kind.MONEY:
            text = amount(value, currency, trim=True)
        case tuple():
            text = _several(field.name, value, currency)
        case _:
            text = str(value)
    return text


def _several(name: str, value: Sequence[Any], currency: str) -> str:
    if name == "every":
        number, unit = value
        return f"{number} {dict(unit_names())[unit]}"
    if name == "working_days":
        return " ".join(weekday_names()[at - 1][0] for at in value)
    if name == "charges":
        each = ((one["name"], charge_sentence(one, currency)) for one in value)
        return "; ".join(f"{title}: {said}" for title, said in each)
    return ", ".join(named("head", head) for head in value)
