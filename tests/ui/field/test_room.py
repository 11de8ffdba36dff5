"""Room for words on Overdue: text at 150 %, or texts two fifths longer than the English ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.texts import SCREEN, use
from tests.services.branch import House
from tests.services.portfolio import worked
from tests.ui.places import Longer, clipped, station
from ui.field.overdue import OverdueScreen
from ui.kit.theme import Theme
from ui.kit.tokens import Mode


@pytest.fixture(params=["large", "longer"])
def wide(request: pytest.FixtureRequest, look: Theme, qapp: QApplication) -> Iterator[None]:
    """Text at 150 %, or longer texts at 100 %."""
    if request.param == "large":
        look.apply(qapp, Mode.LIGHT, 150)
    else:
        SCREEN._catalogue = Longer()
    yield
    use("en")


def test_overdue_has_room_in_the_usual_window(
    qtbot: QtBot, branch: House, wide: None, tmp_path: Path
) -> None:
    worked(branch)
    screen = OverdueScreen(station(qtbot, branch, "manager", tmp_path))
    qtbot.addWidget(screen)
    screen.resize(1178, 610)
    screen.show()
    screen.reload()
    qtbot.waitUntil(lambda: screen.model.count > 0 and bool(screen.count.text()))
    qtbot.waitUntil(lambda: bool(screen.head.rate.toolTip()))
    qtbot.waitUntil(lambda: clipped(screen) == [])
    assert screen.height() == 610
