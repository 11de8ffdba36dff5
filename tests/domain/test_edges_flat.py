"""Flat loans whose lines are replaced on the way, worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.loan import Position
from tests.domain.test_plan_changes import doc, played

AS_ON = date(2024, 3, 20)


def flat(events: list[dict[str, Any]], **terms: Any) -> Position:
    """1,200 flat at 12 % in six months: 12.00 of interest a month, replaced on 15 March."""
    return played(doc(events, interest="flat", **terms), AS_ON)


def replaced(**wish: Any) -> dict[str, Any]:
    return {"kind": "reschedule", "on": "2024-03-15", **wish}


def test_a_flat_bullet_that_is_rescheduled_asks_what_it_bore_before_too() -> None:
    """Two lines bore 24.00; eight lines from March on bear 96.00 more."""
    position = flat([replaced(instalments=8)], repayment="bullet")
    assert [line.interest for line in position.lines] == [0] * 9 + [12_000]


def test_a_flat_bullet_keeps_its_broken_days_when_it_is_rescheduled() -> None:
    """A month of broken days, 12.00; line 1 of March bore 12.00; three lines more 36.00."""
    position = flat([replaced(instalments=3)], repayment="bullet", first_due_on="2024-03-01")
    assert [line.interest for line in position.lines] == [0, 0, 0, 6_000]


def test_broken_days_of_replaced_lines_are_asked_on_what_is_handed_out_in_them() -> None:
    """700 bear 7.00 for the month to 15 April and 14 of 29 days before it, 3.38.

    500 of 10 May join whole lines only: 12.00 each.
    """
    parts = [{"on": "2024-01-01", "amount": "700.00"}, {"on": "2024-05-10", "amount": "500.00"}]
    wish = replaced(instalments=2, first_due_on="2024-05-15")
    position = flat([wish], repayment="interest-only", tranches=parts)
    assert [line.interest for line in position.lines][2:] == [1_200 + 1_038, 1_200]


def test_money_down_bears_no_interest_in_broken_days_that_are_replaced() -> None:
    """120 of 1,200 are down. Rescheduled before line 1: a month of broken days on 1,080."""
    wish = {"kind": "reschedule", "on": "2024-01-15", "first_due_on": "2024-03-01"}
    made = doc([wish], interest="flat", repayment="interest-only", down_payment_percent="10")
    lines = played(made, date(2024, 1, 15)).lines
    assert [line.interest for line in lines] == [0, 2160, 1080, 1080, 1080, 1080, 1080]
