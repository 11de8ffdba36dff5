"""The notes and coins of a currency that cash is counted by."""

from __future__ import annotations

import json
from functools import cache

from app.domain.money import minor_of
from app.paths import resources

_ANY = ""  # what a currency without a line of its own is counted by


@cache
def denominations(currency: str) -> tuple[int, ...]:
    """The values of notes and coins in minor units, the largest first, as shipped."""
    text = (resources() / "rules" / "denominations.json").read_text("utf-8")
    lines = json.loads(text)
    return tuple(minor_of(value, currency) for value in lines.get(currency, lines[_ANY]))
