"""When a centre meets, and how a leaf of a receipt book is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.calendar import MonthEnd, Shift, Unit, WorkingDays, stepped

FORTNIGHT = 14
WEEK = 7
MOST_MOVED = 31  # days that a meeting may be moved: no branch is shut for longer
_MONTHS = 12
_LEAF = re.compile(r"([A-Za-z]{0,8})[\s/-]*(\d{1,7})")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)")


class Every(StrEnum):
    """How often a centre meets."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


class Move(StrEnum):
    """Where a day off moves a meeting to."""

    NEXT = "next"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The meetings of a centre, counted from one of them; `shift` past days off."""

    every: Every
    first_on: date
    shift: Move = Move.NEXT


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting on the day it is held; `meant_on` is the day before it was moved."""

    on: date
    meant_on: date


def meetings(rhythm: Rhythm, days: WorkingDays, first: date, last: date) -> Iterator[Meeting]:
    """The meetings held between two days (both in it), in order; `days` are the branch's own."""
    moved = WorkingDays(days.weekdays, days.holidays, Shift(rhythm.shift.value))
    reach = timedelta(MOST_MOVED)
    for meant in _meant(rhythm, first - reach, last + reach):
        on = moved.moved(meant)
        if first <= on <= last:
            yield Meeting(on, meant)


def meets_on(rhythm: Rhythm, days: WorkingDays, on: date) -> Meeting | None:
    """The meeting held on a day, or None."""
    return next(meetings(rhythm, days, on, on), None)


def leaf_of(text: str) -> tuple[str, int] | None:
    """Series and number of a leaf as typed: `A 113`, `a113`, `A-00113`; None where it is none."""
    found = _LEAF.fullmatch(text.strip())
    return (found[1].upper(), int(found[2])) if found else None


def leaf_text(series: str, leaf: int) -> str:
    """A leaf as it is written."""
    return f"{series} {leaf}".strip()


def time_of(text: str) -> str | None:
    """A time of day as HH:MM; "" stays, None where it is none."""
    if not text.strip():
        return ""
    found = _TIME.fullmatch(text.strip())
    return f"{int(found[1]):02d}:{found[2]}" if found else None


def _meant(rhythm: Rhythm, first: date, last: date) -> Iterator[date]:
    """The days that the rhythm names, from before `first` to after `last`."""
    seed = rhythm.first_on
    if rhythm.every is Every.MONTH:
        count = (first.year - seed.year) * _MONTHS + first.month - seed.month
        on = stepped(seed, Unit.MONTH, max(count, 0), MonthEnd.CLAMP)
        while on <= last:
            yield on
            count = max(count, 0) + 1
            on = stepped(seed, Unit.MONTH, count, MonthEnd.CLAMP)
        return
    step = WEEK if rhythm.every is Every.WEEK else FORTNIGHT
    at = max(0, (first - seed).days // step)
    on = seed + timedelta(at * step)
    while on <= last:
        yield on
        on += timedelta(step)
