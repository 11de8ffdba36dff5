"""The officer's day on A4: where to go in which order, why, and room for what came of it."""

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
from app.rows.papers import DaySheetPaper, DayStop
from app.texts import Language
from app.texts.figures import NOTHING, amount, day, moment, sign_of, weekday

EDGE = 13 * MM
_STOP = 52.0
_LATE = Style(8, strong=True, ink=Ink.BAD)
_SIGN_ROOM = 62.0


def day_sheet(faces: Faces, paper: DaySheetPaper) -> bytes:
    """The day sheet as PDF."""
    title = f"{paper.officer} {paper.on.isoformat()}"
    return counted_a4(faces, title, lambda sheet, pages: _DaySheet(sheet, paper, pages))


class _DaySheet:
    """Where the parts of the day sheet stand."""

    def __init__(self, sheet: Sheet, paper: DaySheetPaper, pages: int) -> None:
        self.sheet, self.paper, self.pages = sheet, paper, pages
        self.language = Language(paper.language)
        self.right = sheet.width - EDGE
        wide = self.right - EDGE
        self.who = EDGE + 30
        self.money = EDGE + wide * 0.62  # right edge of the amounts
        self.blanks = (EDGE + wide * 0.65, EDGE + wide * 0.84)

    def draw(self) -> None:
        """Draw all pages."""
        y = self._titles(self._head())
        bottom = self.sheet.height - EDGE - 20
        if not self.paper.stops:
            self.sheet.text(EDGE, y + 10, self.language.gettext("No visits are planned."), BODY)
            y += 30
        for stop in self.paper.stops:
            if y + _STOP > bottom:
                y = self._turn()
            self._stop(stop, y)
            y += _STOP
        if y + _SIGN_ROOM > bottom:
            y = self._turn()
        self._signatures(y + 34)
        self._foot()

    def _head(self) -> float:
        paper, sheet, _ = self.paper, self.sheet, self.language.gettext
        left = lender_head(sheet, paper.lender, EDGE, sheet.width * 0.5 - EDGE)
        on = f"{weekday(paper.on, self.language)}, {day(paper.on, self.language)}"
        made = [] if paper.printed_at is None else [moment(paper.printed_at, self.language)]
        right = title_block(sheet, _("Visits of the day"), on, EDGE, under=made)
        y = max(left, right)
        sheet.rule(EDGE, y, self.right)
        due = sum(stop.due_minor + stop.overdue_minor for stop in paper.stops)
        row = [
            (_("Officer"), paper.officer),
            (_("Stops"), str(len(paper.stops))),
            (_("To collect"), amount(due, paper.currency, symbol=True)),
            (_("Visits allowed"), paper.contact_hours),
        ]
        return facts(sheet, y + 16, EDGE, [row]) + 6

    def _titles(self, y: float) -> float:
        _ = self.language.gettext
        sign = sign_of(self.paper.currency)
        self.sheet.text(self.who, y, _("Borrower and reason"), LABEL)
        self.sheet.text(self.money, y, f"{_('Due')} {sign}", LABEL, Align.RIGHT)
        self.sheet.text(self.blanks[0], y, _("What came of it"), LABEL)
        self.sheet.text(self.blanks[1], y, f"{_('Received')} {sign}", LABEL)
        self.sheet.rule(EDGE, y + 5, self.right, ink=Ink.SOFT)
        return y + 5

    def _stop(self, stop: DayStop, y: float) -> None:
        sheet = self.sheet
        room = self.money - self.who - 78
        sheet.text(EDGE, y + 14, str(stop.order), BODY_STRONG)
        if stop.at:
            sheet.fitted(EDGE, y + 26, stop.at, 28, LABEL)
        sheet.fitted(self.who, y + 14, stop.borrower, room, BODY_STRONG)
        numbers = " · ".join(part for part in (stop.member_number, stop.loan_number) if part)
        where = " · ".join(part for part in (stop.place, stop.phone) if part)
        sheet.fitted(self.who, y + 25, numbers, room, SMALL_SOFT)
        sheet.fitted(self.who, y + 35.5, where, room, SMALL)
        sheet.fitted(self.who, y + 46, stop.why, self.money - self.who, SMALL)
        self._amounts(stop, y)
        self._blanks(y)
        sheet.rule(EDGE, y + _STOP, self.right)

    def _amounts(self, stop: DayStop, y: float) -> None:
        _ = self.language.gettext
        paper, sheet = self.paper, self.sheet
        minor = stop.due_minor + stop.overdue_minor
        whole = amount(minor, paper.currency) if minor else NOTHING
        sheet.whole(self.money, y + 14, whole, 74, BODY_STRONG)
        if stop.overdue_minor:
            late = _("{amount} late").format(amount=amount(stop.overdue_minor, paper.currency))
            sheet.whole(self.money, y + 25, late, 74, SMALL_SOFT)
        if stop.dpd:
            days = self.language.ngettext("{n} day", "{n} days", stop.dpd).format(n=stop.dpd)
            sheet.text(self.money, y + 35.5, days, _LATE, Align.RIGHT)

    def _blanks(self, y: float) -> None:
        """Boxes to write in, pale enough not to fight with a pen."""
        first, second = self.blanks
        self.sheet.box((first, y + 6), (second - first - 8, _STOP - 12), stroke=Ink.RULE, radius=3)
        self.sheet.box(
            (second, y + 6), (self.right - second, _STOP - 12), stroke=Ink.RULE, radius=3
        )

    def _signatures(self, y: float) -> None:
        _ = self.language.gettext
        wide = (self.right - EDGE - 48) / 3
        labels = (_("Officer"), _("Cash handed over, amount"), _("Cashier"))
        for index, label in enumerate(labels):
            sign_line(self.sheet, EDGE + index * (wide + 24), y, wide, label)

    def _turn(self) -> float:
        self._foot()
        self.sheet.next_page()
        text = f"{self.paper.officer} · {day(self.paper.on, self.language)}"
        self.sheet.fitted(EDGE, EDGE + 6, text, self.right - EDGE, SMALL_SOFT)
        return self._titles(EDGE + 22)

    def _foot(self) -> None:
        lines = grievance(self.sheet, self.paper.lender, self.language, self.right - EDGE - 90)
        self.sheet.paragraph(EDGE, self.sheet.height - EDGE + 4 * MM, lines[:1], SMALL_SOFT)
        page_of(self.sheet, self.language, EDGE, self.sheet.pages, self.pages)
