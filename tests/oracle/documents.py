"""Calc documents from a seed: terms and histories that try every key and their combinations."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from tests.oracle.exclusions import exclude
from tests.oracle.histories import history
from tests.oracle.openings import opened
from tests.oracle.terms import terms

Document = dict[str, Any]
ALL_FEATURES = (
    "tranches", "hold", "reduce", "daily", "rate", "reschedule", "write-off", "recovery", "refund",
    "grace-interest", "flat-balloon", "exact", "foreclosure", "cascade-fixed", "opening",
    "exact-charges",
)  # fmt: skip
COVERED = (
    "foreclosure", "hold", "flat-balloon", "cascade-fixed", "rate", "reduce", "tranches",
    "reschedule", "write-off", "recovery", "refund", "grace-interest", "exact",
    "opening", "daily",
)  # fmt: skip


def document(seed: int, features: Sequence[str] = ALL_FEATURES) -> Document:
    """The document of a case: the same for the same seed and features."""
    random = Random(seed)
    currency = random.choices(("INR", "KES", "JPY", "KWD"), (7, 1, 1, 1))[0]
    given = terms(random, currency, features)
    settle(given, features)
    events, as_on, known_on = history(random, given, currency, features)
    exclude(given, events, features)
    began = opened(seed, given, events, currency) if "opening" in features else None
    if began is not None:
        known_on = None
        as_on = None if as_on is None else max(as_on, began.isoformat())
    return {
        "format": "kist-calc/1",
        "currency": currency,
        "known_on": known_on,
        "as_on": as_on,
        "terms": given,
        "events": events,
    }


def settle(given: Document, features: Sequence[str]) -> None:
    """Leave out what the features do not name."""
    if "grace-interest" not in features:
        given.get("grace", {}).pop("interest", None)
    balloon = given.get("repayment") in ("interest-only", "bullet")
    if "flat-balloon" not in features and given.get("interest") == "flat" and balloon:
        given["repayment"] = "equal-principal"
    if "exact" not in features and given.get("rounding", {}).get("mode") == "none":
        given["rounding"]["mode"] = "half-up"
    if "cascade-fixed" not in features and given.get("instalment") is not None:
        given.pop("calendar", None)
