"""The real program on real files: its own home, a keyring in memory, a clock that is put."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.adapters.clock import FixedClock
from app.adapters.passwords import Argon2Passwords
from app.adapters.vault import KeyringVault
from app.bootstrap.launching import LocalLauncher
from app.bootstrap.program import World
from tests.journeys.branch import Branch
from tests.ui.conftest import dressed as dressed
from tests.ui.conftest import look as look
from ui.kit.look import Look
from ui.main import load_screen, load_shell
from ui.shell.opening import Loaders, Opening
from ui.shell.shell import Shell
from ui.shell.window import Window

MORNING = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
LIGHT = Argon2Passwords(passes=1, memory_kib=64, lanes=1)


class Walking(FixedClock):
    """A clock that goes on by a second with every question, as work takes time."""

    def now(self) -> datetime:
        self.go_on(timedelta(seconds=1))
        return super().now()


@pytest.fixture
def branch(qtbot: QtBot, qapp: QApplication, home: Path, tmp_path: Path) -> Iterator[Branch]:
    """The program as it stands at its very first start."""
    clock = Walking(MORNING)
    world = World(clock, KeyringVault(), LIGHT, "tester")
    loaders = Loaders(lambda: LocalLauncher(home, world=world), load_shell, load_screen)
    shell = Shell(qapp, Window(), Opening(home), loaders, Look())
    qtbot.addWidget(shell.window)
    shell.window.resize(1366, 768)
    with qtbot.waitActive(shell.window):
        shell.window.show()
    shell.begin()
    yield Branch(qtbot, shell, clock, tmp_path)
    shell.close()
