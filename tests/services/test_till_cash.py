"""Cash between counters and from the field, and tills that somebody else counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.commands.branch import CloseDay
from app.commands.servicing import ReverseReceipt
from app.commands.tills import (
    CloseTill,
    CountFieldCash,
    GiveCash,
    OpenTill,
    ReturnCash,
    TakeCash,
    TillCounted,
)
from app.domain.errors import NotAllowedNow, NotPermitted, ValueRefused
from app.domain.till import TillState
from app.ports import Session
from app.queries.tills import ListTills
from app.services.verifying import verify
from tests.services.branch import House
from tests.services.counting import (
    FLOAT,
    closed,
    figures,
    notes,
    opened,
    room,
    second_counter,
    sound,
    sums,
)
from tests.services.lending import lent, next_day, receipt, today
from tests.services.tampering import tamper


def test_cash_handed_over_is_on_its_way_until_taken(house: House) -> None:
    other = second_counter(house)
    opened(house)
    house.run(other, OpenTill(currency="INR", counted=(), reason=""))
    give = GiveCash(to_counter="2", currency="INR", counted=notes(10_000_00))
    move_id = house.run(house.cashier, give).move_id
    assert sums(house)["1105"] == 10_000_00
    (arriving,) = room(house, "2").arriving
    assert arriving.amount_minor == 10_000_00
    with pytest.raises(ValueRefused) as refused:
        house.run(other, TakeCash(move_id=move_id, counted=notes(9_900_00)))
    assert refused.value.params["why"] == "handover-differs"
    with pytest.raises(NotAllowedNow):
        house.run(house.cashier, TakeCash(move_id=move_id, counted=notes(10_000_00)))
    house.run(other, TakeCash(move_id=move_id, counted=notes(10_000_00)))
    assert sums(house)["1105"] == 0
    assert figures(house, "2").expected_minor == 10_000_00
    with pytest.raises(NotAllowedNow):
        house.run(house.cashier, ReturnCash(move_id=move_id, reason="too late"))


def test_the_day_stays_open_while_cash_is_on_its_way(house: House) -> None:
    second_counter(house)
    opened(house)
    give = GiveCash(to_counter="2", currency="INR", counted=notes(10_000_00))
    move_id = house.run(house.cashier, give).move_id
    house.run(house.cashier, ReturnCash(move_id=move_id, reason="not needed"))
    assert figures(house).expected_minor == FLOAT
    again = house.run(house.cashier, give).move_id
    closed(house, FLOAT - 10_000_00)
    with pytest.raises(NotAllowedNow) as refused:
        house.run(house.manager, CloseDay(on=today(house)))
    assert refused.value.params["why"] == "handover-waiting"
    opened(house, FLOAT - 10_000_00)
    house.run(house.cashier, ReturnCash(move_id=again, reason="not needed"))
    closed(house, FLOAT)
    house.run(house.manager, CloseDay(on=today(house)))
    sound(house)


def test_the_day_does_not_close_over_an_open_till_but_the_manager_counts_it(house: House) -> None:
    opened(house)
    with pytest.raises(NotAllowedNow) as refused:
        house.run(house.manager, CloseDay(on=today(house)))
    assert refused.value.params == {"why": "till-open", "counter": "1"}
    closed(house, FLOAT, by=house.manager)
    next_day(house)
    assert figures(house).state is TillState.CLOSED
    assert figures(house).opening_minor == FLOAT


def test_only_the_manager_closes_another_counters_till(house: House) -> None:
    other = second_counter(house)
    house.run(other, OpenTill(currency="INR", counted=()))
    with pytest.raises(NotPermitted):
        closed(house, 0, counter="2")
    closed(house, 0, by=house.manager, counter="2")


def test_what_an_officer_collected_is_a_claim_until_counted(house: House) -> None:
    loan_id = lent(house)
    opened(house)
    officer = house.officer.user_id
    taken = replace(receipt(loan_id, 900_00, today(house)), collected_by=officer)
    house.run(house.cashier, taken)
    assert figures(house).expected_minor == FLOAT
    (owed,) = house.ask(house.manager, ListTills()).officers
    assert (owed.name, owed.amount_minor) == ("Officer One", 900_00)
    with pytest.raises(ValueRefused) as refused:
        house.run(
            house.cashier,
            CountFieldCash(officer_id=officer, currency="INR", counted=notes(1_000_00)),
        )
    assert refused.value.params["why"] == "more-than-collected"
    part = CountFieldCash(
        officer_id=officer, currency="INR", counted=notes(800_00), reason="rest tomorrow"
    )
    done = house.run(house.cashier, part)
    assert done.left_minor == 100_00
    assert figures(house).expected_minor == FLOAT + 800_00
    closed(house, FLOAT + 800_00)
    house.run(house.manager, CloseDay(on=today(house)))
    sound(house)


def test_a_field_receipt_that_is_reversed_takes_the_claim_back(house: House) -> None:
    loan_id = lent(house)
    taken = replace(receipt(loan_id, 900_00, today(house)), collected_by=house.officer.user_id)
    receipt_id = house.run(house.cashier, taken).receipt_id
    house.run(house.manager, ReverseReceipt(receipt_id=receipt_id, reason="wrong loan"))
    assert house.ask(house.manager, ListTills()).officers == ()
    house.run(house.manager, CloseDay(on=today(house)))
    sound(house)


def test_cash_that_comes_while_the_manager_counts_is_in_the_count_or_refused(house: House) -> None:
    loan_id = lent(house, 50_000_00)
    opened(house)
    other = second_counter(house)
    manager = Session(other.station_id, other.branch_id, house.manager.user_id)
    on = today(house)

    def take(number: int) -> bool:
        try:
            house.gate.run(house.cashier, receipt(loan_id, 10_00, on), f"race {number}")
        except NotAllowedNow:
            return False
        return True

    def close() -> TillCounted:
        command = CloseTill(
            counter="1", currency="INR", counted=notes(FLOAT), reason="a receipt came in between"
        )
        return house.gate.run(manager, command, "race close").result

    with ThreadPoolExecutor(3) as pool:
        tries = [pool.submit(take, number) for number in range(8)]
        count = pool.submit(close)
        tries += [pool.submit(take, number) for number in range(8, 16)]
        posted = sum(one.result() for one in tries)
    done = count.result()
    assert done.expected_minor == FLOAT + posted * 10_00
    assert sums(house)["1100-1"] == FLOAT


def test_a_count_that_was_tampered_with_is_found(house: House) -> None:
    opened(house)
    closed(house, FLOAT)
    house.run(house.manager, CloseDay(on=today(house)))
    sound(house)
    tamper(house, "UPDATE till_moves SET amount_minor = amount_minor - 100 WHERE kind = 'close'")
    found = {one.code for one in verify(house.store, rules=house.tools.rules)}
    assert {"till-differs", "cash-differs"} <= found


def test_the_manager_brings_the_cash_of_a_counter_that_is_gone_to_another(house: House) -> None:
    other = second_counter(house)
    manager = Session(other.station_id, other.branch_id, house.manager.user_id)
    opening = OpenTill(currency="INR", counted=notes(FLOAT), counter="1")
    with pytest.raises(NotPermitted):
        house.run(other, opening)
    house.run(manager, opening)
    house.run(manager, OpenTill(currency="INR", counted=()))
    give = GiveCash(to_counter="2", currency="INR", counted=notes(FLOAT), from_counter="1")
    with pytest.raises(NotPermitted):
        house.run(other, give)
    move_id = house.run(manager, give).move_id
    house.run(other, TakeCash(move_id=move_id, counted=notes(FLOAT)))
    closed(house, 0, by=manager)
    closed(house, FLOAT, by=other, counter="2")
    assert (figures(house).expected_minor, figures(house, "2").expected_minor) == (0, FLOAT)
