"""A window on a real branch in an encrypted file, from the first paint on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.databases import Databases
from tests.services.branch import House, founded, prepare
from tests.ui.places import HouseLauncher, named_people
from ui.kit.look import Look
from ui.main import load_screen, load_shell
from ui.shell.opening import Loaders, Opening
from ui.shell.shell import Shell
from ui.shell.window import Window

MakeShell = Callable[..., Shell]


@pytest.fixture
def make_house(databases: Databases, tmp_path: Path) -> Iterator[Callable[[], House]]:
    """Makes branches with a manager, an officer and a cashier."""
    with ExitStack() as stack:

        def make() -> House:
            engine = stack.enter_context(databases.fresh("sqlite", tmp_path, prepare, "schema"))
            house = founded(engine)
            named_people(house)
            return house

        yield make


@pytest.fixture
def launcher(make_house: Callable[[], House], home: Path) -> HouseLauncher:
    """Doors that lead to such a branch."""
    return HouseLauncher(make_house, home)


@pytest.fixture
def shell(
    qtbot: QtBot, qapp: QApplication, launcher: HouseLauncher, home: Path
) -> Iterator[Callable[[], Shell]]:
    """Starts the program on `launcher`, whose fields may be changed before."""
    made: list[Shell] = []

    def start(role: str = "", *, demonstration: bool = False) -> Shell:
        loaders = Loaders(lambda: launcher, load_shell, load_screen)
        opening = Opening(home, demonstration=demonstration, role=role)
        shell = Shell(qapp, Window(), opening, loaders, Look())
        made.append(shell)
        qtbot.addWidget(shell.window)
        with qtbot.waitActive(shell.window):
            shell.window.show()
        shell.begin()
        return shell

    yield start
    for shell in made:
        shell.close()
