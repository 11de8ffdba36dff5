"""The list of loans: searched, filtered, sorted, opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.queries.servicing import ListLoans
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive
from tests.ui.places import clipped, station, unnamed
from ui.kit.router import Screen
from ui.kit.screen_context import Station
from ui.servicing.loans import LoansScreen


@pytest.fixture
def manager(qtbot: QtBot, branch: House, tmp_path: Path) -> Station:
    """The manager's station in a branch with three loans, one of them paid."""
    for amount_ in (5_000_00, 9_000_00, 7_000_00):
        loan_id = lent(branch, amount_, 10)
    next_day(branch, 14)
    receive(branch, loan_id, 7_000_00)
    return station(qtbot, branch, "manager", tmp_path)


@pytest.fixture
def screen(qtbot: QtBot, manager: Station) -> LoansScreen:
    """The list, filled."""
    made = LoansScreen(manager)
    qtbot.addWidget(made)
    made.resize(1178, 684)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.model.count == 3)
    return made


def test_the_list_shows_what_the_query_tells(screen: LoansScreen, branch: House) -> None:
    page = branch.ask(branch.manager, ListLoans())
    assert tuple(screen.model.rows()) == page.rows
    assert any(loan.dpd > 0 for loan in page.rows)
    late = next(loan for loan in page.rows if loan.dpd > 0)
    assert screen.model.cell(late, screen.model.section_of("dpd")).chip == "late1"


def test_a_search_without_a_hit_says_so(qtbot: QtBot, screen: LoansScreen) -> None:
    screen.find_box.setText("nobody at all")
    screen.find_box.edited.emit()
    qtbot.waitUntil(lambda: screen.model.count == 0)
    qtbot.waitUntil(screen.table.empty.isVisible)
    screen.find_box.setText("sunita")
    screen.find_box.edited.emit()
    qtbot.waitUntil(lambda: screen.model.count == 3)


def test_a_column_sorts_the_whole_list(qtbot: QtBot, screen: LoansScreen) -> None:
    screen.model.sort(screen.model.section_of("outstanding_minor"))
    qtbot.waitUntil(
        lambda: (
            [loan.outstanding_minor for loan in screen.model.rows()]
            == sorted(loan.outstanding_minor for loan in screen.model.rows())
        )
    )
    assert screen.model.sort_key == "outstanding_minor"


def test_the_status_narrows_the_list(qtbot: QtBot, screen: LoansScreen, branch: House) -> None:
    screen.status.set_value("closed")
    screen.status.chosen.emit("closed")
    wanted = branch.ask(branch.manager, ListLoans(status="closed")).count
    qtbot.waitUntil(lambda: screen.model.count == wanted)
    assert wanted < 3


def test_enter_opens_the_loan_and_f6_takes_its_receipt(
    screen: LoansScreen, manager: Station
) -> None:
    opened: list[tuple[str, object]] = []

    class Place(Screen):
        """A screen that remembers what it was opened on."""

        def arrive(self, **params: object) -> None:
            opened.append((self.objectName(), params["loan_id"]))

    def place(name: str) -> Screen:
        made = Place(manager.desk, manager.router)
        made.setObjectName(name)
        return made

    manager.router.register("loan", lambda: place("loan"))
    manager.router.register("counter", lambda: place("counter"))
    loan = screen.table.current()
    assert loan is not None
    screen.table.opened.emit(loan)
    screen.action_set.run("receipt")
    assert opened == [("loan", loan.loan_id), ("counter", loan.loan_id)]


def test_the_list_keeps_the_rules_of_models_and_has_names(
    qtbot: QtBot, screen: LoansScreen
) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(screen.model, mode)
    with qtbot.waitSignal(screen.model.renewed):
        screen.reload()
    assert tester.model() is screen.model
    assert isinstance(screen, QWidget)
    assert unnamed(screen) == []
    assert clipped(screen) == []
