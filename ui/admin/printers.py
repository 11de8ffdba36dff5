"""Printers: which one prints which paper in which size, and a page to try it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from app.rows.papers import LenderHead, ReceiptLine, ReceiptPaper
from app.texts import _, translated
from ui.admin.part import Part
from ui.admin.printer_dialog import PrinterDialog
from ui.kit.buttons import Button
from ui.kit.card import Card
from ui.kit.inputs import Choice
from ui.kit.printer_setup import (
    ROLLS,
    THERMAL,
    Fine,
    fine_of,
    is_thermal,
    keep_fine,
    printer_words,
)
from ui.kit.printing import FOLDER, KINDS, PaperKind, print_paper, printers
from ui.kit.screen_context import Station
from ui.kit.tasks import Report, Stop
from ui.kit.text import Text, note
from ui.kit.theme import theme

USUAL, CHOOSE, SET_UP = "", "choose", "set-up"
WIDTH, SIZE_WIDTH = 760, 122
LARGE = 150  # text size in percent from which the printer needs the room of the test's words
SIZES = {"a4": "A4", "a5": "A5", "80mm": "80 mm", "58mm": "58 mm"}
Kept = dict[str, tuple[str, str]]  # paper to its printer and size
Found = tuple[tuple[str, str], ...]  # thermal printers that this PC sees: address and name
Read = tuple[tuple[str, ...], Found, Kept, dict[str, Fine]]
ONE_UNIT = 100


class PrintersPart(Part):
    """A line for each paper. A choice is kept at once."""

    def __init__(self, station: Station) -> None:
        said = _("Each paper has its printer. A folder saves the paper as a PDF instead.")
        super().__init__(station, _("Printers"), said)
        self._names: tuple[str, ...] = ()
        self._found: Found = ()
        self._kept: Kept = {}
        self._fine: dict[str, Fine] = {}
        self.printer: dict[str, Choice] = {}
        self.sizes: dict[str, Choice] = {}
        self._lay_out()

    def reload(self) -> None:
        """Ask the system for its printers, which may take a while, off the UI thread."""
        settings, thermal = self.station.settings, self.station.thermal

        def job(_stop: Stop, _report: Report) -> Read:
            names = [kind.name for kind in KINDS]
            kept = {
                name: (settings.get(f"printer.{name}"), settings.get(f"paper.{name}"))
                for name in names
            }
            fine = {name: fine_of(settings, name) for name in names}
            return printers(), thermal.found(), kept, fine

        self.desk.work(self, job, self._take, self.failed)

    def test(self, kind: PaperKind) -> None:
        """Print a page that is marked as a test."""
        self.banner.clear()
        paper = test_page(self.station)
        print_paper(self.station, self, paper, kind, self._printed, self.failed, name="test")

    def _printed(self, where: str) -> None:
        self.banner.say(_("Sent to {printer}").format(printer=where), "ok")

    def set_up(self, kind: PaperKind, printer: str = "") -> None:
        """Ask where a thermal printer is, or by how much stationery is moved."""
        kept = self._kept[kind.name][0]
        shown = PrinterDialog(self, kind, printer or kept, self._fine[kind.name])
        shown.chosen.connect(lambda name, fine: self._set_up(kind, name, fine))
        shown.rejected.connect(lambda: self._fill(kind))
        shown.open()

    def _set_up(self, kind: PaperKind, printer: str, fine: Fine) -> None:
        self._fine[kind.name] = fine
        size = self._kept[kind.name][1]
        if is_thermal(printer) and size not in ROLLS:
            size = ROLLS[0]
        self.keep(kind, printer, size)

    def _take(self, found: Read) -> None:
        self._names, self._found, self._kept, self._fine = found
        for kind in KINDS:
            self._fill(kind)
        if not self._names:
            said = _("No printer is set up on this PC. Papers can be saved as PDF into a folder.")
            self.banner.say(said, "info")

    def _fill(self, kind: PaperKind) -> None:
        chosen, size = self._kept[kind.name]
        choices = [(USUAL, _("Usual printer"))]
        choices += [(name, name) for name in self._names]
        if kind.thermal:
            choices += self._thermal(chosen)
        if chosen.startswith(FOLDER):
            choices.append((chosen, _("PDF into {folder}").format(folder=chosen[len(FOLDER) :])))
        elif chosen and chosen not in self._names and not is_thermal(chosen):
            choices.append((chosen, _("{printer}, not there now").format(printer=chosen)))
        if not kind.secret:
            choices.append((CHOOSE, _("PDF into a folder")))
        self.printer[kind.name].set_choices(choices)
        self.printer[kind.name].set_value(chosen)
        usual = kind.sizes[0] if len(kind.sizes) == 1 else USUAL
        self.sizes[kind.name].set_value(size if size in kind.sizes else usual)

    def _thermal(self, chosen: str) -> list[tuple[str, str]]:
        """The thermal printers to choose from: those seen, the one set up, another."""
        seen = {f"{THERMAL}{address}": name for address, name in self._found}
        if is_thermal(chosen):
            seen.setdefault(chosen, printer_words(chosen))
        said = _("{printer}, thermal")
        named = [(printer, said.format(printer=name)) for printer, name in seen.items()]
        return [*named, (SET_UP, _("Thermal printer at an address"))]

    def _on_printer(self, kind: PaperKind) -> None:
        chosen = cast(str, self.printer[kind.name].value())
        if chosen == SET_UP:
            self.set_up(kind, f"{THERMAL}net:")
            return
        if is_thermal(chosen):
            self._set_up(kind, chosen, self._fine[kind.name])
            return
        if chosen == CHOOSE:
            folder = QFileDialog.getExistingDirectory(self, _("Folder for PDF files"))
            chosen = FOLDER + folder if folder else self._kept[kind.name][0]
        self.keep(kind, chosen, self._kept[kind.name][1])

    def _on_size(self, kind: PaperKind) -> None:
        self.keep(kind, self._kept[kind.name][0], cast(str, self.sizes[kind.name].value()))

    def keep(self, kind: PaperKind, printer: str, size: str) -> None:
        """Keep the printer and the size of a paper."""
        self._kept[kind.name] = (printer, size)
        self._fill(kind)
        settings, fine = self.station.settings, self._fine[kind.name]

        def job(_stop: Stop, _report: Report) -> None:
            settings.set(f"printer.{kind.name}", printer)
            settings.set(f"paper.{kind.name}", size)
            keep_fine(settings, kind.name, fine)

        said = _("Kept for this PC")
        self.desk.work(self, job, lambda _none: self.stated.emit(said, "check", "ok"), self.failed)

    def _lay_out(self) -> None:
        card = Card()
        card.setMaximumWidth(theme().px(WIDTH))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().space(12))
        grid.setVerticalSpacing(theme().space(10))
        for column, head in enumerate((_("Paper"), _("Printer"), _("Size"))):
            grid.addWidget(note(head), 0, column)
        for line, kind in enumerate(KINDS, start=1):
            for column, part in enumerate(self._line(kind)):
                grid.addWidget(part, line, column)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        self.add_scrolled(card)

    def _line(self, kind: PaperKind) -> tuple[QWidget, ...]:
        """Name, printer, size and buttons of a kind of paper."""
        word = translated(kind.title)
        printer, size = Choice(), Choice(_sizes_of(kind))
        printer.setAccessibleName(_("Printer for {paper}").format(paper=word))
        size.setAccessibleName(_("Size of {paper}").format(paper=word))
        size.setEnabled(len(kind.sizes) > 1)
        size.setFixedWidth(theme().px(SIZE_WIDTH))
        printer.edited.connect(_calls(self._on_printer, kind))
        size.edited.connect(_calls(self._on_size, kind))
        self.printer[kind.name], self.sizes[kind.name] = printer, size
        sets = Button("", _calls(self.set_up, kind), icon="sliders-horizontal")
        sets.setAccessibleName(_("Set up the printer for {paper}").format(paper=word))
        sets.setToolTip(_("Set up the printer"))
        wide = theme().scale < LARGE
        words = _("Test page") if wide else ""
        test = Button(words, _calls(self.test, kind), icon="" if wide else "printer")
        test.setToolTip("" if wide else _("Test page"))
        test.setAccessibleName(_("Test page for {paper}").format(paper=word))
        return Text(word), printer, size, sets, test


def test_page(station: Station) -> ReceiptPaper:
    """A receipt that nobody could take for a real one."""
    branch = station.branch
    word = _("TEST PAGE")
    return ReceiptPaper(
        lender=LenderHead(
            name=branch.lender,
            registration="",
            address="",
            branch=branch.name,
            grievance_name="",
            grievance_phone="",
        ),
        number=word,
        received_at=station.local(station.clock.now()),
        borrower=word,
        member_number="",
        loan_number=word,
        centre="",
        currency=branch.currency,
        amount_minor=ONE_UNIT,
        lines=(ReceiptLine(word, None, ONE_UNIT),),
        mode="cash",
        reference="",
        outstanding_after_minor=0,
        next_due_on=None,
        next_due_minor=0,
        collector=station.me.full_name,
    )


def _sizes_of(kind: PaperKind) -> list[tuple[str, str]]:
    """The sizes of a kind; where there are several, first the one set for the whole branch."""
    sizes = [(size, SIZES[size]) for size in kind.sizes]
    return [(USUAL, _("Usual size")), *sizes] if len(sizes) > 1 else sizes


def _calls(run: Callable[[PaperKind], object], kind: PaperKind) -> Callable[[], None]:
    def called() -> None:
        run(kind)

    return called
