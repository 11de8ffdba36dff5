"""The counter: receipts by keys alone, printed, reprinted, reversed, refused where they must be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.commands.branch import CloseDay
from app.commands.meetings import IssueReceiptBook
from app.queries.meetings import ListReceiptBooks
from app.queries.servicing import ReceiptForPaper
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today
from tests.ui.places import clipped, unnamed
from tests.ui.servicing.counter_acts import Counter, Enters, key, opened, repeat_enter, type_text
from ui.kit.buttons import Button
from ui.kit.printing import FOLDER
from ui.kit.theme import Theme
from ui.kit.tokens import Mode

MOST_ENTERS = 3
Key, Ctrl, Alt = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def loan_id(branch: House) -> int:
    """A loan that is three weekly instalments late."""
    made = lent(branch)
    next_day(branch, 21)
    return made


@pytest.fixture
def counter(qtbot: QtBot, branch: House, loan_id: int, tmp_path: Path) -> Counter:
    """The cashier's counter."""
    return opened(qtbot, branch, tmp_path)


def printed(counter: Counter, count: int) -> None:
    """Wait until so many papers came out and the list says so."""

    def came_out() -> None:
        assert len(counter.papers()) == count
        assert sum(row.prints for row in counter.receipts()) == count
        assert not any(counter.screen.printer.owes(row.receipt_id) for row in counter.receipts())

    counter.qtbot.waitUntil(came_out, timeout=15_000)


def posted(counter: Counter, count: int = 1) -> None:
    """Wait until so many receipts are in the list and the counter is empty again."""

    def empty() -> None:
        assert len(counter.receipts()) == count
        assert counter.screen.form.loan is None
        assert counter.screen.find_panel.who.hasFocus()

    counter.qtbot.waitUntil(empty)


def test_a_receipt_takes_at_most_three_enters_and_leaves_the_counter_empty(
    counter: Counter, loan_id: int
) -> None:
    enters, due = Enters(), shown(counter.house, loan_id).due_today.total_minor
    assert counter.screen.find_panel.who.hasFocus()
    counter.find("sunita")
    enters.press()
    counter.qtbot.waitUntil(counter.screen.form.money.hasFocus)
    counter.wait_split()
    enters.press()
    posted(counter)
    printed(counter, 1)
    assert enters.count <= MOST_ENTERS
    assert counter.receipts()[0].amount_minor == due > 0
    assert shown(counter.house, loan_id).due_today.total_minor == 0
    assert counter.screen.find_panel.who.text() == ""
    counter.qtbot.waitUntil(lambda: any("is printed" in said for said in counter.said))


def test_enter_before_the_split_is_seen_shows_it_and_posts_nothing(
    counter: Counter, loan_id: int
) -> None:
    counter.begin(loan_id)
    type_text("500")
    key(Key.Key_Return)  # the split of 500 cannot be there yet: no event was processed between
    assert not counter.screen.poster.busy
    counter.wait_split()
    assert counter.screen.split.preview is not None
    assert counter.screen.split.preview.amount_minor == 500_00
    key(Key.Key_Return)
    posted(counter)
    assert counter.receipts()[0].amount_minor == 500_00


def test_enter_pressed_twice_or_held_down_posts_once(counter: Counter, loan_id: int) -> None:
    counter.begin(loan_id)
    money = counter.screen.form.money
    key(Key.Key_Return)
    counter.screen.save_and_print()  # what a second Enter would come to
    posted(counter)
    key(Key.Key_Return)
    repeat_enter()
    printed(counter, 1)
    assert len(counter.receipts()) == 1
    assert money.minor() is None


def test_the_split_shown_is_the_split_that_is_posted(counter: Counter, loan_id: int) -> None:
    counter.begin(loan_id)
    type_text("1500")
    counter.wait_split()
    preview = counter.screen.split.preview
    assert preview is not None
    key(Key.Key_A, Ctrl)
    posted(counter)
    (row,) = counter.receipts()
    paper = counter.house.ask(counter.house.cashier, ReceiptForPaper(receipt_id=row.receipt_id))
    assert [line.amount_minor for line in paper.lines] == [
        line.amount_minor for line in preview.lines
    ]
    assert paper.outstanding_after_minor == preview.outstanding_after_minor
    assert paper.next_due_minor == preview.next_due_minor
    assert counter.papers() == []  # save only


def test_every_part_of_the_split_is_told_with_its_reason(counter: Counter, loan_id: int) -> None:
    counter.begin(loan_id)
    words = counter.screen.split.words()
    preview = counter.screen.split.preview
    assert preview is not None
    assert len(words) == len(preview.lines)
    assert any("Instalment 1, interest" in word and "days late" in word for word in words)


def test_a_printer_that_is_off_loses_nothing_and_repeats_nothing(
    counter: Counter, loan_id: int
) -> None:
    counter.screen.station.settings.set("printer.receipt", "A printer that is not there")
    counter.begin(loan_id)
    key(Key.Key_Return)
    posted(counter)
    banner = counter.screen.banner
    counter.qtbot.waitUntil(lambda: "not printed" in banner.text())
    assert len(counter.receipts()) == 1
    counter.screen.station.settings.set("printer.receipt", f"{FOLDER}{counter.folder}")
    key(Key.Key_P, Alt)
    printed(counter, 1)
    counter.qtbot.waitUntil(lambda: banner.text() == "")
    assert len(counter.receipts()) == 1
    counter.qtbot.waitUntil(lambda: any("is printed" in said for said in counter.said))
    assert not any("duplicate" in said for said in counter.said)  # her first paper is no copy


def test_a_reprint_is_marked_as_a_duplicate(counter: Counter, loan_id: int) -> None:
    counter.begin(loan_id)
    key(Key.Key_Return)
    posted(counter)
    printed(counter, 1)
    key(Key.Key_P, Alt)
    printed(counter, 2)
    counter.qtbot.waitUntil(lambda: any("duplicate 1" in said for said in counter.said))
    assert len(counter.receipts()) == 1


def test_a_reversal_puts_the_loan_back_and_marks_the_number(
    qtbot: QtBot, branch: House, loan_id: int, tmp_path: Path
) -> None:
    before = shown(branch, loan_id).due_today.total_minor
    receive(branch, loan_id, 317_300)
    counter = opened(qtbot, branch, tmp_path, "manager")
    qtbot.waitUntil(lambda: counter.screen.till.current() is not None)
    key(Key.Key_R, Alt)
    dialog = counter.dialog()
    assert "Reverse 3,173" in [button.text() for button in dialog.findChildren(Button)]
    form = dialog.form
    assert form is not None
    qtbot.waitUntil(form.editor("reason").hasFocus)
    type_text("taken for the wrong loan")
    key(Key.Key_A, Ctrl)
    qtbot.waitUntil(lambda: counter.receipts()[0].reversed)
    assert shown(branch, loan_id).due_today.total_minor == before


def test_nothing_or_zero_is_refused_at_the_amount(counter: Counter, loan_id: int) -> None:
    counter.begin(loan_id)
    type_text("0")
    key(Key.Key_Return)
    assert counter.screen.form.amount_box.error
    assert counter.screen.form.money.hasFocus()
    assert counter.receipts() == ()


def test_too_much_cash_is_refused_where_the_way_is_chosen(counter: Counter, loan_id: int) -> None:
    counter.begin(loan_id)
    type_text("2 lakh")
    counter.wait_split()
    key(Key.Key_Return)
    counter.qtbot.waitUntil(lambda: bool(counter.screen.form.mode_box.error))
    assert counter.receipts() == ()
    assert counter.screen.form.money.minor() == 2_00_000_00  # what was typed is still there


def test_the_star_chooses_the_next_way_and_it_wants_its_reference(
    counter: Counter, loan_id: int
) -> None:
    counter.begin(loan_id)
    key(Key.Key_Asterisk)
    assert counter.screen.form.reference.hasFocus()
    key(Key.Key_Return)
    counter.qtbot.waitUntil(lambda: bool(counter.screen.form.reference_box.error))
    type_text("612345678901")
    key(Key.Key_Return)
    posted(counter)
    assert (counter.receipts()[0].mode, counter.receipts()[0].reference) == ("upi", "612345678901")


def day_before(counter: Counter, loan_id: int) -> None:
    """Begin a receipt for the day before and wait for its split."""
    counter.begin(loan_id)
    key(Key.Key_D, Alt)
    assert counter.screen.form.on.hasFocus()
    key(Key.Key_Down)
    counter.wait_split()


def test_another_day_wants_its_reason(
    qtbot: QtBot, branch: House, loan_id: int, tmp_path: Path
) -> None:
    counter = opened(qtbot, branch, tmp_path, "manager")
    day_before(counter, loan_id)
    key(Key.Key_Return)
    box = counter.screen.form.reason_box
    qtbot.waitUntil(lambda: bool(box.error) and box.editor.hasFocus())
    type_text("brought in by the officer")
    key(Key.Key_Return)
    posted(counter)
    assert (today(branch) - counter.receipts()[0].received_on).days == 1


def test_a_day_beyond_the_own_limit_is_refused_at_the_day(counter: Counter, loan_id: int) -> None:
    day_before(counter, loan_id)
    counter.screen.form.reason.setFocus()
    type_text("brought in by the officer")
    key(Key.Key_Return)
    box = counter.screen.form.on_box
    counter.qtbot.waitUntil(lambda: bool(box.error) and box.editor.hasFocus())
    assert counter.receipts() == ()


def test_a_loan_sent_here_twice_is_taken_up_twice(counter: Counter, loan_id: int) -> None:
    for count in (1, 2):
        counter.screen.come({"loan_id": loan_id})
        counter.qtbot.waitUntil(lambda: counter.screen.form.loan is not None)
        type_text("100")
        counter.wait_split()
        key(Key.Key_A, Ctrl)
        posted(counter, count)


def test_escape_empties_the_counter(counter: Counter, loan_id: int) -> None:
    counter.begin(loan_id)
    key(Key.Key_Escape)
    assert counter.screen.form.loan is None
    assert counter.screen.split.preview is None
    assert counter.screen.find_panel.who.hasFocus()


def test_enter_typed_ahead_of_the_hits_takes_the_only_one(counter: Counter, loan_id: int) -> None:
    type_text("sunita")
    key(Key.Key_Return)
    counter.qtbot.waitUntil(lambda: counter.screen.form.loan is not None)
    assert counter.screen.form.loan is not None
    assert counter.screen.form.loan.loan_id == loan_id


def test_on_a_closed_day_it_says_so_and_takes_nothing(
    qtbot: QtBot, branch: House, loan_id: int, tmp_path: Path
) -> None:
    branch.run(branch.manager, CloseDay(on=today(branch)))
    counter = opened(qtbot, branch, tmp_path)
    assert "F2" in counter.screen.banner.text()
    assert not counter.screen.find_panel.isEnabled()
    assert not counter.screen.action_set.run("print")


def test_large_text_folds_the_receipts_into_one_line(
    qtbot: QtBot, branch: House, loan_id: int, tmp_path: Path, dressed: Theme, qapp: QApplication
) -> None:
    dressed.apply(qapp, Mode.LIGHT, 150)
    receive(branch, loan_id, 100_00)
    counter = opened(qtbot, branch, tmp_path)
    counter.screen.resize(1262, 642)
    counter.begin(loan_id)
    assert counter.screen.till.table.isHidden()
    assert clipped(counter.screen) == []
    key(Key.Key_L, Alt)
    assert counter.screen.till.table.isVisible()
    key(Key.Key_L, Alt)
    assert counter.screen.till.table.isHidden()
    assert counter.screen.form.money.hasFocus()


def test_every_control_has_a_name(counter: Counter, loan_id: int) -> None:
    assert unnamed(counter.screen) == []
    counter.begin(loan_id)
    counter.screen.form.mode.next()
    counter.screen.form.toggle_back_date()
    assert unnamed(counter.screen) == []
    assert clipped(counter.screen) == []


def test_its_lists_keep_the_rules_of_models(counter: Counter) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [
        QAbstractItemModelTester(model, fatal)
        for model in (counter.screen.find_panel.model, counter.screen.till.model)
    ]
    counter.find("sunita")
    assert len(testers) == len({id(tester) for tester in testers})
    assert counter.screen.find_panel.model.rowCount() == 1


def test_money_from_the_field_names_the_leaf_that_was_given(
    qtbot: QtBot, branch: House, loan_id: int, tmp_path: Path
) -> None:
    book = IssueReceiptBook(officer_id=branch.officer.user_id, series="A", first=1, last=50)
    branch.run(branch.manager, book)
    counter = opened(qtbot, branch, tmp_path, "manager")
    day_before(counter, loan_id)
    counter.screen.form.reason.setFocus()
    type_text("collected in the village")
    counter.screen.form.leaf.setFocus()
    type_text("a7")
    counter.wait_split()
    key(Key.Key_Return)
    posted(counter)
    (row,) = branch.ask(branch.manager, ListReceiptBooks())
    assert (row.used, row.missing) == (1, (1, 2, 3, 4, 5, 6))
    (receipt,) = counter.receipts()
    assert (receipt.booked_on - receipt.received_on).days == 1
