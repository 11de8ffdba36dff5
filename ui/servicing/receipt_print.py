"""Receipts to the printer: counted first, then drawn, and told when no paper came out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.commands.servicing import NotePrint, PrintNoted
from app.queries.servicing import ReceiptForPaper
from app.rows.papers import ReceiptPaper
from app.texts import _
from ui.kit.printing import FOLDER, RECEIPT, print_paper, printer_of, printers, size_of
from ui.kit.screen_context import Station
from ui.kit.tasks import Report, Stop

SIZES = {"a4": "A4", "a5": "A5", "80mm": "80 mm", "58mm": "58 mm"}


@dataclass(frozen=True, slots=True)
class ToPrint:
    """A receipt on its way to the printer."""

    receipt_id: int
    number: str


class ReceiptPrinter(QObject):
    """Prints receipts one copy at a time.

    A copy that was counted but never came out is printed again under its own mark, so the
    borrower's first paper is never called a duplicate.
    """

    printed = Signal(object, int)  # ToPrint, duplicate
    refused = Signal(object, object)  # ToPrint, the exception
    stands = Signal(str, str, str)  # sentence, icon, tone: whether papers can come out

    def __init__(self, station: Station, owner: QObject) -> None:
        super().__init__(owner)
        self._station = station
        self._owed: dict[int, int] = {}  # receipt to the mark of the copy that did not come out
        self._busy: set[int] = set()

    def owes(self, receipt_id: int) -> bool:
        """Whether the paper of a receipt was asked for and did not come out."""
        return receipt_id in self._owed

    def owes_any(self) -> bool:
        """Whether any paper is still to come out."""
        return bool(self._owed.keys() - self._busy)

    def print(self, what: ToPrint) -> None:
        """Print the original, or a marked duplicate of one that was printed before."""
        if what.receipt_id in self._busy:
            return
        self._busy.add(what.receipt_id)
        if what.receipt_id in self._owed:
            self._draw(what, self._owed[what.receipt_id])
            return
        desk = self._station.desk

        def noted(done: PrintNoted) -> None:
            self._owed[what.receipt_id] = done.duplicate
            self._draw(what, done.duplicate)

        desk.ask(self, NotePrint(receipt_id=what.receipt_id), desk.key(), noted, self._failed(what))

    def look(self) -> None:
        """Look whether the printer of receipts is there, off the UI thread."""
        settings, program = self._station.settings, self._station.program

        def job(_stop: Stop, _report: Report) -> tuple[str, str, bool, bool]:
            name, size = printer_of(settings, RECEIPT), size_of(settings, RECEIPT)
            there = name.startswith(FOLDER) or name in printers()
            return name, size, there, not program.unsigned_why()

        def tell(found: tuple[str, str, bool, bool]) -> None:
            name, size, there, signs = found
            if not name:
                self.stands.emit(_("No printer for receipts"), "printer", "late1")
            elif not there:
                said = _("{printer} is not there").format(printer=name)
                self.stands.emit(said, "printer", "late1")
            elif not signs:
                said = _("Receipts are printed without a signature: no safe place for its key")
                self.stands.emit(said, "seal-warning", "late1")
            elif name.startswith(FOLDER):
                self.stands.emit(_("Receipts are saved as PDF"), "printer", "ok")
            else:
                said = _("Printer ready · {size}").format(size=SIZES[size])
                self.stands.emit(said, "printer", "ok")

        self._station.desk.work(self, job, tell)

    def _draw(self, what: ToPrint, duplicate: int) -> None:
        def done(_where: str) -> None:
            self._owed.pop(what.receipt_id, None)
            self._busy.discard(what.receipt_id)
            self.printed.emit(what, duplicate)

        def draw(paper: ReceiptPaper) -> None:
            print_paper(
                self._station, self, paper, RECEIPT, done, self._failed(what), name=what.number
            )

        query = ReceiptForPaper(receipt_id=what.receipt_id, duplicate=duplicate)
        self._station.desk.read(self, query, draw, self._failed(what))

    def _failed(self, what: ToPrint) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            self._busy.discard(what.receipt_id)
            self.refused.emit(what, error)

        return failed
