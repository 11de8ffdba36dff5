"""What waits for a second person: a line each above a screen, with a button to look at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.texts import _
from ui.kit.banner import Banner
from ui.kit.theme import theme

T = TypeVar("T")
LOOK = "Alt+L"


class AskedStrip(QWidget, Generic[T]):
    """A line for each, made of its `words`; nothing while none waits."""

    def __init__(self, words: Callable[[T], str], look: Callable[[T], object]) -> None:
        super().__init__()
        self._words, self._look = words, look
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme().space(6))
        self.asked: tuple[T, ...] = ()
        self.lines: list[Banner] = []
        self.hide()

    def show_asked(self, rows: Sequence[T]) -> None:
        """Show these, the oldest first."""
        if tuple(rows) == self.asked:
            return
        self.asked = tuple(rows)
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [self._line(at, row) for at, row in enumerate(rows)]
        for line in self.lines:
            self._rows.addWidget(line)
        self.setVisible(bool(self.lines))

    def look_first(self) -> None:
        """Open the one that waits longest."""
        if self.asked:
            self._look(self.asked[0])

    def _line(self, at: int, row: T) -> Banner:
        line, keys = Banner(), "" if at else LOOK
        words = self._words(row)
        line.say(words, "due", _("Look"), lambda: self._look(row), keeps=True, keys=keys)
        return line
