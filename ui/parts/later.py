"""Asks a moment after the last touch, so that typing is never waited for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

AFTER_MS = 250


class Later(QObject):
    """Runs `act` once nothing has been wanted for a moment."""

    def __init__(self, owner: QObject, act: Callable[[], object], after_ms: int = AFTER_MS) -> None:
        super().__init__(owner)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after_ms)
        self._timer.timeout.connect(act)

    def want(self) -> None:
        """Want it, a moment from now; wanting it again begins the moment anew."""
        self._timer.start()

    def drop(self) -> None:
        """Do not want it any more."""
        self._timer.stop()
