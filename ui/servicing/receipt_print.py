"""Receipts to the printer: counted first, then drawn, and told when no paper came out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.commands.servicing import NotePrint, PrintNoted
from app.domain.errors import PaperTrouble
from app.ports import Settings
from app.queries.servicing import ReceiptForPaper
from app.rows.papers import ReceiptPaper
from app.texts import N_, _, translated
from ui.kit.printer_setup import thermal_of
from ui.kit.printing import FOLDER, RECEIPT, print_paper, printer_of, printers, size_of
from ui.kit.screen_context import Station
from ui.kit.tasks import Report, Stop

_TROUBLE = N_("The printer of receipts does not answer")
_TROUBLES = {  # in few words, for the line that says how the counter stands
    "paper-out": N_("The printer is out of paper"),
    "cover-open": N_("The printer's cover is open"),
    "printer-stopped": N_("The printer has stopped"),
}
OWED = "receipts.unprinted"  # the setting of this station
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
        station.desk.glance(self, lambda: owed_of(station.settings), self._owed.update)
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
            self._keep()
            self._draw(what, done.duplicate)

        desk.ask(self, NotePrint(receipt_id=what.receipt_id), desk.key(), noted, self._failed(what))

    def look(self) -> None:
        """Look whether the printer of receipts is there, off the UI thread."""
        station = self._station

        def job(_stop: Stop, _report: Report) -> tuple[str, str, str]:
            return _standing(station)

        def tell(standing: tuple[str, str, str]) -> None:
            self.stands.emit(*standing)

        def troubled(error: Exception) -> None:
            why = error.params.get("why") if isinstance(error, PaperTrouble) else ""
            self.stands.emit(translated(_TROUBLES.get(str(why), _TROUBLE)), "printer", "late1")

        station.desk.work(self, job, tell, troubled)

    def _draw(self, what: ToPrint, duplicate: int) -> None:
        def done(_where: str) -> None:
            self._owed.pop(what.receipt_id, None)
            self._keep()
            self._busy.discard(what.receipt_id)
            self.printed.emit(what, duplicate)

        def draw(paper: ReceiptPaper) -> None:
            print_paper(
                self._station, self, paper, RECEIPT, done, self._failed(what), name=what.number
            )

        query = ReceiptForPaper(receipt_id=what.receipt_id, duplicate=duplicate)
        self._station.desk.read(self, query, draw, self._failed(what))

    def _keep(self) -> None:
        """Remember what has not come out: a restart must not make a duplicate of it."""
        settings, text = self._station.settings, _written(self._owed)
        self._station.desk.glance(self, lambda: settings.set(OWED, text), lambda _none: None)

    def _failed(self, what: ToPrint) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            self._busy.discard(what.receipt_id)
            self.refused.emit(what, error)

        return failed


def _standing(station: Station) -> tuple[str, str, str]:
    """How the printer of receipts stands: sentence, icon, tone. Raises PaperTrouble."""
    name, size = printer_of(station.settings, RECEIPT), size_of(station.settings, RECEIPT)
    thermal = thermal_of(station.settings, RECEIPT.name, size)
    if thermal is not None:
        station.thermal.look(thermal)
        size = f"{thermal.millimetres}mm"
    elif not name:
        return _("No printer for receipts"), "printer", "late1"
    elif not name.startswith(FOLDER) and name not in printers():
        return _("{printer} is not there").format(printer=name), "printer", "late1"
    if station.program.unsigned_why():
        said = _("Receipts are printed without a signature: no safe place for its key")
        return said, "seal-warning", "late1"
    if name.startswith(FOLDER):
        return _("Receipts are saved as PDF"), "printer", "ok"
    return _("Printer ready · {size}").format(size=SIZES[size]), "printer", "ok"


def owed_of(settings: Settings) -> dict[int, int]:
    """Receipts that were asked for on this station and did not come out, with their marks."""
    pairs = (pair.partition(":") for pair in settings.get(OWED).split())
    return {int(one): int(mark) for one, _colon, mark in pairs if (one + mark).isdecimal()}


def _written(owed: Mapping[int, int]) -> str:
    return " ".join(f"{one}:{mark}" for one, mark in sorted(owed.items()))
