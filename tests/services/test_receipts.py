"""Money in over the counter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.commands.origination import Mode
from app.commands.servicing import NotePrint, ReceiptPart, ReverseReceipt
from app.domain.errors import (
    AmountNotPositive,
    CurrencyMismatch,
    KistError,
    LimitExceeded,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    ValueRefused,
)
from app.services.verifying import verify
from app.texts.errors import sentence
from tests.services.branch import House
from tests.services.lending import lent, next_day, receipt, receive, shown, today


def test_receipts_of_a_counter_are_numbered_without_a_gap(house: House) -> None:
    loan = lent(house)
    numbers = []
    for amount in (100_00, 200_00):
        numbers.append(receive(house, loan, amount).number)
        with pytest.raises(AmountNotPositive):
            receive(house, loan, 0)
    assert numbers == ["STP-1-2526-000001", "STP-1-2526-000002"]


def test_a_new_financial_year_begins_a_new_series(house: House) -> None:
    loan = lent(house)
    receive(house, loan, 100_00)
    next_day(house, 90)
    assert receive(house, loan, 100_00).number == "STP-1-2627-000001"


def test_the_same_key_posts_once(house: House) -> None:
    loan = lent(house)
    command = receipt(loan, 500_00, today(house))
    first = house.done(house.cashier, command, "once")
    again = house.done(house.cashier, command, "once")
    assert (again.again, again.result) == (True, first.result)
    assert receive(house, loan, 100_00).number == "STP-1-2526-000002"


def test_one_receipt_may_pay_several_loans(house: House) -> None:
    one, two = lent(house), lent(house)
    command = replace(
        receipt(one, 500_00, today(house)),
        parts=(ReceiptPart(two, 300_00), ReceiptPart(one, 200_00)),
    )
    posted = house.run(house.cashier, command)
    assert posted.excess_minor == 0


def test_money_beyond_the_whole_loan_is_kept_as_excess(house: House) -> None:
    loan = lent(house, 5_000_00)
    assert receive(house, loan, 9_000_00).excess_minor > 0
    with pytest.raises(NotAllowedNow) as refusal:
        receive(house, loan, 100_00)
    assert refusal.value.params["why"] == "loan-closed"


@pytest.mark.parametrize(
    ("change", "error", "why"),
    [
        ({"amount_minor": 400_00}, ValueRefused, "does-not-add-up"),
        ({"currency": "USD"}, CurrencyMismatch, None),
        ({"parts": ()}, ValueRefused, "empty"),
        ({"payer": "x\x00"}, ValueRefused, "control-characters"),
        ({"mode": Mode.UPI}, ValueRefused, "reference-missing"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_in_words(
    house: House, change: dict[str, object], error: type[KistError], why: str | None
) -> None:
    loan = lent(house)
    command = replace(receipt(loan, 500_00, today(house)), **change)  # type: ignore[arg-type]
    with pytest.raises(error) as refusal:
        house.run(house.cashier, command)
    assert refusal.value.params.get("why") == why
    assert sentence(refusal.value)


def test_the_same_loan_may_not_stand_twice_in_a_receipt(house: House) -> None:
    loan = lent(house)
    command = replace(receipt(loan, 500_00, today(house)), parts=(ReceiptPart(loan, 250_00),) * 2)
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.cashier, command)
    assert refusal.value.params["why"] == "loan-twice"


def test_two_lakh_in_cash_are_refused_by_the_law_of_the_day(house: House) -> None:
    loan = lent(house)
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.cashier, receipt(loan, 2_00_000_00, today(house)))
    assert "269ST" in sentence(refusal.value)


def test_a_back_dated_receipt_needs_a_reason_and_the_limit(house: House) -> None:
    loan = lent(house)
    day = next_day(house, 20)
    late = receipt(loan, 500_00, day - timedelta(3))
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.cashier, late)
    assert refusal.value.field == "reason"
    house.run(house.cashier, replace(late, reason="brought in by the officer"))
    with pytest.raises(LimitExceeded):
        house.run(
            house.cashier, replace(late, received_on=day - timedelta(8), reason="later still")
        )


def test_no_receipt_is_dated_ahead_or_before_the_loan(house: House) -> None:
    loan = lent(house)
    with pytest.raises(ValueRefused):
        house.run(house.cashier, receipt(loan, 500_00, today(house) + timedelta(1)))
    early = receipt(loan, 500_00, today(house) - timedelta(1), reason="no")
    with pytest.raises(KistError) as refusal:
        house.run(house.cashier, early)
    assert refusal.value.code == "event-refused"


def test_a_loan_that_does_not_exist_takes_no_money(house: House) -> None:
    with pytest.raises(NotFound):
        house.run(house.cashier, receipt(12345, 500_00, today(house)))


def test_prints_are_counted_and_later_ones_are_duplicates(house: House) -> None:
    posted = receive(house, lent(house), 500_00)
    note = NotePrint(receipt_id=posted.receipt_id)
    said = [house.run(house.cashier, note).duplicate for _ in range(3)]
    assert said == [0, 1, 2]


def test_a_reversed_receipt_never_was_and_is_not_reversed_twice(house: House) -> None:
    loan = lent(house)
    posted = receive(house, loan, 500_00)
    reverse = ReverseReceipt(receipt_id=posted.receipt_id, reason="counted wrong")
    with pytest.raises(NotPermitted):
        house.run(house.cashier, reverse)
    house.run(house.manager, reverse)
    with pytest.raises(NotAllowedNow) as refusal:
        house.run(house.manager, reverse)
    assert refusal.value.params["why"] == "already-reversed"


def test_the_reversal_of_an_overpaid_loan_opens_it_again(house: House) -> None:
    loan = lent(house, 5_000_00)
    posted = receive(house, loan, 9_000_00)
    house.run(house.manager, ReverseReceipt(receipt_id=posted.receipt_id, reason="too much"))
    assert receive(house, loan, 100_00).excess_minor == 0


def test_a_returned_cheque_is_reversed_and_charged_in_one_act(house: House) -> None:
    loan_id = lent(house)
    next_day(house, 7)
    due = shown(house, loan_id).due_today
    posted = house.run(
        house.cashier, receipt(loan_id, due.total_minor, today(house), mode=Mode.CHEQUE)
    )
    bounced = ReverseReceipt(
        receipt_id=posted.receipt_id, reason="account closed", bounced_minor=118_00
    )
    house.run(house.manager, bounced)
    after = shown(house, loan_id).due_today
    assert after.total_minor == due.total_minor + 118_00
    assert after.charge_minor == 118_00
    assert verify(house.store, rules=house.tools.rules) == ()


def test_cash_never_bounces_and_a_charge_is_above_zero(house: House) -> None:
    posted = receive(house, lent(house), 100_00)
    bounced = ReverseReceipt(receipt_id=posted.receipt_id, reason="no", bounced_minor=118_00)
    for command in (bounced, replace(bounced, bounced_minor=0)):
        with pytest.raises(KistError) as refused:
            house.run(house.manager, command)
        assert refused.value.field == "bounced_minor"
