"""The list of loans narrowed, kept as it was left, and written to files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.errors import PaperTrouble
from app.queries.servicing import ListLoans
from tests.services.branch import House
from tests.services.lending import lent, next_day
from tests.ui.places import clipped, station, unnamed
from ui.kit.files import put_whole
from ui.kit.screen_context import Station
from ui.kit.tasks import Stop
from ui.parts.list_filters import OFFICER, VILLAGE
from ui.servicing.loans import CLASS, STATUS, LoansScreen


@pytest.fixture
def manager(qtbot: QtBot, branch: House, tmp_path: Path) -> Station:
    """The manager's station in a branch with three loans, all late."""
    for amount_ in (5_000_00, 9_000_00, 7_000_00):
        lent(branch, amount_, 10)
    next_day(branch, 14)
    return station(qtbot, branch, "manager", tmp_path)


def opened(qtbot: QtBot, at: Station) -> LoansScreen:
    """The screen, with its list and its choices read."""
    made = LoansScreen(at)
    qtbot.addWidget(made)
    made.resize(1178, 684)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.counted.text() != "" and at.desk.idle)
    return made


def test_a_chip_narrows_the_list_and_alt_z_clears_it(
    qtbot: QtBot, manager: Station, branch: House
) -> None:
    screen = opened(qtbot, manager)
    late = branch.ask(branch.manager, ListLoans()).rows[0]
    chip = screen.listing.chips[CLASS]
    chip.set_value("npa")
    chip.chosen.emit("npa")
    wanted = branch.ask(branch.manager, ListLoans(asset_class="npa")).count
    qtbot.waitUntil(lambda: screen.model.count == wanted)
    assert "Class: NPA" in screen.listing.words()
    assert screen.listing.clear_button.isVisible()
    assert unnamed(screen) == []
    assert clipped(screen) == []
    screen.action_set.run("list-clear")
    qtbot.waitUntil(lambda: screen.model.count == 3)
    assert screen.listing.words() == "The whole list"
    assert late.loan_id in {row.loan_id for row in screen.model.rows()}


def test_a_narrowed_list_ticks_nothing_that_is_out_of_sight(qtbot: QtBot, manager: Station) -> None:
    screen = opened(qtbot, manager)
    screen.model.choose(screen.model.rows())
    screen.status.set_value("closed")
    screen.status.chosen.emit("closed")
    assert screen.model.chosen() == []


def test_esc_lets_go_of_the_ticks_and_ctrl_f_leads_to_the_search(
    qtbot: QtBot, manager: Station
) -> None:
    screen = opened(qtbot, manager)
    qtbot.waitActive(screen)
    screen.table.view.setFocus()
    screen.model.choose(screen.model.rows())
    QTest.keyClick(screen.table.view, Qt.Key.Key_Escape)
    assert screen.model.chosen() == []
    QTest.keyClick(screen.table.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(screen.find_box.hasFocus)


def test_the_list_comes_back_as_it_was_left(qtbot: QtBot, manager: Station) -> None:
    first = opened(qtbot, manager)
    village = first.model.rows()[0].village
    first.model.arrange(["borrower", "officer", "outstanding_minor"])
    first.table.view.pin({"officer": 222})
    first.model.sort(first.model.section_of("outstanding_minor"))
    first.listing.chips[VILLAGE].set_value(village)
    first.listing._keep()
    qtbot.waitUntil(lambda: manager.desk.idle)
    second = opened(qtbot, manager)
    qtbot.waitUntil(lambda: second.listing.value(VILLAGE) == village)
    assert [c.id for c in second.model.columns] == ["borrower", "officer", "outstanding_minor"]
    assert second.table.view.pinned == {"officer": 222}
    assert second.model.sort_key == "outstanding_minor"
    second.listing.as_it_was()
    assert len(second.model.columns) == 8
    assert second.model.sort_key == ""


def test_another_persons_list_is_not_changed(
    qtbot: QtBot, manager: Station, branch: House, tmp_path: Path
) -> None:
    first = opened(qtbot, manager)
    first.model.arrange(["borrower"])
    first.listing._keep()
    qtbot.waitUntil(lambda: manager.desk.idle)
    other = station(qtbot, branch, "officer", tmp_path)
    other.settings = manager.settings
    assert len(opened(qtbot, other).model.columns) == 8


def test_the_whole_list_is_written_as_it_is_shown(
    qtbot: QtBot, manager: Station, tmp_path: Path
) -> None:
    screen = opened(qtbot, manager)
    screen.model.arrange(["number", "outstanding_minor"])
    screen.model.sort_by("-outstanding_minor")
    screen.reload()
    to = tmp_path / "loans.csv"
    screen.listing.write("csv", to)
    qtbot.waitUntil(to.exists)
    lines = list(csv.reader(io.StringIO(to.read_text("utf-8-sig"))))
    assert lines[0] == ["Loan", "Outstanding"]
    figures = [float(line[1]) for line in lines[1:]]
    assert figures == sorted(figures, reverse=True) == [9000.0, 7000.0, 5000.0]
    qtbot.waitUntil(lambda: manager.desk.idle)


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_excel_and_pdf_are_made_by_the_same_writers(
    qtbot: QtBot, manager: Station, tmp_path: Path, form: str
) -> None:
    screen = opened(qtbot, manager)
    to = tmp_path / f"loans.{form}"
    screen.listing.write(form, to)
    qtbot.waitUntil(to.exists, timeout=15_000)
    head = {"xlsx": b"PK", "pdf": b"%PDF"}
    assert to.read_bytes().startswith(head[form])
    if form == "xlsx":
        with ZipFile(to) as book:
            assert b"Sunita" in book.read("xl/worksheets/sheet1.xml")
    qtbot.waitUntil(lambda: manager.desk.idle)


def test_a_file_that_was_stopped_or_failed_leaves_the_old_one(tmp_path: Path) -> None:
    to = tmp_path / "loans.csv"
    assert put_whole(lambda file: bool(file.write(b"whole")), to)

    def stopped(file: BinaryIO) -> bool:
        file.write(b"half")
        return False

    assert not put_whole(stopped, to)
    with pytest.raises(PaperTrouble):
        put_whole(lambda file: bool(file.write(b"x")), tmp_path / "no folder" / "loans.csv")
    assert [found.name for found in tmp_path.iterdir()] == ["loans.csv"]
    assert to.read_bytes() == b"whole"


def test_stopped_reading_writes_no_file(qtbot: QtBot, manager: Station, tmp_path: Path) -> None:
    screen = opened(qtbot, manager)
    pages, stop = screen.table.pages, Stop()
    assert pages is not None
    rows = pages.every()
    assert len(list(rows(stop, lambda _now: None))) == 3
    stop.now()
    assert list(rows(stop, lambda _now: None)) == []


def test_who_may_not_export_is_told_why(
    qtbot: QtBot, branch: House, manager: Station, tmp_path: Path
) -> None:
    screen = opened(qtbot, station(qtbot, branch, "officer", tmp_path))
    export = next(act for act in screen.action_set.all() if act.name == "list-xlsx")
    assert not export.enabled()
    assert "permission" in export.why


def test_the_choices_say_how_many_they_leave(qtbot: QtBot, manager: Station, branch: House) -> None:
    screen = opened(qtbot, manager)
    qtbot.waitUntil(lambda: len(screen.listing.chips[OFFICER]._choices) > 1)
    chip = screen.listing.chips[OFFICER]
    officer = chip._choices[1][0]
    assert chip._counts[officer] == 3
    assert STATUS in screen.listing.chips
