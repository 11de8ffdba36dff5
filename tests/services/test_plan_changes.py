"""Another rate, other instalments: agreed on a living loan, undone, told to the books."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.commands.acts import ChangeRate, RescheduleLoan
from app.domain.allocation import Head
from app.domain.errors import KistError, LimitExceeded, NotPermitted
from app.texts.errors import sentence
from tests.services.acting import another, end, posted_on, rate, reschedule, row_of, undo
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today

WEEKLY_10K = 859_00
_REASON = {"reason": "agreed"}


def changing(house: House, loan_id: int, percent: str, **fields: object) -> ChangeRate:
    facts = {"loan_id": loan_id, "on": today(house), "annual_rate": percent, **_REASON, **fields}
    return ChangeRate(**facts)  # type: ignore[arg-type]


def rescheduling(house: House, loan_id: int, **fields: object) -> RescheduleLoan:
    facts = {"loan_id": loan_id, "on": today(house), **_REASON, **fields}
    return RescheduleLoan(**facts)  # type: ignore[arg-type]


def refusal_of(house: House, command: ChangeRate | RescheduleLoan) -> KistError:
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, command)
    assert "refused" not in sentence(refusal.value)
    return refusal.value


def test_a_lower_rate_makes_the_lines_to_come_smaller(house: House) -> None:
    loan = lent(house)
    next_day(house, 7)
    receive(house, loan, WEEKLY_10K)
    before = shown(house, loan)
    rate(house, loan, "18")
    after = shown(house, loan)
    assert (before.annual_rate, after.annual_rate) == ("24", "18")
    assert after.instalments[0] == before.instalments[0]
    assert after.instalments[1].due.interest_minor < before.instalments[1].due.interest_minor
    assert after.instalments[1].amount_minor < WEEKLY_10K
    assert after.outstanding_minor == before.outstanding_minor
    end(house, loan)


def test_a_rate_from_an_earlier_day_posts_todays_difference(house: House) -> None:
    loan = lent(house)
    next_day(house, 7)
    receive(house, loan, WEEKLY_10K)
    day = next_day(house, 4)
    rate(house, loan, "12", on=day - timedelta(5))
    moved = posted_on(house, day)
    assert moved["1300"] == -moved["1310"] != 0  # what was set on the lines is set again
    end(house, loan)


def test_a_rate_is_refused_by_name(house: House) -> None:
    loan = lent(house)
    day = today(house)
    for command, field, why in (
        (changing(house, loan, "-1"), "annual_rate", "below-zero"),
        (changing(house, loan, "x"), "annual_rate", "not-a-rate"),
        (changing(house, loan, "24.000000001"), "annual_rate", "not-a-rate"),
        (changing(house, loan, "24"), "annual_rate", "same-rate"),
        (changing(house, loan, "20", on=day + timedelta(1)), "on", "in-the-future"),
        (changing(house, loan, "20", on=day - timedelta(1)), "on", "before-disbursement"),
        (changing(house, loan, "20", reason=" "), "reason", "empty"),
    ):
        error = refusal_of(house, command)
        assert (error.field, error.params["why"]) == (field, why)
    next_day(house, 12)
    error = refusal_of(house, changing(house, loan, "20", on=today(house) - timedelta(400)))
    assert error.params["why"] == "before-disbursement"
    with pytest.raises(NotPermitted):
        house.run(house.cashier, changing(house, loan, "20"))
    flat = lent(house, 12_000_00, 6, product="FLAT-M", rate="12")
    assert refusal_of(house, changing(house, flat, "10")).params["why"] == "rate-of-flat"


def test_more_instalments_stretch_what_is_left(house: House) -> None:
    loan = lent(house)
    next_day(house, 7)
    receive(house, loan, WEEKLY_10K)
    reschedule(house, loan, instalments=20)
    view = shown(house, loan)
    assert len(view.instalments) == 21
    assert view.instalments[-1].balance_minor == 0
    assert view.instalments[1].amount_minor < WEEKLY_10K
    assert sum(line.due.principal_minor for line in view.instalments) == 10_000_00
    end(house, loan)


def test_a_moratorium_moves_the_next_due_date(house: House) -> None:
    loan = lent(house)
    next_day(house, 7)
    receive(house, loan, WEEKLY_10K)
    first = today(house) + timedelta(35)
    reschedule(house, loan, first_due_on=first)
    view = shown(house, loan)
    assert (view.next_due_on, len(view.instalments)) == (first, 12)
    assert view.instalments[1].due.interest_minor > 0
    end(house, loan)


def test_unpaid_interest_becomes_principal_and_stays_earned(house: House) -> None:
    loan = lent(house)
    next_day(house, 8)
    owed = shown(house, loan).arrears.interest_minor
    assert owed > 0
    event = reschedule(house, loan, instalments=12, capitalise=(Head.INTEREST,))
    view = shown(house, loan)
    assert view.outstanding_minor == 10_000_00 + owed
    assert view.arrears.interest_minor == 0
    assert {row.account: row.debit_minor - row.credit_minor for row in view.entries[-2:]} == {
        "1300": owed,
        "1310": -owed,
    }
    row = row_of(house, loan, event)
    assert row.outstanding_minor == 10_000_00 + owed
    end(house, loan)


def test_a_rate_and_new_instalments_are_agreed_and_undone_together(house: House) -> None:
    loan = lent(house)
    next_day(house, 7)
    receive(house, loan, WEEKLY_10K)
    next_day(house)
    before = shown(house, loan)
    event = reschedule(house, loan, instalments=20, annual_rate="18")
    assert shown(house, loan).annual_rate == "18"
    assert [row.what for row in shown(house, loan).ledger][-2:] == ["rate", "reschedule"]
    undo(house, loan, event)
    after = shown(house, loan)
    assert after.instalments == before.instalments
    assert after.annual_rate == "24"
    end(house, loan)


def test_a_reschedule_is_refused_by_name(house: House) -> None:
    loan = lent(house)
    day = today(house)
    for command, field, why in (
        (rescheduling(house, loan), "instalments", "nothing-changes"),
        (rescheduling(house, loan, annual_rate="24.0"), "instalments", "nothing-changes"),
        (rescheduling(house, loan, instalments=0), "instalments", "below"),
        (rescheduling(house, loan, instalments=5001), "instalments", "above"),
        (rescheduling(house, loan, first_due_on=day), "first_due_on", "too-early"),
        (
            rescheduling(house, loan, instalments=20, capitalise=(Head.PENALTY,)),
            "capitalise",
            "head-not-capitalised",
        ),
    ):
        error = refusal_of(house, command)
        assert (error.field, error.params["why"]) == (field, why)


def test_the_limit_is_held_against_what_is_outstanding(house: House) -> None:
    loan = lent(house)
    small = replace(rescheduling(house, loan), instalments=20)
    deputy = another(house, "deputy", reschedule_minor=9_999_99, rate_minor=10_000_00)
    with pytest.raises(LimitExceeded) as refusal:
        house.run(deputy, small)
    assert refusal.value.params["limit"] == "reschedule"
    assert house.run(deputy, changing(house, loan, "20")).event_id


def test_the_same_key_changes_the_plan_once(house: House) -> None:
    loan = lent(house)
    command = rescheduling(house, loan, instalments=20)
    first = house.run(house.manager, command, "once")
    assert house.run(house.manager, command, "once") == first
    assert [row.what for row in shown(house, loan).ledger] == ["disbursement", "reschedule"]


def test_nothing_is_agreed_on_a_loan_that_is_over(house: House) -> None:
    loan = lent(house)
    receive(house, loan, sum(line.amount_minor for line in shown(house, loan).instalments))
    error = refusal_of(house, changing(house, loan, "20"))
    assert error.params["why"] == "loan-closed"


def test_a_value_before_the_allowed_days_is_refused(house: House) -> None:
    loan = lent(house)
    next_day(house, 5)
    near = another(house, "near", backdate_days=2, rate_minor=10**9)
    with pytest.raises(LimitExceeded) as refusal:
        house.run(near, changing(house, loan, "20", on=today(house) - timedelta(3)))
    assert refusal.value.field == "on"
    assert house.run(near, changing(house, loan, "20", on=today(house) - timedelta(2)))
