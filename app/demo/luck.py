"""Chances in whole percent: no fraction decides what happens."""

from __future__ import annotations

from random import Random

_ALL = 100


def chance(random: Random, percent: int) -> bool:
    """True in so many of a hundred cases."""
    return random.randrange(_ALL) < percent
