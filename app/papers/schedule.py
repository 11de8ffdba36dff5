"""The repayment schedule on A4: what falls due, when, and how it splits."""

from __future__ import annotations

from app.papers.counted import counted_a4
from app.papers.fonts import Faces
from app.papers.parts import facts, grievance, lender_head, page_of, title_block
from app.papers.qr import qr
from app.papers.sheet import MM, SMALL_SOFT, Sheet, leading
from app.papers.table import Table, columns
from app.rows.papers import ScheduleLine, SchedulePaper
from app.texts import Language
from app.texts.figures import amount, day, sign_of
from app.texts.labels import named
from app.texts.words import amount_in_words

EDGE = 15 * MM
_FOOT = 22 * MM
_ROW = 15.5


def schedule_a4(faces: Faces, paper: SchedulePaper) -> bytes:
    """The schedule as PDF."""
    title = f"{paper.loan_number} {paper.borrower}"
    return counted_a4(faces, title, lambda sheet, pages: _Schedule(sheet, paper, pages))


class _Schedule:
    """One schedule on its way down the pages."""

    def __init__(self, sheet: Sheet, paper: SchedulePaper, pages: int) -> None:
        self.sheet, self.paper, self.pages = sheet, paper, pages
        self.language = Language(paper.language)
        self.right = sheet.width - EDGE
        self.paid = any(line.paid_minor for line in paper.lines)
        self.charged = any(line.charge_minor for line in paper.lines)

    def draw(self) -> None:
        """Draw all pages."""
        y = self._facts(self._head())
        table = self._table()
        table.turn = self._turn
        table.head(y)
        for line in self.paper.lines:
            table.add(self._texts(line))
        table.total(self._totals())
        self._end(table.y)
        self._foot()

    def _head(self) -> float:
        paper, sheet, _ = self.paper, self.sheet, self.language.gettext
        left = lender_head(sheet, paper.lender, EDGE, sheet.width * 0.55 - EDGE)
        under = [_("Printed on {day}").format(day=day(paper.printed_on, self.language))]
        title = _("Repayment schedule")
        right = title_block(sheet, title, paper.loan_number, EDGE, under=under)
        y = max(left, right)
        sheet.rule(EDGE, y, self.right)
        return y + 16

    def _facts(self, y: float) -> float:
        paper, _ = self.paper, self.language.gettext
        rows = [
            [
                (_("Borrower"), paper.borrower),
                (_("Member number"), paper.member_number),
                (_("Centre and group"), paper.centre),
            ],
            [
                (_("Loan amount"), self._signed(paper.principal_minor)),
                (_("Rate of interest a year"), paper.rate),
                (_("Annual percentage rate (APR)"), paper.apr),
            ],
            [
                (_("Fees taken at disbursement"), self._signed(paper.fee_minor)),
                (_("Paid out on {day}").format(day=self._day()), self._signed(paper.net_minor)),
                (_("Product"), f"{paper.product} · {self._frequency()}"),
            ],
        ]
        y = facts(self.sheet, y, EDGE, rows)
        return y + 6

    def _table(self) -> Table:
        _ = self.language.gettext
        sign = sign_of(self.paper.currency)
        parts = [
            (_("No."), 5.0, False),
            (_("Due on"), 13.0, False),
            (f"{_('Instalment')} {sign}", 13.0, True),
            (_("Principal"), 13.0, True),
            (_("Interest"), 12.0, True),
        ]
        if self.charged:
            parts.append((_("Charges"), 11.0, True))
        parts.append((_("Outstanding after"), 14.0, True))
        parts.append((_("Paid"), 12.0, True) if self.paid else (_("Paid on, sign"), 18.0, True))
        cells = columns(EDGE, self.right - EDGE, parts)
        bottom = self.sheet.height - EDGE - _FOOT
        return Table(self.sheet, cells, bottom=bottom, row=_ROW, size=8.5)

    def _texts(self, line: ScheduleLine) -> list[str]:
        texts = [
            str(line.number),
            day(line.due_on, self.language),
            self._plain(line.total_minor),
            self._plain(line.principal_minor),
            self._plain(line.interest_minor),
        ]
        if self.charged:
            texts.append(self._plain(line.charge_minor))
        texts.append(self._plain(line.balance_after_minor))
        texts.append(self._plain(line.paid_minor) if self.paid else "")
        return texts

    def _totals(self) -> list[str]:
        lines = self.paper.lines
        texts = [
            "",
            self.language.gettext("Total"),
            self._plain(self.paper.total_minor),
            self._plain(sum(line.principal_minor for line in lines)),
            self._plain(sum(line.interest_minor for line in lines)),
        ]
        if self.charged:
            texts.append(self._plain(sum(line.charge_minor for line in lines)))
        texts.append("")
        texts.append(self._plain(sum(line.paid_minor for line in lines)) if self.paid else "")
        return texts

    def _end(self, y: float) -> None:
        """The total in words, and the QR of the loan's number that the counter scans."""
        paper, _ = self.paper, self.language.gettext
        if y + 60 > self.sheet.height - EDGE - 26:
            y = self._turn()
        said = amount_in_words(paper.total_minor, paper.currency, paper.language)
        text = _("In all to be repaid: {words}").format(words=said)
        lines = self.sheet.wrapped(text, self.right - EDGE - 70, SMALL_SOFT, most=3)
        self.sheet.paragraph(EDGE, y + 8, lines, SMALL_SOFT)
        qr(self.sheet, paper.loan_number, right=self.right, top=y, size=52)

    def _turn(self) -> float:
        self._foot()
        self.sheet.next_page()
        number = f"{self.paper.loan_number} · {self.paper.borrower}"
        self.sheet.fitted(EDGE, EDGE + 8, number, self.right - EDGE, SMALL_SOFT)
        return EDGE + 26

    def _foot(self) -> None:
        lines = grievance(self.sheet, self.paper.lender, self.language, self.right - EDGE - 90)
        y = self.sheet.height - EDGE + 4 * MM - (len(lines) - 1) * leading(SMALL_SOFT)
        self.sheet.rule(EDGE, y - 12, self.right)
        self.sheet.paragraph(EDGE, y, lines, SMALL_SOFT)
        page_of(self.sheet, self.language, EDGE, self.sheet.pages, self.pages)

    def _day(self) -> str:
        return day(self.paper.disbursed_on, self.language)

    def _frequency(self) -> str:
        return named("frequency", self.paper.frequency, self.language)

    def _signed(self, minor: int) -> str:
        return amount(minor, self.paper.currency, symbol=True)

    def _plain(self, minor: int) -> str:
        return amount(minor, self.paper.currency)
