"""Clocks tell the date of the branch, and go only where they are put."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from app.adapters.clock import FixedClock, SteppingClock, SystemClock
from app.ports import Clock

LATE = datetime(2026, 3, 31, 20, 0, tzinfo=UTC)


@time_machine.travel(LATE, tick=False)
def test_the_date_is_that_of_the_branch_not_of_greenwich() -> None:
    clock: Clock = SystemClock()
    assert clock.now() == LATE
    assert clock.today("Asia/Kolkata") == date(2026, 4, 1)
    assert clock.today("Africa/Lagos") == date(2026, 3, 31)


def test_a_stepping_clock_goes_on_with_every_question() -> None:
    clock: Clock = SteppingClock(LATE, timedelta(seconds=7))
    assert clock.today("UTC") == date(2026, 3, 31)
    assert [clock.now(), clock.now()] == [LATE, LATE + timedelta(seconds=7)]


def test_a_fixed_clock_moves_when_it_is_moved() -> None:
    clock = FixedClock(LATE)
    assert clock.now() == clock.now() == LATE
    clock.go_on(timedelta(days=1))
    assert clock.today("UTC") == date(2026, 4, 1)
    clock.go_to(LATE)
    assert clock.now() == LATE


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(datetime(2026, 3, 31))  # noqa: DTZ001
