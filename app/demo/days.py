"""The days on which the branch works: Monday to Saturday, and the last day whatever it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from app.domain.calendar import MonthEnd, Unit, stepped

_SUNDAY = 6


class Days:
    """Business days from the first to the last, in order."""

    def __init__(self, until: date, months: int) -> None:
        """So many months of days that end on `until`."""
        first = stepped(until, Unit.MONTH, -months, MonthEnd.CLAMP)
        span = (first + timedelta(n) for n in range((until - first).days))
        self.all = (*(day for day in span if day.weekday() != _SUNDAY), until)

    def __len__(self) -> int:
        """How many."""
        return len(self.all)

    def before(self, on: date) -> date:
        """The business day on or before a date, the first one at least."""
        return self.all[max(bisect_right(self.all, on) - 1, 0)]

    def after(self, on: date) -> date | None:
        """The business day on or after a date, or None beyond the last."""
        place = bisect_left(self.all, on)
        return self.all[place] if place < len(self.all) else None

    def later(self, on: date, by: int) -> date | None:
        """So many business days after a date, or None beyond the last."""
        place = bisect_left(self.all, on) + by
        return self.all[place] if place < len(self.all) else None

    def back(self, by: int) -> date:
        """So many business days before the last."""
        return self.all[max(len(self.all) - 1 - by, 0)]
