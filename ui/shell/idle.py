"""Notices when nobody has touched keys or mouse for some minutes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent


class Idle(QObject):
    """Counts the minutes in which nobody touched keys or mouse."""

    passed = Signal()

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.passed)
        app.installEventFilter(self)

    def watch(self, minutes: int) -> None:
        """Begin to count; 0 stops it."""
        self._timer.stop()
        self._timer.setInterval(minutes * 60_000)
        if minutes:
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # Every event of the program comes by: its class is asked first, for that is cheap.
        touched = isinstance(event, QInputEvent) and event.type() in _TOUCHES
        if touched and self._timer.isActive():
            self._timer.start()
        return False


_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
