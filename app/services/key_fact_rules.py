"""The dated rules of the key fact statement, and the door it is to a disbursement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from app.domain.apr import apr_of
from app.domain.errors import ValueRefused
from app.domain.key_facts import ValidityRule, differences, validity_on, validity_rules_of
from app.domain.terms import Terms
from app.paths import resources
from app.services.quotes import disclosed, two_places

# Where what differs belongs on the form of the disbursement.
_FIELDS: Mapping[str, str] = {"first_due_on": "first_due_on", "tranches": "tranches"}
_EVER = ValidityRule("", date.min, 1, 0, 1, frozenset(range(1, 8)), frozenset(), "")


@cache
def shipped_rules() -> tuple[ValidityRule, ...]:
    """The rules as shipped."""
    text = (resources() / "rules" / "key-facts.json").read_text("utf-8")
    return validity_rules_of(json.loads(text))


def rule_of(currency: str, on: date) -> ValidityRule:
    """The rule in force; where the law knows none, a statement stands one day."""
    return validity_on(shipped_rules(), currency, on) or _EVER


def check_disclosed(statement: Mapping[str, Any], was: Terms, now: Terms) -> None:
    """Raise ValueRefused where the terms are not those of the statement, naming what differs.

    Another day of disbursement is well as long as the loan does not cost more a year.
    """
    number = statement["number"]
    for key, said, given in differences(was, now):
        raise ValueRefused(
            field=_FIELDS.get(key, ""),
            why="key-facts-differ",
            number=number,
            key=key,
            disclosed=_shown(said),
            given=_shown(given),
        )
    apr = apr_of(disclosed(now))
    percent = "" if apr is None else two_places(apr.percent)
    if percent and Fraction(percent) > Fraction(statement["apr_percent"] or "0"):
        raise ValueRefused(
            field="first_due_on",
            why="key-facts-differ",
            number=number,
            key="apr",
            disclosed=statement["apr_percent"],
            given=percent,
        )


def _shown(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
