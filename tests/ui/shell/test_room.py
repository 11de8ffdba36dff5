"""Room for words: 1366×768, text at 150 %, texts two fifths longer than the English ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import StoreTrouble
from app.ports.program import Standing
from app.texts import SCREEN, use
from tests.ui.places import HouseLauncher, Longer, clipped
from tests.ui.shell.acts import Key, dialog_of, page_of, press, sign_in
from ui.admin.screen import SettingsScreen
from ui.kit.theme import Theme
from ui.kit.tokens import Mode
from ui.shell.doors import DoorsPage
from ui.shell.founding import FoundingPage
from ui.shell.recovery import RecoveryPage
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.trouble import TroublePage

Start = Callable[..., Shell]
FACTS = {"lender_name": "G", "branch_name": "Sitapur", "branch_code": "STP", "user_name": "M"}
MORE = {"login": "meena", "password": "long-enough", "again": "long-enough"}


@pytest.fixture(params=["large", "longer"])
def wide(request: pytest.FixtureRequest, look: Theme, qapp: QApplication) -> Iterator[None]:
    """Text at 150 %, or longer texts at 100 %."""
    if request.param == "large":
        look.apply(qapp, Mode.LIGHT, 150)
    else:
        SCREEN._catalogue = Longer()
    yield
    use("en")


@pytest.fixture
def usual(wide: None, shell: Start, qtbot: QtBot) -> Start:
    """Starts the program in a window of the usual size."""

    def start() -> Shell:
        program = shell()
        program.window.showNormal()
        program.window.resize(1366, 768)
        return program

    return start


def test_sign_in_and_lock(qtbot: QtBot, usual: Start) -> None:
    program = usual()
    assert clipped(page_of(qtbot, program, SignInPage)) == []
    sign_in(qtbot, program)
    program.lock()
    assert clipped(page_of(qtbot, program, SignInPage)) == []


def test_doors_founding_and_code(qtbot: QtBot, usual: Start, launcher: HouseLauncher) -> None:
    launcher.stands = Standing.EMPTY
    program = usual()
    doors = page_of(qtbot, program, DoorsPage)
    assert clipped(doors) == []
    press(doors, Key.Key_Return)
    page = page_of(qtbot, program, FoundingPage)
    assert clipped(page) == []
    page.form.set_values({**FACTS, **MORE})
    page.found()
    assert clipped(page_of(qtbot, program, RecoveryPage)) == []


def test_trouble(qtbot: QtBot, usual: Start, launcher: HouseLauncher) -> None:
    launcher.opens = StoreTrouble(why="in-use")
    assert clipped(page_of(qtbot, usual(), TroublePage)) == []


@pytest.mark.parametrize("part", ["users", "products", "printers", "backup", "look"])
def test_settings(qtbot: QtBot, usual: Start, part: str) -> None:
    program = usual()
    place = sign_in(qtbot, program)
    place.router.go("settings", part=part)
    screen = place.router.current
    assert isinstance(screen, SettingsScreen)
    qtbot.waitUntil(lambda: place.rail.width() > 0)
    assert clipped(place) == []


def test_the_dialogs_of_the_window(qtbot: QtBot, usual: Start) -> None:
    program = usual()
    place = sign_in(qtbot, program)
    place.day()
    dialog = dialog_of(qtbot, program)
    assert clipped(dialog) == []
    dialog.reject()
