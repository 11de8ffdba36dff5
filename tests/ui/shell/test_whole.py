"""First run and next start with the real launcher: encrypted files, keys, a vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.adapters.clock import SystemClock
from app.adapters.passwords import Argon2Passwords
from app.adapters.vault import KeyringVault
from app.bootstrap.launching import LocalLauncher
from app.bootstrap.program import World
from tests.memory_keyring import MemoryKeyring
from tests.ui.shell.acts import Alt, Key, active, dialog_of, page_of, press, sign_in, type_words
from ui.kit.look import Look
from ui.main import load_screen, load_shell
from ui.shell.doors import DoorsPage
from ui.shell.founding import FoundingPage
from ui.shell.opening import Loaders, Opening
from ui.shell.recovery import RecoveryPage
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.trouble import TroublePage, UnlockPage
from ui.shell.window import Window
from ui.shell.workplace import Workplace

QUICK = Argon2Passwords(passes=1, memory_kib=64, lanes=1)
FACTS = {
    "lender_name": "Gomti Sahayog Finance",
    "branch_name": "Sitapur",
    "branch_code": "STP",
    "user_name": "Meena Khanna",
    "login": "meena",
    "password": "long-enough",
    "again": "long-enough",
    "cash_minor": 50_000_00,
}
Start = Callable[..., Shell]


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, home: Path) -> Iterator[Start]:
    """Starts the program on a folder, as `kist` does, with quick password hashes."""
    made: list[Shell] = []

    def run(folder: Path = home) -> Shell:
        world = World(SystemClock(), KeyringVault(), QUICK, "tester")
        loaders = Loaders(lambda: LocalLauncher(folder, world=world), load_shell, load_screen)
        shell = Shell(qapp, Window(), Opening(folder), loaders, Look())
        made.append(shell)
        qtbot.addWidget(shell.window)
        with qtbot.waitActive(shell.window):
            shell.window.show()
        shell.begin()
        return shell

    yield run
    for shell in made:
        shell.close()


def found(qtbot: QtBot, shell: Shell) -> str:
    """Found a branch and type its code back; returns the code."""
    press(page_of(qtbot, shell, DoorsPage), Key.Key_Return)
    page = page_of(qtbot, shell, FoundingPage)
    page.form.set_values(FACTS)
    page.found()
    code = page_of(qtbot, shell, RecoveryPage)
    typed = code.code
    type_words(typed)
    page_of(qtbot, shell, Workplace)
    return typed


def test_a_founded_branch_is_there_at_the_next_start(qtbot: QtBot, start: Start) -> None:
    first = start()
    found(qtbot, first)
    first.close()
    place = sign_in(qtbot, start(), "meena", "long-enough")
    assert place.station.branch.name == "Sitapur"
    assert place.station.branch.recovery_confirmed
    assert place.station.day_is_open


def test_a_branch_in_use_is_not_opened_twice(qtbot: QtBot, start: Start) -> None:
    found(qtbot, start())
    page_of(qtbot, start(), TroublePage)


def test_without_its_key_the_recovery_code_opens_and_admits_again(
    qtbot: QtBot, start: Start
) -> None:
    first = start()
    code = found(qtbot, first)
    first.close()
    backend = keyring.get_keyring()
    assert isinstance(backend, MemoryKeyring)
    backend.secrets.clear()
    second = start()
    page_of(qtbot, second, UnlockPage)
    type_words(code)
    page_of(qtbot, second, SignInPage)
    second.close()
    page_of(qtbot, start(), SignInPage)


def test_a_backup_is_made_in_settings_and_restored_at_the_first_run(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    first = start()
    code = found(qtbot, first)
    assert first.workplace is not None
    first.workplace.router.go("settings", part="backup")
    press(first.window, Key.Key_B, Alt)
    type_words(str(tmp_path / "backups"))
    qtbot.waitUntil(lambda: bool(list((tmp_path / "backups").glob("kist-*"))), timeout=20_000)
    qtbot.waitUntil(lambda: "verified" in first.toast.text(), timeout=20_000)
    first.close()
    file = next((tmp_path / "backups").glob("kist-*"))
    second = start(tmp_path / "elsewhere")
    doors = page_of(qtbot, second, DoorsPage)
    active(qtbot, second)
    press(doors, Key.Key_R, Alt)
    dialog = dialog_of(qtbot, second)
    assert dialog.form is not None
    dialog.form.set_values({"file": str(file), "recovery_code": code})
    dialog.decide()
    place = sign_in(qtbot, second, "meena", "long-enough")
    assert place.station.branch.name == "Sitapur"
