"""Tills by note: opened, moved, closed; what differs is posted and signed for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from app.commands.branch import CloseDay
from app.commands.checks import AcceptCheck, DeclineCheck
from app.commands.servicing import ReverseReceipt
from app.commands.tills import (
    ProposeCount,
    SetTillLimits,
)
from app.domain.counting import Counted
from app.domain.errors import LimitExceeded, NotAllowedNow, NotPermitted, ValueRefused
from app.domain.till import Filling, TillState
from app.queries.admin import ListChecks
from app.queries.servicing import ShowTill
from app.queries.tills import TillSlipForPaper
from app.queries.today import ShowToday
from app.rows.reports import GroupRow
from app.store.schema.books import entries, entry_lines
from tests.services.branch import House, founded, prepare
from tests.services.counting import (
    FLOAT,
    closed,
    figures,
    moved,
    notes,
    opened,
    room,
    second_counter,
    sound,
    sums,
)
from tests.services.lending import lent, receipt, receive, today
from tests.services.reporting import run


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
