"""The money of a centre meeting: many receipts, one act."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.commands.origination import Mode
from app.commands.servicing import MeetingTaken, ReceiptPart, TakeMeeting
from app.domain.errors import (
    AmountNotPositive,
    KistError,
    LimitExceeded,
    NotPermitted,
    ValueRefused,
)
from app.queries.servicing import ShowReceipt, ShowTill
from app.services.verifying import verify
from app.store.schema.loans import receipts
from tests.services.branch import House, rules
from tests.services.lending import lent, receive, shown, today

AMOUNTS = (500_00, 250_00, 1_000_00)


def _meeting(house: House, parts: tuple[ReceiptPart, ...], **changes: object) -> TakeMeeting:
    facts = {"centre": "Neem centre", "currency": "INR", "received_on": today(house)}
    return TakeMeeting(parts=parts, **{**facts, "mode": Mode.CASH, **changes})  # type: ignore[arg-type]


def _parts(house: House) -> tuple[ReceiptPart, ...]:
    return tuple(ReceiptPart(lent(house), amount) for amount in AMOUNTS)


def _taken(house: House, parts: tuple[ReceiptPart, ...]) -> MeetingTaken:
    return house.run(house.cashier, _meeting(house, parts))


def test_each_loan_gets_a_receipt_of_its_own_under_one_line(house: House) -> None:
    parts = _parts(house)
    before = house.done(house.cashier, _meeting(house, (parts[0],), centre="Peepal centre")).number
    done = house.done(house.cashier, _meeting(house, parts))
    assert done.number == before + 1
    numbers = [receipt.number for receipt in done.result.receipts]
    assert numbers == [f"STP-1-2526-00000{n}" for n in (2, 3, 4)]
    rows = [
        house.ask(house.cashier, ShowReceipt(receipt_id=one.receipt_id))
        for one in done.result.receipts
    ]
    assert [row.amount_minor for row in rows] == list(AMOUNTS)
    with house.store.read() as snapshot:
        found = select(receipts.c.payer).where(receipts.c.meeting_id == done.result.meeting_id)
        payers = snapshot.execute(found.order_by(receipts.c.id)).scalars().all()
    assert payers == [shown(house, part.loan_id).borrower for part in parts]
    assert house.ask(house.cashier, ShowTill()).received_minor == sum(AMOUNTS) + AMOUNTS[0]
    assert verify(house.store, rules=rules()) == ()


def test_a_meeting_sets_money_as_receipts_one_by_one_do(house: House) -> None:
    together, alone = _parts(house), _parts(house)
    _taken(house, together)
    for part in alone:
        receive(house, part.loan_id, part.amount_minor)
    for one, other in zip(together, alone, strict=True):
        assert shown(house, one.loan_id).outstanding_minor == (
            shown(house, other.loan_id).outstanding_minor
        )


def test_the_same_key_takes_a_meeting_once(house: House) -> None:
    command = _meeting(house, _parts(house))
    first = house.done(house.cashier, command, "once")
    again = house.done(house.cashier, command, "once")
    assert (again.again, again.result) == (True, first.result)


def test_one_loan_that_takes_no_money_stops_the_whole_meeting(house: House) -> None:
    one, other = _parts(house)[:2]
    receive(house, other.loan_id, 50_000_00)
    with pytest.raises(KistError):
        _taken(house, (one, other))
    assert receive(house, one.loan_id, 100_00).number == "STP-1-2526-000002"


@pytest.mark.parametrize(
    ("amounts", "error"), [((), ValueRefused), ((100_00, 0), AmountNotPositive)]
)
def test_a_meeting_without_money_is_refused(
    house: House, amounts: tuple[int, ...], error: type[KistError]
) -> None:
    with pytest.raises(error):
        _taken(house, tuple(ReceiptPart(lent(house), amount) for amount in amounts))


def test_a_loan_stands_once_in_a_meeting(house: House) -> None:
    loan = lent(house)
    with pytest.raises(ValueRefused) as refusal:
        _taken(house, (ReceiptPart(loan, 100_00), ReceiptPart(loan, 100_00)))
    assert refusal.value.params["why"] == "loan-twice"


def test_a_meeting_of_long_ago_needs_the_limit(house: House) -> None:
    command = _meeting(
        house, _parts(house), received_on=today(house) - timedelta(30), reason="brought in late"
    )
    with pytest.raises(LimitExceeded):
        house.run(house.cashier, command)


def test_who_may_not_take_receipts_may_not_take_a_meeting(house: House) -> None:
    with pytest.raises(NotPermitted):
        house.run(house.officer, _meeting(house, _parts(house)))
