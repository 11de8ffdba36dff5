"""Promises: one a day and loan, kept or broken by receipts that stand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.commands.field import CancelPromise, MakePromise, PromiseFacts
from app.domain.errors import (
    AmountNotPositive,
    CurrencyMismatch,
    KistError,
    NotAllowedNow,
    NotFound,
    NotPermitted,
)
from app.queries.field import ListPromises
from app.rows.field import PromiseRow
from tests.services.branch import OPENED, House
from tests.services.lending import next_day, receive
from tests.services.planted import Planted, Wish, go_on, paid, plant, reversed_of
from tests.services.portfolio import ONE_DAY, RUPEES

DUE = OPENED + timedelta(2)


@pytest.fixture
def loan(house: House) -> Planted:
    return plant(house, Wish(OPENED - timedelta(30), 12_000 * RUPEES))[0]


def _make(loan: Planted, by: date = DUE, rupees: int = 1_000, currency: str = "INR") -> MakePromise:
    promised = PromiseFacts(rupees * RUPEES, currency, by)
    return MakePromise(loan_id=loan.loan_id, promise=promised, note="")


def _listed(house: House, loan: Planted) -> tuple[PromiseRow, ...]:
    return house.ask(house.officer, ListPromises(loan_id=loan.loan_id))


def _states(house: House, loan: Planted) -> list[str]:
    return [row.state for row in _listed(house, loan)]


def _refusal(house: House, command: MakePromise | CancelPromise) -> KistError:
    with pytest.raises(KistError) as caught:
        house.run(house.officer, command)
    return caught.value


def test_a_promise_is_listed_with_what_came_of_it(house: House, loan: Planted) -> None:
    promise_id = house.run(house.officer, _make(loan)).promise_id
    (row,) = _listed(house, loan)
    assert (row.promise_id, row.loan_number, row.borrower) == (
        promise_id,
        loan.number,
        "Sunita Devi",
    )
    assert (row.made_on, row.promised_on, row.amount_minor) == (OPENED, DUE, 1_000 * RUPEES)
    assert (row.received_minor, row.state, row.by) == (0, "open", "Officer One")


def test_there_is_one_open_promise_a_day_and_loan(house: House, loan: Planted) -> None:
    first = house.run(house.officer, _make(loan)).promise_id
    error = _refusal(house, _make(loan, rupees=5))
    assert (error.field, error.params["why"]) == ("promise.promised_on", "promise-active")
    house.run(house.officer, _make(loan, DUE + ONE_DAY))
    house.run(house.officer, CancelPromise(promise_id=first, reason="too much"))
    house.run(house.officer, _make(loan, rupees=5))
    assert sorted(_states(house, loan)) == ["cancelled", "open", "open"]


def test_what_may_not_be_promised_is_refused_at_its_field(house: House, loan: Planted) -> None:
    nothing = _refusal(house, _make(loan, rupees=0))
    assert isinstance(nothing, AmountNotPositive)
    assert nothing.field == "promise.amount_minor"
    assert _refusal(house, _make(loan, OPENED - ONE_DAY)).params["why"] == "in-the-past"
    assert _refusal(house, _make(loan, OPENED + timedelta(31))).params["why"] == "promise-too-far"
    assert isinstance(_refusal(house, _make(loan, currency="USD")), CurrencyMismatch)
    with pytest.raises(NotPermitted):
        house.run(house.cashier, _make(loan))
    assert _listed(house, loan) == ()


def test_a_closed_loan_takes_no_promise(house: House, loan: Planted) -> None:
    go_on(house, loan, paid(OPENED, 12_000 * RUPEES))
    assert _refusal(house, _make(loan)).params["why"] == "loan-closed"
    stray = MakePromise(loan_id=3, promise=PromiseFacts(1, "INR", DUE), note="")
    assert isinstance(_refusal(house, stray), NotFound)


def test_the_counter_keeps_it(house: House, loan: Planted) -> None:
    house.run(house.officer, _make(loan))
    next_day(house, 2)
    receive(house, loan.loan_id, 899 * RUPEES)
    assert _states(house, loan) == ["open"]
    receive(house, loan.loan_id, RUPEES)
    (row,) = _listed(house, loan)
    assert (row.state, row.received_minor) == ("kept", 900 * RUPEES)


def test_it_is_broken_once_its_grace_has_passed(house: House, loan: Planted) -> None:
    house.run(house.officer, _make(loan))
    next_day(house, 3)
    assert _states(house, loan) == ["open"]
    next_day(house)
    assert _states(house, loan) == ["broken"]
    receive(house, loan.loan_id, 2_000 * RUPEES)
    assert _states(house, loan) == ["broken"]


def test_money_of_the_day_it_was_made_does_not_keep_it(house: House, loan: Planted) -> None:
    house.run(house.officer, _make(loan))
    receive(house, loan.loan_id, 2_000 * RUPEES)
    assert _states(house, loan) == ["open"]


def test_a_receipt_that_bounced_did_not_keep_it(house: House, loan: Planted) -> None:
    house.run(house.officer, _make(loan))
    next_day(house)
    day = OPENED + ONE_DAY
    go_on(house, loan, paid(day, 1_000 * RUPEES))
    assert _states(house, loan) == ["kept"]
    go_on(house, loan, reversed_of(day, 1))
    assert _states(house, loan) == ["open"]


def test_only_an_open_promise_is_cancelled_and_with_a_reason(house: House, loan: Planted) -> None:
    promise_id = house.run(house.officer, _make(loan)).promise_id
    assert _refusal(house, CancelPromise(promise_id=promise_id, reason=" ")).field == "reason"
    house.run(house.officer, CancelPromise(promise_id=promise_id, reason="away"))
    again = _refusal(house, CancelPromise(promise_id=promise_id, reason="away"))
    assert isinstance(again, NotAllowedNow)
    assert again.params["why"] == "promise-cancelled"
    assert isinstance(_refusal(house, CancelPromise(promise_id=9, reason="away")), NotFound)


def test_the_promises_for_a_day_are_listed(house: House, loan: Planted) -> None:
    other = plant(house, Wish(OPENED - timedelta(30)))[0]
    house.run(house.officer, _make(loan))
    house.run(house.officer, _make(other, DUE + ONE_DAY))
    due = house.ask(house.officer, ListPromises(due_on=DUE))
    assert [row.loan_id for row in due] == [loan.loan_id]
    assert house.ask(house.officer, ListPromises()) == ()
    mine = ListPromises(due_on=DUE, officer_id=house.officer.user_id)
    assert house.ask(house.officer, mine) == due
    other_officer = ListPromises(due_on=DUE, officer_id=house.manager.user_id)
    assert house.ask(house.officer, other_officer) == ()
