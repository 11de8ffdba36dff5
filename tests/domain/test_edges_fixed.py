"""A fixed instalment over tranches, and what an exact run asks when it is closed early."""

from __future__ import annotations

from typing import Any

from app.domain.calculation import calculation_of, result_of


def worked(events: list[dict[str, Any]] | None = None, **terms: Any) -> dict[str, Any]:
    """The result of 600 at 12 % by months, with other terms and events."""
    base = {
        "principal": "600.00",
        "disbursed_on": "2024-01-01",
        "annual_rate": "12",
        "every": {"n": 1, "unit": "month"},
    }
    document = {"format": "kist-calc/1", "currency": "INR", "terms": {**base, **terms}}
    return result_of(calculation_of({**document, "events": events or []}))


def minor(text: str) -> int:
    """Minor units of a printed amount."""
    return int(text.replace(".", ""))


def column(made: dict[str, Any], key: str) -> list[int]:
    """A column of the schedule in minor units."""
    return [minor(line[key]) for line in made["schedule"]]


def parts(*given: tuple[str, str]) -> list[dict[str, str]]:
    """Tranches."""
    return [{"on": on, "amount": amount} for on, amount in given]


def test_a_fixed_instalment_waits_with_empty_lines_for_a_tranche_after_all_was_repaid() -> None:
    made = worked(
        annual_rate="0",
        instalment="200.00",
        tranches=parts(("2024-01-01", "200.00"), ("2024-04-15", "400.00")),
    )
    assert column(made, "principal") == [20000, 0, 0, 20000, 20000]
    assert made["schedule"][-1]["due_on"] == "2024-06-01"


def test_money_that_repays_a_part_early_never_stands_against_the_next_part() -> None:
    made = worked(
        [{"kind": "receipt", "on": "2024-01-20", "amount": "200.00"}],
        annual_rate="0",
        instalment="100.00",
        tranches=parts(("2024-01-01", "200.00"), ("2024-04-15", "400.00")),
        allocation={"advance_to": "reduce-term"},
    )
    assert column(made, "principal") == [20000, 0, 0, 0, 10000, 10000, 10000, 10000]
    assert made["position"]["principal_outstanding"] == "400.00"


def test_broken_days_are_spread_over_all_lines_of_a_fixed_instalment_not_of_its_first_part() -> (
    None
):
    terms: dict[str, Any] = {
        "instalment": "100.00",
        "first_due_on": "2024-03-01",
        "tranches": parts(("2024-01-01", "200.00"), ("2024-02-15", "400.00")),
    }
    spread = column(worked(**terms, broken_period="spread"), "interest")
    at_once = column(worked(**terms, broken_period="first-instalment"), "interest")
    # A month of 1 % on 200 is 2.00: over seven lines 0.29, and 0.26 with the last.
    assert len(spread) == 7
    assert [a - b for a, b in zip(spread[1:], at_once[1:], strict=True)] == [29] * 5 + [26]
    assert spread[0] - at_once[0] == 29 - 200


def test_a_closing_line_asks_the_sum_of_its_heads_in_the_exact_run_too() -> None:
    made = worked(
        [{"kind": "foreclosure", "on": "2024-02-10"}],
        principal="46000.00",
        annual_rate="24",
        instalments=2,
        rounding={"mode": "none", "instalment_to": "0.50"},
        foreclosure={"interest": "whole-line"},
    )
    closing = made["schedule"][-1]
    heads = sum(minor(closing[head]) for head in ("principal", "interest", "charge", "penalty"))
    assert minor(closing["amount"]) == heads


def test_no_closing_charge_is_asked_where_the_prints_of_an_exact_run_ask_more_than_was_lent() -> (
    None
):
    made = worked(
        [
            {"kind": "receipt", "on": "2024-09-01", "amount": "40.00"},
            {"kind": "foreclosure", "on": "2024-10-01"},
        ],
        principal="37.00",
        annual_rate="0",
        instalments=8,
        rounding={"mode": "none", "instalment_to": "5"},
        charges=[{"name": "Visit", "on": "2024-12-01", "amount": "10.00"}],
        foreclosure={"charge_percent": "4.5", "tax_percent": "18"},
    )
    # Eight lines of 4.625 print as 5.00 each; the ninth, of the visit, is closed before its day.
    assert column(made, "principal") == [500] * 8 + [0]
    assert column(made, "charge") == [0] * 9
    assert made["position"]["status"] == "closed"


def test_a_line_found_again_in_the_exact_run_prints_what_it_asks_by_itself() -> None:
    made = worked(
        [{"kind": "rate", "on": "2024-02-01", "annual_rate": "36"}],
        instalments=5,
        rounding={"mode": "none", "instalment_to": "1"},
    )
    # 482.376 at 3 % in four months are 129.772 each: 115.301 and 14.471 of the first.
    first = made["schedule"][1]
    assert (first["principal"], first["interest"]) == ("115.00", "14.00")
    assert column(made, "amount")[1:] == [13_000] * 4


def test_money_ahead_of_an_exact_run_lowers_its_exact_balance() -> None:
    made = worked(
        [{"kind": "receipt", "on": "2024-02-01", "amount": "400.00"}],
        instalments=3,
        rounding={"mode": "none", "instalment_to": "1"},
        allocation={"advance_to": "reduce-term"},
    )
    # A third of 600 at 1 % is 204.01; after 198.01 of principal and 196.00 ahead 205.99 are left.
    assert [one["balance"] for one in made["schedule"]] == ["402.00", "206.00", "4.00", "0.00"]
