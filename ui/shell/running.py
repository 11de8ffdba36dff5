"""What is put in force once the window has been seen: keys, focus, bugs, the way through it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.kit.look import Look
from ui.kit.start import attend
from ui.shell.opening import Loaders, Opening
from ui.shell.shell import Shell
from ui.shell.window import Window


def run_shell(
    app: QApplication, window: Window, opening: Opening, loaders: Loaders, look: Look
) -> Shell:
    """Lead through the window from now on. Keep what is returned."""
    attend(app)
    shell = Shell(app, window, opening, loaders, look)
    shell.bugs.install()
    shell.begin()
    return shell
