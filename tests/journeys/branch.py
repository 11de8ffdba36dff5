"""A branch at its window: who is there, what they see, what they do by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.adapters.clock import FixedClock
from app.commands.base import Command
from app.commands.users import GrantFacts, SaveUser
from app.domain.roles import Role
from app.ports.program import Program
from app.queries.base import Query
from tests.ui.shell.acts import Key, active, dialog_of, page_of, press, sign_in, type_words
from tests.ui.shell.test_whole import FACTS
from ui.kit.dialog import Dialog
from ui.kit.printing import FOLDER
from ui.shell.doors import DoorsPage
from ui.shell.founding import FoundingPage
from ui.shell.recovery import RecoveryPage
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.workplace import Workplace

R = TypeVar("R")
S = TypeVar("S", bound=QWidget)
PASSWORD = "long-enough"
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Branch:
    """The window with whoever sits before it."""

    qtbot: QtBot
    shell: Shell
    clock: FixedClock
    folder: Path

    @property
    def program(self) -> Program:
        program = self.shell._program
        assert program is not None
        return program

    @property
    def place(self) -> Workplace:
        place = self.shell.workplace
        assert place is not None
        return place

    def found(self) -> None:
        """First run: the door, the form, the recovery code typed back."""
        press(page_of(self.qtbot, self.shell, DoorsPage), Key.Key_Return)
        page = page_of(self.qtbot, self.shell, FoundingPage)
        page.form.set_values({**FACTS, "bank_minor": 10_00_000_00})
        page.found()
        code = page_of(self.qtbot, self.shell, RecoveryPage)
        type_words(code.code)
        page_of(self.qtbot, self.shell, Workplace)
        for kind, folder in (("receipt", "papers"), ("schedule", "vouchers")):
            self.program.settings.set(f"printer.{kind}", f"{FOLDER}{self.folder / folder}")

    def hire(self, role: Role, name: str, login: str) -> None:
        """The manager adds a person with wide limits."""
        most = 10**9
        grant = GrantFacts(role=role, disburse_minor=most, reverse_minor=most)
        made = self.program.hashed(PASSWORD)
        self.run(SaveUser(full_name=name, login=login, grants=(grant,), password_hash=made))

    def run(self, command: Command[R]) -> R:
        """What is done elsewhere in the house, by whoever sits here."""
        session = self.place.station.desk.session
        assert session is not None
        return self.program.gate.run(session, command, f"house {self.clock.now()}").result

    def ask(self, query: Query[R]) -> R:
        session = self.place.station.desk.session
        assert session is not None
        return self.program.asks.ask(session, query)

    def change_to(self, login: str) -> Workplace:
        """One leaves, another signs in."""
        self.shell.sign_out()
        page_of(self.qtbot, self.shell, SignInPage)
        self.comes_to_front()
        return sign_in(self.qtbot, self.shell, login, PASSWORD)

    def go(self, kind: type[S], name: str, **params: object) -> S:
        """Open a screen and wait until it is on top."""
        self.place.router.go(name, **params)
        screen = self.place.router.current
        assert isinstance(screen, kind)
        return screen

    def on_top(self, kind: type[S]) -> S:
        """Wait until a screen of this kind is on top."""
        self.until(lambda: isinstance(self.place.router.current, kind))
        screen = self.place.router.current
        assert isinstance(screen, kind)
        return screen

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=15_000)

    def dialog(self) -> Dialog:
        return dialog_of(self.qtbot, self.shell)

    def accept(self) -> None:
        """Ctrl+A in the dialog that is open."""
        dialog = self.dialog()
        self.until(lambda: _in_front(dialog) and dialog._act.isEnabled())
        QTest.keyClick(dialog, Key.Key_A, CTRL)
        self.until(lambda: not isValid(dialog) or not dialog.isVisible())

    def comes_to_front(self) -> None:
        """The window has the keys again after a dialog went away."""
        active(self.qtbot, self.shell)
        self.until(lambda: QApplication.focusWidget() is not None)

    def print_paper(self, folder: str) -> None:
        """Ctrl+A prints the paper that is shown into the folder, Esc puts it away."""
        paper = self.dialog()
        self.until(lambda: _in_front(paper) and paper._act.isEnabled())
        QTest.keyClick(paper, Key.Key_A, CTRL)
        self.until(lambda: bool(list((self.folder / folder).glob("*.pdf"))))
        QTest.keyClick(paper, Key.Key_Escape)
        self.until(lambda: not isValid(paper) or not paper.isVisible())

    def next_day(self, days: int) -> None:
        """The manager closes the day with F2 and opens the one `days` later."""
        before = self.place.station.branch.business_on
        self._press_day_key()
        self.accept()
        self.until(lambda: not self.place.station.day_is_open)
        self.clock.go_on(timedelta(days=days))
        self.place.station.refresh()
        self.until(lambda: self.place.station.branch.today != before)
        self._press_day_key()
        self.accept()
        self.until(lambda: self.place.station.day_is_open)

    def _press_day_key(self) -> None:
        active(self.qtbot, self.shell)
        press(self.place, Key.Key_F2)


def _in_front(dialog: Dialog) -> bool:
    """Ask for the keys as long as a dialog that goes away may still take them along."""
    dialog.activateWindow()
    return dialog.isActiveWindow()
