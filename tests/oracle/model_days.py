"""Due dates, the calendar that moves them, and the years between two days."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from tests.oracle.model_terms import Refused, Terms

ONE_DAY = timedelta(days=1)
MOST_SKIPPED = 2000


def stepped(seed: date, steps: int, unit: str, month_end: str) -> date:
    """The day `steps` units from the seed."""
    if unit != "month":
        return seed + timedelta(days=steps * (7 if unit == "week" else 1))
    year, month = divmod(seed.year * 12 + seed.month - 1 + steps, 12)
    month += 1
    last = calendar.monthrange(year, month)[1]
    if month_end == "last-day":
        return date(year, month, last)
    if seed.day <= last:
        return date(year, month, seed.day)
    if month_end == "clamp":
        return date(year, month, last)
    return date(year, month, last) + ONE_DAY


class Dates:
    """The due dates of a plan as they are counted from a seed, and as a calendar moves them.

    The first line is number 1; numbers below it count whole periods back.
    """

    def __init__(self, terms: Terms, first_due_on: date | None) -> None:
        self._terms = terms
        self._seed = terms.disbursed_on if first_due_on is None else first_due_on
        self._offset = 0 if first_due_on is None else 1
        self._raw = first_due_on is None  # the seed itself is not moved to the end of a month
        self._skipped = 0
        if terms.rest and terms.rest.seed:
            self._seed, self._offset, self._raw, self._skipped = terms.rest.seed

    def seed(self, lines: int, due_on: date) -> tuple[date, int, bool, int]:
        """From where the dates go on after some lines, the next one being due on a day."""
        skipped = 0
        if self._terms.shift == "cascade":
            while self.nominal(lines + 1 + skipped) < due_on:
                skipped += 1
        return self._seed, self._offset - lines, self._raw, skipped

    def nominal(self, number: int) -> date:
        """The unmoved due date of a line."""
        steps = number - self._offset
        if steps == 0 and self._raw:
            return self._seed
        terms = self._terms
        return stepped(self._seed, steps * terms.n, terms.unit, terms.month_end)

    def moved(self, number: int) -> date:
        """The due date of a line; with cascade the lines are to be asked in order."""
        on, shift = self.nominal(number), self._terms.shift
        if shift == "cascade":
            on = self.nominal(number + self._skipped)
            while not self.works(on):
                self._skipped += 1
                if self._skipped > MOST_SKIPPED:
                    raise Refused("no day works")
                on = self.nominal(number + self._skipped)
        elif shift != "none":
            step = ONE_DAY if shift == "next" else -ONE_DAY
            while not self.works(on):
                on += step
        return on

    def works(self, on: date) -> bool:
        """Whether it is a working day."""
        terms = self._terms
        return on.isoweekday() in terms.working and on not in terms.holidays


def years(start: date, end: date, day_count: str) -> Fraction:
    """The years between two days by a day count other than periodic."""
    if end <= start:
        return Fraction(0)
    match day_count:
        case "30/360" | "30E/360":
            return _thirty(start, end, european=day_count == "30E/360")
        case "actual/actual":
            return _actual(start, end)
    return Fraction((end - start).days, int(day_count.split("/")[1]))


def _thirty(start: date, end: date, *, european: bool) -> Fraction:
    first, second = min(start.day, 30), end.day
    if second == 31 and (european or first == 30):
        second = 30
    months = (end.year - start.year) * 12 + end.month - start.month
    return Fraction(months * 30 + second - first, 360)


def _actual(start: date, end: date) -> Fraction:
    total = Fraction(0)
    while start < end:
        stop = min(end, date(start.year + 1, 1, 1))
        total += Fraction((stop - start).days, 366 if calendar.isleap(start.year) else 365)
        start = stop
    return total


def whole_and_rest(dates: Dates, start: date, anchor: int) -> tuple[int, Fraction]:
    """Whole periods back from line `anchor` to `start`, and the rest as a part of its period."""
    end, count = dates.nominal(anchor), 0
    while True:
        before = dates.nominal(anchor - 1)
        if before < start:
            break
        anchor, end, count = anchor - 1, before, count + 1
    return count, Fraction((end - start).days, (end - before).days)


def checked(days: list[date], terms: Terms) -> None:
    """Refuse due dates that a calendar pushed together."""
    if terms.shift not in ("next", "previous"):
        return
    if days[0] <= terms.disbursed_on or any(a >= b for a, b in pairwise(days)):
        raise Refused("due dates share a day")
