"""What papers of several pages share: head, foot, numbered pages, a flow down the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from app.papers.flow import Flow
from app.papers.fonts import Faces
from app.papers.parts import grievance, lender_head, page_of, sign_line, title_block
from app.papers.sheet import A4, A5, MM, SMALL_SOFT, Sheet, leading
from app.rows.lender import LenderHead
from app.texts import Language
from app.texts.figures import amount, day

_SIZES = (("a4", A4, 15 * MM), ("a5", A5, 10 * MM))
_PAGE_ROOM = 90.0  # of the foot, for "Page 1 of 2"


class Leaf:
    """A paper on its way down the pages. Subclasses draw in `body`."""

    slips = False  # whether it is written in every language that loan cards are

    def __init__(
        self, sheet: Sheet, lender: LenderHead, language: str, pages: int, edge: float
    ) -> None:
        self.sheet, self.lender, self.pages, self.edge = sheet, lender, pages, edge
        self.before = sheet.pages - 1  # pages of other papers in the same file
        self.language = Language(language, slips=self.slips)
        self.right = sheet.width - edge
        self.wide = self.right - edge
        self.small = sheet.width < A4[0]
        self.running = ""  # what stands on top of every further page
        foot = 16 + leading(SMALL_SOFT) * len(self._foot_lines())
        self.flow = Flow(sheet, edge, sheet.height - edge - foot)
        self.flow.turn = self.turn

    def body(self) -> None:
        """Draw all of it but the last foot."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw all pages."""
        self.body()
        self._foot()

    def head(self, title: str, number: str, under: Sequence[str] = ()) -> None:
        """Who issues it, what it is, its number."""
        left = lender_head(self.sheet, self.lender, self.edge, self.sheet.width * 0.56 - self.edge)
        right = title_block(self.sheet, title, number, self.edge, under=under)
        y = max(left, right)
        self.sheet.rule(self.edge, y, self.right)
        self.flow.y = y + 16

    def turn(self) -> float:
        """Begin a page that says what it belongs to."""
        self._foot()
        self.sheet.next_page()
        self.sheet.fitted(self.edge, self.edge + 8, self.running, self.wide, SMALL_SOFT)
        return self.edge + 24

    def signatures(self, *labels: str) -> None:
        """Lines to sign on, side by side, kept together."""
        self.flow.need(58)
        y = self.flow.y + 40
        room = (self.wide - 24 * (len(labels) - 1)) / len(labels)
        for place, label in enumerate(labels):
            sign_line(self.sheet, self.edge + place * (room + 24), y, room, label)
        self.flow.y = y + 18

    def money(self, minor: int, currency: str) -> str:
        """An amount with its sign."""
        return amount(minor, currency, symbol=True)

    def day(self, on: date | None) -> str:
        """A day in the language of the paper."""
        return day(on, self.language)

    def _foot_lines(self) -> list[str]:
        room = self.wide - _PAGE_ROOM
        return grievance(self.sheet, self.lender, self.language, room)

    def _foot(self) -> None:
        lines = self._foot_lines()
        y = self.sheet.height - self.edge + 4 * MM - (len(lines) - 1) * leading(SMALL_SOFT)
        if not lines:
            y = self.sheet.height - self.edge + 4 * MM
        self.sheet.rule(self.edge, y - 12, self.right)
        self.sheet.paragraph(self.edge, y, lines, SMALL_SOFT)
        at = self.sheet.pages - self.before
        page_of(self.sheet, self.language, self.edge, at, self.pages)


def drawn(faces: Faces, title: str, size: str, make: Callable[[Sheet, int, float], Leaf]) -> bytes:
    """The PDF: drawn twice, the first time to count its pages. A size it has not is A4."""
    return drawn_together(faces, title, size, [make])


def drawn_together(
    faces: Faces, title: str, size: str, every: Sequence[Callable[[Sheet, int, float], Leaf]]
) -> bytes:
    """Several papers in one PDF, each on pages of its own that are numbered by themselves."""
    shape, edge = next(
        ((points, edge) for name, points, edge in _SIZES if name == size), (A4, 15 * MM)
    )
    sheet = Sheet(faces, shape, title=title)
    for place, make in enumerate(every):
        counting = make(Sheet(faces, shape, title="", dry=True), 1, edge)
        counting.draw()
        if place:
            sheet.next_page()
        make(sheet, counting.sheet.pages, edge).draw()
    return sheet.finish()
