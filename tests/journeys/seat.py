"""A seat at the window of a branch: keys are counted, and how long the window stood still."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, thread_time
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.services.branch import House
from tests.ui.places import HouseLauncher
from tests.ui.shell.acts import NONE, Alt, Key, active, dialogs, focused, page_of, sign_in
from ui.kit.dialog import Dialog
from ui.kit.look import Look
from ui.kit.printing import FOLDER
from ui.kit.screen_context import StationScreen
from ui.main import load_screen, load_shell
from ui.shell.opening import Loaders, Opening
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.window import Window
from ui.shell.workplace import Workplace

S = TypeVar("S", bound=StationScreen)
D = TypeVar("D", bound=Dialog)
LONG = 20_000  # ms
MANY_RECEIPTS, SAYS = "KIST_JOURNEY_RECEIPTS", "KIST_JOURNEY_SAYS"


@dataclass
class Gaps:
    """The longest stretch in which the event loop was not reached: on the wall, and of CPU."""

    wall_ms: float = 0.0
    cpu_ms: float = 0.0
    _at: float = 0.0
    _cpu_at: float = 0.0

    def start(self) -> None:
        """Measure from here on."""
        self._at, self._cpu_at = perf_counter(), thread_time()

    def tick(self) -> None:
        """The loop was reached."""
        if self._at:
            self.wall_ms = max(self.wall_ms, (perf_counter() - self._at) * 1000)
            self.cpu_ms = max(self.cpu_ms, (thread_time() - self._cpu_at) * 1000)
            self.start()

    def stop(self) -> None:
        """What comes now is not the window's own."""
        self.tick()
        self._at = 0.0


@dataclass
class Seat:
    """The window, and whoever sits before it."""

    qtbot: QtBot
    shell: Shell
    house: House
    folder: Path
    gaps: Gaps = field(default_factory=Gaps)
    keys: int = 0

    @property
    def place(self) -> Workplace:
        found = self.shell.workplace
        assert found is not None
        return found

    def sit(self, login: str) -> None:
        """Whoever is here leaves, another signs in."""
        self.gaps.stop()
        if self.shell.workplace is not None:
            self.shell.sign_out()
        page_of(self.qtbot, self.shell, SignInPage)
        active(self.qtbot, self.shell)
        self.until(lambda: QApplication.focusWidget() is not None)
        place = sign_in(self.qtbot, self.shell, login)
        assert place.station.me.login == login
        self.place.station.settings.set("printer.receipt", f"{FOLDER}{self.folder}")
        active(self.qtbot, self.shell)
        self.until(lambda: self.place.station.desk.idle)
        self.gaps.start()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        self.keys += 1
        QTest.keyClick(focused(), key, held)

    def write(self, text: str) -> None:
        """Type where the focus is."""
        for letter in text:
            self.keys += 1
            QTest.keyClicks(focused(), letter)

    def enter(self, *words: str) -> None:
        """Type words, with Enter after each."""
        for word in words:
            self.write(word)
            self.press(Key.Key_Return)

    def count(self, *pieces: str) -> None:
        """Type the pieces from the first note on, and go on to the last by Enter."""
        self.enter(*pieces, *[""] * (11 - len(pieces)))

    def go(self, kind: type[S], name: str) -> S:
        """Alt with the digit beside the place; beyond the ninth, by the palette."""
        names = self.place.rail.names()
        if name in names[:9]:
            self.press(Qt.Key(Key.Key_1 + names.index(name)), Alt)
        else:
            self.place.router.go(name)
        return self.on_top(kind)

    def on_top(self, kind: type[S]) -> S:
        """Wait until a screen of this kind is on top and has read what it shows."""
        self.until(lambda: isinstance(self.place.router.current, kind))
        screen = self.place.router.current
        assert isinstance(screen, kind)
        self.until(lambda: self.place.station.desk.idle)
        return screen

    def asked(self, kind: type[D]) -> D:
        """The dialog that is open, in front: without a window manager that is left to us."""
        found: list[D] = []

        def there() -> bool:
            found[:] = [one for one in dialogs(self.shell) if isinstance(one, kind)]
            return bool(found)

        self.until(there)
        dialog = found[-1]
        dialog.activateWindow()
        self.until(dialog.isActiveWindow)
        return dialog

    def gone(self, dialog: QDialog) -> None:
        """Wait until it is put away and the keys are the window's again."""
        self.until(lambda: not isValid(dialog) or not dialog.isVisible())
        active(self.qtbot, self.shell)
        self.until(lambda: self.place.station.desk.idle)

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=LONG)

    def say(self, *figures: str) -> None:
        """Print figures where they were asked for."""
        if os.environ.get(SAYS):
            gaps = f"window still at most {self.gaps.wall_ms:.0f} ms ({self.gaps.cpu_ms:.0f} CPU)"
            sys.stdout.write("\n  ".join(("", *figures, gaps, "")))


@contextmanager
def seated(
    qtbot: QtBot, qapp: QApplication, house: House, home: Path, paper: Path
) -> Iterator[Seat]:
    """The window on the branch, before anybody signed in."""
    loaders = Loaders(lambda: HouseLauncher(lambda: house, home), load_shell, load_screen)
    shell = Shell(qapp, Window(), Opening(home), loaders, Look())
    qtbot.addWidget(shell.window)
    shell.window.resize(1366, 768)
    with qtbot.waitActive(shell.window):
        shell.window.show()
    shell.begin()
    made = Seat(qtbot, shell, house, paper)
    timer = QTimer(shell.window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(5)
    timer.timeout.connect(made.gaps.tick)
    if os.environ.get(SAYS):
        timer.start()
    try:
        yield made
    finally:
        timer.stop()
        shell.close()


def pieces_of(minor: int) -> list[str]:
    """How many of each note and coin, the largest first."""
    out = []
    for value in (500, 200, 100, 50, 20, 10, 20, 10, 5, 2, 1):
        many, minor = divmod(minor, value * 100)
        out.append(str(many) if many else "")
    assert minor == 0
    return out
