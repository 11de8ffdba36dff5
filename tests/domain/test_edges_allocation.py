"""Money set on dues at its edges, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.allocation import (
    PRINCIPAL,
    AdvanceTo,
    AllocationRule,
    Course,
    Due,
    course_of,
    settle,
    settle_capped,
    settle_due,
)

TODAY = date(2024, 3, 1)


def coming(place: int, interest: int = 10, principal: int = 100) -> Due:
    """A line due in the months after today."""
    asked = [principal, interest, 0, 0]
    return Due(place, date(2024, 3 + place, 1), asked, [*asked])


def course(advance_to: AdvanceTo = AdvanceTo.NEXT) -> Course:
    return course_of(AllocationRule(advance_to=advance_to))


def test_money_ahead_settles_no_more_principal_than_is_outstanding() -> None:
    """500, of which 120 may be principal: 10 + 100 on the first line, 10 + 20 on the second."""
    dues = [coming(1), coming(2)]
    settled, left = settle_capped(500, dues, TODAY, course(), 120)
    assert [(due.place, amount) for due, _, amount, _ in settled] == [
        (1, 10), (1, 100), (2, 10), (2, 20),
    ]  # fmt: skip
    assert left == 360
    assert [due.unpaid for due in dues] == [[0, 0, 0, 0], [80, 0, 0, 0]]


def test_money_ahead_from_the_end_keeps_the_same_bound() -> None:
    """115, of which 60 may be principal: 10 + 60 on the last line, 10 of interest before it."""
    dues = [coming(1), coming(2)]
    settled, left = settle_capped(115, dues, TODAY, course(AdvanceTo.LAST), 60)
    assert [(due.place, amount) for due, _, amount, _ in settled] == [(2, 10), (2, 60), (1, 10)]
    assert left == 35


def test_little_money_ahead_is_used_up_before_the_bound() -> None:
    dues = [coming(1), coming(2)]
    settled, left = settle_capped(25, dues, TODAY, course(), 120)
    assert [(due.place, amount) for due, _, amount, _ in settled] == [(1, 10), (1, 15)]
    assert left == 0


def test_a_line_that_is_older_is_settled_before_a_charge_of_the_first_day_in_a_later_line() -> None:
    """Line 0 asks 10 on 1 February; 40 were charged on 1 January in line 1, due on 1 March.

    30: 10 on line 0, then 20 of the charge; 50 more: 20 of it, then 10 and 20 of line 1.
    """
    charge = Due(1, date(2024, 1, 1), [0, 0, 40, 0], [0, 0, 40, 0])
    before = Due(0, date(2024, 2, 1), [0, 10, 0, 0], [0, 10, 0, 0])
    line = Due(1, date(2024, 3, 1), [100, 10, 0, 0], [100, 10, 0, 0])
    dues = [charge, before, line]
    settled, left = settle(30, dues, 0, TODAY, course())
    assert [(due.place, head, amount) for due, head, amount, _ in settled] == [
        (0, 1, 10), (1, 2, 20),
    ]  # fmt: skip
    settled, left = settle(50, dues, 0, TODAY, course())
    assert [(due.place, head, amount) for due, head, amount, _ in settled] == [
        (1, 2, 20), (1, 1, 10), (1, 0, 20),
    ]  # fmt: skip
    assert left == 0


@pytest.mark.parametrize(
    ("cap", "principal"),
    [(300, [100, 100, 100]), (299, [100, 100, 99]), (250, [100, 100, 50]), (50, [50]), (0, [])],
)
def test_what_is_due_is_settled_up_to_the_principal_that_is_handed_out(
    cap: int, principal: list[int]
) -> None:
    """Three lines of 100 are due; of the later ones nothing is settled that is not out yet."""
    dues = [coming(place) for place in range(3)]
    settled, left = settle_due(1_000, dues, date(2025, 1, 1), course(), cap)
    assert [amount for _, head, amount, _ in settled if head == PRINCIPAL] == principal
    assert left == 1_000 - sum(principal) - sum(due.asked[1] for due in dues)
    assert [due.unpaid[PRINCIPAL] for due in dues] == [
        100 - amount for amount in [*principal, 0, 0, 0][:3]
    ]
