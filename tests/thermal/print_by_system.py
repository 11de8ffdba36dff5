"""Prints a receipt on a printer of the system, in a process of its own: `NAME RIGHT DOWN`."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from app.imaging import ChildPictures
from app.papers import Papers
from app.ports import Settings
from tests.papers.slips import slip
from ui.kit.printer_setup import Fine, keep_fine
from ui.kit.printing import RECEIPT, print_pdf, printers


class Kept(Settings):
    """Settings in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str, default: str = "") -> str:
        return self.kept.get(name, default)

    def set(self, name: str, value: str) -> None:
        self.kept[name] = value


def main(name: str, right: str, down: str) -> None:
    """Print it and say on which printer."""
    _application = QApplication([])
    settings, pictures = Kept(), ChildPictures()
    assert name in printers(), printers()
    settings.set("printer.receipt", name)
    keep_fine(settings, "receipt", Fine(int(right), int(down)))
    try:
        pdf = Papers().pdf(slip("ta"), "a5")
        where = print_pdf(settings, pictures, pdf, RECEIPT, "slip", size="a5")
    finally:
        pictures.close()
    sys.stdout.write(where)


if __name__ == "__main__":
    main(*sys.argv[1:])
