"""How much may move in cash: dated rules, each with its citation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.money import minor_of

DISBURSEMENT, RECEIPT = "disbursement", "receipt"


@dataclass(frozen=True, slots=True)
class CashLimit:
    """From a day on, cash must stay below an amount (minor units), by this citation.

    `counts_outstanding`: what the person already owes is counted in.
    """

    what: str
    currency: str
    from_on: date
    below_minor: int
    counts_outstanding: bool
    citation: str


def cash_limits_of(doc: Mapping[str, Any]) -> tuple[CashLimit, ...]:
    """Read the rules; a missing key raises KeyError with its name."""
    return tuple(
        CashLimit(
            what=rule["what"],
            currency=rule["currency"],
            from_on=date.fromisoformat(rule["from_on"]),
            below_minor=minor_of(rule["below"], rule["currency"]),
            counts_outstanding=rule["counts_outstanding"],
            citation=rule["citation"],
        )
        for rule in doc["rules"]
    )


def cash_limit(limits: Iterable[CashLimit], what: str, currency: str, on: date) -> CashLimit | None:
    """The rule in force on a day, or None."""
    held = [
        limit
        for limit in limits
        if (limit.what, limit.currency) == (what, currency) and limit.from_on <= on
    ]
    return max(held, key=lambda limit: limit.from_on, default=None)
