"""Collects Python's garbage on the UI thread, between events.

Python collects wherever an allocation happens to cross a threshold: on a worker thread, or inside
a paint event. A widget that only a cycle holds would then be destroyed there, and the process dies.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collector(QObject):
    """Takes collecting over from Python until `stop()`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, as Python would have done."""
        counts = gc.get_count()
        due = [at for at, most in enumerate(self._thresholds) if most and counts[at] > most]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Give collecting back to Python."""
        self._timer.stop()
        gc.enable()
