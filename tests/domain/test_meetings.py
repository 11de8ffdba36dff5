"""When centres meet, and how leaves are named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import WorkingDays
from app.domain.meetings import Every, Move, Rhythm, leaf_of, meetings, meets_on, time_of

MONDAY = date(2026, 1, 5)
SIX_DAYS = frozenset(range(1, 7))
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def days_of(rhythm: Rhythm, days: WorkingDays, last: date) -> list[date]:
    return [one.on for one in meetings(rhythm, days, rhythm.first_on, last)]


def test_a_week_a_fortnight_and_a_month_are_counted_from_the_first_meeting() -> None:
    free = WorkingDays()
    weekly = days_of(Rhythm(Every.WEEK, MONDAY), free, date(2026, 1, 26))
    assert weekly == [MONDAY + timedelta(7 * n) for n in range(4)]
    fortnightly = days_of(Rhythm(Every.FORTNIGHT, MONDAY), free, date(2026, 2, 2))
    assert fortnightly == [MONDAY + timedelta(14 * n) for n in range(3)]
    monthly = days_of(Rhythm(Every.MONTH, date(2026, 1, 31)), free, date(2026, 4, 30))
    assert monthly == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


@pytest.mark.parametrize(("move", "held"), [(Move.NEXT, 13), (Move.PREVIOUS, 10)])
def test_a_day_off_moves_a_meeting_and_it_says_from_where(move: Move, held: int) -> None:
    holiday = date(2026, 1, 12)
    days = WorkingDays(SIX_DAYS, frozenset({holiday}))
    rhythm = Rhythm(Every.WEEK, MONDAY, move)
    found = meets_on(rhythm, days, date(2026, 1, held))
    assert found is not None
    assert found.meant_on == holiday
    assert meets_on(rhythm, days, holiday) is None


@given(st.sampled_from(list(Every)), DAYS, DAYS, st.sets(DAYS, max_size=8))
def test_every_meeting_is_held_on_a_day_the_branch_works_and_in_order(
    every: Every, first: date, last: date, holidays: set[date]
) -> None:
    days = WorkingDays(SIX_DAYS, frozenset(holidays))
    rhythm = Rhythm(every, first)
    held = days_of(rhythm, days, last)
    assert held == sorted(held)
    assert all(days.works(on) for on in held)
    assert [on for on in held if meets_on(rhythm, days, on) is None] == []


@pytest.mark.parametrize("typed", ["A 113", "a113", "A-00113", " a/113 "])
def test_a_leaf_is_the_same_however_it_is_typed(typed: str) -> None:
    assert leaf_of(typed) == ("A", 113)


def test_what_is_no_leaf_or_time_is_told_apart() -> None:
    assert leaf_of("113") == ("", 113)
    assert leaf_of("113 A") is None
    assert (time_of(""), time_of("9:05"), time_of("1410")) == ("", "09:05", "14:10")
    assert time_of("25:00") is None
