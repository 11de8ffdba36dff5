"""A month closed, kept shut, opened again with a reason and closed; its books taken to Tally."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.commands.settings import SaveAccount
from app.queries.books import ListEntries
from app.services.verifying import verify
from tests.databases import Databases
from tests.journeys.seat import Seat, seated
from tests.journeys.test_by_keyboard import when_a_file_is_asked
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent, next_day, receive
from tests.ui.shell.acts import Alt, Ctrl, Key, focused
from ui.books.screen import BooksScreen
from ui.books.tally import TallyDialog
from ui.books.voucher import VoucherDialog
from ui.kit.dialog import Dialog

DAYS = 28  # from the fifth of January into February


@pytest.fixture
def house(databases: Databases, tmp_path: Path) -> Iterator[House]:
    """A branch in its second month, with a loan, a receipt and an account for rent."""
    with ExitStack() as stack:
        engine = stack.enter_context(databases.fresh("sqlite", tmp_path, prepare, "schema"))
        made = founded(engine)
        rent = SaveAccount(account_id=None, version=0, code="5100", title="Rent", kind="expense")
        made.run(made.manager, rent)
        receive(made, lent(made), 859_00)
        next_day(made, DAYS)
        yield made


@pytest.fixture
def seat(
    qtbot: QtBot, qapp: QApplication, house: House, home: Path, tmp_path: Path
) -> Iterator[Seat]:
    """The window on it."""
    with seated(qtbot, qapp, house, home, tmp_path / "papers") as made:
        yield made


def test_a_month_is_closed_and_opened_again_with_a_reason(seat: Seat, tmp_path: Path) -> None:
    seat.sit("meena")
    books = seat.go(BooksScreen, "books")
    while books.tabs.current != "months":
        seat.press(Key.Key_Tab, Ctrl)
    seat.until(lambda: books.months.model.count > 1)
    turn_the_month(seat, books, "closed")
    a_voucher_is_refused(seat)
    turn_the_month(seat, books, "open", "the bank's letter came late")
    turn_the_month(seat, books, "closed")
    take_to_tally(seat, tmp_path / "january.xml")
    assert verify(seat.house.store, rules=seat.house.tools.rules) == ()
    seat.say("a month closed, opened again and closed; Tally written")


def turn_the_month(seat: Seat, books: BooksScreen, to: str, reason: str = "") -> None:
    """Enter on January asks; a reason is typed where one is wanted; Ctrl+A does it."""
    seat.until(books.months.table.view.hasFocus)
    books.months.table.set_current(1)
    seat.press(Key.Key_Return)
    dialog = seat.asked(Dialog)
    if reason:
        seat.write(reason)
    seat.press(Key.Key_A, Ctrl)
    seat.gone(dialog)
    seat.until(lambda: books.months.model.rows()[1].state == to)


def a_voucher_is_refused(seat: Seat) -> None:
    """F7, the lines, back from the reason to the day: the last of January is shut."""
    before = len(seat.house.ask(seat.house.manager, ListEntries(kind="journal")).rows)
    seat.press(Key.Key_F7)
    dialog = seat.asked(VoucherDialog)
    seat.enter("5100 Rent", "1500", "1200 Bank", "")
    assert dialog.form is not None
    seat.until(dialog.form.editor("reason").hasFocus)
    seat.write("Rent of January")
    seat.press(Key.Key_Backtab)
    seat.write("31-01-2026")
    seat.press(Key.Key_A, Ctrl)
    seat.until(lambda: any("closed" in one.text() for one in dialog.findChildren(QLabel)))
    seat.press(Key.Key_Escape)
    seat.gone(dialog)
    assert len(seat.house.ask(seat.house.manager, ListEntries(kind="journal")).rows) == before


def take_to_tally(seat: Seat, to: Path) -> None:
    """Alt+Y, from the first day, and the file's name is typed."""
    seat.press(Key.Key_Y, Alt)
    seat.asked(TallyDialog)
    seat.enter("05-01-2026")
    when_a_file_is_asked(seat.place, lambda: QTest.keyClicks(focused(), str(to)))
    seat.press(Key.Key_A, Ctrl)
    seat.until(to.exists)
    assert b"<VOUCHER" in to.read_bytes()
