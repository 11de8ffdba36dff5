"""A product's terms as plain fields: read from its document and written back into it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from app.commands.products import ProductFacts
from app.texts import N_, _
from app.texts.figures import sign_of
from ui.kit.field import Field, Kind, Section

FEE = N_("Processing fee")  # the name that a new fee gets; loans keep theirs
PERIODIC = "periodic"
EVERY = (("week", 1), ("week", 2), ("month", 1))
DAY_COUNTS = (PERIODIC, "actual/365")
KNOWN_ROUNDINGS = ("0.01", "1", "5", "10")
TEMPLATE: Mapping[str, Any] = {
    "annual_rate": "24",
    "every": {"n": 1, "unit": "month"},
    "day_count": PERIODIC,
    "level_by": "period-rate",
    "rounding": {
        "mode": "half-up",
        "interest_to": "0.01",
        "instalment_to": "1",
        "instalment_mode": "up",
        "residue": "last",
    },
}


def sections(currency: str, rule_sets: tuple[str, ...]) -> list[Section]:
    """The form of a product."""
    return [
        Section(title=_("Product"), fields=_names(rule_sets), columns=3),
        Section(title=_("Interest"), fields=_interest()),
        Section(title=_("Instalments"), fields=_instalments(currency)),
        Section(title=_("What may be sanctioned"), fields=_bounds(currency)),
        Section(title=_("Fee when the loan is paid out"), fields=_fee()),
    ]


def shown(facts: ProductFacts) -> dict[str, Any]:
    """The values of the form for a product."""
    doc = json.loads(facts.terms)
    rounding, every = doc.get("rounding", {}), doc.get("every", {})
    fee = _fee_of(doc) or {}
    return {
        "code": facts.code,
        "title": facts.title,
        "rule_set": facts.rule_set,
        "active": facts.active,
        "interest": doc.get("interest", "declining"),
        "annual_rate": _share(doc.get("annual_rate", facts.min_rate)),
        "day_count": doc.get("day_count", PERIODIC),
        "every": (every.get("unit", "month"), every.get("n", 1)),
        "instalment_to": rounding.get("instalment_to", "1"),
        "min_minor": facts.min_minor,
        "max_minor": facts.max_minor,
        "min_instalments": facts.min_instalments,
        "max_instalments": facts.max_instalments,
        "min_rate": _share(facts.min_rate),
        "max_rate": _share(facts.max_rate),
        "fee_percent": _share(fee.get("percent") or "0"),
        "fee_tax": _share(fee.get("tax_percent") or "0"),
    }


def facts_of(values: Mapping[str, Any], before: ProductFacts) -> ProductFacts:
    """The product as the form says. Terms that the form does not know stay as they were."""
    doc = {**TEMPLATE, **json.loads(before.terms)}
    unit, number = values["every"]
    doc["annual_rate"] = percent_text(values["annual_rate"])
    doc["interest"] = values["interest"]
    doc["every"] = {"n": number, "unit": unit}
    doc["day_count"] = values["day_count"]
    doc["rounding"] = {**doc["rounding"], "instalment_to": values["instalment_to"]}
    if values["interest"] == "flat":
        doc.pop("level_by", None)
        doc.pop("day_count", None)
    doc["charges"] = _charges(doc, values)
    if not doc["charges"]:
        del doc["charges"]
    return ProductFacts(
        code=values["code"],
        title=values["title"],
        currency=before.currency,
        terms=json.dumps(doc, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
        rule_set=values["rule_set"],
        min_minor=values["min_minor"],
        max_minor=values["max_minor"],
        min_instalments=values["min_instalments"],
        max_instalments=values["max_instalments"],
        min_rate=percent_text(values["min_rate"]),
        max_rate=percent_text(values["max_rate"]),
        active=values["active"],
    )


def blank(currency: str, rule_set: str) -> ProductFacts:
    """What a new product begins with."""
    return ProductFacts(
        code="",
        title="",
        currency=currency,
        terms=json.dumps(dict(TEMPLATE)),
        rule_set=rule_set,
        min_minor=0,
        max_minor=0,
        min_instalments=6,
        max_instalments=24,
        min_rate="18",
        max_rate="26",
    )


def percent_text(share: Fraction) -> str:
    """A share as exact per cent: 6/25 is `24`, 9/400 is `2.25`."""
    units = share * 100 * 10**6
    whole, part = divmod(int(units), 10**6)
    decimals = f"{part:06d}".rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)


def _charges(doc: Mapping[str, Any], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The charges, with the fee on disbursement as the form says and the others as they were."""
    fee = _fee_of(doc)
    others = [charge for charge in doc.get("charges", []) if charge is not fee]
    if not values["fee_percent"]:
        return others
    made: dict[str, Any] = {
        "name": FEE,
        "head": "charge",
        "on": "disbursement",
        "of": "principal",
        "deduct": True,
        **(fee or {}),
        "percent": percent_text(values["fee_percent"]),
    }
    made.pop("tax_percent", None)
    if values["fee_tax"]:
        made["tax_percent"] = percent_text(values["fee_tax"])
    return [made, *others]


def _fee_of(doc: Mapping[str, Any]) -> dict[str, Any] | None:
    """The first charge in per cent that is taken when the loan is paid out."""
    charges: list[dict[str, Any]] = doc.get("charges", [])
    fitting = [c for c in charges if c.get("on") == "disbursement" and c.get("percent")]
    return fitting[0] if fitting else None


def _share(percent: str) -> Fraction:
    return Fraction(percent) / 100


def _names(rule_sets: tuple[str, ...]) -> list[Field]:
    rules = tuple((name, name) for name in rule_sets)
    return [
        Field(name="title", label=_("Name"), length=120, span=2),
        Field(name="code", label=_("Code"), length=24),
        Field(name="rule_set", label=_("Decided by"), kind=Kind.CHOICE, choices=rules, span=2),
        Field(name="active", label=_("Offered"), kind=Kind.CHECK),
    ]


def _interest() -> list[Field]:
    kinds = (("declining", _("On balance")), ("flat", _("Flat")))
    days = ((PERIODIC, _("Full periods")), ("actual/365", _("Days of 365")))
    return [
        Field(
            name="interest",
            label=_("How it is charged"),
            kind=Kind.ONE_OF,
            choices=kinds,
            span=2,
        ),
        Field(name="annual_rate", label=_("Usual rate, % a year"), kind=Kind.RATE),
        Field(name="day_count", label=_("Days counted as"), kind=Kind.CHOICE, choices=days),
    ]


def _instalments(currency: str) -> list[Field]:
    every = (
        (("week", 1), _("Week")),
        (("week", 2), _("Two weeks")),
        (("month", 1), _("Month")),
    )
    sign = sign_of(currency)
    whole = tuple((to, f"{sign}{to}" if to != "0.01" else _("exact")) for to in KNOWN_ROUNDINGS)
    return [
        Field(name="every", label=_("Every"), kind=Kind.CHOICE, choices=every),
        Field(
            name="instalment_to",
            label=_("Instalment rounded up to"),
            kind=Kind.ONE_OF,
            choices=whole,
            hint=_("The last instalment takes the rest"),
        ),
    ]


def _bounds(currency: str) -> list[Field]:
    def money(name: str, label: str) -> Field:
        return Field(name=name, label=label, kind=Kind.MONEY, currency=currency)

    def whole(name: str, label: str) -> Field:
        return Field(name=name, label=label, kind=Kind.INT, least=1, most=1000)

    return [
        money("min_minor", _("Amount from")),
        money("max_minor", _("Amount to")),
        whole("min_instalments", _("Instalments from")),
        whole("max_instalments", _("Instalments to")),
        Field(name="min_rate", label=_("Rate from, %"), kind=Kind.RATE),
        Field(name="max_rate", label=_("Rate to, %"), kind=Kind.RATE),
    ]


def _fee() -> list[Field]:
    return [
        Field(name="fee_percent", label=_("Processing fee, % of the loan"), kind=Kind.RATE),
        Field(name="fee_tax", label=_("GST on it, %"), kind=Kind.RATE),
    ]
