"""Interest earned to a day is rounded once, so that catching up gives what daily posting gave."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.accrual import accrued, levied
from app.domain.money import RoundingMode
from app.domain.schedule import lines
from tests.domain.loans import terms

FROM, DUE = date(2024, 1, 31), date(2024, 2, 29)


def _accrued(interest: int, as_on: date, to: int = 1) -> int:
    return accrued(interest, FROM, DUE, as_on, RoundingMode.HALF_EVEN, to)


def test_interest_is_earned_by_the_day_and_whole_on_the_due_date() -> None:
    assert _accrued(40000, FROM) == 0
    assert _accrued(40000, FROM - timedelta(5)) == 0
    assert _accrued(40000, FROM + timedelta(1)) == 1379  # 40,000 ÷ 29
    assert _accrued(40000, DUE - timedelta(1)) == 38621
    assert _accrued(40000, DUE) == _accrued(40000, DUE + timedelta(9)) == 40000
    assert _accrued(40000, FROM + timedelta(1), to=100) == 1400


def test_a_line_without_length_has_earned_everything() -> None:
    assert accrued(500, DUE, DUE, DUE, RoundingMode.UP, 1) == 500


@given(
    st.integers(0, 10**7),
    st.integers(1, 400),
    st.sampled_from(list(RoundingMode)),
    st.sampled_from([1, 100]),
)
def test_what_is_posted_day_by_day_is_the_interest_of_the_line(
    interest: int, days: int, mode: RoundingMode, to: int
) -> None:
    due = FROM + timedelta(days)
    by_day = [
        accrued(interest, FROM, due, FROM + timedelta(day), mode, to) for day in range(days + 1)
    ]
    assert by_day == sorted(by_day)
    assert (by_day[0], by_day[-1]) == (0, interest)


def test_charges_of_the_terms_are_levied_with_their_line() -> None:
    loan = terms(charges=[{"name": "Service", "on": "instalment", "amount": "5.00"}])
    made = lines(loan)
    assert levied(made, made[0].due_on - timedelta(1)) == (0, 0)
    assert levied(made, made[1].due_on) == (1000, 0)
