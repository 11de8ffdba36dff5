"""The yearly cost of a whole loan stands on both sides of an act that changes it."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from app.commands.acts import ChangeRate, RescheduleLoan, wanted
from app.queries.servicing import PreviewAct
from app.rows.acts import ActPreview
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today
from tests.services.test_restating import right
from tests.services.test_taking_over import take_over


def seen(house: House, loan: int, command: object) -> ActPreview:
    act = wanted(command)  # type: ignore[arg-type]
    return house.ask(house.manager, PreviewAct(loan_id=loan, act=act))


def test_a_plan_that_never_changed_costs_what_was_disclosed(house: House) -> None:
    loan = lent(house)  # 10,000 at 24 % in 12 weeks, 118 kept back
    view = shown(house, loan)
    flows = [-(10_000_00 - 118_00)] + [line.amount_minor for line in view.instalments]
    low, high = Fraction(0), Fraction(1, 10)
    for _step in range(60):
        rate = (low + high) / 2
        worth = sum(float(flow) / float(1 + rate) ** at for at, flow in enumerate(flows))
        low, high = (rate, high) if worth > 0 else (low, rate)
    preview = seen(
        house, loan, ChangeRate(loan_id=loan, on=today(house), annual_rate="30", reason="")
    )
    assert abs(Fraction(preview.before.apr_percent) - low * 52 * 100) < Fraction(1, 100)
    assert Fraction(preview.after.apr_percent) > Fraction(preview.before.apr_percent)


def test_a_lower_rate_and_a_correction_cost_less(house: House) -> None:
    loan = lent(house)
    next_day(house, 7)
    receive(house, loan, 859_00)
    less = seen(house, loan, ChangeRate(loan_id=loan, on=today(house), annual_rate="12", reason=""))
    assert Fraction(less.after.apr_percent) < Fraction(less.before.apr_percent)
    put_right = seen(house, loan, right(house, loan, annual_rate="20"))
    assert Fraction(put_right.after.apr_percent) < Fraction(less.before.apr_percent)


def test_more_time_at_the_same_rate_spreads_the_charge(house: House) -> None:
    loan = lent(house)
    later = RescheduleLoan(
        loan_id=loan,
        on=today(house),
        instalments=24,
        first_due_on=today(house) + timedelta(14),
        reason="",
    )
    preview = seen(house, loan, later)
    assert Fraction(preview.after.apr_percent) < Fraction(preview.before.apr_percent)
    assert Fraction(preview.after.apr_percent) > 24


def test_a_loan_that_ran_elsewhere_has_no_such_rate(house: House) -> None:
    loan = take_over(house)
    assert seen(house, loan, right(house, loan, annual_rate="20")).before.apr_percent == ""
