"""The span of each line: how many years of interest it bears from any of its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.oracle.model_days import Dates, whole_and_rest, years
from tests.oracle.model_terms import Terms

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Span:
    """One line's time. `opens` is the day from which facts fall into it."""

    number: int
    opens: date
    start: date  # by which proportions of days are counted
    nominal: date
    due: date
    counted_from: date  # by which real days are counted
    years: Fraction  # of the line without a broken period
    level_years: Fraction
    broken: Broken | None
    day_count: str
    level_periods: bool
    free: bool

    def from_day(self, on: date) -> Fraction:
        """The years of interest from a day to the due date, without the broken part."""
        if self.free or on <= self.start_of_counting:
            return self.years
        if self.day_count == "periodic":
            return self.years * self._proportion(on)
        end = self.nominal if self.day_count.startswith("30") else self.due
        return min(self.years, years(on, end, self.day_count))

    @property
    def start_of_counting(self) -> date:
        """The first day the line counts."""
        return self.start if self.day_count == "periodic" else self.counted_from

    def level_from_day(self, on: date) -> Fraction:
        """The years that count for the level from a day to the due date."""
        if not self.level_periods:
            return self.from_day(on)
        if not self.years:
            return self.level_years * self._proportion(on)
        return self.level_years * self.from_day(on) / self.years

    def broken_from_day(self, on: date) -> Fraction:
        """The years of a broken period from a day on."""
        if self.broken is None:
            return ZERO
        return self.broken.from_day(on)

    @property
    def whole(self) -> Fraction:
        """The years of the line with a broken period."""
        return self.years + (self.broken.from_day(self.broken.start) if self.broken else ZERO)

    def whole_from_day(self, on: date) -> Fraction:
        """The years from a day to the due date, with a broken period."""
        return self.from_day(on) + self.broken_from_day(on)

    def _proportion(self, on: date) -> Fraction:
        days = (self.nominal - self.start).days
        left = (self.nominal - max(on, self.start)).days
        return Fraction(max(left, 0), days)


@dataclass(frozen=True, slots=True)
class Broken:
    """The days between disbursement and one period before the first due date."""

    terms: Terms
    dates: Dates
    start: date
    end: date

    def from_day(self, on: date) -> Fraction:
        """The years from a day of it to its end."""
        on = max(on, self.start)
        if on >= self.end:
            return ZERO
        if self.terms.day_count.startswith("30") and self.terms.broken != "separate":
            due, way = self.dates.nominal(1), self.terms.day_count
            return max(ZERO, years(on, due, way) - years(self.end, due, way))
        if self.terms.day_count != "periodic":
            return years(on, self.end, self.terms.day_count)
        periods, rest = whole_and_rest(self.dates, on, 0)
        return (periods + rest) * a_period(self.terms)


def a_period(terms: Terms) -> Fraction:
    """The years of a full period."""
    return Fraction(terms.n, terms.periods_a_year)


class Spans:
    """The spans of a plan in order, made as they are asked for."""

    def __init__(self, terms: Terms, start: date, first_due_on: date | None, free: int) -> None:
        self.opened = terms.rest.opened_on if terms.rest else start
        self.terms, self.free = terms, free
        self.dates = Dates(terms, first_due_on)
        self.start = start
        before = self.dates.nominal(0)
        real = self.opened if terms.day_count.startswith("actual") else start
        goes_on = terms.rest is not None and terms.rest.seed is not None
        inside = (max(start, real) if goes_on else real) < before
        self.broken = Broken(terms, self.dates, real, before) if inside else None
        self._made: list[Span] = []

    def __getitem__(self, index: int) -> Span:
        while len(self._made) <= index:
            self._made.append(self._make(len(self._made)))
        return self._made[index]

    def first(self, count: int) -> list[Span]:
        """The first `count` spans."""
        return [self[index] for index in range(count)]

    def _make(self, index: int) -> Span:
        terms, number = self.terms, index + 1
        nominal, due = self.dates.nominal(number), self.dates.moved(number)
        first = index == 0
        start = max(self.dates.nominal(0), self.start) if first else self._made[-1].nominal
        real = start if first else self._made[-1].due
        if first:
            anew = start == self.start and self.broken is None
            real = self.opened if anew else max(start, self.opened)
        free = number <= self.free
        share = ZERO if free else self._years(start, real, nominal, due, first=first)
        periods = terms.level_by == "period-rate"
        return Span(
            number=number,
            opens=self.opened if first else self._made[-1].due,
            start=start,
            nominal=nominal,
            due=due,
            counted_from=start if terms.day_count.startswith("30") else real,
            years=share,
            level_years=ZERO if free else (a_period(terms) if periods else share),
            broken=self.broken if first and self._inside() else None,
            day_count=terms.day_count,
            level_periods=periods and not free,
            free=free,
        )

    def _inside(self) -> bool:
        """Whether line 1 bears the broken period itself."""
        terms = self.terms
        return terms.broken == "first-instalment" or (
            terms.repayment == "bullet" and not terms.flat and terms.broken == "spread"
        )

    def _years(self, start: date, real: date, nominal: date, due: date, *, first: bool) -> Fraction:
        terms = self.terms
        if terms.day_count == "periodic":
            if not first:
                return a_period(terms)
            full = (nominal - self.dates.nominal(0)).days
            return a_period(terms) * Fraction((nominal - start).days, full)
        if terms.day_count.startswith("30"):
            return years(start, nominal, terms.day_count)
        return years(real, due, terms.day_count)
