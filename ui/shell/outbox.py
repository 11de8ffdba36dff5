"""Sends what waits in the outbox every minute, as long as somebody is signed in."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.commands.base import Topic
from app.ports.outbox import OutboxDone
from ui.kit.screen_context import Station
from ui.kit.tasks import Report, Stop

LOOK_EVERY_MS = 60 * 1000


class OutboxKeeper(QObject):
    """A turn of the outbox each minute; a cut line is met again at the next one."""

    def __init__(self, station: Station, parent: QObject) -> None:
        super().__init__(parent)
        self._station, self._busy = station, False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Send what may leave now, unless a turn is still going on."""
        if self._busy:
            return
        outbox = self._station.program.outbox

        def job(stop: Stop, _report: Report) -> OutboxDone:
            return outbox.turn(stop)

        self._busy = True
        self._station.desk.work(self, job, self._done, self._failed)

    def _done(self, done: OutboxDone) -> None:
        self._busy = False
        if done.moved:
            self._station.desk.changed.emit(frozenset({Topic.MESSAGE}))

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._station.desk.trouble.emit(error)
