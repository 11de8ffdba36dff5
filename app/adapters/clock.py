"""The only place that asks the time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class SystemClock:
    """The clock of this PC."""

    def now(self) -> datetime:
        """The instant, in UTC and aware."""
        return datetime.now(UTC)

    def today(self, zone: str) -> date:
        """The calendar date at this instant in the IANA zone."""
        return _date_in(self.now(), zone)


class SteppingClock:
    """A clock that goes where it is put and then on by a fixed step with every question.

    The demonstration and tests live nine months in seconds by it; with a step of zero it stands
    still.
    """

    def __init__(self, at: datetime, step: timedelta = timedelta(0)) -> None:
        """Start at the aware instant `at`."""
        self._step = step
        self._at = _utc(at)

    def now(self) -> datetime:
        """The instant, in UTC and aware; the next question is answered one step later."""
        now = self._at
        self._at += self._step
        return now

    def today(self, zone: str) -> date:
        """The calendar date in the IANA zone; asking it takes no time."""
        return _date_in(self._at, zone)

    def go_to(self, at: datetime) -> None:
        """Put the hands to an aware instant, earlier or later."""
        self._at = _utc(at)

    def go_on(self, by: timedelta) -> None:
        """Let time pass."""
        self._at += by


class FixedClock(SteppingClock):
    """A clock that stands still until somebody moves it."""

    def __init__(self, at: datetime) -> None:
        """Stand at the aware instant `at`."""
        super().__init__(at)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("An instant without a time zone says nothing.")
    return at.astimezone(UTC)


def _date_in(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


class ShiftedClock(SystemClock):
    """The clock of this PC moved on by whole days: a demonstration that ends in the future."""

    def __init__(self, by: timedelta) -> None:
        """Go before (or behind) the PC's clock by this much."""
        self._by = by

    def now(self) -> datetime:
        """The instant, in UTC and aware."""
        return super().now() + self._by
