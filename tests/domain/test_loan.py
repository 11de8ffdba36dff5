"""A loan replayed: named histories, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.allocation import Head, Split
from app.domain.errors import AmountNotPositive, EventRefused, KistError
from app.domain.events import Event, EventKind, Opening, OpeningLine
from app.domain.loan import due_today, next_due, project, replay
from app.domain.schedule import lines
from tests.domain.loans import START, charge, disbursed, receipt, reversal, terms, waiver

LOAN = terms()
FIRST, SECOND, THIRD = (line.due_on for line in lines(LOAN)[:3])
LEVEL = lines(LOAN)[0].amount
WHOLE = sum(line.amount for line in lines(LOAN))


def test_an_instalment_on_its_day_settles_its_line() -> None:
    position = replay(LOAN, [disbursed(LOAN), receipt(FIRST, LEVEL, 2)])
    line = position.lines[0]
    assert line.settled_on == FIRST
    assert line.paid == Split(line.principal, line.interest)
    assert (position.days_past_due, position.asset_class) == (0, "standard")
    assert position.principal_outstanding == LOAN.principal - line.principal
    assert next_due(position) == position.lines[1]
    assert due_today(position, SECOND).total == position.lines[1].amount


def test_a_due_unpaid_at_the_end_of_its_day_is_sma_0_with_no_day_past_due() -> None:
    position = replay(LOAN, [disbursed(LOAN)], FIRST)
    assert (position.days_past_due, position.bucket, position.asset_class) == (0, "0", "sma-0")
    assert position.oldest_unpaid_due_on == FIRST
    assert position.arrears.total == LEVEL
    assert replay(LOAN, [disbursed(LOAN)], FIRST - timedelta(1)).asset_class == "standard"


def test_days_past_due_30_is_sma_1_and_yet_in_the_first_bucket() -> None:
    position = replay(LOAN, [disbursed(LOAN)], FIRST + timedelta(30))
    assert (position.days_past_due, position.bucket) == (30, "1-30")
    assert position.asset_class == "sma-1"


def test_an_npa_loan_stays_so_until_all_arrears_are_paid() -> None:
    npa_on = FIRST + timedelta(90)
    part = [disbursed(LOAN), receipt(npa_on + timedelta(5), 3 * LEVEL, 2)]
    assert replay(LOAN, part, npa_on - timedelta(1)).asset_class == "sma-2"
    assert replay(LOAN, part, npa_on).asset_class == "npa"
    after = replay(LOAN, part)
    assert (after.days_past_due, after.asset_class) == (3, "npa")
    assert after.npa_since_on == npa_on
    cleared = replay(LOAN, [*part, receipt(npa_on + timedelta(9), LEVEL, 3)])
    assert cleared.asset_class == "standard"
    span = project(LOAN, part).spans[-1]
    assert span.npa_since_on == npa_on


def test_a_payment_on_the_ninetieth_day_comes_in_time() -> None:
    npa_on = FIRST + timedelta(90)
    position = replay(LOAN, [disbursed(LOAN), receipt(npa_on, 4 * LEVEL, 2)])
    assert (position.asset_class, position.npa_since_on) == ("standard", None)


def test_the_oldest_due_paid_on_its_ninetieth_day_keeps_the_loan_from_npa() -> None:
    npa_on = FIRST + timedelta(90)
    events = [disbursed(LOAN), receipt(npa_on, LEVEL, 2)]
    position = replay(LOAN, events)
    assert (position.oldest_unpaid_due_on, position.npa_since_on) == (SECOND, None)
    assert position.asset_class == "sma-1"
    assert project(LOAN, events).spans[-1].npa_since_on is None


def test_a_back_dated_receipt_is_one_more_fact() -> None:
    late = receipt(FIRST, LEVEL, 3, booked_on=SECOND)
    events = [disbursed(LOAN), receipt(SECOND, LEVEL, 2), late]
    straight = [disbursed(LOAN), receipt(FIRST, LEVEL, 2), receipt(SECOND, LEVEL, 3)]
    assert replay(LOAN, events).lines == replay(LOAN, straight).lines
    believed = replay(LOAN, events, known_on=SECOND - timedelta(1), as_on=FIRST + timedelta(5))
    assert believed.days_past_due == 5
    assert replay(LOAN, events, as_on=FIRST + timedelta(5)).days_past_due == 0


def test_a_reversed_receipt_stays_listed_without_a_split() -> None:
    events = [disbursed(LOAN), receipt(FIRST, LEVEL, 2), reversal(SECOND, 2, 3)]
    position = replay(LOAN, events)
    (listed,) = position.receipts
    assert (listed.amount, listed.reversed, listed.principal, listed.parts) == (LEVEL, True, 0, ())
    assert position.days_past_due == (SECOND - FIRST).days


def test_money_beyond_everything_is_excess_and_the_loan_overpaid() -> None:
    position = replay(LOAN, [disbursed(LOAN), receipt(FIRST, WHOLE + 5, 2)])
    assert (position.status, position.excess, position.payoff) == ("overpaid", 5, -5)
    exact = replay(LOAN, [disbursed(LOAN), receipt(FIRST, WHOLE, 2)])
    assert (exact.status, exact.excess) == ("closed", 0)


def test_a_later_charge_is_settled_from_the_excess() -> None:
    on = SECOND + timedelta(3)
    events = [disbursed(LOAN), receipt(FIRST, WHOLE + 500, 2), charge(on, 300, 3)]
    position = replay(LOAN, events)
    assert (position.excess, position.status) == (200, "overpaid")
    assert position.receipts[0].charge == 300
    assert replay(LOAN, events, on - timedelta(1)).excess == 500


def test_money_to_a_closed_loan_is_refused_when_it_is_entered() -> None:
    closed = [disbursed(LOAN), receipt(FIRST, WHOLE, 2)]
    with pytest.raises(EventRefused) as refused:
        replay(LOAN, [*closed, receipt(SECOND, 100, 3)])
    assert refused.value.params["why"] == "loan-closed"


def test_what_later_knowledge_makes_superfluous_becomes_excess() -> None:
    """The last receipt was right when it came; a back-dated one was found afterwards."""
    events = [disbursed(LOAN), receipt(SECOND, WHOLE, 2), receipt(FIRST, WHOLE, 3)]
    position = replay(LOAN, events)
    assert (position.status, position.excess) == ("overpaid", WHOLE)


def test_a_dated_charge_is_due_by_its_own_date_before_its_line() -> None:
    on = FIRST + timedelta(5)
    late_fee = {"name": "Fee", "on": on.isoformat(), "amount": "30.00"}
    loan = terms(charges=[late_fee])
    events = [disbursed(loan), receipt(FIRST, LEVEL, 2)]
    assert replay(loan, events, on - timedelta(1)).arrears.total == 0
    position = replay(loan, events, on + timedelta(2))
    assert (position.arrears, position.days_past_due) == (Split(charge=3000), 2)
    assert position.lines[1].charge == 3000
    paid = replay(loan, [*events, receipt(on, 3100, 3)])
    (part, ahead) = paid.receipts[1].parts
    assert (part.head, part.due_on, part.amount) == (Head.CHARGE, on, 3000)
    assert (ahead.head, ahead.due_on, ahead.amount) == (Head.INTEREST, SECOND, 100)


def test_a_dated_charge_stands_among_the_heads_of_its_line_once_both_are_due() -> None:
    order = ["interest", "principal", "charge", "penalty"]
    loan = terms(allocation={"order": order})
    fee = charge(FIRST - timedelta(9), 500, 2)
    position = replay(loan, [disbursed(loan), fee, receipt(FIRST, 40_100, 3)])
    assert position.lines[0].paid == Split(principal=100, interest=40_000)
    before = replay(loan, [disbursed(loan), fee, receipt(FIRST - timedelta(1), 600, 3)])
    assert before.lines[0].paid == Split(interest=100, charge=500)


def test_a_charge_after_the_last_line_adds_one() -> None:
    on = date(2025, 1, 1)
    position = replay(LOAN, [disbursed(LOAN), charge(on, 700, 2)])
    assert position.lines[-1][:6] == (7, on, 0, 0, 700, 0)


def test_heads_across_lines_take_all_interest_before_principal() -> None:
    loan = terms(allocation={"across": "head"})
    both = sum(line.interest for line in lines(loan)[:2])
    position = replay(loan, [disbursed(loan), receipt(SECOND, both + 10, 2)])
    assert position.receipts[0].interest == both
    assert [line.paid.principal for line in position.lines[:2]] == [10, 0]


def test_money_ahead_may_go_to_the_last_line() -> None:
    loan = terms(allocation={"advance_to": "last", "advance_order": ["principal", *_REST]})
    position = replay(loan, [disbursed(loan), receipt(FIRST, LEVEL + 1000, 2)])
    assert position.lines[0].settled_on == FIRST
    assert position.lines[-1].paid == Split(principal=1000)
    assert position.lines[1].paid.total == 0


_REST = ["penalty", "charge", "interest"]


def test_a_waiver_forgives_the_oldest_first() -> None:
    interest = [line.interest for line in lines(LOAN)]
    events = [disbursed(LOAN), waiver(SECOND, interest[0] + 7, 2)]
    position = replay(LOAN, events)
    assert [line.waived.interest for line in position.lines[:2]] == [interest[0], 7]
    assert position.balances.interest_settled == interest[0] + 7
    with pytest.raises(EventRefused):
        replay(LOAN, [disbursed(LOAN), waiver(SECOND, sum(interest) + 1, 2)])


def test_a_foreclosure_asks_the_interest_of_the_days_run() -> None:
    on = SECOND + timedelta(10)
    events = [disbursed(LOAN), receipt(FIRST, LEVEL, 2), receipt(SECOND, LEVEL, 3)]
    before = replay(LOAN, events, on)
    running = before.lines[2]
    # 10 of the 30 days from 31 March to 30 April
    interest = round(running.interest / 3)
    assert before.payoff == before.principal_outstanding + interest
    closing = [*events, Event(EventKind.FORECLOSURE, on, on, 4)]
    asked = replay(LOAN, closing)
    assert (asked.arrears.total, asked.arrears.interest) == (before.payoff, interest)
    assert [line.number for line in asked.lines] == [1, 2, 3]
    assert asked.status == "active"
    done = replay(LOAN, [*closing, receipt(on, before.payoff, 5)])
    assert (done.status, done.principal_outstanding, done.excess) == ("closed", 0, 0)


def test_a_foreclosure_gives_interest_paid_ahead_back_to_the_principal() -> None:
    on = FIRST + timedelta(1)
    ahead = [disbursed(LOAN), receipt(FIRST, 2 * LEVEL, 2)]
    quoted = replay(LOAN, ahead, on)
    after = replay(LOAN, [*ahead, Event(EventKind.FORECLOSURE, on, on, 3)])
    assert after.arrears.total == quoted.payoff
    paid = after.receipts[0]
    one_day = round(lines(LOAN)[1].interest / (SECOND - FIRST).days)
    assert paid.interest == lines(LOAN)[0].interest + one_day
    assert paid.principal == 2 * LEVEL - paid.interest


def test_a_foreclosure_adds_its_charge_with_tax() -> None:
    loan = terms(foreclosure={"charge_percent": "2", "tax_percent": "18"})
    on = SECOND
    events = [disbursed(loan), receipt(FIRST, LEVEL, 2), receipt(SECOND, LEVEL, 3)]
    outstanding = replay(loan, events).principal_outstanding
    asked = replay(loan, [*events, Event(EventKind.FORECLOSURE, on, on, 4)])
    fee = round(outstanding / 50)
    assert asked.arrears.charge == fee + round(fee * 18 / 100)
    assert asked.balances.charge == asked.arrears.charge


def test_a_foreclosure_may_ask_the_whole_line_or_all_interest() -> None:
    for rule, count in (("whole-line", 1), ("all", 5)):
        loan = terms(foreclosure={"interest": rule})
        on = FIRST + timedelta(1)
        events = [disbursed(loan), receipt(FIRST, LEVEL, 2)]
        asked = replay(loan, [*events, Event(EventKind.FORECLOSURE, on, on, 3)])
        interest = sum(line.interest for line in lines(loan)[1 : 1 + count])
        assert asked.arrears.interest == interest
        assert replay(loan, events, on).payoff == asked.arrears.total


PENALTY = {"percent_a_year": "36.5", "grace_days": 5, "of": "overdue-principal"}


def test_a_penal_charge_follows_the_overdue_base_after_grace() -> None:
    """0.1 % a day of the overdue principal, summed over changes of base, rounded once."""
    loan = terms(penalty=PENALTY)
    principal = lines(loan)[0].principal
    events = [disbursed(loan)]
    assert replay(loan, events, FIRST + timedelta(5)).arrears.penalty == 0
    ten = replay(loan, events, FIRST + timedelta(15))
    assert ten.arrears.penalty == round(principal * 10 / 1000)
    on = FIRST + timedelta(15)
    allocation = {"order": ["principal", "interest", "charge", "penalty"]}
    loan = terms(penalty=PENALTY, allocation=allocation)
    halved = [disbursed(loan), receipt(on, principal // 2, 2)]
    later = replay(loan, halved, on + timedelta(4))
    left = principal - principal // 2
    assert later.arrears.penalty == round((principal * 10 + left * 4) / 1000)


def test_a_penal_charge_has_a_cap_before_tax_and_goes_back_with_a_late_entry() -> None:
    loan = terms(penalty={**PENALTY, "cap_percent": "1", "tax_percent": "18"})
    line = lines(loan)[0]
    cap = round((line.principal + line.interest) / 100)
    events = [disbursed(loan)]
    late = replay(loan, events, SECOND)
    assert late.arrears.penalty == cap + round(cap * 18 / 100)
    entered_late = receipt(FIRST, LEVEL, 2, booked_on=SECOND)
    assert replay(loan, [*events, entered_late], SECOND).arrears.penalty == 0


def test_a_penal_charge_of_an_amount_comes_once() -> None:
    loan = terms(penalty={"amount": "50.00", "grace_days": 2})
    assert replay(loan, [disbursed(loan)], FIRST + timedelta(2)).arrears.penalty == 0
    assert replay(loan, [disbursed(loan)], FIRST + timedelta(3)).arrears.penalty == 5000
    assert replay(loan, [disbursed(loan)], FIRST + timedelta(20)).arrears.penalty == 5000


def test_a_loan_that_ran_elsewhere_starts_where_it_stands() -> None:
    rest = (
        OpeningLine(4, date(2024, 5, 31), 1000, 200, 50),
        OpeningLine(5, date(2024, 6, 30), 3000, 400),
    )
    on = date(2024, 6, 10)
    opening = Event(EventKind.OPENING, on, on, 1, opening=Opening(rest, 100))
    position = replay(LOAN, [opening], on)
    assert position.principal_outstanding == 4000
    assert (position.days_past_due, position.arrears) == (10, Split(1000, 150, 0, 0))
    assert position.receipts == ()
    with pytest.raises(EventRefused):
        replay(LOAN, [opening, receipt(on - timedelta(1), 100, 2)])


def test_a_loan_is_not_disbursed_before_its_disbursement() -> None:
    position = replay(LOAN, [])
    assert (position.status, position.lines, position.payoff) == ("not-disbursed", (), 0)


REFUSED: list[tuple[str, list[Event]]] = [
    ("before-disbursement", [receipt(START - timedelta(1), 100, 2)]),
    ("reversal-of-nothing", [reversal(FIRST, 9, 2)]),
    ("reversal-of-reversal", [receipt(FIRST, 1, 2), reversal(FIRST, 2, 3), reversal(FIRST, 3, 4)]),
    ("already-reversed", [receipt(FIRST, 1, 2), reversal(FIRST, 2, 3), reversal(FIRST, 2, 4)]),
    ("reversal-before-its-event", [receipt(SECOND, 1, 2), reversal(FIRST, 2, 3)]),
    ("head-not-allowed", [charge(FIRST, 1, 2, Head.INTEREST)]),
    ("already-disbursed", [disbursed(LOAN, 2)]),
]


@pytest.mark.parametrize(("why", "events"), REFUSED, ids=[why for why, _ in REFUSED])
def test_a_fact_that_does_not_fit_is_refused(why: str, events: list[Event]) -> None:
    with pytest.raises(EventRefused) as refused:
        replay(LOAN, [disbursed(LOAN), *events])
    assert refused.value.params["why"] == why


def test_a_disbursement_must_be_the_one_of_the_terms() -> None:
    other_day = Event(EventKind.DISBURSEMENT, FIRST, FIRST, 1, LOAN.principal)
    other_sum = Event(EventKind.DISBURSEMENT, START, START, 1, LOAN.principal - 1)
    for event in (other_day, other_sum):
        with pytest.raises(EventRefused):
            replay(LOAN, [event])


@pytest.mark.parametrize("amount", [0, -5])
def test_an_amount_must_be_above_zero(amount: int) -> None:
    with pytest.raises(AmountNotPositive):
        replay(LOAN, [disbursed(LOAN), receipt(FIRST, amount, 2)])


def test_refusals_are_readable_errors() -> None:
    assert issubclass(EventRefused, KistError)
