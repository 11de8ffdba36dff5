"""Booking a keyed meeting once, and its receipts to the printer one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.commands.servicing import MeetingTaken, TakeMeeting
from ui.kit.screen_context import Station
from ui.servicing.receipt_print import ReceiptPrinter, ToPrint


class MeetingPoster(QObject):
    """Keeps the key with what it was made for: the same rows again are the same meeting."""

    def __init__(self, station: Station, owner: QObject) -> None:
        super().__init__(owner)
        self._station = station
        self._command: TakeMeeting | None = None
        self._key = ""
        self.busy = False

    def post(
        self,
        command: TakeMeeting,
        then: Callable[[MeetingTaken], None],
        fail: Callable[[Exception], None],
    ) -> bool:
        """Book it; False while another is on its way."""
        if self.busy:
            return False
        if command != self._command:
            self._command, self._key = command, self._station.desk.key()
        self.busy = True

        def done(taken: MeetingTaken) -> None:
            self.busy, self._command = False, None
            then(taken)

        def failed(error: Exception) -> None:
            self.busy = False
            fail(error)

        self._station.desk.ask(self, command, self._key, done, failed)
        return True


class ReceiptsPrinter(QObject):
    """Prints many receipts in their order; stops at the first that does not come out."""

    finished = Signal(int)  # how many came out
    stopped = Signal(object, int)  # the exception, how many are still to come out

    def __init__(self, station: Station, owner: QObject) -> None:
        super().__init__(owner)
        self._printer = ReceiptPrinter(station, self)
        self._printer.printed.connect(lambda _what, _duplicate: self._next())
        self._printer.refused.connect(lambda _what, error: self._stop(error))
        self._line: list[ToPrint] = []
        self._out = 0

    def print(self, receipts: Sequence[ToPrint]) -> None:
        """Print these after those that are waiting."""
        idle = not self._line
        self._line += receipts
        if idle:
            self._out = 0
            self._begin()

    def go_on(self) -> None:
        """Try again from the one that did not come out."""
        self._begin()

    @property
    def waiting(self) -> int:
        """How many are still to come out."""
        return len(self._line)

    def _begin(self) -> None:
        if self._line:
            self._printer.print(self._line[0])

    def _next(self) -> None:
        self._line.pop(0)
        self._out += 1
        if self._line:
            self._begin()
        else:
            self.finished.emit(self._out)

    def _stop(self, error: Exception) -> None:
        self.stopped.emit(error, len(self._line))
