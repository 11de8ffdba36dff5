"""The dated rules of the field, read from the shipped files once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from app.domain.promise import PromiseRules, promise_rules_of, rules_on
from app.domain.visit import (
    ContactHours,
    common_hours,
    contact_hours_of,
    hours_on,
    shown_hours,
)
from app.paths import resources

MICROFINANCE, OTHER = "microfinance", "other"


def promise_rules(on: date) -> PromiseRules:
    """The rules that a promise made on this day is under."""
    return rules_on(_promise_rules(), on)


def lending_of(rule_set: str) -> str:
    """The kind of lending of a product, by the name of its rule set."""
    return MICROFINANCE if MICROFINANCE in rule_set else OTHER


def hours_shown(rule_sets: Iterable[str], on: date) -> str:
    """The hours in which loans under all of these rule sets may be visited; "" without a rule."""
    kinds = {lending_of(rule_set) for rule_set in rule_sets} or {MICROFINANCE, OTHER}
    found = (hours_on(_contact_hours(), kind, on) for kind in kinds)
    hours = common_hours([rule for rule in found if rule is not None])
    return "" if hours is None else shown_hours(*hours)


def hours_of(rule_set: str, on: date) -> ContactHours | None:
    """The hours in which a borrower under a rule set may be contacted; None without a rule."""
    return hours_on(_contact_hours(), lending_of(rule_set), on)


@cache
def _promise_rules() -> tuple[PromiseRules, ...]:
    return promise_rules_of(_read("promises.json"))


@cache
def _contact_hours() -> tuple[ContactHours, ...]:
    return contact_hours_of(_read("contact-hours.json"))


def _read(name: str) -> Any:
    return json.loads((resources() / "rules" / name).read_text("utf-8"))
