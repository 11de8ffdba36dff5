"""Papers and report files: rows in, bytes out. No Qt, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, BinaryIO

from app.domain.errors import ValueRefused
from app.papers.books import cash_book_a4, day_book_a4
from app.papers.call_list import call_list
from app.papers.closure_quote import closure_quote_a4
from app.papers.collection_sheet import collection_sheet
from app.papers.day_sheet import day_sheet
from app.papers.fonts import Faces
from app.papers.journal_voucher import journal_voucher_a4
from app.papers.key_facts import key_facts_a4
from app.papers.letters import demand_notice, letters_together, no_dues_letter, sanction_letter
from app.papers.loan_card import loan_card
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
from app.papers.statement import statement_a4
from app.papers.tally import write_tally
from app.papers.till_slip import till_slip_a5
from app.papers.voucher import voucher_a4
from app.paths import resources
from app.reports import About, PackPart, Report
from app.rows.journal_papers import TallyBooks
from app.rows.papers import (
    CallListPaper,
    CashBookPaper,
    ClosureQuotePaper,
    CollectionSheetPaper,
    DayBookPaper,
    DaySheetPaper,
    DemandPaper,
    JournalPaper,
    KeyFactsPaper,
    LettersPaper,
    LoanCardPaper,
    NoDuesPaper,
    Paper,
    ProofPaper,
    ReceiptPaper,
    RecoveryPaper,
    SanctionPaper,
    SchedulePaper,
    StatementPaper,
    TillSlipPaper,
    VoucherPaper,
)

__all__ = ["Papers"]

ROLLS = MappingProxyType({"80mm": 80, "58mm": 58})


class Papers:
    """Draws papers. Made once and kept: loading the fonts is what costs."""

    def __init__(self, pictures: Callable[[str], bytes] | None = None) -> None:
        """`pictures` finds a lender's logo by its hash."""
        self._faces = Faces(resources() / "fonts", pictures)

    def pdf(self, paper: Paper, size: str = "a4") -> bytes:
        """The paper as PDF. Of receipts `80mm` and `58mm` are rolls, all else A5."""
        return _DRAWN[type(paper)](self._faces, paper, size)

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

    def tally(self, books: TallyBooks, to: BinaryIO) -> int:
        """Write the books as XML for Tally; returns how many vouchers there are."""
        return write_tally(books, to)

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


def _receipt(faces: Faces, paper: ReceiptPaper, size: str) -> bytes:
    if size in ROLLS:
        return receipt_roll(faces, paper, ROLLS[size])
    return receipt_a5(faces, paper)


def _of_one_size(draw: Callable[[Faces, Any], bytes]) -> Callable[[Faces, Any, str], bytes]:
    return lambda faces, paper, _size: draw(faces, paper)


# Every member of Paper; a test holds the two together.
_DRAWN: Mapping[type, Callable[[Faces, Any, str], bytes]] = MappingProxyType(
    {
        ReceiptPaper: _receipt,
        SchedulePaper: _of_one_size(schedule_a4),
        DaySheetPaper: _of_one_size(day_sheet),
        RecoveryPaper: _of_one_size(recovery_sheet),
        ProofPaper: _of_one_size(proof_a4),
        KeyFactsPaper: _of_one_size(key_facts_a4),
        ClosureQuotePaper: _of_one_size(closure_quote_a4),
        VoucherPaper: _of_one_size(voucher_a4),
        LoanCardPaper: loan_card,
        StatementPaper: _of_one_size(statement_a4),
        SanctionPaper: sanction_letter,
        DemandPaper: demand_notice,
        LettersPaper: letters_together,
        CallListPaper: _of_one_size(call_list),
        NoDuesPaper: no_dues_letter,
        DayBookPaper: _of_one_size(day_book_a4),
        CashBookPaper: _of_one_size(cash_book_a4),
        CollectionSheetPaper: _of_one_size(collection_sheet),
        TillSlipPaper: _of_one_size(till_slip_a5),
        JournalPaper: _of_one_size(journal_voucher_a4),
    }
)
