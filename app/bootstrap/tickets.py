"""Receipts to a thermal printer: made by the papers, taken there by the adapters."""

from __future__ import annotations

from app.adapters.thermal import ThermalLines
from app.papers.thermal import Tickets
from app.ports import ThermalPrinter
from app.rows.papers import Paper


class TicketPrinter:
    """The Thermal port."""

    def __init__(self, tickets: Tickets, lines: ThermalLines) -> None:
        self._tickets, self._lines = tickets, lines

    def print(self, paper: Paper, printer: ThermalPrinter) -> None:
        """Print a receipt; returns when it has come out, as far as the printer tells."""
        job = self._tickets.bytes_of(paper, printer.millimetres, drawer=printer.drawer)
        self._lines.send(printer.address, job, answers=printer.answers)

    def look(self, printer: ThermalPrinter) -> None:
        """Ask a printer that answers for its state."""
        if printer.answers:
            self._lines.look(printer.address)

    def found(self) -> tuple[tuple[str, str], ...]:
        """Thermal printers that this PC sees by itself."""
        return self._lines.found()
