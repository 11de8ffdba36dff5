"""Papers to the printer: drawn page by page on a worker, never on the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMarginsF, QObject, QPoint, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.domain.errors import PaperTrouble
from app.ports import Papers, Pictures, Settings, Thermal
from app.rows.papers import Paper, usual_size
from app.texts import N_
from ui.kit.printer_setup import ROLLS, fine_of, is_thermal, printer_words, thermal_of
from ui.kit.tasks import Desk, Report, Stop

FOLDER = "folder:"  # a printer that is a folder: the paper is saved there as a PDF
DOTS_PER_INCH = 200
ROLL_DOTS_PER_INCH = 203  # of thermal printers
MM_PER_INCH_TENTHS = 254


class Bench(Protocol):
    """Where papers are made: a Station, or the first run before anybody has one."""

    @property
    def desk(self) -> Desk:
        """Runs the job."""
        ...

    @property
    def settings(self) -> Settings:
        """Printers and sizes of this station."""
        ...

    @property
    def papers(self) -> Papers:
        """Rows in, PDF out."""
        ...

    @property
    def pictures(self) -> Pictures:
        """PDF in, pictures of its pages out."""
        ...

    @property
    def thermal(self) -> Thermal:
        """Thermal printers that speak ESC/POS."""
        ...


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper with its own printer; `sizes` may be chosen, the first is the usual one."""

    name: str
    title: str
    sizes: tuple[str, ...]
    secret: bool = False  # on paper only: never saved as a file

    @property
    def thermal(self) -> bool:
        """Whether it fits a roll, so that a thermal printer can print it."""
        return any(size in ROLLS for size in self.sizes)


RECEIPT = PaperKind("receipt", N_("Receipts"), ("a5", "80mm", "58mm", "a4"))
SCHEDULE = PaperKind("schedule", N_("Schedules"), ("a4",))
CARD = PaperKind("card", N_("Loan cards"), ("a4", "a5"))
LETTER = PaperKind("letter", N_("Letters to borrowers"), ("a4", "a5"))
BOOK = PaperKind("book", N_("Statements and books"), ("a4",))
DAY_SHEET = PaperKind("day-sheet", N_("Day sheets"), ("a4",))
REPORT = PaperKind("report", N_("Reports"), ("a4",))
SLIP = PaperKind("slip", N_("Slips of the till"), ("a5",))
RECOVERY = PaperKind("recovery", N_("Recovery sheet"), ("a4",), secret=True)
KINDS = (RECEIPT, SCHEDULE, CARD, LETTER, BOOK, DAY_SHEET, REPORT, SLIP, RECOVERY)

SIZES_MM = {"a4": (210, 297), "a5": (148, 210), "80mm": (80, 297), "58mm": (58, 297)}


def printers() -> tuple[str, ...]:
    """The printers of this PC. May take a while: ask on a worker."""
    return tuple(QPrinterInfo.availablePrinterNames())


def size_of(settings: Settings, kind: PaperKind, paper: Paper | None = None) -> str:
    """The size that this station prints the paper in, else the lender's usual one."""
    usual = "" if paper is None else usual_size(paper, kind.name)
    for size in (settings.get(f"paper.{kind.name}"), usual):
        if size in kind.sizes:
            return size
    return kind.sizes[0]


def printer_of(settings: Settings, kind: PaperKind) -> str:
    """The printer chosen for the paper, else the usual one of this PC; empty without one."""
    chosen = settings.get(f"printer.{kind.name}")
    return chosen or QPrinterInfo.defaultPrinterName()


def print_paper(
    bench: Bench,
    owner: QObject,
    paper: Paper,
    kind: PaperKind,
    then: Callable[[str], None],
    fail: Callable[[Exception], None],
    *,
    name: str = "",
) -> None:
    """Draw the paper of app.rows.papers and print it, off the UI thread.

    `then` gets the name of the printer (or the file that was written). `name` names that file.
    Fails with PaperTrouble: no-printer, printer-off, cannot-write, and what a thermal printer
    tells: paper-out, cover-open and the like.
    """

    def job(_stop: Stop, _report: Report) -> str:
        settings = bench.settings
        size = size_of(settings, kind, paper)
        thermal = thermal_of(settings, kind.name, size)
        if thermal is not None:
            bench.thermal.print(paper, thermal)
            return printer_words(printer_of(settings, kind))
        pdf = bench.papers.pdf(paper, size)
        return print_pdf(settings, bench.pictures, pdf, kind, name, size=size)

    bench.desk.work(owner, job, then, fail)


def print_pdf(
    settings: Settings,
    pictures: Pictures,
    pdf: bytes,
    kind: PaperKind,
    name: str = "",
    *,
    size: str = "",
) -> str:
    """Print a PDF on the printer of its kind; runs on a worker. Returns where it went.

    `size` is what the PDF was drawn for, this station's size where it is left out.
    """
    printer = printer_of(settings, kind)
    if not printer or is_thermal(printer) or (kind.secret and printer.startswith(FOLDER)):
        raise PaperTrouble(why="no-printer")
    if printer.startswith(FOLDER):
        return str(save_pdf(Path(printer.removeprefix(FOLDER)), pdf, name or kind.name))
    fine = fine_of(settings, kind.name)
    offset = (fine.right, fine.down)
    _print(printer, pictures, pdf, size or size_of(settings, kind), offset)
    return printer


def save_pdf(folder: Path, pdf: bytes, name: str) -> Path:
    """Write the PDF under a free name in the folder; nothing is overwritten."""
    stem = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            path = folder / (f"{stem}.pdf" if number == 1 else f"{stem} ({number}).pdf")
            if not path.exists():
                path.write_bytes(pdf)
                return path
    except OSError:
        raise PaperTrouble(why="cannot-write") from None
    raise PaperTrouble(why="cannot-write")


def _print(
    name: str, pictures: Pictures, pdf: bytes, size: str, offset: tuple[int, int] = (0, 0)
) -> None:
    """`offset` is in tenths of a millimetre, right and down: for stationery printed before."""
    if name not in printers():
        raise PaperTrouble(why="printer-off")
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    dots = ROLL_DOTS_PER_INCH if size in ROLLS else DOTS_PER_INCH
    printer.setResolution(dots)
    printer.setFullPage(True)
    width, height = SIZES_MM[size]
    across = width * 10 * dots // MM_PER_INCH_TENTHS
    first = QImage.fromData(pictures.preview(pdf, 0, across))
    if size in ROLLS:  # a roll is cut after what is on it, not after a whole page
        height = max(1, -(-first.height() * MM_PER_INCH_TENTHS // (10 * dots)))
    page = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter)
    printer.setPageLayout(
        QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    corner = QPoint(*(tenths * dots // MM_PER_INCH_TENTHS for tenths in offset))
    painter = QPainter()
    if not painter.begin(printer):
        raise PaperTrouble(why="printer-off")
    try:
        painter.drawImage(corner, first)
        for at in range(1, pictures.pages(pdf)):
            printer.newPage()
            painter.drawImage(corner, QImage.fromData(pictures.preview(pdf, at, across)))
    finally:
        painter.end()
