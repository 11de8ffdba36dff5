"""The recovery sheet on A4: the one code that opens the books on another computer."""

from __future__ import annotations

from app.papers.fonts import Faces
from app.papers.parts import NAME, facts, sign_line
from app.papers.sheet import A4, BODY, BODY_STRONG, LABEL, MM, TITLE, Align, Ink, Sheet, Style
from app.rows.papers import RecoveryPaper
from app.texts import _
from app.texts.figures import day

EDGE = 22 * MM
_CODE = Style(20, strong=True)
_GROUPS_A_LINE = 4


def recovery_sheet(faces: Faces, paper: RecoveryPaper) -> bytes:
    """The sheet as PDF. Its title holds no secret: spoolers show titles."""
    sheet = Sheet(faces, A4, title=_("Recovery code"))
    right = sheet.width - EDGE
    sheet.fitted(EDGE, EDGE + 9, paper.lender_name, 300, NAME)
    sheet.text(right, EDGE + 9, _("Recovery code"), TITLE, Align.RIGHT)
    sheet.rule(EDGE, EDGE + 22, right)
    row = [
        (_("Branch"), paper.branch),
        (_("Computer"), paper.station),
        (_("Made on"), day(paper.made_on)),
    ]
    y = facts(sheet, EDGE + 42, EDGE, [row])
    y = _code(sheet, y + 8, paper.code)
    y = _rules(sheet, y + 30)
    half = (right - EDGE - 32) / 2
    sign_line(sheet, EDGE, y + 60, half, _("Sealed and kept by, date"))
    sign_line(sheet, EDGE + half + 32, y + 60, half, _("Witness, date"))
    return sheet.finish()


def _code(sheet: Sheet, y: float, code: str) -> float:
    """The code in groups, as many a line as can be read back without losing the place."""
    groups = code.split("-")
    lines = [
        groups[start : start + _GROUPS_A_LINE] for start in range(0, len(groups), _GROUPS_A_LINE)
    ]
    wide = sheet.width - 2 * EDGE
    high = 34 + len(lines) * 34
    sheet.box((EDGE, y), (wide, high), fill=Ink.TINT, stroke=Ink.ACCENT, radius=6)
    step = (wide - 40) / _GROUPS_A_LINE
    for down, line in enumerate(lines):
        for across, group in enumerate(line):
            x = EDGE + 20 + step * (across + 0.5)
            sheet.text(x, y + 41 + down * 34, group, _CODE, Align.CENTRE)
    return y + high


def _rules(sheet: Sheet, y: float) -> float:
    wide = sheet.width - 2 * EDGE
    sheet.text(EDGE, y, _("Keep this sheet as you keep cash."), BODY_STRONG)
    y += 20
    texts = (
        _("Whoever holds this code and a backup can read every loan and every borrower."),
        _("Without it, a backup cannot be opened on another computer. Nobody can make it again."),
        _("Seal it in an envelope, write the date across the flap, and lock it in the safe."),
        _("Do not photograph it, type it into a message or keep it beside the computer."),
    )
    for number, text in enumerate(texts, start=1):
        sheet.text(EDGE, y, f"{number}", LABEL)
        y = sheet.paragraph(EDGE + 14, y, sheet.wrapped(text, wide - 14, BODY), BODY) + 5
    return y
