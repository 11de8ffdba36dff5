"""The receipt on a roll of 80 or 58 mm: black on white, as high as what it says."""

from __future__ import annotations

from types import MappingProxyType

from app.papers.fonts import Faces
from app.papers.parts import grievance
from app.papers.qr import qr
from app.papers.receipt import code_text, code_words, in_words, paid_by, reversal_lines
from app.papers.sheet import MM, Align, Ink, Sheet, Style, leading
from app.rows.papers import ReceiptPaper
from app.texts import Language
from app.texts.figures import amount, day, moment

EDGES = MappingProxyType({80: 4 * MM, 58: 5 * MM})  # the heads reach 72 and 48 mm
_NAME = Style(11, strong=True)
_TEXT = Style(8.5)
_STRONG = Style(8.5, strong=True)
_SMALL = Style(7.5)
_AMOUNT = Style(20, strong=True)
_MARK = Style(10, strong=True)
_TALL = 100_000.0
_CODE = 37 * MM  # six dots a cell at 203 dots an inch
_LOGO = (110.0, 44.0)


def receipt_roll(faces: Faces, paper: ReceiptPaper, millimetres: int = 80) -> bytes:
    """The receipt as a PDF of one page that is as high as its content."""
    wide, edge = millimetres * MM, EDGES[millimetres]
    measured = _Roll(Sheet(faces, (wide, _TALL), title="", dry=True), paper, edge).draw()
    sheet = Sheet(faces, (wide, measured), title=paper.number)
    _Roll(sheet, paper, edge).draw()
    return sheet.finish()


class _Roll:
    """One receipt on its way down the roll."""

    def __init__(self, sheet: Sheet, paper: ReceiptPaper, edge: float) -> None:
        self.sheet, self.paper, self.edge = sheet, paper, edge
        self.right = sheet.width - edge
        self.middle, self.room = sheet.width / 2, sheet.width - 2 * edge
        self.language = Language(paper.language)
        self.y = 5 * MM + 6

    def draw(self) -> float:
        """Draw all of it; returns the height it needs."""
        self._head()
        self._who()
        self._amount()
        self._lines()
        self._foot()
        self._proof()
        return self.y + 4 * MM

    def _head(self) -> None:
        paper, _ = self.paper, self.language.gettext
        self._logo(paper.lender.logo)
        self._centred(paper.lender.name, _NAME)
        lender = paper.lender
        texts = (lender.branch, lender.registration, lender.address)
        for text in (*texts, *lender.head_text.splitlines()):
            self._centred(text, _SMALL)
        self._rule()
        if paper.duplicate:
            self._centred(_("DUPLICATE {n}").format(n=paper.duplicate), _MARK)
        if paper.reversed_on is not None:
            self._centred(_("REVERSED"), _MARK)
            self._centred(reversal_lines(paper, self.language), _SMALL)
        if paper.duplicate or paper.reversed_on is not None:
            self._rule()
        self._pair(_("Receipt"), paper.number, strong=True)
        self._pair("", moment(paper.received_at, self.language))

    def _who(self) -> None:
        paper, _ = self.paper, self.language.gettext
        self._pair(_("Received from"), paper.borrower)
        self._pair(_("Member number"), paper.member_number)
        self._pair(_("Loan"), paper.loan_number)
        if paper.centre:
            self._pair(_("Centre and group"), paper.centre)
        self._pair(_("Paid by"), paid_by(paper, self.language))
        self._rule()

    def _amount(self) -> None:
        self.y += 10
        figure = amount(self.paper.amount_minor, self.paper.currency, symbol=True)
        wide = self.sheet.faces.width(figure, _AMOUNT.size, strong=True)
        size = min(_AMOUNT.size, _AMOUNT.size * self.room / wide)
        self.sheet.text(self.middle, self.y, figure, Style(size, strong=True), Align.CENTRE)
        self.y += 15
        for text in in_words(self.paper):
            self._centred(text, _SMALL)
        self._rule()

    def _lines(self) -> None:
        paper, _ = self.paper, self.language.gettext
        for line in paper.lines:
            figure = amount(line.amount_minor, paper.currency)
            room = self.room - self.sheet.faces.width(figure, _TEXT.size) - 8
            due = "" if line.due_on is None else f" · {day(line.due_on, self.language)}"
            self.sheet.text(self.right, self.y, figure, _TEXT, Align.RIGHT)
            for text in self.sheet.wrapped(line.what + due, room, _TEXT, most=3):
                self.sheet.text(self.edge, self.y, text, _TEXT)
                self.y += leading(_TEXT)
        self._rule()
        self._pair(_("Total received"), amount(paper.amount_minor, paper.currency), strong=True)
        self._rule()
        left = amount(paper.outstanding_after_minor, paper.currency, symbol=True)
        self._pair(_("Principal outstanding after this"), left)
        if paper.next_due_on is not None:
            figure = amount(paper.next_due_minor, paper.currency, symbol=True)
            self._pair(_("Next due"), f"{figure} · {day(paper.next_due_on, self.language)}")

    def _proof(self) -> None:
        """The code that proves the receipt, and how it is checked."""
        text = code_text(self.paper)
        if not text:
            return
        self.y += 4
        qr(self.sheet, text, right=self.middle + _CODE / 2, top=self.y, size=_CODE)
        self.y += _CODE + 12
        self._centred(code_words(self.language), _SMALL)

    def _logo(self, name: str) -> None:
        """The logo in the middle; a dry sheet tells how wide it is."""
        trial = Sheet(self.sheet.faces, (self.sheet.width, _TALL), title="", dry=True)
        wide = trial.picture(name, (0, 0), _LOGO)
        if wide:
            self.sheet.picture(name, (self.middle - wide / 2, self.y - 6), _LOGO)
            self.y += _LOGO[1] + 8

    def _foot(self) -> None:
        paper, _ = self.paper, self.language.gettext
        self.y += 24
        self.sheet.rule(self.edge, self.y, self.right, ink=Ink.TEXT)
        self.y += 10
        self._left(_("Received by: {name}").format(name=paper.collector))
        for text in grievance(self.sheet, paper.lender, self.language, self.room):
            self._left(text)

    def _centred(self, text: str, style: Style) -> None:
        for line in self.sheet.wrapped(text, self.room, style, most=4):
            self.sheet.text(self.middle, self.y, line, style, Align.CENTRE)
            self.y += leading(style)

    def _left(self, text: str) -> None:
        for line in self.sheet.wrapped(text, self.room, _SMALL, most=3):
            self.sheet.text(self.edge, self.y, line, _SMALL)
            self.y += leading(_SMALL)

    def _pair(self, label: str, value: str, *, strong: bool = False) -> None:
        """A label at the left and its value at the right, or under it where both are too long."""
        style = _STRONG if strong else _TEXT
        faces, name = self.sheet.faces, _STRONG if strong else _SMALL
        self.sheet.text(self.edge, self.y, label, name)
        room = self.room - faces.width(label, name.size, strong=strong) - 8
        if faces.width(value, style.size, strong=strong) > room:
            self.y += leading(style)
            room = self.room
        for line in self.sheet.wrapped(value, room, style, most=3) or [""]:
            self.sheet.text(self.right, self.y, line, style, Align.RIGHT)
            self.y += leading(style)

    def _rule(self) -> None:
        self.y += 1
        self.sheet.rule(self.edge, self.y - 5, self.right, ink=Ink.TEXT)
        self.y += 8
