"""Papers on the screen, to the printer or into a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import PaperTrouble
from tests.papers.examples import receipt, recovery
from tests.services.branch import House
from tests.ui.places import station, unnamed
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import FOLDER, RECEIPT, RECOVERY, print_paper, save_pdf
from ui.kit.screen_context import Station


@pytest.fixture
def at_work(qtbot: QtBot, make_house: Callable[[], House], tmp_path: Path) -> Station:
    """The cashier's station."""
    return station(qtbot, make_house(), "cashier", tmp_path)


def test_a_paper_is_seen_and_saved_and_an_old_file_stays(
    qtbot: QtBot, at_work: Station, tmp_path: Path
) -> None:
    window = at_work.parent()
    assert isinstance(window, QWidget)
    window.show()
    dialog = PaperDialog(window, at_work, "Receipt", receipt(), RECEIPT, "STP/1")
    dialog.open()
    qtbot.waitUntil(lambda: dialog._view.page_count == 1, timeout=20_000)
    assert unnamed(dialog) == []
    for _time in range(2):
        dialog.banner.clear()
        dialog.save_into(tmp_path / "papers")
        qtbot.waitUntil(lambda: "Saved" in dialog.banner.text())
    assert sorted(path.name for path in (tmp_path / "papers").iterdir()) == [
        "STP-1 (2).pdf",
        "STP-1.pdf",
    ]
    dialog.reject()


def test_a_printer_that_is_not_there_is_told_and_nothing_is_lost(
    qtbot: QtBot, at_work: Station
) -> None:
    at_work.settings.set("printer.receipt", "Office printer")
    failed: list[Exception] = []
    print_paper(at_work, at_work, receipt(), RECEIPT, lambda _where: None, failed.append)
    qtbot.waitUntil(lambda: failed != [], timeout=20_000)
    assert isinstance(failed[0], PaperTrouble)
    assert failed[0].params["why"] == "printer-off"


def test_the_recovery_code_is_never_saved_as_a_file(
    qtbot: QtBot, at_work: Station, tmp_path: Path
) -> None:
    at_work.settings.set("printer.recovery", FOLDER + str(tmp_path / "papers"))
    failed: list[Exception] = []
    print_paper(at_work, at_work, recovery(), RECOVERY, lambda _where: None, failed.append)
    qtbot.waitUntil(lambda: failed != [], timeout=20_000)
    assert not (tmp_path / "papers").exists()


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(PaperTrouble):
        save_pdf(tmp_path / "file", b"%PDF", "x")
