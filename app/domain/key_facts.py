"""The key fact statement: how long it stands, and whether terms are the ones it disclosed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.domain.schedule import lines
from app.domain.terms import Terms, doc_of

# What the day of disbursement moves; the later parts are compared by themselves.
_MOVES = ("disbursed_on", "first_due_on", "tranches")
_ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class ValidityRule:
    """From a day on: for how many working days a statement stands, by its citation.

    A loan that runs fewer than `short_below_days` days has `short_working_days`. Weekdays are
    1 (Monday) to 7.
    """

    currency: str
    from_on: date
    working_days: int
    short_below_days: int
    short_working_days: int
    weekdays: frozenset[int]
    holidays: frozenset[date]
    citation: str

    def days_of(self, tenor_days: int) -> int:
        """How many working days a statement of a loan stands that runs so many days."""
        return self.short_working_days if tenor_days < self.short_below_days else self.working_days

    def valid_to(self, made_on: date, tenor_days: int) -> date:
        """The last day on which it can be acknowledged: the day it is made is not counted."""
        on, left = made_on, self.days_of(tenor_days)
        while left:
            on += _ONE_DAY
            if on.isoweekday() in self.weekdays and on not in self.holidays:
                left -= 1
        return on


def validity_rules_of(doc: Mapping[str, Any]) -> tuple[ValidityRule, ...]:
    """Read the rules; a missing key raises KeyError, days that never come ValueError."""
    made = tuple(
        ValidityRule(
            currency=rule["currency"],
            from_on=date.fromisoformat(rule["from_on"]),
            working_days=rule["working_days"],
            short_below_days=rule["short_below_days"],
            short_working_days=rule["short_working_days"],
            weekdays=frozenset(rule["weekdays"]),
            holidays=frozenset(date.fromisoformat(day) for day in rule["holidays"]),
            citation=rule["citation"],
        )
        for rule in doc["rules"]
    )
    if any(not rule.weekdays & frozenset(range(1, 8)) for rule in made):
        raise ValueError("weekdays")
    return made


def validity_on(rules: Iterable[ValidityRule], currency: str, on: date) -> ValidityRule | None:
    """The rule in force on a day for loans of a currency, or None."""
    held = [rule for rule in rules if rule.currency == currency and rule.from_on <= on]
    return max(held, key=lambda rule: rule.from_on, default=None)


def differences(disclosed: Terms, given: Terms) -> Iterator[tuple[str, object, object]]:
    """(key of the terms, as disclosed, as given) of everything that is not the same.

    The day of disbursement may be another one, and with it the first part of a loan in stages, and
    the first due date where neither names one.
    """
    was, now = doc_of(disclosed), doc_of(given)
    for key, value in was.items():
        if key not in _MOVES and value != now[key]:
            yield key, value, now[key]
    if not _same_first_due(disclosed, given):
        yield "first_due_on", first_due_of(disclosed), first_due_of(given)
    if disclosed.first_amount != given.first_amount or disclosed.tranches[1:] != given.tranches[1:]:
        yield "tranches", was["tranches"], now["tranches"]


def first_due_of(terms: Terms) -> date:
    """The due date of line 1."""
    return next(line.due_on for line in lines(terms) if line.number == 1)


def _same_first_due(disclosed: Terms, given: Terms) -> bool:
    if disclosed.first_due_on is None and given.first_due_on is None:
        return True
    return first_due_of(disclosed) == first_due_of(given)
