"""Schedules at their edges, worked by hand: warnings, flows, line 0, charges of the first day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain.schedule import LAST_LINE_LARGE, Schedule, first_charges, lines, schedule
from app.domain.terms import Terms
from tests.domain.loans import terms


def loan(**changes: Any) -> Terms:
    """1,200 at 12 % in six months: a full month bears 1 % of the balance."""
    base = {"principal": "1200.00", "disbursed_on": "2024-01-01", "annual_rate": "12"}
    return terms(**{**base, **changes})


def plain(principal: str, count: int, **rounding: str) -> Schedule:
    """A loan without interest, its instalment cut to whole rupees."""
    cut = {"instalment_to": "1", "instalment_mode": "down", **rounding}
    return schedule(loan(principal=principal, annual_rate="0", instalments=count, rounding=cut))


def tranche(on: str, amount: str) -> dict[str, str]:
    return {"on": on, "amount": amount}


def test_a_last_line_of_exactly_twice_the_instalment_does_not_surprise() -> None:
    """8.00 in three: 2, 2 and 4; one paisa more surprises."""
    exact, more = plain("8.00", 3), plain("8.01", 3)
    assert [line.amount for line in exact.lines] == [200, 200, 400]
    assert exact.warnings == ()
    assert more.warnings == (LAST_LINE_LARGE,)


def test_charges_make_no_line_large_and_hide_none() -> None:
    """8.00 in three is 2, 2 and 4: a charge of 1 on it does not surprise; 8.01 does beside one."""
    cut = {"instalment_to": "1", "instalment_mode": "down"}
    each = [{"name": "Service", "on": "instalment", "amount": "1.00"}]
    late = [{"name": "Release", "on": "2025-01-01", "amount": "1.00"}]
    few = schedule(
        loan(principal="8.00", annual_rate="0", instalments=3, rounding=cut, charges=each)
    )
    many = schedule(
        loan(principal="8.01", annual_rate="0", instalments=3, rounding=cut, charges=late)
    )
    assert (few.lines[-1].amount, few.warnings) == (500, ())
    assert (many.lines[-1].principal, many.warnings) == (0, (LAST_LINE_LARGE,))


def test_where_the_instalment_is_cut_to_nothing_no_line_is_large() -> None:
    made = plain("5.00", 6)
    assert (made.level, made.lines[-1].amount, made.warnings) == (0, 500, ())


@pytest.mark.parametrize("repayment", ["bullet", "interest-only"])
def test_a_last_line_that_is_meant_to_hold_all_principal_does_not_surprise(repayment: str) -> None:
    assert schedule(loan(repayment=repayment)).warnings == ()


def test_only_undeducted_charges_of_the_first_day_are_brought_to_line_1() -> None:
    """100 with 18 % tax, and 5 as a penalty; neither what is deducted nor what comes later."""
    charges = [
        {"name": "Fee", "on": "disbursement", "amount": "100.00", "tax_percent": "18"},
        {"name": "Stamp", "on": "disbursement", "amount": "5.00", "head": "penalty"},
        {"name": "Cut", "on": "disbursement", "amount": "30.00", "deduct": True},
        {"name": "Each", "on": "instalment", "amount": "2.00"},
        {"name": "Card", "on": "2024-03-15", "amount": "7.00"},
    ]
    assert first_charges(loan(charges=charges)) == (11800, 500)


@pytest.mark.parametrize(
    ("on", "number"),
    [
        ("2024-01-15", 0),  # inside line 1: with the money of the first day
        ("2024-02-01", 1),  # a due date belongs to the next line
        ("2024-03-10", 2),
    ],
)
def test_the_rate_of_cost_puts_a_tranche_at_the_line_before_its_own(on: str, number: int) -> None:
    made = schedule(loan(tranches=[tranche("2024-01-01", "600.00"), tranche(on, "600.00")]))
    assert made.flows[:2] == ((0, 60_000), (number, 60_000))
    assert len(made.flows) == 2 + 6


def test_a_tranche_in_a_line_0_counts_with_the_money_of_the_first_day() -> None:
    made = schedule(separate("2024-01-16"))
    assert made.flows[:2] == ((0, 60_000), (0, 60_000))


@pytest.mark.parametrize(
    ("on", "interest", "balance"),
    [
        # A full month of 600 is 6.00; 16 of January's 31 days of another 600 are 3.0968.
        ("2024-01-16", 910, 120_000),
        ("2024-02-01", 600, 60_000),
        ("2024-02-15", 600, 60_000),
        ("2024-03-15", 600, 60_000),
    ],
)
def test_a_line_0_holds_the_tranches_before_its_day(on: str, interest: int, balance: int) -> None:
    first = lines(separate(on))[0]
    assert (first.number, first.due_on) == (0, date(2024, 2, 1))
    assert first.scheduled_from == date(2024, 1, 1)
    assert (first.principal, first.interest, first.balance) == (0, interest, balance)


def separate(on: str) -> Terms:
    """January stands alone in line 0; 600 on the first day, 600 later."""
    parts = [tranche("2024-01-01", "600.00"), tranche(on, "600.00")]
    return loan(first_due_on="2024-03-01", broken_period="separate", tranches=parts)


@pytest.mark.parametrize(
    ("on", "number"),
    [
        ("2024-01-01", 1),  # the first day's charges never stand in line 0
        ("2024-01-02", 0),
        ("2024-02-01", 0),
        ("2024-02-02", 1),
    ],
)
def test_a_dated_charge_stands_in_the_line_its_day_is_in(on: str, number: int) -> None:
    card = {"name": "Card", "on": on, "amount": "7.00"}
    january_alone = {"first_due_on": "2024-03-01", "broken_period": "separate"}
    made = schedule(loan(**january_alone, charges=[card]))
    assert [one.number for one in made.dated] == [number]
    assert [line.number for line in made.lines if line.charge] == [number]


def test_nothing_per_cent_of_however_much_is_no_charge() -> None:
    """Of a hundred million rupees the smallest rate there is would be a paisa."""
    free = {"name": "Free", "on": "disbursement", "percent": "0", "of": "principal"}
    least = {**free, "name": "Least", "percent": "0.00000001"}
    made = schedule(loan(principal="100000000.00", charges=[free, least]))
    assert [one.amount for one in made.disbursement] == [0, 1]
