"""What was keyed of a meeting and not booked yet, kept on this station."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from ui.kit.drafts import AFTER_MS
from ui.kit.screen_context import Station
from ui.kit.tasks import Report, Stop


class MeetingDraft(QObject):
    """Writes a moment after the last change; jobs are done in the order asked."""

    kept = Signal()

    def __init__(self, station: Station, owner: QObject, text: Callable[[], str]) -> None:
        super().__init__(owner)
        self._station, self._text = station, text
        self._name = ""
        self._line: list[tuple[Callable[[], str | None], Callable[[str | None], None]]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._keep)

    def open(self, name: str, found: Callable[[str], None]) -> None:
        """Begin with the meeting called `name`; `found` gets its draft, if there is one."""
        self.flush()
        self._name = name
        drafts = self._station.drafts

        def told(text: str | None) -> None:
            if text is not None and name == self._name:
                found(text)

        self._then(lambda: drafts.find(name), told)

    def changed(self) -> None:
        """Something was keyed."""
        self._timer.start()

    def flush(self) -> None:
        """Keep it now, as when the screen is left."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def drop(self) -> None:
        """It was booked, or is not wanted."""
        self._timer.stop()
        name, drafts = self._name, self._station.drafts
        if name:
            self._then(lambda: drafts.drop(name), lambda _none: None)

    def _keep(self) -> None:
        name, text, drafts = self._name, self._text(), self._station.drafts
        if name:
            self._then(lambda: drafts.keep(name, text), lambda _none: self.kept.emit())

    def _then(self, job: Callable[[], str | None], after: Callable[[str | None], None]) -> None:
        self._line.append((job, after))
        if len(self._line) == 1:
            self._next()

    def _next(self) -> None:
        job, after = self._line[0]

        def work(_stop: Stop, _report: Report) -> str | None:
            return job()

        def done(text: str | None) -> None:
            after(text)
            self._go_on()

        # A draft that cannot be kept must not stand in the way of the work itself.
        self._station.desk.work(self, work, done, lambda _error: self._go_on())

    def _go_on(self) -> None:
        self._line.pop(0)
        if self._line:
            self._next()
