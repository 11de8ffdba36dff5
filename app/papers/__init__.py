"""Papers and report files: rows in, bytes out. No Qt, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO, assert_never

from app.domain.errors import ValueRefused
from app.papers.day_sheet import day_sheet
from app.papers.fonts import Faces
from app.papers.key_facts import key_facts_a4
from app.papers.pack_pdf import write_pack_pdf
from app.papers.pack_xlsx import write_pack_xlsx
from app.papers.proof import proof_a4
from app.papers.receipt import receipt_a5
from app.papers.receipt_roll import receipt_roll
from app.papers.recovery import recovery_sheet
from app.papers.report_csv import write_csv
from app.papers.report_pdf import write_pdf
from app.papers.report_xlsx import write_xlsx
from app.papers.schedule import schedule_a4
from app.paths import resources
from app.reports import About, PackPart, Report
from app.rows.papers import (
    DaySheetPaper,
    KeyFactsPaper,
    Paper,
    ProofPaper,
    ReceiptPaper,
    RecoveryPaper,
    SchedulePaper,
)

__all__ = ["ROLL", "Papers"]

ROLL = "80mm"


class Papers:
    """Draws papers. Made once and kept: loading the fonts is what costs."""

    def __init__(self) -> None:
        self._faces = Faces(resources() / "fonts")

    def pdf(self, paper: Paper, size: str = "a4") -> bytes:
        """The paper as PDF. `size` matters to receipts alone: `80mm` is the roll, else A5."""
        match paper:
            case ReceiptPaper():
                draw = receipt_roll if size == ROLL else receipt_a5
                return draw(self._faces, paper)
            case SchedulePaper():
                return schedule_a4(self._faces, paper)
            case DaySheetPaper():
                return day_sheet(self._faces, paper)
            case RecoveryPaper():
                return recovery_sheet(self._faces, paper)
            case ProofPaper():
                return proof_a4(self._faces, paper)
            case KeyFactsPaper():
                return key_facts_a4(self._faces, paper)
            case _:
                assert_never(paper)

    def report(
        self, report: Report, form: str, rows: Iterable[object], about: About, to: BinaryIO
    ) -> int:
        """Write the rows as `xlsx`, `csv` or `pdf`, one by one; returns how many there were."""
        match form:
            case "csv":
                return write_csv(report, rows, about, to)
            case "xlsx":
                return write_xlsx(report, rows, about, to)
            case "pdf":
                return write_pdf(self._faces, report, rows, about, to)
            case _:
                raise ValueRefused(field="format", why="not-a-choice", given=form)

    def pack(
        self,
        form: str,
        title: str,
        parts: Sequence[PackPart],
        about: About,
        to: BinaryIO,
        step: Callable[[str], None],
    ) -> int:
        """Write several reports as one `xlsx` or `pdf`; `step` is told each before it is made."""
        if form == "xlsx":
            return write_pack_xlsx(title, parts, about, to, step)
        if form == "pdf":
            return write_pack_pdf(self._faces, title, parts, about, to, step)
        raise ValueRefused(field="format", why="not-a-choice", given=form)
