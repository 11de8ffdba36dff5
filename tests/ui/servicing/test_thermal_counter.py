"""The counter with a thermal printer: paper that runs out, the same receipt once more."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.services.branch import House
from tests.services.lending import lent, next_day
from tests.thermal.sink import Sink, printed, serving
from tests.ui.servicing.counter_acts import key, opened
from ui.servicing.receipt_print import owed_of

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier


def test_a_receipt_that_ran_out_of_paper_is_printed_again_as_the_first(
    qtbot: QtBot, branch: House, tmp_path: Path
) -> None:
    loan_id = lent(branch)
    next_day(branch, 21)
    with serving(Sink(states={4: 0x60})) as sink:
        counter = opened(qtbot, branch, tmp_path)
        settings, banner = counter.screen.station.settings, counter.screen.banner
        settings.set("printer.receipt", f"thermal:net:127.0.0.1:{sink.port}")
        counter.begin(loan_id)
        key(Key.Key_Return)
        qtbot.waitUntil(lambda: "out of paper" in banner.text())
        assert sink.job == b""
        receipt_id = counter.receipts()[0].receipt_id
        qtbot.waitUntil(lambda: owed_of(settings) == {receipt_id: 0})  # over a restart too
        sink.states = {}
        key(Key.Key_P, Alt)
        qtbot.waitUntil(lambda: any("is printed" in said for said in counter.said), timeout=9_000)
        qtbot.waitUntil(lambda: owed_of(settings) == {})
    out = printed(sink.job, 576)
    assert out.cuts == 1
    assert not any("DUPLICATE" in text for text in out.texts)
    assert [row.prints for row in counter.receipts()] == [1]
