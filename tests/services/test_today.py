"""The first screen of the day, in figures worked by hand from the portfolio of test_overdue."""

from __future__ import annotations

from datetime import timedelta

from app.queries.today import ShowToday
from app.rows.today import TodayView
from tests.services.branch import OPENED, House
from tests.services.planted import Wish, go_on, paid, plant, reversed_of
from tests.services.portfolio import RUPEES, worked


def _today(house: House, who: str = "manager") -> TodayView:
    return house.ask(getattr(house, who), ShowToday())


def test_what_is_late_and_what_is_to_come_stand_apart(house: House) -> None:
    """14,000 + 2,000 late in five loans; 1,000 of the last falls due on the day."""
    worked(house)
    view = _today(house)
    assert (view.late_loans, view.late_minor) == (5, 16_000 * RUPEES)
    assert view.to_come_minor == 1_000 * RUPEES
    assert view.collected == ()


def test_a_receipt_moves_from_to_come_to_collected_and_its_reversal_back(house: House) -> None:
    (loan,) = plant(house, Wish(OPENED - timedelta(7), 4_000 * RUPEES, 4))
    assert _today(house).to_come_minor == 1_000 * RUPEES
    go_on(house, loan, paid(OPENED, 600 * RUPEES))
    view = _today(house)
    assert view.collected_minor == 600 * RUPEES
    assert view.to_come_minor == 400 * RUPEES
    assert view.days[-1].collected_minor == 600 * RUPEES
    assert view.days[-1].due_minor == 1_000 * RUPEES
    go_on(house, loan, reversed_of(OPENED, of=len(loan.events) - 1))
    assert _today(house).collected_minor == 0
    assert _today(house).to_come_minor == 1_000 * RUPEES


def test_an_officer_sees_the_own_loans_and_a_manager_the_branch(house: House) -> None:
    worked(house)
    other = Wish(OPENED - timedelta(30), 9_000 * RUPEES, 3, officer_id=house.manager.user_id)
    plant(house, other)
    assert _today(house, "officer").own
    assert not _today(house).own
    assert _today(house).late_loans == _today(house, "officer").late_loans + 1


def test_only_who_has_the_counter_sees_the_till(house: House) -> None:
    assert _today(house, "officer").till_minor is None
    assert _today(house, "cashier").till_minor is not None


def test_a_loan_that_fell_due_on_the_day_before_is_newly_late(house: House) -> None:
    plant(house, Wish(OPENED - timedelta(8), 4_000 * RUPEES, 4))
    view = _today(house)
    assert view.newly_late == 1
    (line,) = [one for one in view.waiting if one.kind == "newly-late"]
    assert line.since_on == OPENED - timedelta(1)
