"""The proof of a loan on A4: what was agreed, every line and every fact, worked out by hand."""

from __future__ import annotations

from app.papers.counted import counted_a4
from app.papers.flow import Flow, columns
from app.papers.fonts import Faces
from app.papers.parts import facts, lender_head, page_of, title_block
from app.papers.proof_history import history
from app.papers.proof_lines import levels, lines
from app.papers.proof_penal import penals
from app.papers.sheet import (
    BODY,
    BODY_STRONG,
    MM,
    SMALL,
    SMALL_SOFT,
    Ink,
    Sheet,
    Style,
)
from app.rows.proof import ProofPaper, ProofSum
from app.texts import Language
from app.texts.figures import amount, day
from app.texts.labels import named
from app.texts.term_words import agreed

EDGE = 15 * MM
_FOOT = 12 * MM


def proof_a4(faces: Faces, paper: ProofPaper) -> bytes:
    """The proof as PDF."""
    title = f"{paper.loan_number} {paper.borrower}"
    return counted_a4(faces, title, lambda sheet, pages: _Proof(sheet, paper, pages))


class _Proof:
    """One proof on its way down the pages."""

    def __init__(self, sheet: Sheet, paper: ProofPaper, pages: int) -> None:
        self.sheet, self.paper, self.pages = sheet, paper, pages
        self.language = Language(paper.language)
        self.flow = Flow(sheet, EDGE, sheet.height - EDGE - _FOOT)
        self.flow.turn = self._turn

    def draw(self) -> None:
        """Draw all pages."""
        self._head()
        self._agreed()
        levels(self.flow, self.paper, self.language)
        lines(self.flow, self.paper, self.language)
        history(self.flow, self.paper, self.language)
        penals(self.flow, self.paper, self.language)
        self._end()
        self._foot()

    def _head(self) -> None:
        paper, sheet, _ = self.paper, self.sheet, self.language.gettext
        left = lender_head(sheet, paper.lender, EDGE, sheet.width * 0.55 - EDGE)
        under = [_("Printed on {day}").format(day=day(paper.printed_on, self.language))]
        if paper.known_on is not None:
            text = _("As it was known on {day}")
            under.append(text.format(day=day(paper.known_on, self.language)))
        right = title_block(sheet, _("Proof of the loan"), paper.loan_number, EDGE, under=under)
        y = max(left, right)
        sheet.rule(EDGE, y, self.flow.right)
        rows = [
            [
                (_("Borrower"), paper.borrower),
                (_("Member number"), paper.member_number),
                (_("Centre and group"), paper.centre),
            ],
            [
                (_("Product"), paper.product),
                (_("Loan amount"), self._signed(paper.terms.principal)),
                (_("Disbursed on"), day(paper.terms.disbursed_on, self.language)),
            ],
        ]
        self.flow.y = facts(sheet, y + 16, EDGE, rows) - 6

    def _agreed(self) -> None:
        _, flow = self.language.gettext, self.flow
        flow.section(_("What was agreed"))
        parts = [(24.0, SMALL_SOFT, False), (32.0, Style(SMALL.size, strong=True), False)]
        cells = columns(EDGE, flow.right - EDGE, [*parts, (44.0, SMALL, False)])
        for one in agreed(self.paper.terms, self.language):
            flow.row(cells, one, pad=1.8)

    def _end(self) -> None:
        """Where the loan stands, and the sums that must come out."""
        paper, flow, _ = self.paper, self.flow, self.language.gettext
        position = paper.position
        flow.section(_("Where the loan stands on {day}").format(day=self._day()))
        late = position.arrears
        rows = [
            (_("Principal outstanding"), self._signed(position.principal_outstanding)),
            (_("Due and unpaid: penal charge"), self._signed(late.penalty)),
            (_("Due and unpaid: charge"), self._signed(late.charge)),
            (_("Due and unpaid: interest"), self._signed(late.interest)),
            (_("Due and unpaid: principal"), self._signed(late.principal)),
            (_("Money held in excess"), self._signed(position.excess)),
            (_("To close the loan on this day"), self._signed(position.payoff)),
            (_("Days past due"), str(position.days_past_due)),
            (_("Asset class"), named("asset-class", position.asset_class, self.language)),
            (_("State"), named("loan-state", position.status, self.language)),
        ]
        cells = columns(EDGE, flow.right - EDGE, [(70, BODY, False), (30, BODY_STRONG, True)])
        for row in rows:
            flow.row(cells, row, pad=1.8)
        flow.section(_("Sums that must come out"))
        for one in paper.sums:
            self._sum(one)

    def _sum(self, one: ProofSum) -> None:
        _, flow = self.language.gettext, self.flow
        flow.gap(4)
        parts = [
            f"{_sum_name(what, self.language)} {self._plain(minor)}" for what, minor in one.parts
        ]
        whole = _sum_name(one.what, self.language)
        flow.say(f"{whole} {self._plain(one.whole_minor)} = {' + '.join(parts)}", BODY)
        ink = Ink.TEXT if one.agrees else Ink.BAD
        said = _("It comes out.") if one.agrees else _("It does not come out.")
        flow.say(said, Style(BODY.size, strong=True, ink=ink))

    def _turn(self) -> float:
        self._foot()
        self.sheet.next_page()
        number = f"{self.paper.loan_number} · {self.paper.borrower}"
        self.sheet.fitted(EDGE, EDGE + 8, number, self.flow.right - EDGE, SMALL_SOFT)
        return EDGE + 18

    def _foot(self) -> None:
        y = self.sheet.height - EDGE + 4 * MM
        self.sheet.rule(EDGE, y - 12, self.flow.right)
        self.sheet.fitted(EDGE, y, self.paper.lender.name, self.flow.right - EDGE - 90, SMALL_SOFT)
        page_of(self.sheet, self.language, EDGE, self.sheet.pages, self.pages)

    def _day(self) -> str:
        return day(self.paper.position.as_on, self.language)

    def _signed(self, minor: int) -> str:
        return amount(minor, self.paper.currency, symbol=True)

    def _plain(self, minor: int) -> str:
        return amount(minor, self.paper.currency)


def _sum_name(what: str, language: Language) -> str:
    """What a part of a sum is called."""
    _ = language.gettext
    return {
        "handed-out": _("Handed out and made principal"),
        "repaid": _("repaid"),
        "waived": _("waived"),
        "written-off": _("written off"),
        "outstanding": _("outstanding"),
        "received": _("Money received, less given back"),
        "penalty": _("penal charges"),
        "charge": _("charges"),
        "interest": _("interest"),
        "principal": _("principal"),
        "held": _("held"),
    }.get(what, what)
