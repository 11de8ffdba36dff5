"""The collection sheet on A4: who pays what at a meeting, room to write, cash by note, signatures.

Rows are numbered, and keyed back in the same order.
"""

from __future__ import annotations

from app.papers.counted import counted_a4
from app.papers.fonts import Faces
from app.papers.parts import facts, grievance, lender_head, page_of, sign_line, title_block
from app.papers.sheet import (
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
)
from app.rows.meetings import CollectionSheetPaper, SheetPaperLine
from app.texts import Language
from app.texts.denominations import piece_name, pieces
from app.texts.figures import NOTHING, amount, day, moment, sign_of, weekday

EDGE = 12 * MM
_ROW = 24.0
_FOOT = 22.0
_NOTE = 14.0
_FIGURES = Style(9.5, strong=True)
_MOST_PIECES = 9  # rows of notes, then of coins beside them


def collection_sheet(faces: Faces, paper: CollectionSheetPaper) -> bytes:
    """The sheet as PDF."""
    title = f"{paper.centre} {paper.on.isoformat()} {paper.number}"
    return counted_a4(faces, title, lambda sheet, pages: _CollectionSheet(sheet, paper, pages))


class _CollectionSheet:
    """Where the parts of the sheet stand."""

    def __init__(self, sheet: Sheet, paper: CollectionSheetPaper, pages: int) -> None:
        self.sheet, self.paper, self.pages = sheet, paper, pages
        self.language = Language(paper.language)
        self.right = sheet.width - EDGE
        wide = self.right - EDGE
        self.who, self.loan = EDGE + 20, EDGE + wide * 0.335
        # Right edges of late, due and both together.
        self.money = tuple(EDGE + wide * share for share in (0.575, 0.665, 0.76))
        self.paid, self.sign = EDGE + wide * 0.775, EDGE + wide * 0.88
        self.bottom = sheet.height - EDGE - _FOOT

    def draw(self) -> None:
        """Draw all pages."""
        y = self._titles(self._head())
        for line in self.paper.lines:
            if y + _ROW > self.bottom:
                y = self._turn()
            self._line(line, y)
            y += _ROW
        y = self._total(y)
        if y + self._end_room() > self.bottom:
            y = self._turn(titles=False)
        self._end(y + 14)
        self._foot()

    def _head(self) -> float:
        paper, sheet, _ = self.paper, self.sheet, self.language.gettext
        left = lender_head(sheet, paper.lender, EDGE, sheet.width * 0.5 - EDGE)
        made = [moment(paper.printed_at, self.language)]
        right = title_block(sheet, _("Collection sheet"), paper.number, EDGE, under=made)
        y = max(left, right)
        sheet.rule(EDGE, y, self.right)
        on = f"{weekday(paper.on, self.language)}, {day(paper.on, self.language)}"
        when = " ".join(part for part in (on, paper.at_time) if part)
        rows = [
            [
                (_("Centre"), paper.centre),
                (_("Meeting"), when),
                (_("Officer"), paper.officer),
                (_("Leader"), paper.leader),
            ]
        ]
        if paper.place:
            rows.append([(_("Place"), paper.place)])
        return facts(sheet, y + 15, EDGE, rows, (0.28, 0.3, 0.22, 0.2)) + 4

    def _titles(self, y: float) -> float:
        _, sheet = self.language.gettext, self.sheet
        sign = sign_of(self.paper.currency)
        sheet.text(EDGE, y, _("No."), LABEL)
        sheet.text(self.who, y, _("Member"), LABEL)
        sheet.text(self.loan, y, _("Loan, instalment"), LABEL)
        names = (_("Late"), _("Due"), _("Total"))
        for edge, name in zip(self.money, names, strict=True):
            sheet.text(edge, y, f"{name} {sign}", LABEL, Align.RIGHT)
        sheet.fitted(self.paid, y, f"{_('Paid')} {sign}", self.sign - self.paid - 4, LABEL)
        sheet.fitted(self.sign, y, _("Signature"), self.right - self.sign, LABEL)
        sheet.rule(EDGE, y + 5, self.right, ink=Ink.SOFT)
        return y + 5

    def _line(self, line: SheetPaperLine, y: float) -> None:
        sheet = self.sheet
        room = self.loan - self.who - 6
        both = " · ".join(part for part in (line.borrower, line.local_name) if part)
        under = " · ".join(part for part in (line.group, line.member_number) if part)
        sheet.text(EDGE + 12, y + 14, str(line.place), BODY_STRONG, Align.RIGHT)
        sheet.fitted(self.who, y + 11, both, room, BODY_STRONG)
        sheet.fitted(self.who, y + 20, under, room, SMALL_SOFT)
        loan_room = self.money[0] - self.loan - 40
        sheet.fitted(self.loan, y + 11, line.loan_number, loan_room, BODY)
        if line.instalment is not None:
            sheet.text(self.loan, y + 20, f"# {line.instalment}", SMALL_SOFT)
        self._amounts((line.late_minor, line.due_minor), y + 15)
        wide = self.sign - self.paid - 6
        sheet.box((self.paid, y + 3.5), (wide, _ROW - 7), stroke=Ink.RULE, radius=2)
        sheet.rule(self.sign, y + _ROW - 6, self.right, ink=Ink.SOFT)
        sheet.rule(EDGE, y + _ROW, self.right)

    def _amounts(self, parts: tuple[int, int], y: float) -> None:
        currency, sheet = self.paper.currency, self.sheet
        styles = (BODY, BODY, _FIGURES)
        for edge, minor, style in zip(self.money, (*parts, sum(parts)), styles, strict=True):
            text = amount(minor, currency, trim=True) if minor else NOTHING
            sheet.whole(edge, y, text, 52, style)

    def _total(self, y: float) -> float:
        if y + _ROW > self.bottom:
            y = self._turn()
        paper, _ = self.paper, self.language.gettext
        late = sum(line.late_minor for line in paper.lines)
        due = sum(line.due_minor for line in paper.lines)
        many = len(paper.lines)
        said = self.language.ngettext("{n} row", "{n} rows", many).format(n=many)
        self.sheet.rule(EDGE, y, self.right, ink=Ink.TEXT, weight=0.9)
        self.sheet.text(self.who, y + 15, f"{_('Total')} · {said}", BODY_STRONG)
        self._amounts((late, due), y + 15)
        wide = self.sign - self.paid - 6
        self.sheet.box((self.paid, y + 3.5), (wide, _ROW - 7), stroke=Ink.TEXT, radius=2)
        return y + _ROW

    def _end_room(self) -> float:
        return 14 + 24 + _NOTE * (_MOST_PIECES + 1) + 62

    def _end(self, y: float) -> None:
        """The notes, what else there is to say, and who signs."""
        _, sheet = self.language.gettext, self.sheet
        sheet.text(EDGE, y + 8, _("Cash by note"), BODY_STRONG)
        beside = EDGE + 330
        sheet.text(beside, y + 8, _("Remarks"), BODY_STRONG)
        end = self._pieces(y + 12)
        for at in range(1, 6):
            sheet.rule(beside, y + 12 + at * 24, self.right, ink=Ink.RULE)
        wide = (self.right - EDGE - 48) / 3
        labels = (_("Leader of the centre"), _("Officer"), _("Cashier, cash received"))
        for index, label in enumerate(labels):
            sign_line(sheet, EDGE + index * (wide + 24), end + 44, wide, label)

    def _pieces(self, y: float) -> float:
        """A line for each note and coin: how many, and what they come to; then the sum."""
        _, sheet, currency = self.language.gettext, self.sheet, self.paper.currency
        known = pieces(currency)
        sides = (
            [one for one in known if not one.coin][:_MOST_PIECES],
            [one for one in known if one.coin][:_MOST_PIECES],
        )
        for side, column in enumerate(sides):
            left = EDGE + side * 165
            for at, piece in enumerate(column, start=1):
                line = y + at * _NOTE
                name = piece_name(piece.minor, currency, coin=piece.coin, language=self.language)
                sheet.text(left + 46, line, f"{name} ×", SMALL, Align.RIGHT)
                sheet.rule(left + 50, line + 2, left + 84, ink=Ink.SOFT)
                sheet.text(left + 88, line, "=", SMALL)
                sheet.rule(left + 96, line + 2, left + 152, ink=Ink.SOFT)
        end = y + (max(len(side) for side in sides) + 1) * _NOTE + 4
        sheet.text(EDGE, end, _("Counted"), BODY_STRONG)
        sheet.box((EDGE + 96, end - 11), (221, 16), stroke=Ink.TEXT, radius=2)
        return end

    def _turn(self, *, titles: bool = True) -> float:
        self._foot()
        self.sheet.next_page()
        paper = self.paper
        text = f"{paper.number} · {paper.centre} · {day(paper.on, self.language)}"
        self.sheet.fitted(EDGE, EDGE + 6, text, self.right - EDGE, SMALL_SOFT)
        return self._titles(EDGE + 22) if titles else EDGE + 14

    def _foot(self) -> None:
        lines = grievance(self.sheet, self.paper.lender, self.language, self.right - EDGE - 90)
        self.sheet.paragraph(EDGE, self.sheet.height - EDGE + 4 * MM, lines[:1], SMALL_SOFT)
        page_of(self.sheet, self.language, EDGE, self.sheet.pages, self.pages)
