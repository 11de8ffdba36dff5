"""Posting one filled form once, however often Enter is pressed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.commands.servicing import PostReceipt, ReceiptPosted
from ui.kit.screen_context import Station
from ui.servicing.receipt_print import ToPrint


@dataclass(frozen=True, slots=True)
class Taken:
    """A receipt that is saved, and whether its paper is wanted."""

    command: PostReceipt
    receipt: ToPrint
    prints: bool


class ReceiptPoster(QObject):
    """Keeps the key with what it was made for: the same form again is the same receipt."""

    posted = Signal(object)  # Taken
    refused = Signal(object)  # the exception

    def __init__(self, station: Station, owner: QObject) -> None:
        super().__init__(owner)
        self._station = station
        self._command: PostReceipt | None = None
        self._key = ""
        self.busy = False

    def post(self, command: PostReceipt, *, prints: bool) -> bool:
        """Post the receipt; False while another is on its way."""
        if self.busy:
            return False
        if command != self._command:
            self._command, self._key = command, self._station.desk.key()
        self.busy = True

        def done(answer: ReceiptPosted) -> None:
            self.busy, self._command = False, None
            self.posted.emit(Taken(command, ToPrint(answer.receipt_id, answer.number), prints))

        self._station.desk.ask(self, command, self._key, done, self._failed)
        return True

    def forget(self) -> None:
        """The form was cleared: what is filled in next is another receipt."""
        self._command = None

    def _failed(self, error: Exception) -> None:
        self.busy = False
        self.refused.emit(error)
