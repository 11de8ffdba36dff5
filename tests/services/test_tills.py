"""Tills by note: opened, moved, handed over, closed; what differs is posted and signed for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from app.commands.branch import CloseDay, RegisterStation
from app.commands.checks import AcceptCheck, DeclineCheck
from app.commands.servicing import ReverseReceipt
from app.commands.tills import (
    CloseTill,
    CountFieldCash,
    GiveCash,
    MoveCash,
    OpenTill,
    ProposeCount,
    ReturnCash,
    SetTillLimits,
    TakeCash,
    TillCounted,
)
from app.domain.counting import Counted
from app.domain.errors import LimitExceeded, NotAllowedNow, NotPermitted, ValueRefused
from app.domain.till import Filling, TillState
from app.ports import Session
from app.queries.admin import ListChecks
from app.queries.servicing import ShowTill
from app.queries.tills import ListTills, ShowTillRoom, TillSlipForPaper
from app.queries.today import ShowToday
from app.rows.reports import GroupRow
from app.rows.tills import TillFigures, TillRoom
from app.services.verifying import verify
from app.store.schema.books import entries, entry_lines
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent, next_day, receipt, receive, today
from tests.services.reporting import run
from tests.services.tampering import tamper

FLOAT = 50_000_00  # what the branch was founded with


def notes(amount: int) -> tuple[Counted, ...]:
    """An amount of whole rupees in notes of 500 and 100 and coins of 1."""
    many, rest = divmod(amount, 500_00)
    hundreds, ones = divmod(rest, 100_00)
    told = (Counted(500_00, False, many), Counted(100_00, False, hundreds))
    return (*told, Counted(1_00, True, ones // 100))


def opened(house: House, amount: int = FLOAT, reason: str = "") -> TillCounted:
    """Open the cashier's till with so much in it."""
    command = OpenTill(currency="INR", counted=notes(amount), reason=reason)
    return house.run(house.cashier, command)


def closed(
    house: House, amount: int, reason: str = "", *, by: Session | None = None, counter: str = "1"
) -> TillCounted:
    """Close a till with so much in it."""
    command = CloseTill(counter=counter, currency="INR", counted=notes(amount), reason=reason)
    return house.run(by or house.cashier, command)


def room(house: House, counter: str = "1") -> TillRoom:
    return house.ask(house.cashier, ShowTillRoom(counter=counter))


def figures(house: House, counter: str = "1") -> TillFigures:
    return room(house, counter).figures


def moved(house: House, amount: int, *, into_till: bool, account: str = "1200") -> str:
    """Move cash between the till and an account."""
    command = MoveCash(
        into_till=into_till, account=account, amount_minor=amount, currency="INR", reason="needed"
    )
    return house.run(house.cashier, command).number


def sums(house: House) -> dict[str, int]:
    """What every account that tills touch holds."""
    made: dict[str, int] = {}
    with house.store.read() as snapshot:
        query = select(entry_lines.c.account, entry_lines.c.amount_minor)
        for account, amount in snapshot.execute(query):
            made[account] = made.get(account, 0) + int(amount)
    return made


def sound(house: House) -> None:
    """Nothing to find in the books."""
    assert verify(house.store, rules=house.tools.rules) == ()


def test_a_counter_that_never_opened_its_till_takes_cash_as_before(house: House) -> None:
    loan_id = lent(house)
    receive(house, loan_id, 1_000_00)
    assert not figures(house).used
    opened(house, FLOAT + 1_000_00)
    assert figures(house).state is TillState.OPEN


def test_a_closed_till_refuses_cash_and_says_so(house: House) -> None:
    loan_id = lent(house)
    opened(house)
    taken = receive(house, loan_id, 1_000_00)
    closed(house, FLOAT + 1_000_00)
    with pytest.raises(NotAllowedNow) as refused:
        receive(house, loan_id, 1_000_00)
    assert refused.value.params == {"why": "till-closed", "counter": "1"}
    with pytest.raises(NotAllowedNow):
        house.run(house.manager, ReverseReceipt(receipt_id=taken.receipt_id, reason="wrong"))
    bank = receipt(loan_id, 500_00, today(house))
    house.run(house.cashier, replace(bank, mode=bank.mode.BANK, reference="N1"))
    opened(house, FLOAT + 1_000_00)
    receive(house, loan_id, 1_000_00)
    assert figures(house).expected_minor == FLOAT + 2_000_00


def test_a_session_tells_what_came_in_went_out_and_is_there(house: House) -> None:
    loan_id = lent(house)
    opened(house)
    receive(house, loan_id, 1_200_00)
    moved(house, 5_000_00, into_till=True)
    moved(house, 300_00, into_till=False, account="5710")
    now = figures(house)
    shown = (now.opening_minor, now.received_minor, now.paid_minor, now.expected_minor)
    assert shown == (FLOAT, 6_200_00, 300_00, FLOAT + 5_900_00)
    done = closed(house, FLOAT + 5_890_00, "ten given too much")
    assert done.difference_minor == -10_00
    (session,) = room(house).sessions
    assert session.received_minor == 6_200_00
    assert session.paid_minor == 300_00
    assert session.difference_minor == -10_00
    assert session.closed_by == "Cashier One"
    assert session.reason == "ten given too much"
    held = sums(house)
    assert held["1100-1"] == done.counted_minor
    assert held["5600"] == 10_00
    assert held["5710"] == 300_00
    house.run(house.manager, CloseDay(on=today(house)))
    sound(house)


def test_a_difference_needs_a_reason_and_over_is_an_income(house: House) -> None:
    with pytest.raises(ValueRefused) as refused:
        opened(house, FLOAT + 20_00)
    assert refused.value.field == "reason"
    done = opened(house, FLOAT + 20_00, "found under the drawer")
    assert done.difference_minor == 20_00
    assert sums(house)["4400"] == -20_00
    till = house.ask(house.cashier, ShowTill())
    assert till.opening_minor == FLOAT + 20_00
    assert till.received_minor == 0


def test_a_large_difference_waits_for_a_second_person(house: House) -> None:
    loan_id = lent(house)
    opened(house)
    with pytest.raises(LimitExceeded):
        closed(house, FLOAT - 500_00, "one note is gone")
    wanted = ProposeCount(
        opening=False,
        counter="1",
        currency="INR",
        counted=notes(FLOAT - 500_00),
        reason="one note is gone",
    )
    proposed = house.run(house.cashier, wanted)
    assert proposed.difference_minor == -500_00
    with pytest.raises(NotAllowedNow) as refused:
        receive(house, loan_id, 100_00)
    assert refused.value.params["why"] == "till-counted"
    (check,) = house.ask(house.manager, ListChecks())
    with pytest.raises(NotPermitted):
        house.run(house.cashier, AcceptCheck(check_id=check.check_id, version=check.version))
    house.run(house.manager, AcceptCheck(check_id=check.check_id, version=check.version))
    now = figures(house)
    assert now.state is TillState.CLOSED
    assert now.difference_minor == -500_00
    closing = room(house).moves[0]
    assert (closing.by, closing.checker) == ("Cashier One", "Meena Khanna")
    assert sums(house)["5600"] == 500_00


def test_a_count_that_is_declined_leaves_the_till_open(house: House) -> None:
    loan_id = lent(house)
    opened(house)
    wanted = ProposeCount(
        opening=False, counter="1", currency="INR", counted=(), reason="all is gone"
    )
    check = house.run(house.cashier, wanted)
    house.run(
        house.manager,
        DeclineCheck(check_id=check.check_id, version=check.version, reason="count again"),
    )
    receive(house, loan_id, 100_00)
    assert figures(house).state is TillState.OPEN


def test_an_opening_can_wait_for_a_second_person_too(house: House) -> None:
    wanted = ProposeCount(
        opening=True, counter="1", currency="INR", counted=notes(FLOAT + 900_00), reason="found"
    )
    check = house.run(house.cashier, wanted)
    assert figures(house).state is TillState.COUNTED
    house.run(house.manager, AcceptCheck(check_id=check.check_id, version=check.version))
    assert figures(house).state is TillState.OPEN
    assert sums(house)["4400"] == -900_00


def test_cash_cannot_leave_that_is_not_there(house: House) -> None:
    opened(house)
    with pytest.raises(NotAllowedNow) as refused:
        moved(house, FLOAT + 1_00, into_till=False)
    assert refused.value.params["why"] == "till-short"
    with pytest.raises(ValueRefused):
        moved(house, 1_00, into_till=False, account="1300")


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


def test_a_till_is_warned_of_before_its_limit_and_over_it(house: House) -> None:
    opened(house)
    assert figures(house).filling is Filling.FINE
    limits = SetTillLimits(counter="1", version=1, cash_limit_minor=60_000_00)
    house.run(house.manager, limits)
    assert figures(house).filling is Filling.NEAR
    moved(house, 10_001_00, into_till=True)
    assert figures(house).filling is Filling.OVER
    with pytest.raises(NotPermitted):
        house.run(house.cashier, replace(limits, version=2))


def test_the_slip_tells_the_count_and_the_session(house: House) -> None:
    loan_id = lent(house)
    opened(house)
    receive(house, loan_id, 500_00)
    done = closed(house, FLOAT + 500_00)
    paper = house.ask(house.cashier, TillSlipForPaper(move_id=done.move_id))
    assert paper.number == done.number == "STP-2526-T1-00002"
    assert (paper.opening_minor, paper.received_minor) == (FLOAT, 500_00)
    assert paper.counted == (Counted(500_00, False, 101),)


def test_every_entry_of_a_till_balances(house: House) -> None:
    opened(house, FLOAT - 5_00, "torn note")
    moved(house, 100_00, into_till=True)
    with house.store.read() as snapshot:
        query = select(entries.c.kind, entry_lines.c.amount_minor).join(
            entry_lines, entry_lines.c.entry_id == entries.c.id
        )
        told = [(kind, amount) for kind, amount in snapshot.execute(query)]
    for kind in ("till-opening", "till-in"):
        assert sum(amount for one, amount in told if one == kind) == 0
        assert [amount for one, amount in told if one == kind]


def test_a_waiting_count_tells_the_second_person_what_was_found(house: House) -> None:
    opened(house)
    wanted = ProposeCount(
        opening=False, counter="1", currency="INR", counted=notes(49_000_00), reason="gone"
    )
    check = house.run(house.cashier, wanted)
    waiting = figures(house).waiting
    assert waiting is not None
    told = (waiting.check_id, waiting.counted_minor, waiting.maker, waiting.reason)
    assert told == (check.check_id, 49_000_00, "Cashier One", "gone")
    with pytest.raises(NotAllowedNow) as refused:
        house.run(house.manager, CloseDay(on=today(house)))
    assert refused.value.params["why"] == "till-counted-at-close"


def test_today_names_tills_that_hold_too_much(house: House) -> None:
    opened(house)
    house.run(house.manager, SetTillLimits(counter="1", version=1, cash_limit_minor=50_000_00))
    view = house.ask(house.manager, ShowToday())
    (line,) = [one for one in view.waiting if one.kind == "till"]
    assert line.names == (("1", FLOAT),)
    assert (view.till_state, view.till_filling) == ("open", "near")


def test_cash_exceptions_name_what_counts_found(house: House) -> None:
    opened(house, FLOAT - 5_00, "torn note")
    closed(house, FLOAT - 5_00)
    report = run(house, "cash", today(house), today(house))
    rows = [one for one in report.rows if isinstance(one, GroupRow)]
    (row,) = [one for one in rows if "till" in str(one.figures["what"])]
    assert row.figures["amount_minor"] == -5_00
    assert "torn note" in str(row.figures["note"])


def test_a_new_branch_takes_no_cash_before_its_till_is_opened(
    fresh_engine: Callable[..., Engine],
) -> None:
    house = founded(fresh_engine(prepare), tills=True)
    loan_id = lent(house)
    with pytest.raises(NotAllowedNow):
        receive(house, loan_id, 1_000_00)
    opened(house)
    receive(house, loan_id, 1_000_00)
    second_counter(house)
    assert figures(house, "2").used


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


def second_counter(house: House) -> Session:
    """Another PC of the branch, with the cashier at it."""
    made = house.run(house.system, RegisterStation(counter_code="2"))
    return Session(made.station_id, house.cashier.branch_id, house.cashier.user_id)
