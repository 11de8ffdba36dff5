"""What every program with a window puts in force once."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.kit.actions import AcceptKeys
from ui.kit.collector import Collector
from ui.kit.focus import FocusHalo
from ui.kit.theme import Theme
from ui.kit.tokens import Mode


def dress(app: QApplication, mode: Mode = Mode.LIGHT, scale: int = 100) -> Theme:
    """Give `app` the theme, the ring of the focus and Ctrl+A for accepting. Returns the theme.

    Garbage is collected between events from now on.
    """
    look = Theme()
    look.apply(app, mode, scale)
    attend(app)
    return look


def attend(app: QApplication) -> None:
    """What `dress` does beside the theme, for a program that has put on its theme already."""
    FocusHalo(app)
    AcceptKeys(app)
    Collector(app)
