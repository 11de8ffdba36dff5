"""Money beyond what is outstanding, and interest by the day, at the edges of a loan in parts."""

from __future__ import annotations

from typing import Any

from app.domain.calculation import calculation_of, result_of

MONTH = {"n": 1, "unit": "month"}


def worked(terms: dict[str, Any], events: list[dict[str, Any]], as_on: str) -> Any:
    """The answer to terms that fall due each month from the first of January 2024."""
    given = {"disbursed_on": "2024-01-01", "every": MONTH, "annual_rate": "0", **terms}
    doc = {"format": "kist-calc/1", "currency": "INR", "as_on": as_on, "terms": given}
    return result_of(calculation_of({**doc, "known_on": None, "events": events}))


def received(on: str, amount: str) -> dict[str, Any]:
    return {"kind": "receipt", "on": on, "amount": amount}


def in_parts(second_on: str) -> dict[str, Any]:
    first = {"on": "2024-01-01", "amount": "10000.00"}
    second = {"on": second_on, "amount": "10000.00"}
    return {"principal": "20000.00", "tranches": [first, second]}


def test_money_held_settles_what_falls_due_before_anything_is_borne_on_it() -> None:
    penalty = {"percent_a_year": "36.5", "of": "overdue-instalment"}
    terms = {**in_parts("2024-03-10"), "instalments": 4, "penalty": penalty}
    answer = worked(terms, [received("2024-01-20", "15000.00")], "2024-04-30")
    assert answer["position"]["excess"] == "0.00"
    assert answer["position"]["arrears"]["principal"] == "0.00"
    assert answer["schedule"][2]["penalty"] == "0.00"


def test_a_part_of_a_due_date_is_in_the_next_instalment_by_the_day_too() -> None:
    terms = {**in_parts("2024-02-01"), "instalments": 3, "recalculate": "daily"}
    answer = worked(terms, [], "2024-03-15")
    assert [line["principal"] for line in answer["schedule"]] == ["3333.33", "8333.34", "8333.33"]


def test_broken_days_in_a_line_of_their_own_follow_the_real_balance() -> None:
    terms = {
        "principal": "36500.00",
        "annual_rate": "36.5",
        "instalments": 6,
        "first_due_on": "2024-02-15",
        "day_count": "actual/365",
        "broken_period": "separate",
        "recalculate": "daily",
        "allocation": {"advance_to": "reduce-term"},
    }
    answer = worked(terms, [received("2024-01-08", "18505.50")], "2024-01-15")
    # 7 days of 36.50 go with the receipt, 7 of 18.25 are left
    asked = [(line["principal"], line["interest"]) for line in answer["schedule"][:2]]
    assert asked == [("18250.00", "255.50"), ("0.00", "127.75")]


def test_a_fixed_instalment_paid_off_inside_grace_is_not_refused() -> None:
    terms = {
        "principal": "1000.00",
        "annual_rate": "12",
        "instalment": "300.00",
        "grace": {"principal": 2, "interest": 0, "interest_free": 0},
        "allocation": {"advance_to": "reduce-term"},
    }
    answer = worked(terms, [received("2024-01-05", "1000.00")], "2024-01-05")
    assert answer["position"]["principal_outstanding"] == "0.00"


def test_a_closure_of_a_late_loan_asks_what_its_payoff_said() -> None:
    terms = {
        "principal": "36500.00",
        "annual_rate": "36.5",
        "instalments": 6,
        "day_count": "actual/365",
        "recalculate": "daily",
        "foreclosure": {"interest": "whole-line"},
    }
    before = worked(terms, [], "2024-03-20")["position"]["payoff"]
    closed = worked(terms, [{"kind": "foreclosure", "on": "2024-03-20"}], "2024-03-20")
    assert closed["position"]["payoff"] == before
    assert sum(float(part) for part in closed["position"]["arrears"].values()) == float(before)
