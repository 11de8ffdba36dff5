"""The call list on A4: whom to call, why, and room for what came of it."""

from __future__ import annotations

from app.papers.flow import columns
from app.papers.fonts import Faces
from app.papers.leaf import Leaf, drawn
from app.papers.sheet import BODY, BODY_STRONG, SMALL, SMALL_SOFT, Ink, Sheet
from app.rows.late import CallLine
from app.rows.papers import CallListPaper
from app.texts.figures import NOTHING, amount, sign_of, weekday

_BLANK = 26.0  # under each borrower, to write in
_SHARES = (
    (0.05, SMALL_SOFT, False),
    (0.35, BODY_STRONG, False),
    (0.20, BODY, False),
    (0.08, BODY, True),
    (0.14, BODY_STRONG, True),
    (0.18, SMALL, False),
)


def call_list(faces: Faces, paper: CallListPaper) -> bytes:
    """The list as PDF."""
    title = f"{paper.who} {paper.on.isoformat()}"
    return drawn(faces, title, "a4", lambda s, pages, edge: _CallList(s, paper, pages, edge))


class _CallList(Leaf):
    """A call list on its way down the pages."""

    def __init__(self, sheet: Sheet, paper: CallListPaper, pages: int, edge: float) -> None:
        super().__init__(sheet, paper.lender, paper.language, pages, edge)
        self.paper = paper
        self.running = f"{paper.who} · {self.day(paper.on)}"
        self.cells = columns(self.edge, self.wide, _SHARES)

    def body(self) -> None:
        _, paper = self.language.gettext, self.paper
        on = f"{weekday(paper.on, self.language)}, {self.day(paper.on)}"
        hours = _("Calls allowed: {hours}").format(hours=paper.contact_hours or NOTHING)
        self.head(_("Call list"), on, [paper.who, hours])
        sign = sign_of(paper.lines[0].currency) if paper.lines else ""
        heads = ["", _("Borrower and loan"), _("Phone"), _("Days"), f"{_('Late')} {sign}", ""]
        self.flow.titles(self.cells, [*heads[:5], _("Last heard")])
        for place, line in enumerate(paper.lines, start=1):
            self._line(place, line)

    def _line(self, place: int, line: CallLine) -> None:
        _ = self.language.gettext
        self.flow.need(_BLANK + 40)
        names = " · ".join(part for part in (line.borrower, line.local_name) if part)
        figures = amount(line.arrears_minor, line.currency)
        first = [str(place), names, line.phone or NOTHING, str(line.dpd), figures, line.said]
        self.flow.row(self.cells, first, rule=False)
        where = " · ".join(part for part in (line.number, line.village) if part)
        self.flow.say(where, SMALL_SOFT, indent=self.cells[1].x - self.edge)
        self.flow.gap(4)
        x = self.cells[1].x
        for word in (_("Spoken to"), _("No answer"), _("Wrong number"), _("Promise: amount, day")):
            self.sheet.box((x, self.flow.y), (8, 8), stroke=Ink.SOFT, radius=1)
            self.sheet.text(x + 12, self.flow.y + 7.5, word, SMALL)
            x += 92
        self.flow.gap(_BLANK - 8)
        self.sheet.rule(self.edge, self.flow.y, self.right)
