"""The household's month and year: what comes in, what goes out, what is owed (minor units)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from app.domain.errors import ValueRefused

MONTHS = 12
MOST_MINOR = 10**12  # above it an amount is a slip of the keyboard
MOST_AGE = 120
MOST_MEMBERS = 30
MOST_LOANS = 30
MOST_DAYS = 9999
RELATIONS = ("self", "spouse", "child", "parent", "other")


class Earner(Protocol):
    """A member of the household as far as sums go."""

    @property
    def income_minor(self) -> int:
        """What the member earns in a month."""
        ...


class Owed(Protocol):
    """A loan of the household elsewhere as far as sums go."""

    @property
    def outstanding_minor(self) -> int:
        """What is still owed."""
        ...

    @property
    def monthly_minor(self) -> int:
        """What is paid back in a month."""
        ...

    @property
    def lender(self) -> str:
        """Who lent it."""
        ...

    @property
    def microfinance(self) -> bool:
        """Whether it is a microfinance loan."""
        ...


def monthly_income(members: Iterable[Earner]) -> int:
    """What all members earn in a month."""
    return sum(member.income_minor for member in members)


def yearly_income(members: Iterable[Earner]) -> int:
    """What all members earn in a year."""
    return MONTHS * monthly_income(members)


def monthly_outflow(loans: Iterable[Owed]) -> int:
    """What the household pays on its loans in a month."""
    return sum(loan.monthly_minor for loan in loans)


def obligations(loans: Iterable[Owed]) -> int:
    """What the household owes elsewhere in all."""
    return sum(loan.outstanding_minor for loan in loans)


def lenders(loans: Iterable[Owed]) -> int:
    """How many different microfinance lenders; one without a name counts as one of its own."""
    micro = [loan.lender.strip().casefold() for loan in loans if loan.microfinance]
    named = {name for name in micro if name}
    return len(named) + sum(1 for name in micro if not name)


def amount(minor: int, field: str) -> int:
    """An amount of a household's month. Raises ValueRefused at the field."""
    if minor < 0:
        raise ValueRefused(field=field, why="negative")
    if minor > MOST_MINOR:
        raise ValueRefused(field=field, why="too-large")
    return minor


def count(number: int, most: int, field: str) -> int:
    """A count from zero to `most`. Raises ValueRefused at the field."""
    if number < 0:
        raise ValueRefused(field=field, why="negative")
    if number > most:
        raise ValueRefused(field=field, why="above", most=most)
    return number
