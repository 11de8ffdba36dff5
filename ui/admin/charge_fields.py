"""The fields of one charge, its document, and what it means in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from app.domain.money import decimal_text, minor_of
from app.texts import _
from app.texts.figures import amount, day
from ui.kit.field import Field, Kind

DEFAULTS: Mapping[str, Any] = {"head": "charge", "of": "principal", "deduct": False}
DATE = "date"


def charge_fields(currency: str, today: date) -> list[Field]:
    """What is asked of one charge."""
    whens = (
        ("disbursement", _("When paid out")),
        ("instalment", _("With each instalment")),
        (DATE, _("On a day")),
    )
    of = (
        ("principal", _("Principal")),
        ("instalment", _("Instalment")),
        ("interest", _("Interest")),
    )
    kinds = (
        ("processing", _("Processing")),
        ("insurance", _("Insurance")),
        ("valuation", _("Valuation")),
        ("other", _("Other")),
    )
    how = (("percent", _("Share")), ("amount", _("Amount")))
    heads = (("charge", _("Charge")), ("penalty", _("Penal charge")))
    return [
        Field(name="name", label=_("Name"), span=2, length=60),
        Field(name="kind", label=_("Kind"), kind=Kind.CHOICE, choices=kinds),
        Field(name="on", label=_("Falls due"), kind=Kind.CHOICE, choices=whens, span=2),
        Field(name="tax", label=_("GST on it, %"), kind=Kind.RATE, optional=True),
        Field(name="on_day", label=_("Day"), kind=Kind.DATE, today=today, span=3),
        Field(name="how", label=_("Taken as"), kind=Kind.CHOICE, choices=how),
        Field(name="percent", label=_("Share, %"), kind=Kind.RATE),
        Field(name="of", label=_("Of"), kind=Kind.CHOICE, choices=of),
        Field(name="amount", label=_("Amount"), kind=Kind.MONEY, currency=currency, span=3),
        Field(name="head", label=_("Booked as"), kind=Kind.CHOICE, choices=heads),
        Field(name="third", label=_("Goes to a third party"), kind=Kind.CHECK, span=2),
        Field(name="deduct", label=_("Kept back from the loan"), kind=Kind.CHECK, span=3),
    ]


def charge_values(charge: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """The values of the fields for a charge of the terms; an empty one gives a new charge's."""
    on = charge.get("on", "disbursement")
    fixed = charge.get("amount")
    dated = on not in {"disbursement", "instalment"}
    tax = charge.get("tax_percent")
    return {
        "name": charge.get("name", ""),
        "on": DATE if dated else on,
        "on_day": date.fromisoformat(on) if dated else None,
        "how": "percent" if fixed is None else "amount",
        "percent": share_of(charge.get("percent")),
        "amount": None if fixed is None else minor_of(fixed, currency),
        "of": charge.get("of", "principal"),
        "tax": share_of(tax),
        "kind": charge.get("kind", "processing"),
        "head": charge.get("head", "charge"),
        "deduct": charge.get("deduct", not charge),
        "third": charge.get("third_party", False),
    }


def charge_of(
    values: Mapping[str, Any], before: Mapping[str, Any], currency: str
) -> dict[str, Any] | None:
    """The charge as the terms write it; None while something is missing.

    A default is written where the charge said it `before`. `kind` and `third_party` stand beside
    the keys of the terms; who saves the product takes them off.
    """
    share, fixed = values["percent"], values["amount"]
    by_share = values["how"] == "percent"
    on = values["on"]
    when = on if on != DATE else values["on_day"] and values["on_day"].isoformat()
    if not values["name"] or not when or (share if by_share else fixed) is None:
        return None
    full: dict[str, Any] = {
        "name": values["name"],
        "head": values["head"],
        "on": when,
        "of": values["of"] if by_share else before.get("of", "principal"),
        "deduct": bool(values["deduct"]) and on == "disbursement",
        **({"percent": percent_text(share)} if by_share else {}),
        **({} if by_share else {"amount": decimal_text(fixed, currency)}),
        **({"tax_percent": percent_text(values["tax"])} if values["tax"] else {}),
    }
    kept = {k: v for k, v in full.items() if k in before or DEFAULTS.get(k) != v}
    return {**kept, "kind": values["kind"], "third_party": bool(values["third"])}


def charge_sentence(charge: Mapping[str, Any], currency: str) -> str:
    """What a charge means, in a sentence or two."""
    parts = [
        _when_sentence(charge).format(
            what=_what(charge, currency), day=_day_of(charge.get("on", ""))
        )
    ]
    if charge.get("tax_percent"):
        said = _("GST of {percent}% comes on top.")
        parts.append(said.format(percent=charge["tax_percent"]))
    if charge.get("third_party"):
        parts.append(_("The lender only passes it on; the yearly cost still counts it."))
    if charge.get("head") == "penalty":
        parts.append(_("It is settled in the place of penal charges."))
    return " ".join(parts)


def percent_text(share: Fraction) -> str:
    """A share as exact per cent: 6/25 is `24`, 9/400 is `2.25`."""
    units = share * 100 * 10**6
    whole, part = divmod(int(units), 10**6)
    decimals = f"{part:06d}".rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)


def share_of(percent: Any) -> Fraction | None:
    """A per cent of the terms as a share; None for nothing."""
    return None if percent is None else Fraction(percent) / 100


def _when_sentence(charge: Mapping[str, Any]) -> str:
    on = charge.get("on", "disbursement")
    if on == "instalment":
        return _("{what}, asked with every instalment.")
    if on != "disbursement":
        return _("{what}, due on {day}.")
    if charge.get("deduct"):
        return _("{what}, kept back when the loan is paid out: less comes in hand.")
    return _("{what}, asked with the first instalment.")


def _what(charge: Mapping[str, Any], currency: str) -> str:
    if charge.get("percent") is None:
        return amount(minor_of(charge["amount"], currency), currency, symbol=True, trim=True)
    each = charge.get("on") == "instalment"
    words = {
        ("principal", False): _("{percent}% of the loan"),
        ("interest", False): _("{percent}% of all the interest"),
        ("instalment", False): _("{percent}% of all instalments"),
        ("principal", True): _("{percent}% of the line's principal"),
        ("interest", True): _("{percent}% of the line's interest"),
        ("instalment", True): _("{percent}% of the line's principal and interest"),
    }
    return words[charge.get("of", "principal"), each].format(percent=charge["percent"])


def _day_of(on: str) -> str:
    return day(date.fromisoformat(on)) if on and on[:1].isdigit() else ""
