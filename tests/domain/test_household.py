"""Sums of a household."""

from __future__ import annotations

import pytest

from app.commands.origination import ExistingLoan, Member
from app.domain.errors import ValueRefused
from app.domain.household import (
    amount,
    count,
    lenders,
    monthly_income,
    monthly_outflow,
    obligations,
    yearly_income,
)

MEMBERS = (Member("Sunita", "self", 34, 800000), Member("Ram", "spouse", 38, 1200000))
LOANS = (
    ExistingLoan("Asha", 1500000, 120000),
    ExistingLoan(" ASHA ", 500000, 60000),
    ExistingLoan("Bank", 900000, 40000, microfinance=False),
    ExistingLoan("", 100000, 10000),
    ExistingLoan("", 100000, 10000),
)


def test_the_household_is_the_sum_of_its_members_and_loans() -> None:
    assert monthly_income(MEMBERS) == 2000000
    assert yearly_income(MEMBERS) == 24000000
    assert monthly_outflow(LOANS) == 240000
    assert obligations(LOANS) == 3100000


def test_a_lender_counts_once_and_a_nameless_one_for_itself() -> None:
    assert lenders(LOANS) == 3
    assert lenders(()) == 0


def test_amounts_and_counts_beyond_reason_are_refused() -> None:
    assert amount(0, "expenses_minor") == 0
    assert count(30, 30, "members") == 30
    for minor in (-1, 10**12 + 1):
        with pytest.raises(ValueRefused) as refusal:
            amount(minor, "expenses_minor")
        assert refusal.value.field == "expenses_minor"
    for number in (-1, 31):
        with pytest.raises(ValueRefused):
            count(number, 30, "members")
