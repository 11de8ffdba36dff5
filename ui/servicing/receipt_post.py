"""Posting one filled form once, however often Enter is pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.commands.servicing import PostReceipt, ReceiptPosted
from app.domain.errors import StoreTrouble
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
        self._key, self._unsure = "", False
        self.busy = False

    def post(self, command: PostReceipt, *, prints: bool) -> bool:
        """Post the receipt; False while another is on its way.

        Where the fate of the one before is unknown (the line was cut), that one is asked for
        first under its own key: it is answered once, however often it was sent.
        """
        if self.busy:
            return False
        self.busy = True
        before = self._command
        if before is not None and self._unsure and command != before:
            self._send(before, prints=False, then=lambda: self._begin(command, prints=prints))
        else:
            self._begin(command, prints=prints)
        return True

    def forget(self) -> None:
        """The form was cleared: what is filled in next is another receipt.

        One whose fate is unknown is kept, so that typing it again does not take the money twice.
        """
        if not self._unsure:
            self._command = None

    def _begin(self, command: PostReceipt, *, prints: bool) -> None:
        if command != self._command:
            self._command, self._key = command, self._station.desk.key()
        self._send(command, prints=prints, then=None)

    def _send(self, command: PostReceipt, *, prints: bool, then: Callable[[], None] | None) -> None:
        def done(answer: ReceiptPosted) -> None:
            self.busy, self._command, self._unsure = then is not None, None, False
            self.posted.emit(Taken(command, ToPrint(answer.receipt_id, answer.number), prints))
            if then is not None:
                then()

        self._station.desk.ask(self, command, self._key, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self.busy, self._unsure = False, isinstance(error, StoreTrouble)
        self.refused.emit(error)
