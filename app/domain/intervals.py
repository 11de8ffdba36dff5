"""Time between two days as the European directive on consumer credit counts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from app.domain.calendar import MonthEnd, Unit, stepped


class TimeUnit(StrEnum):
    """What the European intervals are counted in."""

    MONTH = "month"
    WEEK = "week"
    YEAR = "year"


def european_years(start: date, end: date, unit: TimeUnit) -> Fraction:
    """The part of a year from `start` to a later `end` (directive 2008/48/EC, Annex I, remark c).

    Whole units are counted back from `end`; the days left over are divided by the 365 or 366 days
    of the year that ends at the day reached (SWD(2012) 128, section 4.1.1).
    """
    count = _most(start, end, unit)
    reached = _back(end, unit, count)
    rest = (reached - start).days
    whole = count * UNIT_YEARS[unit]
    if not rest:
        return whole
    return whole + Fraction(rest, (reached - _back(reached, TimeUnit.YEAR, 1)).days)


def _most(start: date, end: date, unit: TimeUnit) -> int:
    """How many whole units go back from `end` without passing `start`."""
    days = (end - start).days
    if unit is TimeUnit.WEEK:
        return days // 7
    months = (end.year - start.year) * 12 + end.month - start.month
    count = months if unit is TimeUnit.MONTH else months // 12
    return count if count == 0 or _back(end, unit, count) >= start else count - 1


def _back(end: date, unit: TimeUnit, count: int) -> date:
    if unit is TimeUnit.WEEK:
        return end - timedelta(7 * count)
    months = count if unit is TimeUnit.MONTH else 12 * count
    return stepped(end, Unit.MONTH, -months, MonthEnd.CLAMP)


# What part of a year a unit is.
UNIT_YEARS: Mapping[TimeUnit, Fraction] = MappingProxyType(
    {
        TimeUnit.MONTH: Fraction(1, 12),
        TimeUnit.WEEK: Fraction(1, 52),
        TimeUnit.YEAR: Fraction(1),
    }
)
