"""Starts Qt, shows the window and only then loads the rest; ends when the window is closed."""

from __future__ import annotations

import sys

from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QApplication

from app.texts import use
from ui.kit.look import read_look
from ui.kit.theme import Theme
from ui.shell.instance import Instance
from ui.shell.opening import Loaders, Opening
from ui.shell.window import OpeningPage, Window

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
    theme = Theme()
    theme.apply(app, look.mode, look.scale)
    window, page = Window(), OpeningPage()
    instance.called.connect(window.forward)
    kept: list[QObject] = [theme]
    page.painted.connect(lambda: kept.append(loaders.shell(app, window, opening, loaders, look)))
    window.show_page(page)
    window.show()
    ended = app.exec()
    instance.release()
    return ended
