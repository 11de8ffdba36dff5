"""A decision in words: its fact keeps codes, figures and templates, to be said in any language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from app.rows.origination import DecisionView, RuleOutcome
from app.texts import _
from app.texts.figures import amount, count, percent

_WHOLE_BP = 10_000


def decision_view(fact: Mapping[Any, Any]) -> DecisionView:
    """The fact of a decision (a row of events with `who`) as it is shown."""
    said = json.loads(fact["payload"])
    return DecisionView(
        outcome=said["outcome"],
        offered_minor=said["offered_minor"],
        currency=said["currency"],
        rules=tuple(_rule(rule, said["currency"]) for rule in said["rules"]),
        rule_set=said["rule_set"],
        rule_version=said["rule_version"],
        decided_at=datetime.fromisoformat(fact["recorded_at"]),
        decided_by=fact["who"] or "",
    )


def _rule(rule: Mapping[str, Any], currency: str) -> RuleOutcome:
    values = rule["values"]
    shown = {_short(value["name"]): _shown(value, currency) for value in values}
    return RuleOutcome(
        rule=_(rule["title"]),
        outcome=rule["outcome"],
        inputs=tuple((_(value["label"]), _shown(value, currency)) for value in values),
        reason=_(rule["reason"]).format_map(shown),
        citation=rule["citation"],
        code=rule["rule"],
        standing=rule["standing"],
    )


def _short(name: str) -> str:
    """The name as the reasons use it: `income_year` for `income_year_minor`."""
    return name.removesuffix("_minor").removesuffix("_bp")


def _shown(value: Mapping[str, Any], currency: str) -> str:
    number = int(value["value"])
    match value["kind"]:
        case "money":
            return amount(number, currency, symbol=True, trim=True)
        case "share":
            return percent(Fraction(number, _WHOLE_BP))
        case _:
            return count(number, currency)
