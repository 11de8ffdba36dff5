"""A product's terms as plain fields: read from its document and written back into it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.commands.products import ProductFacts
from app.domain.money import decimal_text, minor_of
from app.rows.facts import FeeNote, KeyFactsNotes
from ui.admin.charge_fields import percent_text, share_of
from ui.admin.choices import AMOUNT, NO, SAME, SHARE
from ui.admin.key_fact_fields import notes_of, notes_shown

HEADS = ("penalty", "charge", "interest", "principal")
WEEK = (1, 2, 3, 4, 5, 6, 7)
TEMPLATE: Mapping[str, Any] = {
    "annual_rate": "24",
    "every": {"n": 1, "unit": "month"},
    "day_count": "periodic",
    "level_by": "period-rate",
    "rounding": {
        "mode": "half-up",
        "interest_to": "0.01",
        "instalment_to": "1",
        "instalment_mode": "up",
        "residue": "last",
    },
}
# What a key means where the document does not have it.
DEFAULTS: Mapping[str, Any] = {
    "interest": "declining",
    "repayment": "equal-instalments",
    "month_end": "clamp",
    "day_count": "periodic",
    "level_by": "period-rate",
    "rounding": {
        "mode": "half-even",
        "interest_to": "0.01",
        "instalment_to": "0.01",
        "instalment_mode": None,
        "residue": "last",
    },
    "grace": {"principal": 0, "interest": 0, "interest_free": 0},
    "down_payment_percent": None,
    "broken_period": "first-instalment",
    "calendar": {"working_days": list(WEEK), "shift": "none"},
    "charges": [],
    "penalty": None,
    "foreclosure": {"interest": "to-date", "charge_percent": None, "tax_percent": None},
    "allocation": {
        "order": list(HEADS),
        "across": "instalment",
        "advance_order": None,
        "advance_to": "next",
    },
    "recalculate": "never",
}
PENALTY: Mapping[str, Any] = {
    "of": "overdue-instalment",
    "grace_days": 0,
    "cap_percent": None,
    "tax_percent": None,
}


def shown(facts: ProductFacts) -> dict[str, Any]:
    """The values of the form for a product."""
    doc = json.loads(facts.terms)
    whole = _filled(doc, DEFAULTS)
    return {
        "code": facts.code,
        "title": facts.title,
        "rule_set": facts.rule_set,
        "active": facts.active,
        "min_minor": facts.min_minor,
        "max_minor": facts.max_minor,
        "min_instalments": facts.min_instalments,
        "max_instalments": facts.max_instalments,
        "min_rate": share_of(facts.min_rate),
        "max_rate": share_of(facts.max_rate),
        "charges": _charges_shown(whole["charges"], facts.key_facts),
        "annual_rate": share_of(doc.get("annual_rate", facts.min_rate)),
        **_plain_shown(whole),
        **_rounding_shown(whole["rounding"], facts.currency),
        **_penalty_shown(doc.get("penalty"), facts.currency),
        **_money_shown(whole["foreclosure"], whole["allocation"]),
        **notes_shown(facts.key_facts),
    }


def facts_of(values: Mapping[str, Any], before: ProductFacts) -> ProductFacts:
    """The product as the form says. What the form does not know stays as it was."""
    earlier = json.loads(before.terms)
    charges = [dict(charge) for charge in values["charges"]]
    fees = tuple(FeeNote(one["name"], one.pop("kind"), one.pop("third_party")) for one in charges)
    written = _written(values, charges, before.currency)
    doc = _pruned(_merged(earlier, written), earlier, DEFAULTS)
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
        key_facts=notes_of(values, fees, before.key_facts),
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
        key_facts=KeyFactsNotes(),
    )


def _plain_shown(doc: Mapping[str, Any]) -> dict[str, Any]:
    every, grace, days = doc["every"], doc["grace"], doc["calendar"]
    plain = ("interest", "repayment", "month_end", "day_count", "level_by", "broken_period")
    return {
        **{name: doc[name] for name in (*plain, "recalculate")},
        "every": (every.get("n", 1), every.get("unit", "month")),
        "down_payment": share_of(doc["down_payment_percent"]),
        "grace_principal": grace["principal"] or 0,
        "grace_interest": grace["interest"] or 0,
        "grace_free": grace["interest_free"] or 0,
        "working_days": tuple(days["working_days"]),
        "shift": days["shift"],
    }


def _rounding_shown(rounding: Mapping[str, Any], currency: str) -> dict[str, Any]:
    return {
        "mode": rounding["mode"],
        "interest_to": minor_of(rounding["interest_to"], currency),
        "instalment_to": minor_of(rounding["instalment_to"], currency),
        "instalment_mode": rounding["instalment_mode"] or SAME,
        "residue": rounding["residue"],
    }


def _penalty_shown(penalty: Mapping[str, Any] | None, currency: str) -> dict[str, Any]:
    said = _filled(penalty or {}, PENALTY)
    fixed = said.get("amount")
    kind = NO if penalty is None else SHARE if fixed is None else AMOUNT
    return {
        "penalty": kind,
        "penalty_percent": share_of(said.get("percent_a_year")),
        "penalty_amount": None if fixed is None else minor_of(fixed, currency),
        "penalty_of": said["of"],
        "penalty_days": said["grace_days"],
        "penalty_cap": share_of(said["cap_percent"]),
        "penalty_tax": share_of(said["tax_percent"]),
    }


def _money_shown(closing: Mapping[str, Any], rule: Mapping[str, Any]) -> dict[str, Any]:
    ahead = rule["advance_order"]
    return {
        "closing_interest": closing["interest"],
        "closing_charge": share_of(closing["charge_percent"]),
        "closing_tax": share_of(closing["tax_percent"]),
        "order": tuple(rule["order"]),
        "across": rule["across"],
        "advance_to": rule["advance_to"],
        "advance_own": SAME if ahead is None else "own",
        "advance_order": tuple(ahead or rule["order"]),
    }


def _charges_shown(
    charges: list[dict[str, Any]], notes: KeyFactsNotes | None
) -> tuple[dict[str, Any], ...]:
    """The charges with what the key fact statement says of each."""
    said = {fee.name: fee for fee in (notes.fees if notes else ())}
    shown = []
    for charge in charges:
        fee = said.get(charge["name"], FeeNote(charge["name"]))
        shown.append({**charge, "kind": fee.kind, "third_party": fee.third_party})
    return tuple(shown)


def _written(
    values: Mapping[str, Any], charges: list[dict[str, Any]], currency: str
) -> dict[str, Any]:
    """The terms in full, every key written."""
    number, unit = values["every"]
    return {
        "annual_rate": percent_text(values["annual_rate"]),
        "interest": values["interest"],
        "repayment": values["repayment"],
        "every": {"n": number, "unit": unit},
        "month_end": values["month_end"],
        "day_count": values["day_count"],
        "level_by": values["level_by"],
        "rounding": _rounding_written(values, currency),
        "grace": {
            "principal": values["grace_principal"],
            "interest": values["grace_interest"],
            "interest_free": values["grace_free"],
        },
        "down_payment_percent": _percent(values["down_payment"]),
        "broken_period": values["broken_period"],
        "calendar": {"working_days": list(values["working_days"]), "shift": values["shift"]},
        "charges": charges,
        "penalty": _penalty_written(values, currency),
        "foreclosure": {
            "interest": values["closing_interest"],
            "charge_percent": _percent(values["closing_charge"]),
            "tax_percent": _percent(values["closing_tax"]),
        },
        "allocation": {
            "order": list(values["order"]),
            "across": values["across"],
            "advance_order": _ahead(values),
            "advance_to": values["advance_to"],
        },
        "recalculate": "never" if values["interest"] == "flat" else values["recalculate"],
    }


def _rounding_written(values: Mapping[str, Any], currency: str) -> dict[str, Any]:
    own = values["instalment_mode"]
    return {
        "mode": values["mode"],
        "interest_to": _shortest(values["interest_to"], currency),
        "instalment_to": _shortest(values["instalment_to"], currency),
        "instalment_mode": None if own == SAME else own,
        "residue": values["residue"],
    }


def _penalty_written(values: Mapping[str, Any], currency: str) -> dict[str, Any] | None:
    if values["penalty"] == NO:
        return None
    by_share = values["penalty"] == SHARE
    rate, fixed = values["penalty_percent"], values["penalty_amount"]
    said = {
        "percent_a_year": percent_text(rate) if by_share and rate is not None else None,
        "amount": None if by_share or fixed is None else decimal_text(fixed, currency),
        "of": values["penalty_of"],
        "grace_days": values["penalty_days"],
        "cap_percent": _percent(values["penalty_cap"]),
        "tax_percent": _percent(values["penalty_tax"]),
    }
    return {key: value for key, value in said.items() if value is not None}


def _ahead(values: Mapping[str, Any]) -> list[str] | None:
    return list(values["advance_order"]) if values["advance_own"] == "own" else None


def _filled(doc: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The document with what it leaves out; null and missing are the same."""
    made = dict(doc)
    for key, default in defaults.items():
        if isinstance(default, Mapping):
            made[key] = _filled(made.get(key) or {}, default)
        elif made.get(key) is None:
            made[key] = default
    return made


def _merged(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """`now` with what it does not know as it was before, such as holidays and rules."""
    made = {**before, **now}
    if "calendar" in before:
        made["calendar"] = {**before["calendar"], **now["calendar"]}
    return made


def _pruned(
    now: Mapping[str, Any], before: Mapping[str, Any], defaults: Mapping[str, Any]
) -> dict[str, Any]:
    """`now` without what is default and was not written before: documents stay short."""
    made: dict[str, Any] = {}
    for key, value in now.items():
        default, was = defaults.get(key), before.get(key)
        if isinstance(default, Mapping) and isinstance(value, Mapping):
            inner = _pruned(value, was if isinstance(was, Mapping) else {}, default)
            if inner or key in before:
                made[key] = inner
        elif key in before or key not in defaults or value != default:
            made[key] = value
    return made


def _percent(share: Any) -> str | None:
    return percent_text(share) if share else None


def _shortest(minor: int, currency: str) -> str:
    """An amount without decimals that are all zero: 1, 0.01."""
    text = decimal_text(minor, currency)
    whole, dot, part = text.partition(".")
    return whole if not part.strip("0") else f"{whole}{dot}{part}"
