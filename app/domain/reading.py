"""Strict reading of a JSON document: a refusal names the path, what was given, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.domain.errors import TermsRefused, ValueRefused
from app.domain.money import digits, minor_of

# A percentage is kept as an integer count of this part of one percent.
_DECIMALS = 8
PERCENT = 10**_DECIMALS
# What the number 1 (that is 100 %) is in that unit.
WHOLE = 100 * PERCENT

_RATE = re.compile(r"(-?)([0-9]{1,6})(?:\.([0-9]+))?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document and the path that leads to it. Null and missing are the same."""

    path: str
    value: object

    @property
    def missing(self) -> bool:
        """Whether nothing was given."""
        return self.value is None

    def refused(self, allowed: str) -> TermsRefused:
        """The error for this place."""
        return TermsRefused(path=self.path, given=self.value, allowed=allowed)

    def keys(self, *names: str) -> dict[str, Node]:
        """The object's values by name, a node for each name; any other key is refused."""
        if not isinstance(self.value, Mapping):
            raise self.refused("an object")
        for key in self.value:
            if key not in names:
                raise Node(_join(self.path, str(key)), self.value[key]).refused(
                    "no such key; known: " + ", ".join(names)
                )
        return {name: Node(_join(self.path, name), self.value.get(name)) for name in names}

    def items(self) -> list[Node]:
        """The members of a list; none where nothing was given."""
        if self.value is None:
            return []
        if not isinstance(self.value, Sequence) or isinstance(self.value, str):
            raise self.refused("a list")
        return [Node(f"{self.path}[{at}]", item) for at, item in enumerate(self.value)]

    def choice(self, kind: type[Choice], default: Choice) -> Choice:
        """One of the names of `kind`."""
        if self.value is None:
            return default
        try:
            return kind(self.text())
        except ValueError:
            raise self.refused(", ".join(kind)) from None

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.refused("a text")
        return self.value

    def flag(self, default: bool) -> bool:
        """True or false."""
        if self.value is None:
            return default
        if not isinstance(self.value, bool):
            raise self.refused("true or false")
        return self.value

    def whole(self, low: int, high: int, default: int | None = None) -> int:
        """An integer between two bounds."""
        if self.value is None and default is not None:
            return default
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.refused(f"a whole number from {low} to {high}")
        if not low <= self.value <= high:
            raise self.refused(f"a whole number from {low} to {high}")
        return self.value

    def day(self) -> date:
        """An ISO date."""
        if isinstance(self.value, str) and _DAY.fullmatch(self.value):
            try:
                return date.fromisoformat(self.value)
            except ValueError:
                pass
        raise self.refused("a date such as 2024-01-31")

    def amount(self, currency: str, low: int = 1) -> int:
        """Money as a text; minor units, at least `low`."""
        places = digits(currency)
        allowed = f"a text such as 1234{'.5'.ljust(places + 1, '0') if places else ''}"
        if not isinstance(self.value, str):
            raise self.refused(allowed)
        try:
            minor = minor_of(self.value, currency)
        except ValueRefused:
            raise self.refused(f"{allowed}, at most {places} decimals") from None
        if minor < low:
            raise self.refused("an amount above zero" if low > 0 else "an amount not below zero")
        return minor

    def percent(self, high: int = 10_000) -> int:
        """A percentage as a text, from zero to `high`, in units of 1 ÷ `PERCENT` percent."""
        match = _RATE.fullmatch(self.value) if isinstance(self.value, str) else None
        if match is None:
            raise self.refused("a percentage as a text such as 24 or 12.5")
        sign, units, part = match.groups()
        part = (part or "").rstrip("0")
        if len(part) > _DECIMALS:
            raise self.refused("a percentage with at most 8 decimals")
        value = int(units + part.ljust(_DECIMALS, "0"))
        if (sign and value) or value > high * PERCENT:
            raise self.refused(f"a percentage from 0 to {high}")
        return value


def percent_text(value: int) -> str:
    """The shortest text of a percentage: 24, 12.5."""
    units, part = divmod(value, PERCENT)
    return f"{units}.{part:08d}".rstrip("0").rstrip(".")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
