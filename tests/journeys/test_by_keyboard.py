"""A manager's morning at the window by keys alone: nobody touches a mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.queries.servicing import ShowTill
from tests.databases import Databases
from tests.services.branch import House, founded, prepare
from tests.services.portfolio import worked
from tests.ui.places import HouseLauncher, named_people
from tests.ui.shell.acts import Alt, Ctrl, Key, active, dialog_of, focused, page_of, press, sign_in
from ui.field.overdue import OverdueScreen
from ui.field.visits import VisitsScreen
from ui.kit.dialog import Dialog
from ui.kit.look import Look
from ui.kit.printing import FOLDER
from ui.main import load_screen, load_shell
from ui.reports.screen import ReportsScreen
from ui.servicing.counter import CounterScreen
from ui.servicing.loan import LoanScreen
from ui.shell.opening import Loaders, Opening
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.window import Window
from ui.shell.workplace import Workplace

BORROWER = "Bela"


@pytest.fixture
def house(databases: Databases, tmp_path: Path) -> Iterator[House]:
    """A branch with people and loans, some of them late."""
    with ExitStack() as stack:
        engine = stack.enter_context(databases.fresh("sqlite", tmp_path, prepare, "schema"))
        made = founded(engine)
        named_people(made)
        worked(made)
        yield made


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, house: House, home: Path) -> Iterator[Shell]:
    """The window on it, before anybody signed in."""
    loaders = Loaders(lambda: HouseLauncher(lambda: house, home), load_shell, load_screen)
    made = Shell(qapp, Window(), Opening(home), loaders, Look())
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    with qtbot.waitActive(made.window):
        made.window.show()
    made.begin()
    yield made
    made.close()


def test_a_morning_by_keys_alone(qtbot: QtBot, shell: Shell, house: House, tmp_path: Path) -> None:
    page_of(qtbot, shell, SignInPage)
    place = sign_in(qtbot, shell, "meena")
    place.station.settings.set("printer.receipt", f"{FOLDER}{tmp_path / 'papers'}")
    assert place.router.name == "today"
    find_by_the_palette(qtbot, place)
    take_a_receipt(qtbot, place, house, tmp_path / "papers")
    give_and_record_a_visit(qtbot, shell, place)
    save_a_report(qtbot, place, tmp_path / "overdue.xlsx")
    active(qtbot, shell)
    press(place, Key.Key_L, Ctrl)
    page_of(qtbot, shell, SignInPage)


def find_by_the_palette(qtbot: QtBot, place: Workplace) -> None:
    """Ctrl+K, some letters of the name, Enter on the loan."""
    press(place, Key.Key_K, Ctrl)
    QTest.keyClicks(focused(), BORROWER)
    palette = place.palette_list
    qtbot.waitUntil(lambda: any("STP" in str(hit) for hit in palette.model.rows()))
    press(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(place.router.current, LoanScreen))
    loan = place.router.current
    assert isinstance(loan, LoanScreen)
    qtbot.waitUntil(lambda: loan.loan is not None and BORROWER in loan.loan.borrower)


def take_a_receipt(qtbot: QtBot, place: Workplace, house: House, papers: Path) -> None:
    """F6 brings the loan to the counter; Enter saves and prints what is due."""
    press(focused(), Key.Key_F6)
    qtbot.waitUntil(lambda: isinstance(place.router.current, CounterScreen))
    counter = place.router.current
    assert isinstance(counter, CounterScreen)
    qtbot.waitUntil(lambda: counter.split.preview is not None and counter.split.is_fresh())
    press(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: bool(house.ask(house.manager, ShowTill()).receipts))
    qtbot.waitUntil(lambda: bool(list(papers.glob("*.pdf"))), timeout=20_000)


def give_and_record_a_visit(qtbot: QtBot, shell: Shell, place: Workplace) -> None:
    """V gives the first of the late a visit; on Visits Enter says what came of it."""
    go(place, "overdue")
    overdue = place.router.current
    assert isinstance(overdue, OverdueScreen)
    qtbot.waitUntil(lambda: overdue.model.count > 0 and overdue.table.current() is not None)
    press(focused(), Key.Key_V)
    accept(qtbot, shell)
    active(qtbot, shell)
    go(place, "visits")
    visits = place.router.current
    assert isinstance(visits, VisitsScreen)
    qtbot.waitUntil(lambda: visits._stops.count > 0)
    to_reach(visits.stops.hasFocus, Key.Key_Tab)
    press(focused(), Key.Key_Return)
    asked(qtbot, shell)
    QTest.keyClicks(focused(), "not met")
    press(focused(), Key.Key_Return)
    accept(qtbot, shell)
    active(qtbot, shell)

    qtbot.waitUntil(lambda: visits._stops.rows()[0].outcome == "not-met")


def save_a_report(qtbot: QtBot, place: Workplace, to: Path) -> None:
    """Alt+X asks where; the place is typed."""
    go(place, "reports")
    reports = place.router.current
    assert isinstance(reports, ReportsScreen)
    qtbot.waitUntil(lambda: reports.result is not None)
    when_a_file_is_asked(place, lambda: QTest.keyClicks(focused(), str(to)))
    press(place, Key.Key_X, Alt)
    qtbot.waitUntil(to.exists, timeout=20_000)
    assert to.read_bytes().startswith(b"PK")


def when_a_file_is_asked(place: Workplace, type_it: Callable[[], object]) -> None:
    """Type into the dialog for files once it is there, and Enter: it has a loop of its own."""
    timer = QTimer(QApplication.instance())
    timer.setInterval(50)

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, QFileDialog):
            return
        asked.activateWindow()
        if asked.isAncestorOf(QApplication.focusWidget() or place):
            timer.stop()
            QTest.keyClick(focused(), Key.Key_A, Ctrl)
            type_it()
            QTest.keyClick(focused(), Key.Key_Return)

    timer.timeout.connect(look)
    timer.start()


def go(place: Workplace, name: str) -> None:
    """Alt with the digit beside the place."""
    digit = place.rail.names().index(name) + 1
    press(place, Qt.Key(Key.Key_0 + digit), Alt)
    assert place.router.name == name


def to_reach(there: Callable[[], bool], key: Qt.Key) -> None:
    """Press a key until it is there."""
    for _press in range(30):
        if there():
            return
        press(focused(), key)
    assert there()


def asked(qtbot: QtBot, shell: Shell) -> Dialog:
    """The dialog that is open, in front: without a window manager that is left to us."""
    dialog = dialog_of(qtbot, shell)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def accept(qtbot: QtBot, shell: Shell) -> None:
    """Ctrl+A in the dialog that is open."""
    dialog = asked(qtbot, shell)
    press(dialog, Key.Key_A, Ctrl)
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
