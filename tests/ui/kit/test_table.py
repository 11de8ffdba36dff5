"""Lists: Qt's contract, pages, order by value, ticks that survive a reload, words for the blind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import StoreTrouble
from app.queries.base import Page, Paged, Query
from tests.ui.kit.doors import SESSION, OpenGate
from tests.ui.kit.parts import LATE, Late, late_table
from ui.kit.cells import Cell
from ui.kit.held import MOST_HELD
from ui.kit.table import SORT_ROLE, Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tasks import Desk
from ui.kit.theme import Theme
from ui.kit.tokens import Mode

Fatal = QAbstractItemModelTester.FailureReportingMode.Fatal


def amounts() -> list[Column[int]]:
    return [
        Column(
            title="Amount", text=lambda n: f"{n:,}", sort=lambda n: n, numeric=True, key="amount"
        ),
        Column(title="Word", text=lambda n: Cell(f"no {n}", after="x", under="y"), stretch=1),
    ]


def shown(model: RowsModel[int]) -> list[str]:
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def test_the_model_keeps_qts_contract(qtbot: QtBot) -> None:
    model = RowsModel(amounts(), choosing=True)
    QAbstractItemModelTester(model, Fatal)
    model.show([3, 1, 2])
    model.take(Page((10, 20), 0, 4))
    model.take(Page((30, 40), 2, 4))
    model.toggle(20)
    model.show([])
    assert model.rowCount() == 0


def test_order_is_by_value_not_by_text(qtbot: QtBot) -> None:
    model = RowsModel(amounts())
    model.show([900, 10_000, 20])
    model.sort(0)
    assert shown(model) == ["20", "900", "10,000"]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert shown(model) == ["10,000", "900", "20"]
    assert model.index(0, 0).data(SORT_ROLE) == 10_000


def test_a_part_of_a_list_is_ordered_by_whoever_loads_it(qtbot: QtBot) -> None:
    model = RowsModel(amounts())
    wanted: list[tuple[int, str]] = []
    model.wanted.connect(lambda offset, sort: wanted.append((offset, sort)))
    model.take(Page((3, 1), 0, 10))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert wanted == [(0, "-amount")]
    assert shown(model)[:3] == ["3", "1", "…"]


def wishes(model: RowsModel[int]) -> list[int]:
    """The offsets that the model wants from now on."""
    wanted: list[int] = []
    model.wanted.connect(lambda offset, _sort: wanted.append(offset))
    return wanted


def hundreds(offset: int, count: int = 1_000_000) -> Page[int]:
    """A page of a long list of numbers."""
    return Page(tuple(range(offset, min(count, offset + 100))), offset, count)


def test_any_page_is_wanted_once_when_it_is_looked_at(qtbot: QtBot) -> None:
    model = RowsModel(amounts())
    wanted = wishes(model)
    model.take(hundreds(0))
    assert model.rowCount() == 1_000_000
    for _ in range(3):
        model.look(999_980, 999_999)
    assert wanted == [999_900]
    assert model.index(999_990, 0).data() == "…"
    model.take(hundreds(999_900))
    assert model.index(999_990, 0).data() == "999,990"
    assert model.at(500_000) is None


def test_a_fast_scroll_wants_only_where_it_stops(qtbot: QtBot) -> None:
    model = RowsModel(amounts())
    wanted = wishes(model)
    model.take(hundreds(0))
    for place in range(0, 900_000, 100_000):
        model.look(place, place + 20)
    assert wanted[-1] == 800_000
    model.take(hundreds(700_000))
    assert wanted[-1] == 800_000


def test_far_pages_are_let_go(qtbot: QtBot) -> None:
    model = RowsModel(amounts())
    wanted = wishes(model)
    model.take(hundreds(0))
    for place in range(0, 20_000, 100):
        model.look(place, place + 20)
        while wanted:
            model.take(hundreds(wanted.pop()))
    assert len(model.rows()) <= MOST_HELD
    assert model.at(19_910) == 19_910
    assert model.at(10) is None


def test_a_list_read_again_keeps_its_place_and_follows_its_length(qtbot: QtBot) -> None:
    model = RowsModel(amounts())
    QAbstractItemModelTester(model, Fatal)
    wanted = wishes(model)
    model.take(hundreds(0))
    model.look(5_045, 5_055)
    model.take(hundreds(5_000))
    model.reload(top=False)
    assert wanted == [5_000, 5_000]
    with qtbot.assertNotEmitted(model.modelReset):
        model.take(hundreds(5_000, 999_000))
    assert model.rowCount() == 999_000
    model.reload(top=False)
    model.take(Page((), 5_000, 30))
    assert wanted[-1] == 0
    model.take(Page(tuple(range(30)), 0, 30))
    assert model.rowCount() == 30


def test_every_cell_can_be_heard(qtbot: QtBot) -> None:
    model = RowsModel(amounts())
    model.show([20])
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(role) == "Amount: 20"
    assert model.index(0, 1).data(role) == "Word: no 20, x, y"


def test_figures_stand_right_and_so_does_their_title(qtbot: QtBot) -> None:
    model = RowsModel(amounts())
    model.show([20])
    role = Qt.ItemDataRole.TextAlignmentRole
    right = Qt.AlignmentFlag.AlignRight
    assert model.index(0, 0).data(role) & right
    assert model.headerData(0, Qt.Orientation.Horizontal, role) & right
    assert not model.index(0, 1).data(role) & right


@pytest.fixture
def table(qtbot: QtBot) -> Table[Late]:
    table = late_table()
    qtbot.addWidget(table)
    table.resize(700, 300)
    with qtbot.waitActive(table):
        table.show()
    table.setFocus()
    return table


def test_the_first_row_is_current_and_stays_so_over_a_reload(table: Table[Late]) -> None:
    assert table.current() == LATE[0]
    table.set_current(2)
    table.model.show(reversed(LATE))
    assert table.current() == LATE[2]
    table.model.show(LATE[:1])
    assert table.current() == LATE[0]


def test_enter_opens_space_ticks_and_letters_go_to_the_screen(
    qtbot: QtBot, table: Table[Late]
) -> None:
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args == [LATE[0]]
    QTest.keyClick(table.view, Qt.Key.Key_Space)
    assert table.model.chosen() == [LATE[1], LATE[0]]
    QTest.keyClick(table.view, Qt.Key.Key_K)
    assert table.current() == LATE[0]


def test_ticks_survive_a_reload_and_all_can_be_ticked(table: Table[Late]) -> None:
    table.model.show(LATE[2:])
    assert table.model.chosen() == [LATE[1]]
    QTest.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.model.chosen() == list(LATE[2:])


def test_a_row_can_be_copied(table: Table[Late]) -> None:
    QTest.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert (
        QGuiApplication.clipboard()
        .text()
        .splitlines()[1]
        .startswith("Guddi Devi, गुड्डी देवी, STP-25-01755\t41")
    )


@pytest.mark.parametrize("width", [300, 420, 700, 1400])
@pytest.mark.parametrize("scale", [100, 150, 200])
def test_columns_always_fit_the_width(
    qapp: QApplication, look: Theme, table: Table[Late], width: int, scale: int
) -> None:
    look.apply(qapp, Mode.LIGHT, scale)
    table.resize(width * scale // 100, 300)
    table.view.fit()
    view = table.view
    widths = [view.columnWidth(at) for at in range(5) if not view.isColumnHidden(at)]
    assert sum(widths) == view.viewport().width()
    assert not view.isColumnHidden(1)


def test_an_empty_list_says_so(table: Table[Late]) -> None:
    table.model.show([])
    assert table.empty.isVisible()
    assert table.current() is None
    table.model.show(LATE)
    assert not table.empty.isVisible()


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers(Paged[Page[int]]):
    """Numbers, page by page."""

    name = "test.numbers"


class Counting:
    """Answers with a thousand numbers, 100 at a time, or with the trouble it was given."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, bool]] = []  # offset, and whether to count
        self.trouble: Exception | None = None

    def ask(self, _session: object, query: Query[Page[int]]) -> Page[int]:
        assert isinstance(query, Numbers)
        self.asked.append((query.offset, query.counted))
        if self.trouble is not None:
            raise self.trouble
        rows = range(query.offset, min(1000, query.offset + 100))
        return Page(tuple(rows), query.offset, 1000)


@pytest.fixture
def asks() -> Counting:
    return Counting()


@pytest.fixture
def desk(asks: Counting) -> Iterator[Desk]:
    desk = Desk(OpenGate(), asks, SESSION)  # type: ignore[arg-type]  # answers one question only
    yield desk
    desk.close()


def test_a_long_list_loads_as_it_is_scrolled(qtbot: QtBot, desk: Desk, asks: Counting) -> None:
    model = RowsModel(amounts())
    table = Table(model, "Numbers")
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    table.feed(desk, lambda offset, sort: Numbers(offset=offset, sort=sort))
    table.reload()
    qtbot.waitUntil(lambda: model.rowCount() == 1000)
    table.view.scrollToBottom()
    qtbot.waitUntil(lambda: model.at(999) == 999)
    assert model.at(500) is None
    assert asks.asked == [(0, False), (0, True), (900, False)]


def test_a_page_that_could_not_be_read_is_told_and_may_be_wanted_again(
    qtbot: QtBot, desk: Desk, asks: Counting
) -> None:
    model = RowsModel(amounts())
    table = Table(model, "Numbers")
    qtbot.addWidget(table)
    failed: list[Exception] = []
    table.feed(desk, lambda offset, sort: Numbers(offset=offset, sort=sort), failed.append)
    asks.trouble = StoreTrouble(why="locked")
    table.reload()
    qtbot.waitUntil(lambda: failed == [asks.trouble])
    asks.trouble = None
    table.reload()
    qtbot.waitUntil(lambda: model.rowCount() == 1000)
