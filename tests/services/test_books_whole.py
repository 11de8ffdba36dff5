"""The books stay whole under several counters, and what is done past the gate is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.commands.books import CloseMonth
from app.ports import Session
from app.store.balances import moved
from tests.services.bookkeeping import RENT, keeper_of, voucher, whole
from tests.services.branch import OPENED, House
from tests.services.lending import next_day
from tests.services.tampering import tamper
from tests.services.test_concurrency import CASHIERS, counters


@pytest.fixture
def keeper(house: House) -> Session:
    """A second manager, whose limit is wide."""
    return keeper_of(house)


def test_vouchers_of_one_past_day_from_several_counters_at_once(
    house: House, keeper: Session
) -> None:
    next_day(house, 3)
    command = voucher(house, 100_00, on=OPENED)
    seats = [replace(keeper, station_id=one.station_id) for one in counters(house, CASHIERS)]
    keys = iter(range(1, 100))
    work = [(seat, command, f"v{next(keys)}") for seat in seats for _ in range(3)]
    with ThreadPoolExecutor(CASHIERS) as pool:
        made = list(pool.map(lambda one: house.gate.run(*one).result.number, work))
    assert len(set(made)) == len(work)
    with house.store.read() as snapshot:
        held = moved(snapshot, house.manager.branch_id, "INR", OPENED)
    assert held[RENT].balance == 100_00 * len(work)
    assert whole(house)


HARMS = {
    "a voucher's amount": "UPDATE journal_vouchers SET amount_minor = amount_minor + 1",
    "a voucher's day": "UPDATE journal_vouchers SET value_on = '2026-01-01'",
    "a voucher gone": "DELETE FROM journal_vouchers",
    "a voucher on the loans": "UPDATE entry_lines SET account = '1300' WHERE account = '5100'",
    "a kept sum": "UPDATE account_days SET debit_minor = debit_minor + 1 WHERE account = '5100'",
    "a sum too many": "UPDATE account_days SET account = '9999' WHERE account = '5100'",
    "a month's closing gone": "DELETE FROM book_spans",
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_done_to_the_books_past_the_gate_is_found(
    harm: str, house: House, keeper: Session
) -> None:
    house.run(keeper, voucher(house))
    next_day(house, 27)
    house.run(keeper, CloseMonth(on=OPENED))
    assert whole(house)
    assert tamper(house, HARMS[harm]) > 0
    assert not whole(house)
