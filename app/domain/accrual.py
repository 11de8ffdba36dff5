"""Interest earned to a day, rounded once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.money import RoundingMode, rounded
from app.domain.schedule import Line


def accrued(
    interest: int, from_on: date, due_on: date, as_on: date, mode: RoundingMode, to: int
) -> int:
    """The interest of one line earned by the end of `as_on`, in minor units.

    In proportion of the days of the line, rounded once to a multiple of `to`; the whole from the
    due date on, nothing before `from_on`. What is posted for a day is this less what was posted
    before.
    """
    if as_on >= due_on:
        return interest
    gone = (as_on - from_on).days
    if gone <= 0:
        return 0
    return min(rounded(interest * gone, (due_on - from_on).days, mode, to), interest)


def levied(lines: Iterable[Line], as_on: date) -> tuple[int, int]:
    """(charges, penal charges) of the terms that have fallen due by the end of `as_on`."""
    charge = penalty = 0
    for line in lines:
        if line.due_on <= as_on:
            charge += line.charge
            penalty += line.penalty
    return charge, penalty
