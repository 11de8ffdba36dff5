"""Today: figures first, then the work that waits, each line opening its screen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.texts import SCREEN, use
from tests.services.branch import OPENED, House
from tests.services.planted import Wish, plant
from tests.services.portfolio import worked
from tests.ui.places import Longer, clipped, station, unnamed
from ui.kit.screen_context import Station
from ui.kit.theme import Theme
from ui.kit.tokens import Mode
from ui.today.screen import TodayScreen


@pytest.fixture
def manager(qtbot: QtBot, branch: House, tmp_path: Path) -> Station:
    """The manager's station, where five loans are late."""
    worked(branch)
    return station(qtbot, branch, "manager", tmp_path)


def opened(qtbot: QtBot, at: Station) -> TodayScreen:
    """The screen with its figures."""
    screen = TodayScreen(at)
    qtbot.addWidget(screen)
    screen.resize(1178, 610)
    with qtbot.waitActive(screen):
        screen.show()
    qtbot.waitUntil(lambda: screen.view is not None)
    return screen


def test_enter_on_a_line_opens_the_screen_of_its_work(
    qtbot: QtBot, branch: House, tmp_path: Path
) -> None:
    plant(branch, Wish(OPENED - timedelta(8), 4_000_00, 4))
    at = station(qtbot, branch, "manager", tmp_path)
    screen = opened(qtbot, at)
    went: list[str] = []
    at.router.missed.connect(went.append)
    assert [line.kind for line in screen.waiting.model.rows()] == ["newly-late"]
    qtbot.waitUntil(screen.waiting.view.hasFocus)
    QTest.keyClick(screen.waiting.view, Qt.Key.Key_Return)
    assert went == ["overdue"]


def test_every_part_has_a_name(qtbot: QtBot, manager: Station) -> None:
    assert unnamed(opened(qtbot, manager)) == []


@pytest.mark.parametrize("how", ["large", "longer"])
def test_today_has_room_in_the_usual_window(
    qtbot: QtBot, qapp: QApplication, look: Theme, branch: House, tmp_path: Path, how: str
) -> None:
    worked(branch)
    if how == "large":
        look.apply(qapp, Mode.LIGHT, 150)
    else:
        SCREEN._catalogue = Longer()
    try:
        screen = opened(qtbot, station(qtbot, branch, "manager", tmp_path))
        qtbot.waitUntil(lambda: clipped(screen) == [])
        assert screen.height() == 610
    finally:
        use("en")
