"""The days a line's interest runs over, and which part of a year is left of them from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.calendar import DayCount, grid, periods_a_year, year_part, year_units
from app.domain.conventions import BrokenPeriod, LevelBy, Repayment
from app.domain.spans import broken_periods, spans_of
from app.domain.terms import Terms


@dataclass(frozen=True, slots=True)
class Stretch:
    """One line's days. Parts are of a year, and exact; a rate makes interest of them.

    Its own period runs from `start` to `end` (30/360 and `periodic`: the unmoved due date), and
    `whole` is its part of a year; the broken days before it run from `broken_from`. `level` is the
    part the equal instalment is found from.
    """

    terms: Terms
    due_on: date
    start: date
    end: date
    whole: Fraction
    level: Fraction
    broken_from: date

    @property
    def covers_broken(self) -> bool:
        """Whether the line's own interest is also for the broken days before it."""
        if self.broken_from >= self.start:
            return False
        rule = self.terms.broken_period
        if self.terms.repayment is Repayment.BULLET:
            return rule is not BrokenPeriod.SEPARATE
        return rule is BrokenPeriod.FIRST_INSTALMENT

    def left(self, on: date) -> Fraction:
        """The part of its own period from a day on: `whole` before it, nothing after."""
        if on <= self.start:
            return self.whole
        if on >= self.end:
            return Fraction(0)
        if self.terms.day_count is DayCount.PERIODIC:
            return self.whole * (self.end - on).days / (self.end - self.start).days
        return min(max(_year(self.terms, on, self.end), Fraction(0)), self.whole)

    def left_with_broken(self, on: date) -> Fraction:
        """The same with the broken days, where the line's interest covers them."""
        if on >= self.start or self.broken_from >= self.start:
            return self.left(on)
        return self.whole + self.broken_left(on)

    def broken_left(self, on: date) -> Fraction:
        """The part of the broken days from a day on."""
        on = max(on, self.broken_from)
        if on >= self.start:
            return Fraction(0)
        if self.terms.day_count is DayCount.PERIODIC:
            periods, of = broken_periods(self.terms, on, self.start)
            return Fraction(periods * self.terms.every, of * _periods(self.terms))
        if self.terms.broken_period is not BrokenPeriod.SEPARATE:
            return max(_year(self.terms, on, self.end) - self.whole, Fraction(0))
        return max(_year(self.terms, on, self.start), Fraction(0))

    def level_left(self, on: date) -> Fraction:
        """The part of the level factor from a day on, in proportion of its own period."""
        return self.level * self.left(on) / self.whole if self.whole else self.level


def stretches(terms: Terms, count: int) -> list[Stretch]:
    """The stretches of `count` lines, counted from the terms' seed."""
    spans = spans_of(terms, count)
    unmoved = terms.day_count is DayCount.PERIODIC or terms.day_count.value.startswith("30")
    ends = spans.unmoved if unmoved else spans.due_on
    period = Fraction(terms.every, _periods(terms))
    seed = terms.first_due_on or terms.disbursed_on
    ideal = terms.disbursed_on
    if terms.first_due_on:
        ideal = grid(seed, terms.unit, terms.every, range(-1, 0), terms.month_end)[0]
    made: list[Stretch] = []
    start = spans.first_from
    for due_on, end in zip(spans.due_on, ends, strict=True):
        if terms.day_count is not DayCount.PERIODIC:
            whole = max(_year(terms, start, end), Fraction(0))
        elif made or start == ideal:
            whole = period
        else:
            whole = period * (end - start).days / (end - ideal).days
        by_days = terms.level_by is LevelBy.DAY_FACTORS
        level = whole if by_days else period
        broken_from = start if made else terms.disbursed_on
        made.append(Stretch(terms, due_on, start, end, whole, level, broken_from))
        start = end
    return made


def _year(terms: Terms, start: date, end: date) -> Fraction:
    return Fraction(year_part(terms.day_count, start, end), year_units(terms.day_count))


def _periods(terms: Terms) -> int:
    return periods_a_year(terms.unit, terms.day_count)
