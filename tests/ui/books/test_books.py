"""The books by keys alone: a voucher is written, looked at, found in the ledger and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.commands.books import JournalLine, ProposeJournal
from app.commands.settings import SaveAccount
from app.queries.books import ListEntries
from tests.services.branch import OPENED, House
from tests.services.lending import lent, next_day, receive
from tests.ui.places import clipped, station, unnamed
from ui.books.asked import JournalAskedDialog
from ui.books.entry import EntryDialog
from ui.books.screen import BooksScreen
from ui.books.voucher import VoucherDialog
from ui.kit.dialog import Dialog

RENT = "5100"


@pytest.fixture
def screen(qtbot: QtBot, branch: House, tmp_path: Path) -> BooksScreen:
    """The books of a branch with one loan, as its manager sees them."""
    branch.run(
        branch.manager,
        SaveAccount(account_id=None, version=0, code=RENT, title="Rent", kind="expense"),
    )
    receive(branch, lent(branch), 859_00)
    made = BooksScreen(station(qtbot, branch, "manager", tmp_path))
    qtbot.addWidget(made)
    made.resize(1178, 610)
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(lambda: made.journal.model.count == 3 and bool(made.choices.accounts))
    return made


def typed(text: str) -> None:
    """Type into whatever has the keys, then Enter."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Return)


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def dialog_of(qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def test_a_voucher_by_keys_alone(qtbot: QtBot, screen: BooksScreen, branch: House) -> None:
    QTest.keyClick(screen.journal.table.view, Qt.Key.Key_F7)
    dialog = dialog_of(qtbot, VoucherDialog)
    assert isinstance(dialog, VoucherDialog)
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    first = dialog.lines.lines[0].account
    qtbot.waitUntil(lambda: first.isAncestorOf(_focus()) or first is _focus())
    typed("5100 Rent")
    typed("1500")
    typed("1200 Bank")
    assert dialog.lines.difference == 0  # what was missing stands there
    typed("")
    assert dialog.form is not None
    qtbot.waitUntil(dialog.form.editor("reason").hasFocus)
    typed("Rent of January")
    qtbot.waitUntil(lambda: screen.journal.model.count == 4)
    (row,) = branch.ask(branch.manager, ListEntries(kind="journal")).rows
    assert (row.amount_minor, row.debit, row.credit) == (1_500_00, "Rent", "Bank")


def test_f7_elsewhere_comes_here_and_asks_for_a_voucher(qtbot: QtBot, screen: BooksScreen) -> None:
    screen.come({"write": True})
    assert isinstance(dialog_of(qtbot, VoucherDialog), VoucherDialog)


def test_every_page_is_read_and_nothing_is_clipped(qtbot: QtBot, screen: BooksScreen) -> None:
    for name in ("ledger", "trial-balance", "income-statement", "balance-sheet", "months"):
        screen.tabs.choose(name)
        qtbot.waitUntil(lambda: screen.page_now.table.model.count > 0)
        qtbot.waitUntil(lambda: clipped(screen) == [])
        assert unnamed(screen) == [], name
    screen.tabs.choose("trial-balance")
    trial = screen.statements["trial-balance"]
    trial.table.set_current(1)
    QTest.keyClick(trial.table.view, Qt.Key.Key_Return)
    assert screen.tabs.current == "ledger"


def test_enter_opens_an_entry_that_leads_to_its_loan(
    qtbot: QtBot, screen: BooksScreen, branch: House
) -> None:
    went: list[str] = []
    screen.router.missed.connect(went.append)
    screen.journal.table.set_current(0)
    QTest.keyClick(screen.journal.table.view, Qt.Key.Key_Return)
    dialog = dialog_of(qtbot, EntryDialog)
    assert isinstance(dialog, EntryDialog)
    assert dialog.view.row.kind == "receipt"
    assert clipped(dialog) == []
    QTest.keyClick(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert went == ["loan"]


def test_a_second_person_looks_and_lets_it_happen(
    qtbot: QtBot, screen: BooksScreen, branch: House
) -> None:
    lines = (JournalLine(RENT, 500_00), JournalLine("1200", -500_00))
    ask = ProposeJournal(lines=lines, currency="INR", on=OPENED, reason="Rent")
    branch.run(branch.cashier, ask)
    screen.reload()
    qtbot.waitUntil(lambda: len(screen.asked.asked) == 1)
    screen.asked.look_first()
    dialog = dialog_of(qtbot, JournalAskedDialog)
    assert isinstance(dialog, JournalAskedDialog)
    assert dialog.table.model.count == 2
    assert clipped(dialog) == []


def test_a_month_is_closed_and_opened_again_by_keys(
    qtbot: QtBot, screen: BooksScreen, branch: House
) -> None:
    next_day(branch, 27)
    screen.station.refresh()
    screen.tabs.choose("months")
    screen.months.reload()
    qtbot.waitUntil(
        lambda: [one.state for one in screen.months.model.rows()] == ["running", "open"]
    )
    for act, state in (("Close Jan 2026?", "closed"), ("Open Jan 2026 again?", "open")):
        screen.months.table.set_current(1)
        QTest.keyClick(screen.months.table.view, Qt.Key.Key_Return)
        dialog = dialog_of(qtbot, Dialog)
        assert dialog.windowTitle() == act
        assert clipped(dialog) == []
        assert dialog.form is not None
        qtbot.waitUntil(dialog.form.editor("reason").hasFocus)
        typed("Rent came late")
        if state == "open":  # a dangerous act wants its own key
            QTest.keyClick(_focus(), Qt.Key.Key_Space)
        qtbot.waitUntil(_stands(screen, state))
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    told = screen.months.model.rows()[1]
    assert (told.told, told.reason) == ("open", "Rent came late")


def _stands(screen: BooksScreen, state: str) -> Callable[[], bool]:
    rows = screen.months.model.rows
    return lambda: [one.state for one in rows()] == ["running", state]


@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf"])
def test_every_page_goes_into_a_file(
    form: str, qtbot: QtBot, screen: BooksScreen, tmp_path: Path
) -> None:
    for name in ("journal", "ledger", *screen.statements):
        screen.tabs.choose(name)
        question = screen.page_now.report()
        assert question is not None
        result = screen.desk.asker()(question)
        to = tmp_path / f"{name}.{form}"
        screen._export.write(result, form, to, screen.failed)
        qtbot.waitUntil(to.exists, timeout=15_000)
        assert to.stat().st_size > 200
        assert screen.banner.text() == ""
