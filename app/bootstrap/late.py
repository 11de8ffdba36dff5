"""Loads what costs time only when it is first used: papers, decision tables, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO

from app import reports
from app.paths import resources
from app.ports import Decider, Papers, Pictures, Thermal, ThermalPrinter
from app.rows.journal_papers import TallyBooks
from app.rows.messages import GatewayFacts, MailFacts, OutMessage, SendOutcome
from app.rows.papers import Paper, ReceiptPaper


class LatePapers:
    """The papers room, with its PDF library, loaded at the first paper."""

    def __init__(
        self,
        signed: Callable[[ReceiptPaper], ReceiptPaper] | None = None,
        pictures: Callable[[str], bytes] | None = None,
    ) -> None:
        """`signed` puts the code on a receipt; `pictures` finds a logo by its hash."""
        self._papers: Papers | None = None
        self._signed, self._pictures = signed, pictures

    def load(self) -> Papers:
        """The room itself; call it early on a worker so that the first receipt is quick."""
        if self._papers is None:
            from app.papers import Papers as Room

            self._papers = Room(self._pictures)
        return self._papers

    def pdf(self, paper: Paper, size: str = "a4") -> bytes:
        """The PDF of a paper; a receipt is signed by its station."""
        if isinstance(paper, ReceiptPaper) and self._signed is not None:
            paper = self._signed(paper)
        return self.load().pdf(paper, size)

    def report(
        self,
        report: reports.Report,
        form: str,
        rows: Iterable[object],
        about: reports.About,
        to: BinaryIO,
    ) -> int:
        """Write a declared report; returns the number of rows."""
        return self.load().report(report, form, rows, about, to)

    def tally(self, books: TallyBooks, to: BinaryIO) -> int:
        """Write the books for Tally; returns the number of vouchers."""
        return self.load().tally(books, to)

    def pack(
        self,
        form: str,
        title: str,
        parts: Sequence[reports.PackPart],
        about: reports.About,
        to: BinaryIO,
        step: Callable[[str], None],
    ) -> int:
        """Write several reports as one file; returns the number of rows."""
        return self.load().pack(form, title, parts, about, to, step)


class LateThermal:
    """Thermal printers, with the library that speaks to them, loaded at the first one."""

    def __init__(
        self,
        signed: Callable[[ReceiptPaper], ReceiptPaper] | None = None,
        pictures: Callable[[str], bytes] | None = None,
    ) -> None:
        """`signed` puts the code on a receipt; `pictures` finds a logo by its hash."""
        self._thermal: Thermal | None = None
        self._signed, self._pictures = signed, pictures

    def print(self, paper: Paper, printer: ThermalPrinter) -> None:
        """Print a receipt, signed by its station. Raises PaperTrouble."""
        if isinstance(paper, ReceiptPaper) and self._signed is not None:
            paper = self._signed(paper)
        self._loaded().print(paper, printer)

    def look(self, printer: ThermalPrinter) -> None:
        """Ask the printer for its state. Raises PaperTrouble."""
        self._loaded().look(printer)

    def found(self) -> tuple[tuple[str, str], ...]:
        """Thermal printers that this PC sees by itself."""
        return self._loaded().found()

    def _loaded(self) -> Thermal:
        if self._thermal is None:
            from app.adapters.thermal import ThermalLines
            from app.bootstrap.tickets import TicketPrinter
            from app.papers.thermal import Tickets

            tickets = Tickets(resources() / "fonts", self._pictures)
            self._thermal = TicketPrinter(tickets, ThermalLines())
        return self._thermal


class LateMailer:
    """The mail adapter, loaded at the first message."""

    def send(self, mail: MailFacts, password: str, message: OutMessage) -> SendOutcome:
        """Hand a message to the mail server."""
        from app.adapters.mail import SmtpMailer

        return SmtpMailer().send(mail, password, message)


class LateGateway:
    """The SMS gateway, with its HTTP library, loaded at the first message."""

    def send(self, gateway: GatewayFacts, secret: str, message: OutMessage) -> SendOutcome:
        """Hand a message to the gateway."""
        from app.adapters.sms import HttpGateway

        return HttpGateway().send(gateway, secret, message)

    def ask(self, gateway: GatewayFacts, secret: str, message: OutMessage) -> SendOutcome:
        """What the gateway knows of a message."""
        from app.adapters.sms import HttpGateway

        return HttpGateway().ask(gateway, secret, message)


class LateDecider:
    """The decision engine, loaded at the first decision."""

    def __init__(self) -> None:
        self._decider: Decider | None = None

    def decide(self, rule_set: str, on: date, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        """Run the rule set in force on the day."""
        if self._decider is None:
            from app.adapters.decider import ShippedDecider

            self._decider = ShippedDecider()
        return self._decider.decide(rule_set, on, inputs)


class LatePictures:
    """The child process that looks into pictures, started at the first one."""

    def __init__(self) -> None:
        self._pictures: Pictures | None = None

    def pages(self, data: bytes) -> int:
        """How many pages."""
        return self._loaded().pages(data)

    def preview(self, data: bytes, page: int, width: int) -> bytes:
        """One page as PNG."""
        return self._loaded().preview(data, page, width)

    def close(self) -> None:
        """End the child process, if there is one."""
        if self._pictures is not None:
            self._pictures.close()

    def _loaded(self) -> Pictures:
        if self._pictures is None:
            from app.imaging import ChildPictures

            self._pictures = ChildPictures()
        return self._pictures
