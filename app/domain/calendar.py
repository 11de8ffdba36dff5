"""Due dates and day counts: which day a line falls on, and which part of a year it spans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import repeat
from types import MappingProxyType

_FEBRUARY = 2
_DECEMBER = 11  # counted from 0, as the division by twelve leaves it
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ALWAYS_THERE = 28  # every month has this day
_KEPT_GRIDS = 1024
_BOND_MONTH = 30  # days of a month in 30/360


class Unit(StrEnum):
    """What a period is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class MonthEnd(StrEnum):
    """What becomes of a day that a month does not have."""

    CLAMP = "clamp"
    NEXT_MONTH_FIRST = "next-month-first"
    LAST_DAY = "last-day"


class DayCount(StrEnum):
    """How the part of a year between two days is counted."""

    PERIODIC = "periodic"
    BOND = "30/360"
    EUROBOND = "30E/360"
    ACTUAL_360 = "actual/360"
    ACTUAL_364 = "actual/364"
    ACTUAL_365 = "actual/365"
    ACTUAL_ACTUAL = "actual/actual"


class Shift(StrEnum):
    """Where a due date on a non-working day goes."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"
    CASCADE = "cascade"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The ISO weekdays worked, the holidays, and where a due date between them goes."""

    weekdays: frozenset[int] = frozenset(range(1, 8))
    holidays: frozenset[date] = frozenset()
    shift: Shift = Shift.NONE

    def works(self, on: date) -> bool:
        """Whether the branch works on this day."""
        return on.isoweekday() in self.weekdays and on not in self.holidays

    def moved(self, on: date) -> date:
        """The working day that a due date on `on` moves to, by `next` or `previous`."""
        step = timedelta(-1 if self.shift is Shift.PREVIOUS else 1)
        while not self.works(on):
            on += step
        return on


def stepped(seed: date, unit: Unit, count: int, month_end: MonthEnd) -> date:
    """The day `count` units after the seed, always counted from the seed itself."""
    if unit is Unit.DAY:
        return seed + timedelta(count)
    if unit is Unit.WEEK:
        return seed + timedelta(7 * count)
    year, month = divmod(seed.year * 12 + seed.month - 1 + count, 12)
    length = _month_length(year, month + 1)
    if month_end is MonthEnd.LAST_DAY:
        return date(year, month + 1, length)
    if seed.day <= length:
        return date(year, month + 1, seed.day)
    if month_end is MonthEnd.CLAMP:
        return date(year, month + 1, length)
    return date(year + 1, 1, 1) if month == _DECEMBER else date(year, month + 2, 1)


@lru_cache(_KEPT_GRIDS)
def grid(seed: date, unit: Unit, n: int, numbers: range, month_end: MonthEnd) -> tuple[date, ...]:
    """The days `n` units apart, for each number counted from the seed.

    The last asked are kept: the loans of a day, and every replay of a loan, share their dates.
    """
    if unit is not Unit.MONTH:
        step = n * (7 if unit is Unit.WEEK else 1)
        start = seed.toordinal()
        return tuple([date.fromordinal(start + step * number) for number in numbers])
    if seed.day <= _ALWAYS_THERE and month_end is not MonthEnd.LAST_DAY:
        first = seed.year * 12 + seed.month - 1
        months = range(first + n * numbers.start, first + n * numbers.stop, n)
        years = [month // 12 for month in months]
        return tuple(map(date, years, [month % 12 + 1 for month in months], repeat(seed.day)))
    return tuple([stepped(seed, unit, n * number, month_end) for number in numbers])


def year_part(count: DayCount, start: date, end: date) -> int:
    """The part of a year between two days, in units of 1 ÷ `year_units(count)`."""
    return _PARTS[count](start, end)


def year_units(count: DayCount) -> int:
    """How many units of `year_part` make a year."""
    return _UNITS[count]


def periods_a_year(unit: Unit, count: DayCount) -> int:
    """Units in a year: 12, 52, 365, or 360 days where the day count divides by 360."""
    if unit is Unit.MONTH:
        return 12
    if unit is Unit.WEEK:
        return 52
    return 360 if count.value.endswith("/360") else 365


def _month_length(year: int, month: int) -> int:
    return _LENGTHS[month] + (month == _FEBRUARY and _leap(year))


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _actual(start: date, end: date) -> int:
    return (end - start).days


def _bond(start: date, end: date) -> int:
    first = min(start.day, _BOND_MONTH)
    last = min(end.day, _BOND_MONTH) if first == _BOND_MONTH else end.day
    return _months_days(start, end) + last - first


def _eurobond(start: date, end: date) -> int:
    return _months_days(start, end) + min(end.day, _BOND_MONTH) - min(start.day, _BOND_MONTH)


def _months_days(start: date, end: date) -> int:
    return 360 * (end.year - start.year) + 30 * (end.month - start.month)


def _isda(start: date, end: date) -> int:
    """Days in leap years ÷ 366 and the others ÷ 365 (ISDA 2006, 4.16(b)), over 365 × 366."""
    total = 0
    while start < end:
        stop = min(end, date(start.year + 1, 1, 1))
        total += (stop - start).days * (365 if _leap(start.year) else 366)
        start = stop
    return total


_PARTS: Mapping[DayCount, Callable[[date, date], int]] = MappingProxyType(
    {
        DayCount.BOND: _bond,
        DayCount.EUROBOND: _eurobond,
        DayCount.ACTUAL_360: _actual,
        DayCount.ACTUAL_364: _actual,
        DayCount.ACTUAL_365: _actual,
        DayCount.ACTUAL_ACTUAL: _isda,
    }
)
_UNITS: Mapping[DayCount, int] = MappingProxyType(
    {
        DayCount.BOND: 360,
        DayCount.EUROBOND: 360,
        DayCount.ACTUAL_360: 360,
        DayCount.ACTUAL_364: 364,
        DayCount.ACTUAL_365: 365,
        DayCount.ACTUAL_ACTUAL: 365 * 366,
    }
)
