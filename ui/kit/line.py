"""How the line to a shared database is: looked at all the time, told when it changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import KistError
from app.ports.program import Line, Pulse
from ui.kit.tasks import Desk

LOOK_MS = 500  # so soon what others booked is seen
WAITS_MS = (500, 1000, 2000, 4000, 5000)  # between looks while it is cut
STEADY = 5  # a figure that differs by less than a fifth is not shown anew
NEWER = "newer"


@dataclass(frozen=True, slots=True)
class LineState:
    """What the top bar says; `waiting` counts changes without an answer while it is cut."""

    shared: bool = False
    millis: int = 0
    cut: bool = False
    waiting: int = 0
    newer: bool = False  # another PC brought the tables up to a later program


class LineWatch(QObject):
    """Asks the line twice a second; tells screens what other stations changed."""

    changed = Signal(object)  # LineState

    def __init__(self, desk: Desk, line: Line | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._line = desk, line
        self.state = LineState(shared=line is not None)
        self.looks = 0  # how often the line has answered
        self._failures, self._looking = 0, False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)
        desk.line_cut.connect(self._hurry)
        desk.waiting_changed.connect(self._count)

    def begin(self) -> None:
        """Look from now on, as long as this lives."""
        if self._line is not None:
            self._look()

    def end(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._line = None

    def _hurry(self) -> None:
        """Somebody met a cut line: look now, and say so soon."""
        if not self._looking and self._line is not None and not self.state.cut:
            self._timer.start(0)

    def _look(self) -> None:
        line = self._line
        if line is None or self._looking:
            return
        self._looking = True
        self._desk.watch(self, line.look, self._on_pulse, self._on_trouble)

    def _on_pulse(self, pulse: Pulse) -> None:
        was_cut, self._failures, self._looking = self.state.cut, 0, False
        self.looks += 1
        self._show(replace(self.state, millis=self._steady(pulse.millis), cut=False, waiting=0))
        if was_cut:
            self._desk.wake()
        if pulse.topics:
            self._desk.changed.emit(pulse.topics)
        self._timer.start(LOOK_MS)

    def _on_trouble(self, error: Exception) -> None:
        self._looking = False
        newer = isinstance(error, KistError) and error.params.get("why") == NEWER
        if newer:
            self._show(replace(self.state, cut=False, waiting=0, newer=True))
        else:
            self._show(replace(self.state, cut=True, waiting=self._desk.waiting))
        self._timer.start(WAITS_MS[min(self._failures, len(WAITS_MS) - 1)])
        self._failures += 1

    def _count(self) -> None:
        if self.state.cut:
            self._show(replace(self.state, waiting=self._desk.waiting))

    def _steady(self, millis: int) -> int:
        before = self.state.millis
        return before if abs(millis - before) * STEADY <= before else millis

    def _show(self, state: LineState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)
