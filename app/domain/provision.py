"""What is set aside for losses, by dated rules. Amounts in minor units, rates in basis points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

_BASIS = 10_000
_MONTHS = 12
STANDARD, LOSS = "standard", "loss"


class ClassRate(NamedTuple):
    """The rate of a class; a loan stays in it until it was an NPA for `to_months`."""

    name: str
    secured_bp: int
    unsecured_bp: int
    to_months: int | None = None


@dataclass(frozen=True, slots=True)
class ProvisionRule:
    """A norm in force from a day on, by this citation: either by class, or of instalments overdue.

    Without classes it is the higher of `portfolio_bp` of everything outstanding, and
    `over_90_bp` of instalments overdue for more than 90 days with `over_180_bp` of those of 180
    days or more.
    """

    norm: str
    from_on: date
    citation: str
    classes: tuple[ClassRate, ...] = ()
    portfolio_bp: int = 0
    over_90_bp: int = 0
    over_180_bp: int = 0

    def class_of(self, npa_since_on: date | None, day: date) -> ClassRate:
        """The class of a loan that has been an NPA since a day, or is none."""
        if npa_since_on is None or npa_since_on > day:
            return self.named(STANDARD)
        months = _whole_months(npa_since_on, day)
        aged = [one for one in self.classes if one.name not in (STANDARD, LOSS)]
        return next(
            (one for one in aged if one.to_months is None or months < one.to_months), aged[-1]
        )

    def named(self, name: str) -> ClassRate:
        """A class by name."""
        return next(one for one in self.classes if one.name == name)


def provision_rules_of(doc: Mapping[str, Any]) -> tuple[ProvisionRule, ...]:
    """Read the rules; a missing key raises KeyError with its name."""
    return tuple(
        ProvisionRule(
            norm=rule["norm"],
            from_on=date.fromisoformat(rule["from_on"]),
            citation=rule["citation"],
            classes=tuple(
                ClassRate(
                    one["class"], one["secured_bp"], one["unsecured_bp"], one.get("to_months")
                )
                for one in rule.get("classes", ())
            ),
            portfolio_bp=rule.get("portfolio_bp", 0),
            over_90_bp=rule.get("over_90_bp", 0),
            over_180_bp=rule.get("over_180_bp", 0),
        )
        for rule in doc["rules"]
    )


def provision_rule(rules: Iterable[ProvisionRule], norm: str, on: date) -> ProvisionRule | None:
    """The rule of a norm in force on a day, or None."""
    held = [rule for rule in rules if rule.norm == norm and rule.from_on <= on]
    return max(held, key=lambda rule: rule.from_on, default=None)


def of_class(rate: ClassRate, outstanding: int, secured: int = 0) -> int:
    """The provision of a loan in a class, half up; what is secured bears its own rate."""
    covered = min(secured, outstanding)
    return share(covered, rate.secured_bp) + share(outstanding - covered, rate.unsecured_bp)


def of_instalments(rule: ProvisionRule, portfolio: int, over_90: int, over_180: int) -> int:
    """The higher of a share of the portfolio and shares of instalments overdue.

    `over_90` are those overdue for more than 90 days and less than 180, `over_180` the older ones.
    """
    overdue = share(over_90, rule.over_90_bp) + share(over_180, rule.over_180_bp)
    return max(share(portfolio, rule.portfolio_bp), overdue)


def share(amount: int, rate_bp: int) -> int:
    """A rate of an amount, half up."""
    return (2 * amount * rate_bp + _BASIS) // (2 * _BASIS)


def _whole_months(since: date, day: date) -> int:
    """Whole months from a day to another."""
    months = (day.year - since.year) * _MONTHS + day.month - since.month
    return months - int(day.day < since.day)
