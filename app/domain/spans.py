"""The interest spans of a schedule: due dates of every line and the factor each bears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import gcd

from app.domain.calendar import DayCount, Shift, grid, periods_a_year, year_part, year_units
from app.domain.errors import TermsRefused
from app.domain.reading import WHOLE
from app.domain.terms import BrokenPeriod, LevelBy, Terms

_BLOCK = 64  # lines
_LONGEST_SHIFT = 400  # periods a cascade may move a line before its calendar is refused


@dataclass(slots=True)
class Spans:
    """Due dates and interest factors of the lines 1..n.

    The factor of line i is `numerators[i] / denominator`; `level` are the numerators the equal
    instalment is found from. `uniform` is their one value where all lines bear the same. `broken`
    is the factor of the days before the first full period, None where there are none. `unmoved` are
    the due dates before the calendar moved them.
    """

    due_on: list[date]
    unmoved: list[date]
    first_from: date
    numerators: list[int]
    denominator: int
    level: list[int]
    uniform: int | None
    broken: tuple[int, int] | None


def spans_of(terms: Terms, count: int) -> Spans:
    """The spans of `count` lines."""
    seed = terms.first_due_on or terms.disbursed_on
    first = 0 if terms.first_due_on else 1
    step, unit = terms.every, terms.unit
    # Asked for in blocks, so that loans of one day share their dates whatever their length.
    block = -count % _BLOCK + count
    dates = grid(seed, unit, step, range(first, block + first), terms.month_end)
    unmoved = list(dates[:count])
    ideal = (
        terms.disbursed_on if first else grid(seed, unit, step, range(-1, 0), terms.month_end)[0]
    )
    full_from = max(ideal, terms.disbursed_on)
    alone = terms.broken_period is BrokenPeriod.SEPARATE
    due_on = _moved(terms, unmoved, seed, first, full_from if alone else terms.disbursed_on)
    if terms.day_count is DayCount.PERIODIC:
        return _periodic(terms, due_on, unmoved, ideal, full_from)
    return _by_days(terms, due_on, unmoved, full_from)


def _periodic(
    terms: Terms, due_on: list[date], unmoved: list[date], ideal: date, full_from: date
) -> Spans:
    """A full period counts the same whatever its days; a broken one its days ÷ the period's."""
    one = terms.annual_rate * terms.every
    denominator = WHOLE * periods_a_year(terms.unit, terms.day_count)
    short, whole = (unmoved[0] - full_from).days, (unmoved[0] - ideal).days
    broken = broken_periods(terms, terms.disbursed_on, full_from)
    factor = (one * broken[0], denominator * broken[1]) if broken[0] else None
    count = len(due_on)
    if short == whole:
        common = gcd(one, denominator) or 1
        one, denominator = one // common, denominator // common
        numerators = [one] * count
        return Spans(due_on, unmoved, full_from, numerators, denominator, numerators, one, factor)
    numerators = [one * whole] * count
    numerators[0] = one * short
    level = numerators if terms.level_by is LevelBy.DAY_FACTORS else [one * whole] * count
    return _reduced((due_on, unmoved), full_from, numerators, denominator * whole, level, factor)


def broken_periods(terms: Terms, from_on: date, full_from: date) -> tuple[int, int]:
    """Periods from a day to `full_from`, counted back from there, as a fraction."""
    periods, end = 0, full_from
    while end > from_on:
        seed = terms.first_due_on or terms.disbursed_on
        start = grid(
            seed, terms.unit, terms.every, range(-2 - periods, -1 - periods), terms.month_end
        )[0]
        if start < from_on:
            days, whole = (end - from_on).days, (end - start).days
            return periods * whole + days, whole
        periods, end = periods + 1, start
    return periods, 1


def _by_days(terms: Terms, due_on: list[date], unmoved: list[date], full_from: date) -> Spans:
    """Every factor by its days; 30/360 counts the unmoved dates, the others the moved ones."""
    count, rate = terms.day_count, terms.annual_rate
    ends = unmoved if count.value.startswith("30") else due_on
    denominator = WHOLE * year_units(count)
    numerators = []
    start = full_from
    for end in ends:
        numerators.append(rate * year_part(count, start, end))
        start = end
    days = _broken_days(terms, full_from, ends[0])
    broken = (rate * days, denominator) if days else None
    if terms.level_by is LevelBy.DAY_FACTORS:
        return _reduced((due_on, unmoved), full_from, numerators, denominator, numerators, broken)
    periods = periods_a_year(terms.unit, count)
    one = rate * terms.every * year_units(count)
    numerators = [numerator * periods for numerator in numerators]
    level = [one] * len(ends)
    return _reduced((due_on, unmoved), full_from, numerators, denominator * periods, level, broken)


def _broken_days(terms: Terms, full_from: date, first_due: date) -> int:
    """Year units before the first full period: the whole span less that period, or to its start."""
    count, start = terms.day_count, terms.disbursed_on
    if full_from == start:
        return 0
    if terms.broken_period is not BrokenPeriod.SEPARATE:
        return year_part(count, start, first_due) - year_part(count, full_from, first_due)
    return year_part(count, start, full_from)


def _reduced(
    dates: tuple[list[date], list[date]],
    full_from: date,
    numerators: list[int],
    denominator: int,
    level: list[int],
    broken: tuple[int, int] | None,
) -> Spans:
    """Divide out what all factors share, so that products stay small."""
    common = gcd(denominator, *set(numerators), *set(level)) or 1
    numerators = [numerator // common for numerator in numerators]
    level = [numerator // common for numerator in level]
    one = level[0] if len({*level, *numerators}) == 1 else None
    return Spans(*dates, full_from, numerators, denominator // common, level, one, broken)


def _moved(terms: Terms, unmoved: list[date], seed: date, first: int, before: date) -> list[date]:
    """The dates after the calendar's shift, all after `before`; refused where lines would meet."""
    days = terms.calendar
    if days.shift is Shift.NONE:
        return unmoved
    if days.shift is Shift.CASCADE:
        return _cascaded(terms, seed, first, len(unmoved))
    moved = [days.moved(on) for on in unmoved]
    if any(one >= two for one, two in zip([before, *moved], moved, strict=False)):
        raise TermsRefused(
            path="terms.calendar.shift",
            given=days.shift.value,
            allowed="none, or a calendar that keeps every due date apart and after disbursement",
        )
    return moved


def _cascaded(terms: Terms, seed: date, first: int, count: int) -> list[date]:
    """Each date on a non-working day moves itself and all later ones by a whole period."""
    days, moved, number = terms.calendar, [], first
    for _ in range(count):
        skipped = number
        while True:
            on = grid(seed, terms.unit, terms.every, range(number, number + 1), terms.month_end)[0]
            if days.works(on):
                break
            number += 1
            if number - skipped > _LONGEST_SHIFT:
                raise TermsRefused(
                    path="terms.calendar",
                    given=on.isoformat(),
                    allowed="a calendar with a working day on some due date",
                )
        moved.append(on)
        number += 1
    return moved


def separate_line(terms: Terms, spans: Spans) -> bool:
    """Whether the broken period stands in a line of its own, number 0."""
    return spans.broken is not None and terms.broken_period is BrokenPeriod.SEPARATE
