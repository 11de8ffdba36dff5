"""A cashier's day at the window by keys alone, from the opened till to the signed difference."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.till import TillState
from app.queries.servicing import ShowTill
from app.queries.tills import ShowTillRoom
from app.rows.facts import Mode
from app.services.verifying import verify
from tests.databases import Databases
from tests.journeys.seat import MANY_RECEIPTS, Seat, pieces_of, seated
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent, next_day, shown
from tests.ui.shell.acts import Alt, Ctrl, Key
from ui.kit.dialog import Dialog
from ui.servicing.counter import CounterScreen
from ui.servicing.till import TillScreen
from ui.servicing.till_count import CountDialog

RECEIPTS = int(os.environ.get(MANY_RECEIPTS, "8"))
MOST_KEYS = 8  # six that say who it is, and two Enters
CHARGE, SHORT = 250_00, 10_00


@pytest.fixture
def house(databases: Databases, tmp_path: Path) -> Iterator[House]:
    """A branch in a file."""
    with ExitStack() as stack:
        engine = stack.enter_context(databases.fresh("sqlite", tmp_path, prepare, "schema"))
        yield founded(engine)


@pytest.fixture
def loans(house: House) -> list[int]:
    """Loans of a queue: the last one is to pay by cheque."""
    made = [lent(house) for _one in range(RECEIPTS + 1)]
    next_day(house, 7)
    return made


@pytest.fixture
def seat(
    qtbot: QtBot, qapp: QApplication, house: House, home: Path, tmp_path: Path
) -> Iterator[Seat]:
    """The window on it."""
    with seated(qtbot, qapp, house, home, tmp_path / "papers") as made:
        yield made


def test_a_queue_is_served_by_keys_alone(loans: list[int], seat: Seat) -> None:
    seat.sit("cashier1")
    counter = seat.go(CounterScreen, "counter")
    open_the_till(seat, counter)
    times = [take(seat, counter, loan_id) for loan_id in loans[:-1]]
    cheque = take_a_cheque(seat, counter, loans[-1])
    close_the_till_short(seat)
    it_comes_back(seat, cheque, loans[-1])
    assert verify(seat.house.store, rules=seat.house.tools.rules) == ()
    times.sort()
    half, last = times[len(times) // 2], times[min(len(times) - 1, len(times) * 99 // 100)]
    seat.say(
        f"{len(times)} receipts, {MOST_KEYS} keys each (2 of them Enter)",
        f"empty counter to printed job: p50 {half:.0f} ms, p99 {last:.0f} ms",
    )


def open_the_till(seat: Seat, counter: CounterScreen) -> None:
    """From the counter Alt+T leads to the till, and there counts it; Alt+← leads back."""
    seat.press(Key.Key_T, Alt)
    seat.on_top(TillScreen)
    seat.press(Key.Key_T, Alt)
    dialog = seat.asked(CountDialog)
    seat.count("100")
    seat.gone(dialog)
    room = seat.house.ask(seat.house.cashier, ShowTillRoom())
    assert room.figures.state is TillState.OPEN
    seat.press(Key.Key_Left, Alt)
    assert seat.on_top(CounterScreen) is counter
    seat.until(counter.find_panel.who.hasFocus)


def find(seat: Seat, counter: CounterScreen, loan_id: int) -> None:
    """The last six digits of her phone, and Enter without waiting for the list."""
    loan = shown(seat.house, loan_id)
    seat.write(loan.phone[-6:])
    seat.press(Key.Key_Return)
    seat.until(lambda: counter.form.loan is not None)
    assert counter.form.loan is not None
    assert counter.form.loan.loan_id == loan_id
    seat.until(lambda: counter.split.preview is not None and counter.split.is_fresh())


def take(seat: Seat, counter: CounterScreen, loan_id: int) -> float:
    """One receipt of what is due; gives the milliseconds from the empty counter to the paper."""
    out: list[float] = []
    told = counter.printer.printed.connect(lambda _what, _mark: out.append(perf_counter()))
    keys, began = seat.keys, perf_counter()
    find(seat, counter, loan_id)
    seat.press(Key.Key_Return)
    seat.until(lambda: bool(out))
    counter.printer.printed.disconnect(told)
    assert seat.keys - keys <= MOST_KEYS
    seat.until(counter.find_panel.who.hasFocus)
    return (out[0] - began) * 1000


def take_a_cheque(seat: Seat, counter: CounterScreen, loan_id: int) -> int:
    """Star goes on to UPI and to the cheque from wherever the keys are; gives its receipt."""
    papers = len(list(seat.folder.glob("*.pdf")))
    find(seat, counter, loan_id)
    seat.press(Key.Key_Asterisk)
    assert counter.form.mode.value() is Mode.UPI
    seat.press(Key.Key_Asterisk)
    assert counter.form.mode.value() is Mode.CHEQUE
    seat.write("004512 SBI")
    seat.press(Key.Key_Return)
    seat.until(lambda: counter.form.loan is None)
    seat.until(lambda: len(list(seat.folder.glob("*.pdf"))) > papers)
    seat.until(lambda: seat.place.station.desk.idle)
    receipt = seat.house.ask(seat.house.cashier, ShowTill()).receipts[0]
    assert (receipt.mode, receipt.loan_id) == (Mode.CHEQUE, loan_id)
    return receipt.receipt_id


def it_comes_back(seat: Seat, cheque: int, loan_id: int) -> None:
    """The manager, at the counter: Alt+L, Alt+R: why, and what the bank's return costs."""
    owed = shown(seat.house, loan_id).due_today.total_minor
    seat.sit("meena")
    counter = seat.go(CounterScreen, "counter")
    seat.press(Key.Key_L, Alt)
    receipt = counter.till.current()
    assert receipt is not None
    assert receipt.receipt_id == cheque
    seat.press(Key.Key_R, Alt)
    dialog = seat.asked(Dialog)
    seat.enter("returned unpaid")
    seat.write(str(CHARGE // 100))
    seat.press(Key.Key_A, Ctrl)
    seat.gone(dialog)
    after = shown(seat.house, loan_id).due_today.total_minor
    assert after == owed + receipt.amount_minor + CHARGE


def close_the_till_short(seat: Seat) -> None:
    """Ten rupees are missing: why is typed, and stands beside the name of who counted."""
    expected = seat.house.ask(seat.house.cashier, ShowTillRoom()).figures.expected_minor
    seat.press(Key.Key_T, Alt)
    seat.on_top(TillScreen)
    seat.press(Key.Key_T, Alt)
    dialog = seat.asked(CountDialog)
    seat.count(*pieces_of(expected - SHORT))
    seat.write("ten given too much")
    seat.press(Key.Key_Return)
    seat.gone(dialog)
    room = seat.house.ask(seat.house.cashier, ShowTillRoom())
    assert room.figures.state is TillState.CLOSED
    (session,) = room.sessions
    assert (session.difference_minor, session.reason) == (-SHORT, "ten given too much")
