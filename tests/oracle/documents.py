"""Calc documents from a seed: terms and histories that try every key and their combinations."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from tests.oracle.histories import history
from tests.oracle.terms import terms

Document = dict[str, Any]
ALL_FEATURES = (
    "tranches", "hold", "reduce", "daily", "rate", "reschedule", "write-off", "recovery", "refund",
)  # fmt: skip


def document(seed: int, features: Sequence[str] = ALL_FEATURES) -> Document:
    """The document of a case: the same for the same seed and features."""
    random = Random(seed)
    currency = random.choices(("INR", "KES", "JPY", "KWD"), (7, 1, 1, 1))[0]
    given = terms(random, currency, features)
    events, as_on, known_on = history(random, given, currency, features)
    return {
        "format": "kist-calc/1",
        "currency": currency,
        "known_on": known_on,
        "as_on": as_on,
        "terms": given,
        "events": events,
    }
