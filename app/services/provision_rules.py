"""The dated norms that provisions follow, as shipped."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

from app.domain.errors import NotFound
from app.domain.provision import ProvisionRule, provision_rule, provision_rules_of
from app.paths import resources

PORTFOLIO, OVER_90, OVER_180 = "portfolio", "over-90", "over-180"


@cache
def shipped_provisions() -> tuple[ProvisionRule, ...]:
    """The rules as shipped."""
    text = (resources() / "rules" / "provisions.json").read_text("utf-8")
    return provision_rules_of(json.loads(text))


def rule_of(norm: str, on: date) -> ProvisionRule:
    """The norm in force on a day. Raises NotFound before its first."""
    rule = provision_rule(shipped_provisions(), norm, on)
    if rule is None:
        raise NotFound(what="rule-version", rule_set=norm, day=on)
    return rule
