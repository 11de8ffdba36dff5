"""Makes screens before they are opened, part by part, so that opening one does not make wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

from ui.kit.router import Router

AFTER = 2_000  # ms that the first screen has for itself
BREATH = 40  # ms between two parts: what is typed meanwhile goes first


class Ahead(QObject):
    """Makes what this person may open, in the order in which it is likely to be wanted."""

    def __init__(self, router: Router, names: Iterable[str]) -> None:
        super().__init__(router)
        self._router, self._names = router, deque(names)
        self._timer = QTimer(self, interval=BREATH)
        self._timer.timeout.connect(self._make)

    def begin(self) -> None:
        """Make them, once the first screen was looked at."""
        QTimer.singleShot(AFTER, self._timer, self._timer.start)

    def _make(self) -> None:
        if not self._names:
            self._timer.stop()
        elif not self._router.make_ahead(self._names[0]):
            self._names.popleft()
