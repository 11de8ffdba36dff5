"""The till at a real branch, by keys alone: opened by note, cash out, closed, its slip shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.commands.origination import Mode
from app.commands.servicing import PostReceipt
from app.commands.tills import CloseTill, OpenTill
from app.domain.counting import Counted
from app.domain.till import TillState
from app.queries.tills import ShowTillRoom
from app.rows.tills import TillRoom
from tests.services.branch import House
from tests.services.lending import lent, receipt, today
from tests.services.lending import shown as loan_shown
from tests.ui.places import station
from ui.kit.dialog import Dialog
from ui.kit.screen_context import Station
from ui.servicing.counter import CounterScreen
from ui.servicing.counter_form import ReceiptForm
from ui.servicing.till import TillScreen
from ui.servicing.till_count import CountDialog
from ui.servicing.tills import TillsScreen

ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(_focus(), which, modifier)


def type_text(text: str) -> None:
    """Type where the focus is."""
    QTest.keyClicks(_focus(), text)


def _focus() -> QWidget:
    there = QApplication.focusWidget()
    assert there is not None
    return there


def shown(qtbot: QtBot, made: Station, screen: TillScreen | TillsScreen) -> None:
    """Put the screen into an active window, and wait for what it read."""
    qtbot.addWidget(screen)
    screen.resize(1178, 684)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.come({})
    screen.reload()
    qtbot.waitUntil(lambda: made.desk.idle)


def press(qtbot: QtBot, screen: QWidget, which: Qt.Key) -> None:
    """Press a key of the screen with Alt, once its window has the keyboard again."""
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    QTest.keyClick(screen, which, ALT)


def dialog(qtbot: QtBot, screen: QWidget) -> Dialog:
    """The dialog that opened over the screen."""
    found: list[Dialog] = []

    def there() -> bool:
        found[:] = [one for one in screen.findChildren(Dialog) if one.isVisible()]
        return bool(found)

    qtbot.waitUntil(there)
    return found[0]


def count(qtbot: QtBot, screen: QWidget, *pieces: str) -> CountDialog:
    """Type the pieces from the first note on, and go on to the end by Enter."""
    asked = dialog(qtbot, screen)
    assert isinstance(asked, CountDialog)
    qtbot.waitUntil(asked.isActiveWindow)
    for text in (*pieces, *[""] * (11 - len(pieces))):
        type_text(text)
        key(Qt.Key.Key_Return)
    return asked


def room(house: House) -> TillRoom:
    return house.ask(house.cashier, ShowTillRoom())


def until(qtbot: QtBot, made: Station, then: Callable[[], bool]) -> None:
    qtbot.waitUntil(lambda: made.desk.idle and then())


def test_a_day_at_the_till_by_keys_alone(qtbot: QtBot, branch: House) -> None:
    loan_id = lent(branch)
    made = station(qtbot, branch, "cashier")
    screen = TillScreen(made)
    shown(qtbot, made, screen)
    press(qtbot, screen, Qt.Key.Key_T)
    count(qtbot, screen, "100")
    until(qtbot, made, lambda: room(branch).figures.state is TillState.OPEN)

    press(qtbot, screen, Qt.Key.Key_U)
    asked = dialog(qtbot, screen)
    qtbot.waitUntil(asked.isActiveWindow)
    type_text("640")
    for text in ("", "Gupta Stationers", "Bill 118", "paper"):
        key(Qt.Key.Key_Return)
        type_text(text)
    key(Qt.Key.Key_Return)
    until(qtbot, made, lambda: room(branch).figures.paid_minor == 640_00)

    taken: PostReceipt = receipt(loan_id, 1_000_00, today(branch))
    branch.run(branch.cashier, taken)
    screen.reload()
    qtbot.waitUntil(lambda: made.desk.idle)
    press(qtbot, screen, Qt.Key.Key_T)
    closing = count(qtbot, screen, "100", "1", "1", "0", "1", "3")
    type_text("ten given too much")
    key(Qt.Key.Key_Return)
    until(qtbot, made, lambda: room(branch).figures.state is TillState.CLOSED)
    (session,) = room(branch).sessions
    assert session.difference_minor == -10_00
    assert session.reason == "ten given too much"
    del closing


def test_a_large_difference_is_handed_to_a_second_person(qtbot: QtBot, branch: House) -> None:
    made = station(qtbot, branch, "cashier")
    screen = TillScreen(made)
    shown(qtbot, made, screen)
    press(qtbot, screen, Qt.Key.Key_T)
    asked = count(qtbot, screen, "90")
    type_text("ten notes are gone")
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(asked.banner.text()))
    assert "second person" in asked.banner.text()
    key(Qt.Key.Key_Return)
    until(qtbot, made, lambda: room(branch).figures.state is TillState.COUNTED)


def test_the_manager_closes_a_till_from_the_list_of_all(qtbot: QtBot, branch: House) -> None:
    made = station(qtbot, branch, "cashier")
    screen = TillScreen(made)
    shown(qtbot, made, screen)
    press(qtbot, screen, Qt.Key.Key_T)
    count(qtbot, screen, "100")
    until(qtbot, made, lambda: room(branch).figures.state is TillState.OPEN)
    screen.hide()

    over = station(qtbot, branch, "manager")
    every = TillsScreen(over)
    shown(qtbot, over, every)
    press(qtbot, every, Qt.Key.Key_T)
    count(qtbot, every, "100")
    until(qtbot, over, lambda: room(branch).figures.state is TillState.CLOSED)


def test_cash_of_a_field_receipt_stays_with_who_collected_it(qtbot: QtBot, branch: House) -> None:
    loan_id = lent(branch)
    made = station(qtbot, branch, "cashier")
    form = ReceiptForm(made, None)
    qtbot.addWidget(form)
    form.show_loan(loan_shown(branch, loan_id))
    form.money.set_value(500_00)
    form.toggle_back_date()
    qtbot.waitUntil(lambda: not form.holder_box.isHidden())
    form.holder.set_value(branch.officer.user_id)
    command = form.command()
    assert command is not None
    assert command.collected_by == branch.officer.user_id
    form.mode.set_value(Mode.UPI)
    form.mode.chosen.emit(Mode.UPI)
    assert form.holder_box.isHidden()


def test_a_receipt_at_a_closed_till_is_refused_with_the_way_to_open_it(
    qtbot: QtBot, branch: House
) -> None:
    loan_id = lent(branch)
    full = (Counted(500_00, False, 100),)
    branch.run(branch.cashier, OpenTill(currency="INR", counted=full))
    branch.run(branch.cashier, CloseTill(counter="1", currency="INR", counted=full))
    made = station(qtbot, branch, "cashier")
    made.router.register("till", lambda: TillScreen(made))
    counter = CounterScreen(made)
    qtbot.addWidget(counter)
    counter.show()
    counter.choose(loan_id)
    qtbot.waitUntil(lambda: counter.form.loan is not None and made.desk.idle)
    counter.form.money.set_value(500_00)
    qtbot.waitUntil(lambda: counter.split.preview is not None and counter.split.is_fresh())
    counter.save_only()
    qtbot.waitUntil(lambda: "closed" in counter.banner.text())
    assert counter.form.money.minor() == 500_00
    QTest.keyClick(counter, Qt.Key.Key_T, ALT)
    assert made.router.name == "till"
