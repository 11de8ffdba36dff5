"""What the rules come to: the worst decides, and the offer is the largest that has room."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.decision import (
    Outcome,
    Room,
    Settled,
    covered,
    largest,
    outcome_of,
    settled,
    yearly_outflow,
)
from app.domain.terms import Terms, terms_of

STEP = 100_000


def _twelfth(amount: int) -> int:
    return amount // 12 + 1


def test_the_worst_rule_decides() -> None:
    assert outcome_of(["pass", "pass"]) is Outcome.APPROVE
    assert outcome_of(["pass", "refer"]) is Outcome.REFER
    assert outcome_of(["refer", "fail", "pass"]) is Outcome.DECLINE


def test_approved_is_what_was_asked_for_and_declined_is_nothing() -> None:
    room = Room(0, 0)
    assert settled(["pass"], 3_050_000, 1, STEP, room, _twelfth) == Settled(
        Outcome.APPROVE, 3_050_000
    )
    assert settled(["fail"], 3_050_000, 1, STEP, room, _twelfth) == Settled(Outcome.DECLINE, 0)


def test_referred_is_the_largest_amount_in_whole_steps() -> None:
    room = Room(2_550_000, 10**9)
    assert settled(["refer"], 3_050_000, 500_000, STEP, room, _twelfth) == Settled(
        Outcome.REFER, 2_500_000
    )


def test_where_not_even_the_smallest_loan_fits_it_is_declined() -> None:
    room = Room(450_000, 10**9)
    assert settled(["refer"], 3_000_000, 500_000, STEP, room, _twelfth) == Settled(
        Outcome.DECLINE, 0
    )


@given(st.integers(1, 10**8), st.integers(1, 10**6), st.integers(0, 10**8), st.integers(0, 10**7))
def test_no_larger_step_would_have_had_room(asked: int, step: int, most: int, year: int) -> None:
    room = Room(most, year)
    offered = largest(asked, step, room, _twelfth)
    assert offered <= asked
    if offered:
        assert offered <= most
        assert _twelfth(offered) <= year
    if offered < asked and offered + step <= asked:
        larger = offered + step
        assert larger > most or _twelfth(larger) > year


def test_a_sanction_is_covered_up_to_the_offer_and_its_outflow() -> None:
    room = Room(5_000_000, 600_000)
    assert covered(3_000_000, 600_000, 3_000_000, room)
    assert not covered(3_000_001, 600_000, 3_000_000, room)
    assert not covered(3_000_000, 600_001, 3_000_000, room)


def test_a_year_has_fifty_two_weeks_and_twelve_months() -> None:
    assert yearly_outflow(1_200, _terms("week", 1)) == 62_400
    assert yearly_outflow(1_200, _terms("week", 2)) == 31_200
    assert yearly_outflow(1_200, _terms("month", 1)) == 14_400
    assert yearly_outflow(1_200, _terms("day", 14)) == 31_286


def _terms(unit: str, n: int) -> Terms:
    doc = {
        "principal": "1000",
        "disbursed_on": date(2026, 1, 1).isoformat(),
        "annual_rate": "24",
        "instalments": 12,
        "every": {"n": n, "unit": unit},
    }
    return terms_of(doc, "INR")
