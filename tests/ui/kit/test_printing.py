"""Printing: a printer that is missing or off is told, and nothing is lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.errors import PaperTrouble
from app.ports import Pictures, Settings
from ui.kit.printing import FOLDER, RECEIPT, print_pdf, printer_of, save_pdf, size_of

PDF = b"%PDF-1.7 a receipt"


class Drawer(Settings):
    """Settings in a dictionary."""

    def __init__(self, **kept: str) -> None:
        self.kept = {name.replace("_", "."): value for name, value in kept.items()}

    def get(self, name: str, default: str = "") -> str:
        return self.kept.get(name, default)

    def set(self, name: str, value: str) -> None:
        self.kept[name] = value


class NoPictures(Pictures):
    """Draws nothing: where there is no printer nothing should be drawn."""

    def pages(self, data: bytes) -> int:
        raise AssertionError

    def preview(self, data: bytes, page: int, width: int) -> bytes:
        raise AssertionError

    def close(self) -> None:
        """Nothing to end."""


def test_a_printer_that_is_a_folder_keeps_every_paper(qapp: QApplication, tmp_path: Path) -> None:
    settings = Drawer(printer_receipt=f"{FOLDER}{tmp_path / 'papers'}")
    names = [print_pdf(settings, NoPictures(), PDF, RECEIPT, "STP/26/4518") for _ in range(2)]
    assert [Path(name).name for name in names] == ["STP-26-4518.pdf", "STP-26-4518 (2).pdf"]
    assert all(Path(name).read_bytes() == PDF for name in names)


def test_a_printer_that_is_gone_is_told(qapp: QApplication) -> None:
    settings = Drawer(printer_receipt="Thermal on counter 1")
    assert printer_of(settings, RECEIPT) == "Thermal on counter 1"
    with pytest.raises(PaperTrouble) as trouble:
        print_pdf(settings, NoPictures(), PDF, RECEIPT)
    assert trouble.value.params["why"] == "printer-off"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(PaperTrouble) as trouble:
        save_pdf(tmp_path / "taken", PDF, "x")
    assert trouble.value.params["why"] == "cannot-write"


def test_a_size_that_the_paper_does_not_come_in_is_not_taken() -> None:
    assert size_of(Drawer(paper_receipt="80mm"), RECEIPT) == "80mm"
    assert size_of(Drawer(paper_receipt="poster"), RECEIPT) == "a5"
