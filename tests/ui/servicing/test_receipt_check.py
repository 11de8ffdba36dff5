"""A receipt's code at the counter: scanned like a keyboard types it, and told what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.commands.servicing import ReverseReceipt
from app.queries.servicing import ReceiptForPaper
from app.rows.receipt_checks import Verdict
from tests.services.branch import House
from tests.services.lending import lent, receive
from tests.ui.places import HouseProgram, clipped, unnamed
from tests.ui.servicing.counter_acts import Counter, key, opened, type_text
from ui.servicing.receipt_check import CheckReceiptDialog

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def counter(qtbot: QtBot, branch: House, tmp_path: Path) -> Counter:
    """The cashier's counter."""
    return opened(qtbot, branch, tmp_path)


def code_of(counter: Counter, receipt_id: int) -> str:
    """What the QR of the receipt holds as this counter prints it."""
    program = counter.screen.station.program
    assert isinstance(program, HouseProgram)
    house = counter.house
    paper = program.signer.signed(house.ask(house.cashier, ReceiptForPaper(receipt_id=receipt_id)))
    assert paper.seal is not None
    return paper.seal.text


def asked(counter: Counter) -> CheckReceiptDialog:
    """Open the box by its key."""
    key(Key.Key_K, Alt)
    dialog = counter.dialog()
    assert isinstance(dialog, CheckReceiptDialog)
    form = dialog.form
    assert form is not None
    counter.qtbot.waitUntil(lambda: form.editor("text").hasFocus())
    return dialog


def scan(counter: Counter, text: str) -> CheckReceiptDialog:
    """Open the box, type as a scanner does, and wait for the verdict."""
    dialog = asked(counter)
    type_text(text)
    key(Key.Key_Return)
    counter.qtbot.waitUntil(lambda: dialog.found is not None or bool(dialog.banner.isVisible()))
    return dialog


def test_a_scanned_code_is_told_genuine_then_altered_then_reversed(counter: Counter) -> None:
    house = counter.house
    posted = receive(house, lent(house), 512_50)
    text = code_of(counter, posted.receipt_id)
    dialog = scan(counter, text.lower())
    assert dialog.found is not None
    assert dialog.found.verdict is Verdict.GENUINE
    for said in ("Genuine", posted.number, "₹512.50", "It was not reversed."):
        assert said in dialog.said()
    assert not unnamed(dialog)
    assert not clipped(dialog)

    dialog.found = None
    type_text(text.replace("51250INR", "91250INR"))
    key(Key.Key_Return)
    counter.qtbot.waitUntil(lambda: dialog.found is not None)
    assert "Altered" in dialog.said()

    reverse = ReverseReceipt(receipt_id=posted.receipt_id, reason="wrong borrower")
    house.run(house.manager, reverse)
    dialog.found = None
    type_text(text)
    key(Key.Key_Return)
    counter.qtbot.waitUntil(lambda: dialog.found is not None)
    assert "Genuine, but reversed" in dialog.said()
    assert "wrong borrower" in dialog.said()
    dialog.reject()


def test_another_text_is_refused_at_the_box(counter: Counter) -> None:
    dialog = asked(counter)
    type_text("upi://pay")
    key(Key.Key_Return)
    form = dialog.form
    assert form is not None
    counter.qtbot.waitUntil(lambda: "KIST1" in form.box("text").error)
    dialog.reject()
