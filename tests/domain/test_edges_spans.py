"""Due dates and spans at their edges, worked on the calendar by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.errors import TermsRefused
from app.domain.schedule import lines
from app.domain.terms import Terms
from tests.domain.loans import terms

FIRST = date(2024, 1, 1)  # a Monday
DAY = {"n": 1, "unit": "day"}
WEEK = {"n": 1, "unit": "week"}


def loan(**changes: Any) -> Terms:
    base = {"principal": "1200.00", "disbursed_on": FIRST.isoformat(), "annual_rate": "12"}
    return terms(**{**base, **changes})


def days_from(start: date, count: int) -> list[str]:
    return [(start + timedelta(number)).isoformat() for number in range(count)]


def refused_at(terms: Terms) -> str:
    with pytest.raises(TermsRefused) as refused:
        lines(terms)
    return str(refused.value.params["path"])


@pytest.mark.parametrize("count", [1, 63, 64, 65, 128])
def test_a_loan_has_as_many_lines_as_it_says(count: int) -> None:
    made = lines(loan(every=DAY, instalments=count, annual_rate="0"))
    assert len(made) == count
    assert made[-1].due_on == FIRST + timedelta(count)


def test_a_line_may_move_on_by_four_hundred_periods_and_no_more() -> None:
    def closed(days: int) -> Terms:
        shut = {"shift": "cascade", "holidays": days_from(FIRST + timedelta(1), days)}
        return loan(every=DAY, instalments=1, calendar=shut)

    assert lines(closed(400))[0].due_on == FIRST + timedelta(401)
    assert refused_at(closed(401)) == "terms.calendar"


def test_weeks_that_always_fall_on_a_closed_day_are_refused() -> None:
    shut = {"shift": "cascade", "working_days": [2, 3, 4, 5, 6, 7]}
    assert refused_at(loan(every=WEEK, calendar=shut)) == "terms.calendar"


def test_a_late_line_moves_on_as_an_early_one_does() -> None:
    shut = {"shift": "cascade", "holidays": [(FIRST + timedelta(250)).isoformat()]}
    made = lines(loan(every=DAY, instalments=300, annual_rate="0", calendar=shut))
    assert made[248].due_on == FIRST + timedelta(249)
    assert made[249].due_on == FIRST + timedelta(251)
    assert made[-1].due_on == FIRST + timedelta(301)


def test_a_first_line_may_not_move_back_onto_the_line_of_the_broken_days() -> None:
    """Due on the 15th, its week closed: back to the 8th, where the broken days stand alone."""
    shut = {"shift": "previous", "holidays": days_from(date(2024, 1, 9), 7)}
    both = {"every": WEEK, "first_due_on": "2024-01-15", "calendar": shut}
    assert refused_at(loan(**both, broken_period="separate")) == "terms.calendar.shift"
    together = lines(loan(**both, broken_period="first-instalment"))
    assert together[0].due_on == date(2024, 1, 8)


def test_the_broken_days_end_with_the_first_line_and_not_the_last() -> None:
    """30/360 from 30 January to 31 March is 60 days: 24.00, of which 29 February's line has 32."""
    made = lines(
        loan(
            disbursed_on="2024-01-30", first_due_on="2024-03-31", day_count="30/360", instalments=2
        )
    )
    assert made[0].interest == 2_400


def test_a_line_for_a_charge_after_the_last_starts_where_that_ended() -> None:
    """A second such charge starts where the first one's line ended."""
    charges = [
        {"name": "Card", "on": "2024-09-15", "amount": "7.00"},
        {"name": "Release", "on": "2024-10-01", "amount": "9.00"},
    ]
    *_, last, card, release = lines(loan(charges=charges))
    assert (last.number, card.number, release.number) == (6, 7, 8)
    assert card.scheduled_from == last.due_on == date(2024, 7, 1)
    assert release.scheduled_from == card.due_on == date(2024, 9, 15)
    assert (card.amount, release.amount, card.balance, release.balance) == (700, 900, 0, 0)
