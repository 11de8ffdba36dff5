"""Rows of the rule tables: dated figures with their citations, and cases that try them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RuleFigure:
    """A figure that a rule goes by, from a day on. `kind` is money, share (basis points), … ."""

    rule_set: str
    title: str
    label: str
    value: str
    kind: str
    currency: str
    from_on: date
    citation: str
    standing: str


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A case that was tried: which rules must not be met, and which were not."""

    rule_set: str
    name: str
    on: date
    expected: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether the rules said what the case says."""
        return self.expected == self.found
