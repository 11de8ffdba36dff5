"""A plan that changes on the way: figures worked by hand or by a closed form beside the program."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from app.domain.calculation import calculation_of, implied, result_of
from app.domain.errors import EventRefused, TermsRefused
from app.domain.finding import plan_of
from app.domain.loan import Position, replay
from app.domain.points import Points
from app.domain.runs import repaid
from app.domain.terms import Terms
from tests.domain.loans import any_terms


def doc(events: list[dict[str, Any]] | None = None, **terms: Any) -> dict[str, Any]:
    """1,200 at 12 % in six months, with other terms and events."""
    base = {
        "principal": "1200.00",
        "disbursed_on": "2024-01-01",
        "annual_rate": "12",
        "instalments": 6,
        "every": {"n": 1, "unit": "month"},
    }
    made = {**base, **terms}
    return {"format": "kist-calc/1", "currency": "INR", "terms": made, "events": events or []}


def played(document: dict[str, Any], as_on: date | None = None) -> Position:
    """The position of a document."""
    asked = calculation_of(document)
    return replay(asked.terms, asked.events, as_on)


def receipt(on: str, amount: str) -> dict[str, Any]:
    return {"kind": "receipt", "on": on, "amount": amount}


def level(balance: Fraction, rate: Fraction, lines: int) -> int:
    """The equal instalment of a balance in minor units, half up."""
    exact = balance * rate / (1 - (1 + rate) ** -lines)
    return int(exact + Fraction(1, 2))


MONTH = Fraction(1, 100)  # 12 % a year


@given(any_terms())
@settings(max_examples=200, deadline=None)
def test_a_plan_without_changes_equals_the_quick_schedule(loan: Terms) -> None:
    _, run, _ = repaid(loan, Points(loan.rounding))
    plan = plan_of(loan)
    assert (plan.principal, plan.printed_interest()) == (run.principal, run.interest)


def test_a_tranche_on_a_due_date_belongs_to_the_next_line() -> None:
    parts = [
        {"on": "2024-01-01", "amount": "600.00"},
        {"on": "2024-03-01", "amount": "600.00"},
    ]
    lines = played(doc(tranches=parts)).lines
    first = level(Fraction(60_000), MONTH, 6)
    assert [line.interest + line.principal for line in lines[:2]] == [first, first]
    left = lines[1].balance
    again = level(Fraction(left + 60_000), MONTH, 4)
    assert lines[2].interest == round(Fraction(left + 60_000) * MONTH)
    assert lines[2].interest + lines[2].principal == again


def test_a_tranche_is_outstanding_only_once_it_is_handed_out() -> None:
    parts = [
        {"on": "2024-01-01", "amount": "600.00"},
        {"on": "2024-03-10", "amount": "600.00"},
    ]
    document = doc([receipt("2024-01-20", "900.00")], tranches=parts)
    before = played(document, date(2024, 3, 9))
    # money ahead settles no more principal than was handed out
    assert before.principal_outstanding == 0
    assert before.excess > 0
    after = played(document, date(2024, 3, 10))
    # what was kept settles lines to come once there is principal again
    assert after.excess == 0
    assert after.principal_outstanding == 60_000 - 26_553


def test_tranches_are_refused_after_the_last_due_date() -> None:
    parts = [
        {"on": "2024-01-01", "amount": "600.00"},
        {"on": "2024-07-01", "amount": "600.00"},
    ]
    with pytest.raises(TermsRefused) as refused:
        result_of(calculation_of(doc(tranches=parts)))
    assert refused.value.params["path"] == "terms.tranches"


def test_money_ahead_shortens_the_term_or_lowers_the_instalment() -> None:
    first = level(Fraction(120_000), MONTH, 6)
    events = [receipt("2024-02-01", f"{first / 100:.2f}"), receipt("2024-02-01", "300.00")]
    kept = played(doc(events, allocation={"advance_to": "reduce-term"})).lines
    less = played(doc(events, allocation={"advance_to": "reduce-instalment"})).lines
    for lines in (kept, less):
        own = lines[1]
        assert (own.number, own.due_on, own.principal) == (2, date(2024, 2, 1), 30_000)
        assert (own.interest, own.settled_on) == (0, date(2024, 2, 1))
    left = kept[0].balance - 30_000
    assert len(kept) == 6  # four lines to come instead of five, and the own one
    assert kept[2].principal + kept[2].interest == first
    assert less[2].principal + less[2].interest == level(Fraction(left), MONTH, 5)
    assert len(less) == 7


def test_money_held_settles_each_line_at_the_end_of_its_day() -> None:
    position = played(
        doc([receipt("2024-01-10", "500.00")], allocation={"advance_to": "hold"}),
        date(2024, 3, 31),
    )
    first = level(Fraction(120_000), MONTH, 6)
    rows = [(row.ref, row.on, row.amount, row.excess) for row in position.receipts]
    assert rows == [
        (0, date(2024, 1, 10), 50_000, 50_000),
        (None, date(2024, 2, 1), 0, -first),
        (None, date(2024, 3, 1), 0, -first),
    ]
    assert position.excess == 50_000 - 2 * first
    assert [line.settled_on for line in position.lines[:2]] == [date(2024, 2, 1), date(2024, 3, 1)]


def test_a_new_rate_holds_from_its_day_and_the_instalment_is_found_again() -> None:
    changed = {"kind": "rate", "on": "2024-03-01", "annual_rate": "24"}
    lines = played(doc([changed])).lines
    left = lines[1].balance
    assert lines[2].interest == round(Fraction(left) * 2 * MONTH)
    assert lines[2].principal + lines[2].interest == level(Fraction(left), 2 * MONTH, 4)


def test_a_new_rate_inside_a_line_splits_its_interest_by_days() -> None:
    changed = {"kind": "rate", "on": "2024-02-11", "annual_rate": "24"}
    lines = played(doc([changed], day_count="actual/365")).lines
    left = lines[0].balance
    exact = Fraction(left) * (Fraction(12 * 10, 36_500) + Fraction(24 * 19, 36_500))
    assert lines[1].interest == round(exact)


def test_a_rate_is_refused_below_zero_with_flat_interest_and_when_nothing_is_to_come() -> None:
    changed = {"kind": "rate", "on": "2024-02-11", "annual_rate": "24"}
    for document, why in (
        (doc([changed], interest="flat"), "rate-of-flat"),
        (doc([{**changed, "on": "2024-07-01"}]), "nothing-to-come"),
    ):
        with pytest.raises(EventRefused) as refused:
            played(document)
        assert refused.value.params["why"] == why


def test_a_reschedule_gives_more_lines_and_takes_arrears_in() -> None:
    agreed = {
        "kind": "reschedule",
        "on": "2024-03-01",
        "instalments": 8,
        "first_due_on": "2024-04-01",
        "capitalise": ["interest"],
    }
    position = played(doc([agreed]))
    lines = position.lines
    late = lines[0].interest + lines[1].interest
    assert [line.unpaid.interest for line in lines[:2]] == [0, 0]
    assert position.capitalised.interest == late
    assert position.principal_outstanding == 120_000 + late
    assert len(lines) == 10
    balance = Fraction(lines[1].balance + late)
    assert lines[2].principal + lines[2].interest == level(balance, MONTH, 8)
    assert sum(line.unpaid.principal for line in lines) == position.principal_outstanding


def test_a_moratorium_bears_interest_for_all_its_days() -> None:
    agreed = {"kind": "reschedule", "on": "2024-02-01", "first_due_on": "2024-05-01"}
    lines = played(doc([agreed])).lines
    assert [line.due_on for line in lines[:2]] == [date(2024, 2, 1), date(2024, 5, 1)]
    left = Fraction(lines[0].balance)
    assert lines[1].interest == round(left * 3 * MONTH)
    assert len(lines) == 6


def test_penal_charges_are_never_capitalised() -> None:
    agreed = {"kind": "reschedule", "on": "2024-02-01", "capitalise": ["penalty"]}
    with pytest.raises(TermsRefused):
        calculation_of(doc([agreed]))


def test_interest_by_the_day_follows_what_is_really_outstanding() -> None:
    """Nothing is paid on 1 February: line 2 bears interest on the whole principal."""
    loan = doc(recalculate="daily", day_count="actual/365")
    lines = played(loan, date(2024, 3, 1)).lines
    assert lines[0].interest == round(Fraction(120_000 * 12 * 31, 36_500))
    assert lines[1].interest == round(Fraction(120_000 * 12 * 29, 36_500))
    first = level(Fraction(120_000), MONTH, 6)
    assert lines[1].principal + lines[1].interest == first
    assert sum(line.principal for line in lines) == 120_000


def test_each_day_rounded_differs_from_the_sum_rounded_once() -> None:
    once = played(doc(recalculate="daily", day_count="actual/365")).lines[0].interest
    daily = played(doc(recalculate="daily-rounded", day_count="actual/365")).lines[0].interest
    day = round(Fraction(120_000 * 12, 36_500))
    assert (once, daily) == (round(Fraction(120_000 * 12 * 31, 36_500)), day * 31)


def test_a_write_off_strikes_everything_and_a_recovery_counts_by_head() -> None:
    events: list[dict[str, Any]] = [{"kind": "write-off", "on": "2024-02-01"}]
    struck = played(doc(events))
    assert struck.status == "written-off"
    assert (struck.principal_outstanding, struck.payoff, struck.asset_class) == (0, 0, "npa")
    assert struck.written_off.principal == 120_000
    assert struck.written_off.interest == 1200
    back = played(doc([*events, {"kind": "recovery", "on": "2024-03-01", "amount": "20.00"}]))
    row = back.receipts[0]
    assert (row.kind, row.interest, row.principal) == ("recovery", 1200, 800)
    assert back.written_off == struck.written_off
    assert back.recovered.total == 2000


def test_after_a_write_off_only_recoveries_refunds_and_reversals_come() -> None:
    gone = {"kind": "write-off", "on": "2024-02-01"}
    later = [
        receipt("2024-03-01", "1.00"),
        {"kind": "charge", "on": "2024-03-01", "name": "x", "head": "charge", "amount": "1.00"},
        {"kind": "rate", "on": "2024-03-01", "annual_rate": "1"},
        {"kind": "foreclosure", "on": "2024-03-01"},
        gone,
    ]
    for event in later:
        with pytest.raises(EventRefused) as refused:
            played(doc([gone, event]))
        assert refused.value.params["why"] == "written-off"
    lives = played(doc([gone, {"kind": "reversal", "of": 0, "on": "2024-03-01"}]))
    assert (lives.status, lives.principal_outstanding) == ("active", 120_000)


def test_a_recovery_needs_a_write_off() -> None:
    with pytest.raises(EventRefused) as refused:
        played(doc([{"kind": "recovery", "on": "2024-03-01", "amount": "1.00"}]))
    assert refused.value.params["why"] == "not-written-off"


def test_a_refund_gives_back_excess_and_no_more() -> None:
    paid = receipt("2024-01-10", "2000.00")
    before = played(doc([paid]))
    back = {"kind": "refund", "on": "2024-01-11", "amount": f"{before.excess / 100:.2f}"}
    after = played(doc([paid, back]))
    row = after.receipts[-1]
    assert (row.kind, row.amount, row.excess) == ("refund", -before.excess, -before.excess)
    assert (after.excess, after.status) == (0, "closed")
    with pytest.raises(EventRefused) as refused:
        played(doc([paid, {**back, "amount": "2000.00"}]))
    assert refused.value.params["why"] == "more-than-excess"


def test_a_refund_that_a_reversal_uncovers_is_asked_back() -> None:
    paid, twice = receipt("2024-01-10", "1100.00"), receipt("2024-01-10", "900.00")
    back = {"kind": "refund", "on": "2024-01-11", "amount": "700.00"}
    events = [paid, twice, back, {"kind": "reversal", "of": 1, "on": "2024-01-20"}]
    position = played(doc(events))
    assert (position.excess, position.asked_back) == (0, 70_000)
    assert position.arrears.charge == 70_000


def test_a_loan_taken_over_keeps_its_lines() -> None:
    line = {"number": 4, "due_on": "2024-05-31", "principal": "10.00", "interest": "2.00"}
    opening = {"kind": "opening", "on": "2024-05-10", "lines": [line]}
    with pytest.raises(EventRefused) as refused:
        played(doc([opening, {"kind": "rate", "on": "2024-05-11", "annual_rate": "1"}]))
    assert refused.value.params["why"] == "taken-over"


def test_reversing_every_change_gives_the_loan_before() -> None:
    events: list[dict[str, Any]] = [
        receipt("2024-02-01", "150.00"),
        {"kind": "rate", "on": "2024-02-11", "annual_rate": "24"},
        {"kind": "reschedule", "on": "2024-03-05", "instalments": 9, "capitalise": ["interest"]},
        {"kind": "write-off", "on": "2024-04-01"},
    ]
    plain = calculation_of(doc(events[:1]))
    void = [{"kind": "reversal", "of": at, "on": "2024-05-01"} for at in (3, 2, 1)]
    undone = calculation_of(doc([*events, *void]))
    on = date(2024, 6, 1)
    assert replay(undone.terms, undone.events, on) == replay(plain.terms, plain.events, on)


def test_a_tranche_handed_out_late_counts_from_its_day() -> None:
    parts = [
        {"on": "2024-01-01", "amount": "600.00"},
        {"on": "2024-03-01", "amount": "600.00"},
    ]
    terms = calculation_of(doc(tranches=parts)).terms
    first, second = implied(terms)
    late = second.__class__(second.kind, date(2024, 3, 15), date(2024, 3, 15), 2, second.amount)
    moved = [{"on": "2024-01-01", "amount": "600.00"}, {"on": "2024-03-15", "amount": "600.00"}]
    asked = calculation_of(doc(tranches=moved))
    assert replay(terms, [first, late]).lines == replay(asked.terms, asked.events).lines
