"""What came of a visit must be told as its outcome asks; contact hours are dated rules."""

from __future__ import annotations

import json
from datetime import date, time

import pytest

from app.domain.errors import AmountNotPositive, KistError, ValueRefused
from app.domain.visit import (
    ASKED,
    ContactHours,
    Need,
    Outcome,
    Why,
    check_outcome,
    common_hours,
    contact_hours_of,
    hours_on,
    outcome_of,
    why_of,
)
from app.paths import resources


def _refused(outcome: Outcome, **changes: object) -> KistError:
    told: dict[str, object] = {"met": True, "claimed_minor": 0, "promised": False, "note": ""}
    told.update(changes)
    with pytest.raises(KistError) as caught:
        check_outcome(outcome, **told)  # type: ignore[arg-type]  # one dict for all the fields
    return caught.value


def test_every_outcome_has_its_rule() -> None:
    assert set(ASKED) == set(Outcome)


def test_a_complete_telling_of_every_outcome_is_taken() -> None:
    for outcome, asked in ASKED.items():
        check_outcome(
            outcome,
            met=bool(asked.met),
            claimed_minor=100 if asked.amount is Need.MUST else 0,
            promised=asked.promise is Need.MUST,
            note="said so" if asked.note is Need.MUST else "",
        )


@pytest.mark.parametrize("outcome", [Outcome.PAID_FULL, Outcome.PAID_PART])
def test_paid_needs_an_amount_above_zero(outcome: Outcome) -> None:
    for amount in (0, -1):
        error = _refused(outcome, claimed_minor=amount)
        assert isinstance(error, AmountNotPositive)
        assert error.field == "claimed_minor"


def test_money_may_not_come_with_a_locked_house() -> None:
    error = _refused(Outcome.LOCKED, met=False, claimed_minor=5)
    assert (error.field, error.params["why"]) == ("claimed_minor", "no-amount-here")


def test_a_promise_to_pay_needs_its_promise_and_a_borrower_met() -> None:
    assert _refused(Outcome.PTP).field == "promise"
    assert _refused(Outcome.PTP, met=False, promised=True).field == "met"


def test_nobody_met_means_nobody_promised() -> None:
    assert _refused(Outcome.NOT_MET, met=False, promised=True).params["why"] == "no-promise-here"
    assert _refused(Outcome.NOT_MET, met=True).params["why"] == "cannot-be-met"


def test_a_part_may_come_with_a_promise_for_the_rest() -> None:
    check_outcome(Outcome.PAID_PART, met=True, claimed_minor=1, promised=True, note="")


@pytest.mark.parametrize("outcome", [Outcome.DISPUTE, Outcome.OTHER])
def test_a_dispute_and_anything_else_must_be_told_in_words(outcome: Outcome) -> None:
    assert _refused(outcome, note="  ").field == "note"


def test_an_unknown_code_is_refused_at_its_field() -> None:
    with pytest.raises(ValueRefused) as caught:
        outcome_of("paid")
    assert caught.value.field == "outcome"
    with pytest.raises(ValueRefused) as caught:
        why_of("because")
    assert caught.value.field == "why"
    assert why_of("promise-due") is Why.PROMISE_DUE


def test_the_shipped_hours_are_read_and_cited() -> None:
    rules = _shipped()
    micro = hours_on(rules, "microfinance", date(2026, 11, 23))
    other = hours_on(rules, "other", date(2026, 11, 23))
    assert micro is not None
    assert other is not None
    assert (micro.shown, other.shown) == ("09:00\u201318:00", "08:00\u201319:00")
    assert all(rule.citation for rule in rules)


def test_both_ends_of_the_hours_are_allowed_and_no_minute_more() -> None:
    rule = ContactHours("microfinance", date(2022, 4, 1), time(9), time(18), "")
    assert [rule.allow(time(h, m)) for h, m in ((8, 59), (9, 0), (18, 0), (18, 1))] == [
        False,
        True,
        True,
        False,
    ]


def test_the_rule_of_the_day_holds_and_none_before_the_first() -> None:
    old = ContactHours("other", date(2022, 1, 1), time(7), time(19), "old")
    new = ContactHours("other", date(2026, 7, 1), time(8), time(19), "new")
    assert hours_on((old, new), "other", date(2026, 6, 30)) == old
    assert hours_on((old, new), "other", date(2026, 7, 1)) == new
    assert hours_on((old, new), "other", date(2021, 12, 31)) is None


def test_a_day_of_mixed_loans_keeps_the_hours_all_allow() -> None:
    assert common_hours(_shipped()) == (time(9), time(18))
    assert common_hours(()) is None


def test_a_foreign_document_is_no_rule() -> None:
    with pytest.raises(ValueRefused):
        contact_hours_of({"format": "other", "rules": []})


def _shipped() -> tuple[ContactHours, ...]:
    text = (resources() / "rules" / "contact-hours.json").read_text("utf-8")
    return contact_hours_of(json.loads(text))
