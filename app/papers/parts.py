"""Parts that several papers share: the lender's head, labelled facts, marks, the foot."""

from __future__ import annotations

from collections.abc import Sequence

from app.papers.sheet import (
    BODY,
    LABEL,
    MM,
    SMALL_SOFT,
    TITLE,
    Align,
    Ink,
    Sheet,
    Style,
    leading,
)
from app.rows.papers import LenderHead
from app.texts import Language
from app.texts.figures import NOTHING

NAME = Style(11.5, strong=True, ink=Ink.ACCENT)
FACT = Style(9.5)
_LOGO = (84.0, 40.0)  # points it may fill
_MOST_FOOT = 6  # lines
_LEAST = 7.0  # points; smaller cannot be read off a worn printer
_LEAST_LABEL = 5.8


def lender_head(sheet: Sheet, lender: LenderHead, edge: float, room: float) -> float:
    """Draw who issues the paper at the top left; returns the y of the hairline under it."""
    wide = sheet.picture(lender.logo, (edge, edge), _LOGO)
    x = edge + wide + (8 if wide else 0)
    room -= x - edge
    y = edge + 9
    for line in sheet.wrapped(lender.name, room, NAME, most=2):
        sheet.text(x, y, line, NAME)
        y += leading(NAME)
    y -= 3
    texts = (_joined(lender.branch, lender.registration), lender.address)
    for text in (*texts, *lender.head_text.splitlines()):
        for line in sheet.wrapped(text, room, SMALL_SOFT, most=2):
            if line:
                sheet.text(x, y, line, SMALL_SOFT)
                y += leading(SMALL_SOFT)
    return max(y, edge + _LOGO[1] + 6) if wide else y


def title_block(
    sheet: Sheet, title: str, number: str, edge: float, *, under: Sequence[str] = ()
) -> float:
    """Draw what the paper is at the top right; returns the y below it."""
    right, y = sheet.width - edge, edge + 10
    sheet.text(right, y, title, TITLE, Align.RIGHT)
    y += 14
    for text in (number, *under):
        if text:
            sheet.text(right, y, text, BODY if text == number else SMALL_SOFT, Align.RIGHT)
            y += 12
    return y


def fact(sheet: Sheet, x: float, y: float, label: str, value: str, room: float) -> None:
    """Draw a small label with its value under it; a value that is empty shows a dash.

    A long value is set smaller, then on two lines, before anything of it is cut.
    """
    sheet.snug(x, y, label, room, LABEL, _LEAST_LABEL)
    text = value or NOTHING
    if sheet.faces.width(text, _LEAST) <= room:
        sheet.snug(x, y + 12.5, text, room, FACT, _LEAST)
        return
    for line, text_line in enumerate(sheet.wrapped(text, room, Style(_LEAST), most=2)):
        sheet.text(x, y + 10 + line * 8.5, text_line, Style(_LEAST))


def facts(
    sheet: Sheet,
    y: float,
    edge: float,
    rows: Sequence[Sequence[tuple[str, str]]],
    shares: Sequence[float] = (),
) -> float:
    """Draw rows of labelled facts, in even columns or by `shares`; returns the y below them."""
    wide = sheet.width - 2 * edge
    for row in rows:
        x = edge
        parts = shares or [1 / len(row)] * len(row)
        for (label, value), share in zip(row, parts, strict=False):
            fact(sheet, x, y, label, value, wide * share - 8)
            x += wide * share
        y += 28
    return y


def mark(sheet: Sheet, right: float, y: float, text: str) -> None:
    """Draw a boxed mark such as DUPLICATE 2 that ends at `right`."""
    style = Style(8.5, strong=True, ink=Ink.BAD)
    wide = sheet.faces.width(text, style.size, strong=True) + 12
    sheet.box((right - wide, y - 10.5), (wide, 15), stroke=Ink.BAD, radius=2)
    sheet.text(right - wide / 2, y, text, style, Align.CENTRE)


def sign_line(sheet: Sheet, x: float, y: float, room: float, label: str) -> None:
    """Draw a line to sign on, named under it."""
    sheet.rule(x, y, x + room, ink=Ink.SOFT)
    sheet.snug(x, y + 9.5, label, room, LABEL, _LEAST_LABEL)


def grievance(sheet: Sheet, lender: LenderHead, language: Language, room: float) -> list[str]:
    """Where a borrower complains, and what the lender wants at the foot, in lines."""
    texts = grievance_texts(lender, language)
    lines = [line for text in texts for line in sheet.wrapped(text, room, SMALL_SOFT, most=2)]
    return lines[:_MOST_FOOT]


def grievance_texts(lender: LenderHead, language: Language) -> list[str]:
    """Where a borrower complains, and what the lender wants at the foot, one text each."""
    _ = language.gettext
    texts: list[str] = []
    if lender.grievance_phone or lender.grievance_name:
        text = _("Complaints: {name}, {phone}").format(
            name=lender.grievance_name or lender.name, phone=lender.grievance_phone or NOTHING
        )
        texts.append(text)
    return [*texts, *lender.foot_text.splitlines()]


def page_of(sheet: Sheet, language: Language, edge: float, page: int, pages: int) -> None:
    """Draw the page number at the bottom right."""
    text = language.gettext("Page {page} of {pages}").format(page=page, pages=pages)
    sheet.text(sheet.width - edge, sheet.height - edge + 4 * MM, text, LABEL, Align.RIGHT)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
