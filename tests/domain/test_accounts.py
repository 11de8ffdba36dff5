"""Entries balance: an event's entry is the difference of the loan's balances."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain.accounts import (
    Balances,
    EntryLine,
    accrual_entry,
    balanced,
    entry,
    posting_rules_of,
)
from app.domain.errors import ValueRefused
from app.domain.loan import Position, replay
from tests.domain.loans import charge, disbursed, receipt, terms, waiver

SHIPPED = Path(__file__).parents[2] / "resources" / "accounts" / "lender.json"
RULES = posting_rules_of(json.loads(SHIPPED.read_text(encoding="utf-8")))
LOAN = terms()
CASH = RULES.money_account("cash", "C1")


def test_every_account_a_rule_names_is_in_the_chart() -> None:
    codes = {account.code for account in RULES.chart}
    named = {*RULES.components.values(), *RULES.money.values(), RULES.fee, RULES.tax}
    named |= {RULES.interest_receivable, RULES.interest_income, RULES.capital}
    for contra in RULES.contra.values():
        named |= set(contra.values())
    assert named <= codes


def test_a_disbursement_pays_out_what_is_not_kept_back() -> None:
    made = entry(
        "disbursement", Balances(), Balances(principal=2_000_000), RULES,
        money_account=CASH, fee=20_000, tax=3_600,
    )  # fmt: skip
    assert {(line.account, line.amount) for line in made} == {
        (RULES.components["principal"], 2_000_000),
        (RULES.fee, -20_000),
        (RULES.tax, -3_600),
        (CASH, -1_976_400),
    }


def test_a_receipt_is_the_difference_of_the_balances() -> None:
    events = [disbursed(LOAN)]
    before = replay(LOAN, events)
    after = replay(LOAN, [*events, receipt(before.lines[0].due_on, 50_000, 2)])
    made = {line.account: line.amount for line in _entry("receipt", before, after)}
    assert made == {
        CASH: 50_000,
        RULES.components["interest"]: -40_000,
        RULES.components["principal"]: -10_000,
    }


def test_a_charge_is_income_and_a_waiver_is_not() -> None:
    on = replay(LOAN, [disbursed(LOAN)]).lines[0].due_on
    events = [disbursed(LOAN), charge(on, 700, 2), waiver(on, 900, 3)]
    start, charged, waived = (replay(LOAN, events[:count]) for count in (1, 2, 3))
    made = {line.account: line.amount for line in _entry("charge", start, charged)}
    assert made == {RULES.components["charge"]: 700, RULES.contra["charge"]["charge"]: -700}
    made = {line.account: line.amount for line in _entry("waiver", charged, waived)}
    assert made == {RULES.contra["waiver"]["interest"]: 900, RULES.components["interest"]: -900}


def test_accrued_interest_is_a_receivable_against_income() -> None:
    one, two = accrual_entry(1379, RULES)
    assert (one.account, two.account) == (RULES.interest_receivable, RULES.interest_income)
    assert (one.amount, two.amount) == (1379, -1379)
    assert accrual_entry(0, RULES) == ()


def test_an_entry_that_does_not_balance_is_refused() -> None:
    with pytest.raises(ValueRefused):
        balanced([(CASH, 1)])
    with pytest.raises(ValueRefused):
        RULES.money_account("barter", "C1")


def _entry(kind: str, before: Position, after: Position) -> tuple[EntryLine, ...]:
    return entry(kind, before.balances, after.balances, RULES, money_account=CASH)
