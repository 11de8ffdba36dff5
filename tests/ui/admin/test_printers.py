"""Setting up the printers of a station: thermal ones at an address, stationery moved."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.thermal.sink import Sink, printed, serving
from tests.ui.places import clipped, unnamed
from ui.admin.printer_dialog import PrinterDialog
from ui.admin.printers import SET_UP, PrintersPart
from ui.kit.printer_setup import Fine, fine_of, thermal_of
from ui.kit.printing import CARD, RECEIPT
from ui.kit.screen_context import Station


@pytest.fixture
def part(qtbot: QtBot, manager: Station) -> PrintersPart:
    made = PrintersPart(manager)
    qtbot.addWidget(made)
    made.resize(980, 620)
    made.show()
    made.reload()
    qtbot.waitUntil(lambda: made.printer["receipt"].count() > 0)
    return made


def asked(qtbot: QtBot) -> PrinterDialog:
    def there() -> None:
        assert isinstance(QApplication.activeModalWidget(), PrinterDialog)

    qtbot.waitUntil(there)
    found = QApplication.activeModalWidget()
    assert isinstance(found, PrinterDialog)
    return found


def test_a_thermal_printer_is_set_up_and_prints_the_test_page(
    qtbot: QtBot, part: PrintersPart, manager: Station
) -> None:
    with serving(Sink()) as sink:
        part.printer["receipt"].set_value(SET_UP)
        part.printer["receipt"].edited.emit()
        dialog = asked(qtbot)
        assert not unnamed(dialog)
        assert not clipped(dialog)
        assert dialog.form is not None
        dialog.form.set_value("where", f"127.0.0.1:{sink.port}")
        dialog.form.set_value("drawer", "2")
        dialog.decide()
        qtbot.waitUntil(lambda: fine_of(manager.settings, "receipt") == Fine(drawer=2))
        found = thermal_of(manager.settings, "receipt", manager.settings.get("paper.receipt"))
        assert found is not None
        assert (found.millimetres, found.drawer, found.answers) == (80, 2, True)
        part.test(RECEIPT)
        qtbot.waitUntil(lambda: "Sent to 127.0.0.1" in part.banner.text(), timeout=9_000)
    out = printed(sink.job, 576)
    assert any("TEST PAGE" in text for text in out.texts)
    assert out.kicks == [0]


def test_stationery_is_moved_by_tenths_of_a_millimetre(
    qtbot: QtBot, part: PrintersPart, manager: Station
) -> None:
    part.set_up(CARD)
    dialog = asked(qtbot)
    assert dialog.form is not None
    dialog.form.set_value("right", "2.5")
    dialog.form.set_value("down", "far")
    dialog.decide()
    assert dialog.form.values() is None
    dialog.form.set_value("down", "-3")
    dialog.decide()
    qtbot.waitUntil(lambda: fine_of(manager.settings, "card") == Fine(right=25, down=-30))


def test_an_address_given_up_leaves_the_printer_as_it_was(
    qtbot: QtBot, part: PrintersPart, manager: Station
) -> None:
    part.printer["receipt"].set_value(SET_UP)
    part.printer["receipt"].edited.emit()
    asked(qtbot).reject()
    qtbot.waitUntil(lambda: part.printer["receipt"].value() == "")
    assert manager.settings.get("printer.receipt") == ""
