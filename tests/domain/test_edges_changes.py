"""Plans that change, loans taken over and closures at their edges, worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.loan import Position
from tests.domain.test_plan_changes import doc, played, receipt


def test_a_closure_of_the_exact_run_asks_the_principal_that_is_outstanding() -> None:
    """42.87 is printed as 43.00 in whole rupees; what was handed out is asked back."""
    made = doc(
        [{"kind": "foreclosure", "on": "2024-01-20"}],
        principal="42.87",
        annual_rate="0",
        repayment="interest-only",
        rounding={"mode": "none", "instalment_to": "1.00"},
    )
    position = played(made)
    assert [line.principal for line in position.lines] == [4287]
    assert (position.payoff, position.arrears.principal) == (4287, 4287)


def taken_over(penalty: dict[str, Any], events: list[dict[str, Any]], **more: Any) -> Position:
    """100.00 overdue since 1 March, with a penal charge of 5.00, and 100.00 due on 1 June."""
    late = {"number": 3, "due_on": "2024-03-01", "principal": "100.00", "penalty": "5.00"}
    coming = {"number": 6, "due_on": "2024-06-01", "principal": "100.00"}
    opening = {"kind": "opening", "on": "2024-05-01", "lines": [late, coming]}
    return played(doc([opening, *events], penalty=penalty, **more), date(2024, 6, 10))


def test_penal_charges_of_a_loan_that_ran_elsewhere_count_from_its_opening() -> None:
    """0.10 a day: 40 days from 1 May beside the 5.00 of before, 9 days from 1 June."""
    rate = {"percent_a_year": "36.5", "of": "overdue-principal"}
    assert [line.penalty for line in taken_over(rate, []).lines] == [900, 90]


def test_a_penal_amount_that_was_asked_elsewhere_is_not_asked_again() -> None:
    amount = {"amount": "50.00", "grace_days": 3}
    assert [line.penalty for line in taken_over(amount, []).lines] == [500, 5000]


def test_money_ahead_of_a_loan_that_ran_elsewhere_goes_to_the_next_line() -> None:
    """105.00 is due; 45.00 more of 150.00 is set on the line of June, which cannot be changed."""
    paid = [receipt("2024-05-01", "150.00")]
    position = taken_over(
        {"amount": "50.00", "grace_days": 30}, paid, allocation={"advance_to": "reduce-term"}
    )
    assert [line.paid.principal for line in position.lines] == [10000, 4500]
    assert position.excess == 0


def test_tranches_of_the_first_day_are_one_sum() -> None:
    """700 and 500 on the first day ask what 1,200 ask, and all of it is repaid."""
    parts = [{"on": "2024-01-01", "amount": "700.00"}, {"on": "2024-01-01", "amount": "500.00"}]
    whole, both = played(doc()), played(doc(tranches=parts))
    assert both.lines == whole.lines
    assert sum(line.principal for line in both.lines) == 120_000


def test_a_part_repaid_before_the_next_one_leaves_its_lines() -> None:
    """0.96 rounded up to an instalment of 1 is repaid at once; 8.48 in May over the three left."""
    parts = [{"on": "2024-01-01", "amount": "0.96"}, {"on": "2024-04-15", "amount": "8.48"}]
    made = played(
        doc(
            principal="9.44",
            annual_rate="0",
            tranches=parts,
            rounding={"instalment_to": "1", "instalment_mode": "up"},
        )
    )
    assert [line.principal for line in made.lines] == [96, 0, 0, 300, 300, 248]


def test_a_fee_of_disbursement_is_asked_though_all_principal_came_back_before_line_1() -> None:
    """1,300.00 on the first day: 1,200.00 of principal, 30.00 on the day of line 1, 70.00 over."""
    fee = [{"name": "Fee", "on": "disbursement", "amount": "30.00"}]
    position = played(
        doc(
            [receipt("2024-01-01", "1300.00")],
            charges=fee,
            allocation={"advance_to": "reduce-term"},
        )
    )
    assert [(line.principal, line.charge) for line in position.lines] == [(120_000, 0), (0, 3_000)]
    assert position.excess == 7_000


def test_broken_days_that_stood_alone_are_asked_once_after_a_reschedule() -> None:
    """15 January to 15 April is 91 days: 31 broken ones of 31, and two months, 36.00 in all."""
    moved = {"kind": "reschedule", "on": "2024-01-20", "instalments": 1,
             "first_due_on": "2024-04-15", "capitalise": []}  # fmt: skip
    for rule in ("first-instalment", "separate", "spread"):
        position = played(
            doc([moved], disbursed_on="2024-01-15", first_due_on="2024-03-15", broken_period=rule)
        )
        assert [(line.principal, line.interest) for line in position.lines] == [(120_000, 3_600)]


def test_a_charge_paid_ahead_keeps_its_line_settled_over_a_change_of_rate() -> None:
    """A bullet's line of 1 February asks nothing but a charge of 15.00, paid on 10 January."""
    position = played(
        doc(
            [
                {"kind": "charge", "name": "Visit", "head": "charge", "on": "2024-01-05",
                 "amount": "15.00"},
                receipt("2024-01-10", "15.00"),
                {"kind": "rate", "on": "2024-01-12", "annual_rate": "24"},
            ],
            repayment="bullet",
        )
    )  # fmt: skip
    assert position.lines[0].charge == position.lines[0].paid.charge == 1_500
    assert position.lines[0].settled_on == date(2024, 1, 12)


def test_money_set_on_the_last_lines_stays_there_while_interest_follows_the_days() -> None:
    """500 on the day of a due of 200: 300 repays the end, and the next due is still asked."""
    paid = [receipt("2024-02-01", "500.00")]
    more = {"annual_rate": "0", "allocation": {"advance_to": "last"}}
    for recalculate in ("never", "daily"):
        position = played(doc(paid, recalculate=recalculate, **more), date(2024, 3, 15))
        assert [line.paid.principal for line in position.lines] == [20000, 0, 0, 0, 10000, 20000]
        assert (position.arrears.principal, position.days_past_due) == (20000, 14)


def test_money_set_ahead_is_not_moved_to_arrears_by_a_new_rate() -> None:
    paid = [receipt("2024-02-01", "500.00")]
    rate = {"kind": "rate", "on": "2024-03-10", "annual_rate": "0"}
    made = doc([*paid, rate], annual_rate="0", allocation={"advance_to": "last"})
    position = played(made, date(2024, 3, 15))
    assert [line.paid.principal for line in position.lines] == [20000, 0, 0, 0, 10000, 20000]
    assert position.arrears.principal == 20000


def test_a_line_forgiven_ahead_is_settled_when_its_interest_is_found_again() -> None:
    """30.00 is forgiven of interest before line 1 asks its 12.00, and nothing else."""
    waiver = {"kind": "waiver", "head": "interest", "amount": "30.00", "on": "2024-01-15"}
    made = doc([waiver], repayment="interest-only", recalculate="daily")
    first = played(made, date(2024, 2, 20)).lines[0]
    assert (first.interest, first.waived.interest) == (1_200, 1_200)
    assert first.settled_on == date(2024, 2, 1)


def test_nothing_is_repaid_of_a_part_that_is_not_handed_out_yet() -> None:
    """600 repays all of the first part, from the end; 300 more are kept until the second one."""
    parts = [{"on": "2024-01-01", "amount": "600.00"}, {"on": "2024-05-10", "amount": "600.00"}]
    paid = [receipt("2024-01-20", "900.00")]
    for recalculate in ("never", "daily"):
        made = doc(paid, tranches=parts, recalculate=recalculate, annual_rate="0")
        made["terms"]["allocation"] = {"advance_to": "last"}
        before, after = played(made, date(2024, 4, 30)), played(made, date(2024, 5, 31))
        assert (before.principal_outstanding, before.excess) == (0, 30_000)
        assert (after.principal_outstanding, after.excess) == (30_000, 0)
        assert min(line.interest for line in before.lines) == 0
