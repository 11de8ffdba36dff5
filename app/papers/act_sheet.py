"""What a quote and a voucher share: head, who, lines of money, words, places to sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.papers.fonts import Faces
from app.papers.parts import facts, grievance, lender_head, sign_line, title_block
from app.papers.sheet import A4, BODY, MM, SMALL, SMALL_SOFT, Ink, Sheet, Style, leading
from app.rows.lender import LenderHead
from app.texts import Language
from app.texts.figures import amount
from app.texts.words import amount_in_words

EDGE = 15 * MM
_ROW = 18.0
_STAMP = Style(60, strong=True, ink=Ink.WATER)
_SUM = Style(10.5, strong=True)


class MoneyLine(NamedTuple):
    """Words and an amount in minor units."""

    words: str
    minor: int


class ActSheet:
    """A page of A4 that is filled from its top."""

    def __init__(
        self, faces: Faces, title: str, currency: str, lender: LenderHead, language: str
    ) -> None:
        self.sheet = Sheet(faces, A4, title=title)
        self.language = Language(language)
        self.currency, self.lender = currency, lender
        self.right = self.sheet.width - EDGE
        self.y = EDGE

    def head(self, title: str, number: str, under: Sequence[str]) -> None:
        """Who issues it, what it is, its number."""
        left = lender_head(self.sheet, self.lender, EDGE, self.sheet.width * 0.55 - EDGE)
        right = title_block(self.sheet, title, number, EDGE, under=under)
        y = max(left, right)
        self.sheet.rule(EDGE, y, self.right)
        self.y = y + 18

    def stamp(self, text: str) -> None:
        """A word across the page."""
        middle = (self.sheet.width / 2, self.sheet.height / 2)
        self.sheet.stamp(text, _STAMP, middle=middle)

    def facts(self, rows: Sequence[Sequence[tuple[str, str]]]) -> None:
        """Rows of labelled facts."""
        self.y = facts(self.sheet, self.y, EDGE, rows) + 6

    def money(self, lines: Sequence[MoneyLine], total: MoneyLine) -> None:
        """Lines of money over a total, and the total in words."""
        for line in lines:
            self._line(line, BODY)
            self.sheet.rule(EDGE, self.y + 6, self.right)
            self.y += _ROW
        self.sheet.rule(EDGE, self.y - _ROW + 6, self.right, ink=Ink.TEXT, weight=0.9)
        figure = amount(total.minor, self.currency, symbol=True)
        self.y += 2
        self.sheet.fitted(EDGE, self.y, total.words, self.right - EDGE - 150, _SUM)
        self.sheet.whole(self.right, self.y, figure, 140, _SUM)
        self.y += _ROW
        for said in in_words(total.minor, self.currency, self.language.code):
            self.say(said, SMALL)
        self.y += 8

    def say(self, text: str, style: Style = BODY) -> None:
        """A paragraph."""
        lines = self.sheet.wrapped(text, self.right - EDGE, style)
        self.y = self.sheet.paragraph(EDGE, self.y, lines, style) + 3

    def sign(self, one: str, two: str) -> bytes:
        """Two places to sign, the foot; returns the whole as PDF."""
        half, y = (self.right - EDGE - 36) / 2, self.y + 56
        sign_line(self.sheet, EDGE, y, half, one)
        sign_line(self.sheet, EDGE + half + 36, y, half, two)
        lines = grievance(self.sheet, self.lender, self.language, self.right - EDGE)
        base = self.sheet.height - EDGE - len(lines) * leading(SMALL_SOFT) + 6
        self.sheet.rule(EDGE, base - 12, self.right)
        self.sheet.paragraph(EDGE, base, lines, SMALL_SOFT)
        return self.sheet.finish()

    def _line(self, line: MoneyLine, style: Style) -> None:
        self.sheet.fitted(EDGE, self.y, line.words, self.right - EDGE - 130, style)
        self.sheet.whole(self.right, self.y, amount(line.minor, self.currency), 120, style)


def in_words(minor: int, currency: str, language: str) -> list[str]:
    """An amount in the words of a language, and in English beneath another one."""
    said = amount_in_words(minor, currency, language)
    english = amount_in_words(minor, currency)
    texts = [said] if said == english else [said, english]
    return [text[:1].upper() + text[1:] for text in texts]
