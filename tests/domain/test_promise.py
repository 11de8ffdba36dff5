"""A promise is kept or broken by the facts alone."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import AmountNotPositive, NotAllowedNow, ValueRefused
from app.domain.promise import (
    Promise,
    PromiseRules,
    PromiseState,
    Received,
    check_cancel,
    promise_made,
    promise_rules_of,
    received_for,
    rules_on,
    state_of,
)
from app.paths import resources

RULES = PromiseRules(date(2020, 1, 1), grace_days=1, kept_percent=90, most_days_ahead=30)
MADE = date(2026, 11, 2)


def _promise(amount: int = 100_000, by: date = date(2026, 11, 5)) -> Promise:
    return promise_made(amount, by, MADE, RULES)


def _state(promise: Promise, received: int, as_on: date, **how: bool) -> PromiseState:
    return state_of(promise, received, as_on, **how)


def test_it_is_open_through_its_day_and_the_grace() -> None:
    promise = _promise()
    for day in range(2, 7):
        assert _state(promise, 0, date(2026, 11, day)) is PromiseState.OPEN
    assert _state(promise, 0, date(2026, 11, 7)) is PromiseState.BROKEN


def test_it_is_broken_at_the_end_of_its_last_day() -> None:
    last = date(2026, 11, 6)
    assert _state(_promise(), 0, last, day_ended=False) is PromiseState.OPEN
    assert _state(_promise(), 0, last, day_ended=True) is PromiseState.BROKEN


def test_nine_tenths_keep_it_and_a_paisa_less_does_not() -> None:
    late = date(2026, 12, 1)
    assert _state(_promise(), 90_000, late) is PromiseState.KEPT
    assert _state(_promise(), 89_999, late) is PromiseState.BROKEN


def test_enough_is_rounded_up() -> None:
    assert _promise(amount=101).enough_minor == 91


def test_only_receipts_of_its_days_count() -> None:
    receipts = [Received(MADE + timedelta(day), 10**day) for day in range(7)]
    assert received_for(_promise(), receipts) == 11_110


def test_a_promise_for_the_same_day_counts_that_day() -> None:
    promise = _promise(by=MADE)
    assert received_for(promise, [Received(MADE, 7)]) == 7


def test_a_cancelled_promise_stays_so_whatever_is_paid() -> None:
    assert _state(_promise(), 10**9, MADE, cancelled=True) is PromiseState.CANCELLED


def test_the_day_may_not_have_passed_nor_be_too_far() -> None:
    for by, why in ((date(2026, 11, 1), "in-the-past"), (date(2026, 12, 3), "promise-too-far")):
        with pytest.raises(ValueRefused) as caught:
            _promise(by=by)
        assert caught.value.field == "promise.promised_on"
        assert caught.value.params["why"] == why
    assert _promise(by=date(2026, 12, 2)).promised_on == date(2026, 12, 2)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_above_zero_is_promised(amount: int) -> None:
    with pytest.raises(AmountNotPositive) as caught:
        _promise(amount=amount)
    assert caught.value.field == "promise.amount_minor"


def test_only_an_open_promise_is_cancelled() -> None:
    check_cancel(PromiseState.OPEN)
    for state in (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.CANCELLED):
        with pytest.raises(NotAllowedNow) as caught:
            check_cancel(state)
        assert caught.value.params["why"] == f"promise-{state}"


def test_the_rules_of_the_day_are_taken() -> None:
    later = PromiseRules(date(2026, 11, 3), grace_days=3, kept_percent=100, most_days_ahead=10)
    assert rules_on((RULES, later), MADE) is RULES
    assert rules_on((RULES, later), date(2026, 11, 3)) is later
    assert rules_on((RULES,), date(2000, 1, 1)) is RULES


def test_the_shipped_rules_are_read() -> None:
    text = (resources() / "rules" / "promises.json").read_text("utf-8")
    (rules,) = promise_rules_of(json.loads(text))
    assert (rules.grace_days, rules.kept_percent, rules.most_days_ahead) == (1, 90, 30)
    with pytest.raises(ValueRefused):
        promise_rules_of({"format": "kist-contact-hours/1", "rules": []})


@given(
    amount=st.integers(1, 10**9),
    ahead=st.integers(0, 30),
    receipts=st.lists(st.tuples(st.integers(-5, 40), st.integers(1, 10**9)), max_size=6),
    day=st.integers(0, 60),
)
def test_more_money_never_breaks_a_promise(
    amount: int, ahead: int, receipts: list[tuple[int, int]], day: int
) -> None:
    promise = promise_made(amount, MADE + timedelta(ahead), MADE, RULES)
    facts = [Received(MADE + timedelta(on), money) for on, money in receipts]
    as_on = MADE + timedelta(day)
    before = state_of(promise, received_for(promise, facts), as_on)
    more = [*facts, Received(promise.promised_on, amount)]
    assert state_of(promise, received_for(promise, more), as_on) is PromiseState.KEPT
    if before is PromiseState.BROKEN:
        assert as_on > promise.promised_on
