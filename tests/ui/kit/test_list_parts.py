"""Parts of lists: columns that are chosen, widths, ticks and sums, copies, choices, kept looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.queries.base import Page, Paged, Query
from app.reports import Kind
from app.texts.spreadsheet import harmless
from tests.ui.kit.doors import SESSION, OpenGate
from ui.kit.chips import FilterChip
from ui.kit.column_chooser import ColumnChooser
from ui.kit.list_look import ListLook, look_of
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tasks import Desk

Key, Shift, Ctrl = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Owed:
    """A line with a name and an amount."""

    number: int
    name: str
    minor: int


def owed(number: int) -> Owed:
    return Owed(number, f"Name {number}", number * 100_00)


COLUMNS: list[Column[Owed]] = [
    Column(title="Name", text=lambda one: one.name, key="name", stretch=1),
    Column(
        title="Owed",
        text=lambda one: str(one.minor),
        key="owed",
        numeric=True,
        value=lambda one: one.minor,
        kind=Kind.MONEY,
        trim=True,
        total="owed",
    ),
    Column(title="No.", text=lambda one: str(one.number), key="number", shown=False),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Everybody(Paged[Page[Owed]]):
    """Two thousand lines, page by page."""

    name = "test.owed"


class Book:
    """Answers with the lines, in falling order of number where that is asked."""

    COUNT = 2000

    def ask(self, _session: object, query: Query[Page[Owed]]) -> Page[Owed]:
        assert isinstance(query, Everybody)
        numbers = list(range(self.COUNT))
        if query.sort == "-name":
            numbers.reverse()
        rows = numbers[query.offset : query.offset + query.limit]
        return Page(tuple(owed(n) for n in rows), query.offset, self.COUNT, (("owed", 7_00),))


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[Table[Owed]]:
    """A fed list, active, with its first page."""
    desk = Desk(OpenGate(), Book(), SESSION)  # type: ignore[arg-type]  # answers one question only
    table = Table(RowsModel(COLUMNS, identity=lambda one: one.number, choosing=True), "Owed")
    qtbot.addWidget(table)
    table.resize(500, 300)
    with qtbot.waitActive(table):
        table.show()
    table.feed(desk, lambda offset, sort: Everybody(offset=offset, sort=sort))
    table.reload()
    qtbot.waitUntil(lambda: table.model.at(0) is not None)
    table.setFocus()
    yield table
    desk.close()


def test_end_and_home_go_to_the_ends_of_a_long_list(qtbot: QtBot, table: Table[Owed]) -> None:
    QTest.keyClick(table.view, Key.Key_End)
    qtbot.waitUntil(lambda: table.current() == owed(1999))
    QTest.keyClick(table.view, Key.Key_Home)
    assert table.current() == owed(0)


def test_shift_ticks_a_range_and_ctrl_a_all_also_what_was_not_read(
    qtbot: QtBot, table: Table[Owed]
) -> None:
    for _ in range(3):
        QTest.keyClick(table.view, Key.Key_Down, Shift)
    assert table.model.chosen() == [owed(n) for n in range(4)]
    QTest.keyClick(table.view, Key.Key_Up, Shift)
    assert table.model.chosen() == [owed(n) for n in range(3)]
    QTest.keyClick(table.view, Key.Key_A, Ctrl)
    qtbot.waitUntil(lambda: len(table.model.chosen()) == Book.COUNT)
    assert set(table.model.chosen()) == {owed(n) for n in range(Book.COUNT)}


def test_what_is_ticked_is_added_up_in_the_total_line(table: Table[Owed]) -> None:
    table.show_totals_of(Page((), 0, 2000, (("owed", 7_00),)), "All")
    assert table.total.by_section() == {1: "All", 2: "7"}
    table.model.choose([owed(2), owed(3)])
    assert table.total.by_section() == {1: "2 chosen", 2: "500"}
    table.model.choose(())
    assert table.total.by_section() == {1: "All", 2: "7"}


def test_the_mark_finds_its_row_again_after_another_order(qtbot: QtBot, table: Table[Owed]) -> None:
    table.set_current(5)
    table.model.sort(1, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: table.model.at(0) == owed(1999))
    qtbot.waitUntil(lambda: table.view.currentIndex().row() == 1994)
    qtbot.waitUntil(lambda: table.current() == owed(5))


def test_columns_are_shown_in_the_order_chosen_and_totals_follow(table: Table[Owed]) -> None:
    table.show_total({0: "All", 1: "7"})
    table.model.arrange(["number", "owed"])
    assert [column.title for column in table.model.columns] == ["No.", "Owed"]
    assert table.total.by_section() == {1: "All", 2: "7"}
    table.model.arrange(["gone"])
    assert [column.title for column in table.model.columns] == ["Name", "Owed"]


def test_a_dragged_column_takes_its_place(qtbot: QtBot, table: Table[Owed]) -> None:
    table.view.let_columns_move(table.model.arrange)
    table.view.horizontalHeader().moveSection(2, 1)
    qtbot.waitUntil(lambda: [c.title for c in table.model.columns] == ["Owed", "Name"])
    header = table.view.horizontalHeader()
    assert [header.logicalIndex(at) for at in range(3)] == [0, 1, 2]


def test_a_width_that_was_given_stays_and_the_others_share_the_rest(table: Table[Owed]) -> None:
    table.view.pin({"owed": 200})
    assert table.view.columnWidth(2) == 200
    widths = [table.view.columnWidth(at) for at in range(3)]
    assert sum(widths) == table.view.viewport().width()
    table.view.pin({"owed": 5000})
    widths = [table.view.columnWidth(at) for at in range(3)]
    assert sum(widths) == table.view.viewport().width()


def test_a_copy_is_a_table_that_no_spreadsheet_runs(table: Table[Owed]) -> None:
    table.model.choose([Owed(1, "=1+1\t<b>", 1_234_50)])
    assert table.copy() == 1
    clipboard = QGuiApplication.clipboard().mimeData()
    assert clipboard.text() == "Name\tOwed ₹\n'=1+1 <b>\t1234.50"
    assert '<td align="left">&#x27;=1+1 &lt;b&gt;</td>' in clipboard.html()


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "  =1", "\t=1", "|x", "%x", "\uff1d1"])
def test_what_would_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text).startswith("'")
    assert harmless("plain = 1") == "plain = 1"


def test_the_chooser_moves_ticks_and_goes_back(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    taken: list[list[str]] = []
    chooser = ColumnChooser(host, COLUMNS, COLUMNS[:2], lambda ids: taken.append(list(ids)))
    chooser.model.toggle(COLUMNS[2])
    chooser.table.set_current(2)
    chooser.move_by(-1)
    chooser.decide()
    assert taken == [["name", "number", "owed"]]
    again = ColumnChooser(host, COLUMNS, COLUMNS[2:], lambda ids: taken.append(list(ids)))
    again.as_it_was()
    again.decide()
    assert taken[1] == ["name", "owed"]


def test_nothing_can_not_be_shown(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    chooser = ColumnChooser(host, COLUMNS, COLUMNS[:1], lambda _ids: None)
    chooser.model.choose(())
    assert not chooser.actions_.run("act") or not chooser._act.isEnabled()
    chooser.reject()


def test_a_look_survives_its_keeping_and_rubbish_is_no_look() -> None:
    look = ListLook(("b", "a"), {"a": 120}, "-a", {"officer": "7"})
    assert look_of(look.text()) == look
    for rubbish in ("", "{", "[]", '{"columns": 3, "widths": {"a": "x"}, "sort": 4}'):
        assert look_of(rubbish) == ListLook()


def test_a_choice_is_found_by_typing_and_taken_by_enter(qtbot: QtBot) -> None:
    chip = FilterChip("Village", [("", "all")])
    qtbot.addWidget(chip)
    with qtbot.waitActive(chip):
        chip.show()
    names = [(f"v{n}", f"Village {n}") for n in range(20)]
    chip.set_choices([("", "all"), *names], {"v7": 70})
    chip.open()
    shown = chip._list
    assert shown is not None
    assert shown.model.cell(shown.model.rows()[8], 1).text == "70"
    QTest.keyClicks(shown.typed, "village 17")
    assert [text for _value, text in shown.model.rows()] == ["Village 17"]
    with qtbot.waitSignal(chip.chosen) as chosen:
        QTest.keyClick(shown.typed, Key.Key_Return)
    assert chosen.args == ["v17"]
    assert chip.accessibleName() == "Village: Village 17"
    assert chip.narrows


def test_a_kept_choice_waits_until_it_is_among_the_choices(qtbot: QtBot) -> None:
    chip = FilterChip("Officer", [(None, "all")])
    qtbot.addWidget(chip)
    chip.restore("7")
    assert (chip.value(), chip.raw()) == (None, "7")
    chip.set_choices([(None, "all"), (7, "Ravi")])
    assert (chip.value(), chip.raw()) == (7, "7")
    chip.reset()
    assert (chip.value(), chip.raw()) == (None, "")
