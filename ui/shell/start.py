"""Starts Qt and shows the window; ends when the window is closed."""

from __future__ import annotations

import sys

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from app.texts import use
from ui.kit.look import read_look
from ui.kit.start import dress
from ui.shell.instance import Instance
from ui.shell.opening import Loaders, Opening
from ui.shell.shell import Shell

DONE = 0


def start(opening: Opening, loaders: Loaders) -> int:
    """Run the program in a window. A second start brings the first window forward and returns 0."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Kist")
    app.setDesktopFileName("kist")
    QLocale.setDefault(QLocale.c())
    place = opening.folder / "demonstration" if opening.demonstration else opening.folder
    instance = Instance(place)
    if not instance.take():
        return DONE
    look = read_look(opening.folder)
    use(look.language)
    dress(app, look.mode, look.scale)
    shell = Shell(app, opening, loaders, look)
    shell.bugs.install()
    instance.called.connect(shell.window.forward)
    shell.start()
    ended = app.exec()
    instance.release()
    return ended
