"""The till of a counter: what it holds, its limits, who signs for a difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.accounts import EntryLine, PostingRules, balanced
from app.domain.money import minor_of

_ALL = 100


class TillState(StrEnum):
    """Whether a till takes cash. `COUNTED`: its difference waits for a second person."""

    CLOSED = "closed"
    OPEN = "open"
    COUNTED = "counted"


class TillKind(StrEnum):
    """What was counted or moved."""

    OPEN = "open"
    CLOSE = "close"
    IN = "in"
    OUT = "out"
    GIVE = "give"
    TAKE = "take"
    BACK = "back"  # a hand-over that was not taken, or was called back
    FIELD = "field"  # what an officer had collected


class Filling(StrEnum):
    """How full a till is."""

    FINE = "fine"
    NEAR = "near"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class TillRule:
    """From a day on: how much cash a till should hold at most, when to warn, and how large a
    difference a cashier may sign alone (minor units). `cash_limit` None: no limit.
    """

    from_on: date
    currency: str
    cash_limit: int | None
    warn_percent: int
    difference_limit: int

    def filling(self, held: int) -> Filling:
        """Whether so much cash is near the limit or over it."""
        if self.cash_limit is None or held * _ALL < self.cash_limit * self.warn_percent:
            return Filling.FINE
        return Filling.OVER if held > self.cash_limit else Filling.NEAR


def till_rules_of(doc: Mapping[str, Any]) -> tuple[TillRule, ...]:
    """Read the rules; a missing key raises KeyError with its name."""
    return tuple(
        TillRule(
            from_on=date.fromisoformat(rule["from_on"]),
            currency=rule["currency"],
            cash_limit=minor_of(rule["cash_limit"], rule["currency"]),
            warn_percent=rule["warn_percent"],
            difference_limit=minor_of(rule["difference_limit"], rule["currency"]),
        )
        for rule in doc["rules"]
    )


def till_rule(
    rules: Iterable[TillRule],
    currency: str,
    on: date,
    cash_limit: int | None = None,
    difference_limit: int | None = None,
) -> TillRule:
    """The rule in force on a day, with the till's own limits where it has any.

    A currency without a rule has no cash limit, and every difference needs a second person.
    """
    held = [rule for rule in rules if rule.currency == currency and rule.from_on <= on]
    none = TillRule(on, currency, None, _ALL, 0)
    rule = max(held, key=lambda one: one.from_on, default=none)
    return TillRule(
        rule.from_on,
        currency,
        rule.cash_limit if cash_limit is None else cash_limit,
        rule.warn_percent,
        rule.difference_limit if difference_limit is None else difference_limit,
    )


def difference_lines(difference: int, till: str, rules: PostingRules) -> tuple[EntryLine, ...]:
    """What a count found over (above zero) or short, against its account; none where it fits."""
    other = rules.over if difference > 0 else rules.short
    return balanced([(till, difference), (other, -difference)])


def moved_lines(amount: int, into: str, out_of: str) -> tuple[EntryLine, ...]:
    """Cash that moves between two accounts."""
    return balanced([(into, amount), (out_of, -amount)])
