"""The receipt on A5: one look for the borrower, figures that the cashier can read aloud."""

from __future__ import annotations

from app.papers.fonts import Faces
from app.papers.parts import (
    facts,
    grievance,
    lender_head,
    mark,
    sign_line,
    title_block,
)
from app.papers.qr import qr
from app.papers.sheet import (
    A5,
    BODY,
    BODY_STRONG,
    LABEL,
    MM,
    SMALL,
    SMALL_SOFT,
    Align,
    Ink,
    Sheet,
    Style,
    leading,
)
from app.rows.papers import ReceiptPaper
from app.texts import Language
from app.texts.figures import amount, day, moment, sign_of
from app.texts.labels import named
from app.texts.words import amount_in_words

EDGE = 11 * MM
_ROW = 17.0
_TAIL = 118.0  # room that the totals, the signatures and the foot need
_TOP = 46.0  # of that: what stands above the signatures
_CODE = 27 * MM
_SHARES = (0.64, 0.36)  # names are long, numbers are not
_AMOUNT = Style(24, strong=True)
_STAMP = Style(54, strong=True, ink=Ink.WATER)


def receipt_a5(faces: Faces, paper: ReceiptPaper) -> bytes:
    """The receipt as PDF; many lines go on over further pages."""
    return _Receipt(faces, paper).drawn()


def in_words(paper: ReceiptPaper) -> list[str]:
    """The amount in the words of the paper's language, and in English beneath another one."""
    said = amount_in_words(paper.amount_minor, paper.currency, paper.language)
    english = amount_in_words(paper.amount_minor, paper.currency)
    return [_capital(said)] if said == english else [said, _capital(english)]


def paid_by(paper: ReceiptPaper, language: Language) -> str:
    """How the money came, with its reference."""
    mode = named("mode", paper.mode, language)
    return f"{mode} · {paper.reference}" if paper.reference else mode


def reversal_lines(paper: ReceiptPaper, language: Language) -> str:
    """The sentence that says when and why the receipt was reversed."""
    _ = language.gettext
    on = day(paper.reversed_on, language)
    if not paper.reversed_why:
        return _("Reversed on {day}. This receipt is not valid.").format(day=on)
    return _("Reversed on {day}: {why}. This receipt is not valid.").format(
        day=on, why=paper.reversed_why.rstrip(". ")
    )


def code_text(paper: ReceiptPaper) -> str:
    """What the QR holds; empty where the station had no key to sign by."""
    return paper.seal.text if paper.seal is not None and paper.seal.signature else ""


def code_words(language: Language) -> str:
    """How the code is checked."""
    _ = language.gettext
    return _("This code is our signature. Any of our counters can tell by it if a receipt is ours.")


class _Receipt:
    """One receipt on its way down the page."""

    def __init__(self, faces: Faces, paper: ReceiptPaper) -> None:
        self.paper = paper
        self.language = Language(paper.language, slips=True)
        self.sheet = Sheet(faces, A5, title=paper.number)
        self.right = self.sheet.width - EDGE

    def drawn(self) -> bytes:
        """The pages."""
        y = self._head()
        y = self._who(y)
        y = self._amount(y)
        y = self._lines(y)
        y = self._after(y)
        y = self._proof(y)
        self._foot(y)
        return self.sheet.finish()

    def _head(self) -> float:
        paper, sheet, _ = self.paper, self.sheet, self.language.gettext
        self._stamp()
        left = lender_head(sheet, paper.lender, EDGE, sheet.width * 0.55 - EDGE)
        under = [moment(paper.received_at, self.language)]
        right = title_block(sheet, _("Receipt"), paper.number, EDGE, under=under)
        if paper.duplicate:
            text = _("DUPLICATE {n}").format(n=paper.duplicate)
            mark(sheet, self.right, right + 3, text)
            right += 12
        y = max(left, right)
        sheet.rule(EDGE, y, self.right)
        return y + 15

    def _who(self, y: float) -> float:
        paper, _ = self.paper, self.language.gettext
        how = (_("Paid by"), paid_by(paper, self.language))
        rows = [[(_("Received from"), paper.borrower), (_("Member number"), paper.member_number)]]
        if paper.centre:
            rows.append([(_("Centre and group"), paper.centre), (_("Loan"), paper.loan_number)])
            rows.append([how])
        else:
            rows.append([how, (_("Loan"), paper.loan_number)])
        if paper.brought_by:
            rows.append([(_("Brought by"), paper.brought_by)])
        return facts(self.sheet, y, EDGE, rows, shares=_SHARES)

    def _amount(self, y: float) -> float:
        paper, sheet = self.paper, self.sheet
        wide = self.right - EDGE
        style = Style(SMALL.size)
        said = [
            line
            for text in in_words(paper)
            for line in sheet.wrapped(text, wide * 0.52, style, most=4)
        ]
        high = max(44.0, 16 + len(said) * leading(style))
        sheet.box((EDGE, y - 6), (wide, high), fill=Ink.TINT, radius=4)
        figure = amount(paper.amount_minor, paper.currency, symbol=True)
        sheet.whole(self.right - 10, y + high / 2 + 2.5, figure, wide * 0.4, _AMOUNT)
        top = y - 6 + (high - len(said) * leading(style)) / 2 + style.size + 0.5
        sheet.paragraph(EDGE + 10, top, said, style)
        return y + high + 10

    def _lines(self, y: float) -> float:
        y = self._table_head(y)
        for line in self.paper.lines:
            if y > self.sheet.height - EDGE - 2 * _ROW:
                y = self._table_head(self._turn())
            self.sheet.snug(EDGE, y, line.what, self.right - EDGE - 170, BODY, SMALL.size)
            due = "" if line.due_on is None else day(line.due_on, self.language)
            self.sheet.text(self.right - 90, y, due, BODY, Align.RIGHT)
            self._money(y, line.amount_minor, strong=False)
            self.sheet.rule(EDGE, y + 5, self.right)
            y += _ROW
        self.sheet.rule(EDGE, y - _ROW + 5, self.right, ink=Ink.TEXT, weight=0.8)
        self.sheet.text(EDGE, y, self.language.gettext("Total received"), BODY_STRONG)
        self._money(y, self.paper.amount_minor, strong=True)
        return y + _ROW + 6

    def _table_head(self, y: float) -> float:
        _ = self.language.gettext
        sign = sign_of(self.paper.currency)
        self.sheet.text(EDGE, y, _("Set against"), LABEL)
        self.sheet.text(self.right - 90, y, _("Due on"), LABEL, Align.RIGHT)
        self.sheet.text(self.right, y, f"{_('Amount')} {sign}", LABEL, Align.RIGHT)
        self.sheet.rule(EDGE, y + 5, self.right, ink=Ink.SOFT)
        return y + _ROW + 1

    def _money(self, y: float, minor: int, *, strong: bool) -> None:
        figure = amount(minor, self.paper.currency)
        self.sheet.whole(self.right, y, figure, 80, BODY_STRONG if strong else BODY)

    def _turn(self) -> float:
        """Begin a page that says which receipt it belongs to."""
        self.sheet.next_page()
        self._stamp()
        self.sheet.text(EDGE, EDGE + 9, self.paper.number, BODY_STRONG)
        said = self.language.gettext("Page {page}").format(page=self.sheet.pages)
        self.sheet.text(self.right, EDGE + 9, said, SMALL_SOFT, Align.RIGHT)
        return EDGE + 30

    def _stamp(self) -> None:
        if self.paper.reversed_on is not None:
            middle = (self.sheet.width / 2, self.sheet.height / 2)
            self.sheet.stamp(self.language.gettext("REVERSED"), _STAMP, middle=middle)

    def _after(self, y: float) -> float:
        paper, _ = self.paper, self.language.gettext
        if y > self.sheet.height - EDGE - self._tail():
            y = self._turn()
        left = amount(paper.outstanding_after_minor, paper.currency, symbol=True)
        coming = ""
        if paper.next_due_on is not None:
            figure = amount(paper.next_due_minor, paper.currency, symbol=True)
            coming = f"{figure} · {day(paper.next_due_on, self.language)}"
        row = [(_("Principal outstanding after this"), left), (_("Next due"), coming)]
        y = facts(self.sheet, y, EDGE, [row])
        if paper.reversed_on is not None:
            style = Style(8.5, strong=True, ink=Ink.BAD)
            said = reversal_lines(paper, self.language)
            lines = self.sheet.wrapped(said, self.right - EDGE, style, most=3)
            y = self.sheet.paragraph(EDGE, y, lines, style) + 4
        return y

    def _proof(self, y: float) -> float:
        """The code that proves the receipt, and how it is checked."""
        text = code_text(self.paper)
        if not text:
            return y
        if y + _CODE > self.sheet.height - EDGE - self._tail() + _TOP:
            y = self._turn()
        qr(self.sheet, text, right=EDGE + _CODE, top=y, size=_CODE)
        x = EDGE + _CODE + 12
        said = self.sheet.wrapped(code_words(self.language), self.right - x, SMALL_SOFT)
        self.sheet.paragraph(x, y + SMALL_SOFT.size + 2, said, SMALL_SOFT)
        return y + _CODE + 6

    def _tail(self) -> float:
        """What the totals, the signatures and the foot need."""
        lines = grievance(self.sheet, self.paper.lender, self.language, self.right - EDGE)
        return _TAIL + leading(SMALL_SOFT) * max(0, len(lines) - 2)

    def _foot(self, y: float) -> None:
        paper, sheet, _ = self.paper, self.sheet, self.language.gettext
        lines = grievance(sheet, paper.lender, self.language, self.right - EDGE)
        base = sheet.height - EDGE - len(lines) * leading(SMALL_SOFT) + 6
        half = (self.right - EDGE - 24) / 2
        signing = max(base - 34, y + 24)
        who = _("Received by: {name}").format(name=paper.collector)
        sign_line(sheet, EDGE, signing, half, who)
        sign_line(sheet, EDGE + half + 24, signing, half, _("Signature or thumb of the payer"))
        sheet.rule(EDGE, base - 12, self.right)
        sheet.paragraph(EDGE, base, lines, SMALL_SOFT)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
