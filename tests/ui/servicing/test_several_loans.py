"""Several loans of one payer at the counter: one total, one receipt, by keys alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.queries.servicing import ReceiptForPaper
from tests.services.branch import House
from tests.services.lending import lent, next_day, shown
from tests.ui.servicing.counter_acts import Enters, key, opened, type_text
from ui.servicing.counter_add_loan import AddLoanDialog

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier


def test_two_loans_are_paid_by_one_receipt_brought_by_somebody_else(
    qtbot: QtBot, branch: House, tmp_path: Path
) -> None:
    first, second = lent(branch), lent(branch)
    next_day(branch, 21)
    counter = opened(qtbot, branch, tmp_path)
    counter.begin(first)
    form, enters = counter.screen.form, Enters()
    due = shown(branch, first).due_today.total_minor
    key(Key.Key_A, Alt)
    dialog = counter.dialog()
    assert isinstance(dialog, AddLoanDialog)
    qtbot.waitUntil(dialog.panel.who.hasFocus)
    type_text(shown(branch, second).number)
    qtbot.waitUntil(lambda: [row.loan_id for row in dialog.panel.model.rows()] == [second])
    enters.press()
    qtbot.waitUntil(lambda: form.money.minor() == 2 * due)
    counter.screen.activateWindow()  # as the system does once a dialog is gone
    qtbot.waitUntil(form.money.hasFocus)
    assert set(form.numbers()) == {first, second}
    key(Key.Key_Y, Alt)
    type_text("Ramesh Kumar")
    counter.wait_split()
    enters.press()
    qtbot.waitUntil(lambda: len(counter.receipts()) == 1)
    assert enters.count == 2
    (row,) = counter.receipts()
    paper = branch.ask(branch.cashier, ReceiptForPaper(receipt_id=row.receipt_id))
    assert paper.amount_minor == sum(line.amount_minor for line in paper.lines) == 2 * due
    assert paper.brought_by == "Ramesh Kumar"
    numbers = {shown(branch, loan).number for loan in (first, second)}
    assert set(paper.loan_number.split(" · ")) == numbers
    assert {line.what.split(" · ")[0] for line in paper.lines} == numbers
    assert not shown(branch, first).due_today.total_minor
    assert not shown(branch, second).due_today.total_minor
    assert form.numbers() == {}


def test_an_amount_that_leaves_nothing_for_the_first_loan_is_not_posted(
    qtbot: QtBot, branch: House, tmp_path: Path
) -> None:
    first, second = lent(branch), lent(branch)
    next_day(branch, 21)
    counter = opened(qtbot, branch, tmp_path)
    counter.begin(first)
    form = counter.screen.form
    due = form.money.minor()
    key(Key.Key_A, Alt)
    dialog = counter.dialog()
    assert isinstance(dialog, AddLoanDialog)
    qtbot.waitUntil(dialog.panel.who.hasFocus)
    type_text(shown(branch, second).number)
    qtbot.waitUntil(lambda: [row.loan_id for row in dialog.panel.model.rows()] == [second])
    key(Key.Key_Return)
    qtbot.waitUntil(lambda: second in form.numbers())
    counter.screen.activateWindow()
    qtbot.waitUntil(form.money.hasFocus)
    counter.wait_split()
    heads = [part.amount_minor for part in form.parts()]
    assert heads == [due, due]
    type_text("100")  # less than what the other loan takes
    assert form.parts() == ()
    key(Key.Key_Return)
    assert "whole sum" in form.amount_box.error
    assert not counter.screen.poster.busy


def test_money_beyond_the_loan_is_said_to_be_refunded_not_kept_for_later(
    qtbot: QtBot, branch: House, tmp_path: Path
) -> None:
    loan_id = lent(branch)
    next_day(branch, 21)
    counter = opened(qtbot, branch, tmp_path)
    counter.begin(loan_id)
    type_text("50000")
    counter.wait_split()
    qtbot.waitUntil(lambda: bool(counter.screen.split.words()))
    qtbot.waitUntil(lambda: "More than the loan owes" in counter.screen.split.words()[-1])
    last = counter.screen.split.words()[-1]
    assert "refunded" in last
