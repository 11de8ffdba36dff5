"""The key fact statement on A4: parts 1 and 2, how the APR was found, the disclosed schedule.

Items and their numbers follow the annexes of RBI/2024-25/18 (15 Apr 2024).
"""

from __future__ import annotations

from app.papers.counted import counted_a4
from app.papers.flow import Column, Flow, columns
from app.papers.fonts import Faces
from app.papers.key_fact_items import ITEM, apr_items, part_one, part_two
from app.papers.key_fact_money import Figures
from app.papers.parts import facts, grievance, lender_head, page_of, sign_line, title_block
from app.papers.sheet import (
    BODY,
    BODY_STRONG,
    MM,
    SMALL,
    SMALL_SOFT,
    Sheet,
    Style,
    leading,
)
from app.rows.key_facts import KeyCharge, KeyFactsPaper
from app.texts import Language
from app.texts.figures import NOTHING, day
from app.texts.labels import named
from app.texts.shipped import in_language

EDGE = 15 * MM
_FOOT = 16 * MM
_SIGN = 120.0  # room that the acknowledgement needs below its text
_TIGHT = 1.9


def key_facts_a4(faces: Faces, paper: KeyFactsPaper) -> bytes:
    """The statement as PDF."""
    title = f"{paper.proposal_number} {paper.borrower}"
    return counted_a4(faces, title, lambda sheet, pages: _Statement(sheet, paper, pages))


class _Statement:
    """One statement on its way down the pages."""

    def __init__(self, sheet: Sheet, paper: KeyFactsPaper, pages: int) -> None:
        self.sheet, self.paper, self.pages = sheet, paper, pages
        self.language = Language(paper.language)
        self.figures = Figures(paper)
        self.flow = Flow(sheet, EDGE, sheet.height - EDGE - _FOOT)
        self.flow.turn = self._turn
        wide = sheet.width - 2 * EDGE
        self.items = columns(EDGE, wide, [(7, SMALL_SOFT, False), *ITEM])

    def draw(self) -> None:
        """Draw all pages."""
        self._head()
        self._part_one()
        self._part_two()
        self._acknowledgement()
        self._next()
        self._computation()
        self._next()
        self._schedule()
        self._foot()

    def _head(self) -> None:
        paper, sheet, _ = self.paper, self.sheet, self.language.gettext
        left = lender_head(sheet, paper.lender, EDGE, sheet.width * 0.55 - EDGE)
        made = _("Made on {day}").format(day=day(paper.made_on, self.language))
        number = paper.proposal_number or _("Preview, not issued")
        right = title_block(sheet, _("Key fact statement"), number, EDGE, under=[made])
        y = max(left, right)
        sheet.rule(EDGE, y, self.flow.right)
        count = self.language.ngettext("{n} working day", "{n} working days", paper.valid_days)
        valid = _("{days}, to {day}").format(
            days=count.format(n=paper.valid_days), day=day(paper.valid_to, self.language)
        )
        row = [
            (_("Borrower"), paper.borrower),
            (_("Member number"), paper.member_number),
            (_("Valid for"), valid),
        ]
        self.flow.y = facts(sheet, y + 16, EDGE, [row], shares=(0.42, 0.22, 0.36)) - 6

    def _part_one(self) -> None:
        _, flow = self.language.gettext, self.flow
        flow.section(_("Part 1: interest rate, fees and charges"))
        before, after = part_one(self.paper, self.figures, self.language)
        for texts in before:
            flow.row(self.items, texts, pad=_TIGHT)
        self._charges()
        for texts in after:
            flow.row(self.items, texts, pad=_TIGHT)
        notes = [_("Amounts are shown before tax with the tax beside them. The APR is with tax.")]
        if any(one.every for one in self.paper.charges):
            notes.append(_("A charge taken more than once is shown with how often."))
        if any(one.ceiling for one in self.paper.charges):
            notes.append(_("“At most” is the highest that a charge can come to."))
        flow.gap(3)
        flow.say(" ".join(notes), SMALL_SOFT)

    def _charges(self) -> None:
        """Item 8: what goes to the lender, and through it to others."""
        _, flow = self.language.gettext, self.flow
        flow.need(70)
        flow.row(self.items, ["8", _("Fees and charges"), ""], rule=False, pad=_TIGHT)
        if not self.paper.charges:
            flow.row(self.items, ["", _("None"), ""], pad=_TIGHT)
            return
        parts = [(7.0, SMALL, False), (25.0, SMALL, False), (20.0, SMALL, False)]
        parts += [(14.0, SMALL, True), (12.0, SMALL, True), (14.0, SMALL, True)]
        cells = columns(EDGE, flow.right - EDGE, parts)
        head = ["", _("Charge"), _("Once or repeated"), _("Before tax"), _("Tax"), _("With tax")]
        for third, title in (
            (False, _("(A) Payable to the lender")),
            (True, _("(B) Payable to a third party through the lender")),
        ):
            charges = [one for one in self.paper.charges if one.third_party is third]
            total = self.paper.third_party_minor if third else self.paper.lender_charges_minor
            self._group(cells, head, title, charges, total)

    def _group(
        self,
        cells: list[Column],
        head: list[str],
        title: str,
        charges: list[KeyCharge],
        total: int,
    ) -> None:
        _, flow, money = self.language.gettext, self.flow, self.figures.plain
        flow.titles(cells, ["", title, *head[2:]])
        for one in charges:
            flow.row(
                cells,
                [
                    "",
                    self._charge_name(one),
                    self._how_often(one),
                    money(one.amount_minor),
                    money(one.tax_minor),
                    money(one.total_minor),
                ],
                pad=_TIGHT,
            )
        strong = [Column(c.x, c.room, Style(SMALL.size, strong=True), c.figure) for c in cells]
        flow.row(strong, ["", _("Total"), "", "", "", money(total)], pad=_TIGHT)
        flow.gap(3)

    def _charge_name(self, one: KeyCharge) -> str:
        kind = named("fee-kind", one.kind, self.language)
        name = in_language(one.name, self.language)
        return name if one.kind == "other" or name == kind else f"{kind}: {name}"

    def _how_often(self, one: KeyCharge) -> str:
        _ = self.language.gettext
        said = [named("every", one.every, self.language) if one.every else _("once")]
        if one.percent:
            said.append(one.percent)
        if one.ceiling:
            said.append(_("at most"))
        return " · ".join(said)

    def _part_two(self) -> None:
        self.flow.section(self.language.gettext("Part 2: other information"))
        for texts in part_two(self.paper, self.language):
            self.flow.row(self.items, texts, pad=_TIGHT)

    def _acknowledgement(self) -> None:
        """What the borrower signs, with the place for it."""
        paper, flow, sheet, _ = self.paper, self.flow, self.sheet, self.language.gettext
        flow.section(_("Acknowledgement"), room=_SIGN)
        spoken = named("language", paper.explained_in or paper.language, self.language)
        text = _(
            "This statement, the computation of the APR and the repayment schedule were explained "
            "to me in {language}, and I have received a copy. No charge that is not named here can "
            "be asked without my consent."
        )
        flow.say(text.format(language=spoken), BODY)
        if paper.acknowledged_on is not None:
            said = _("Acknowledged on {day}.").format(day=day(paper.acknowledged_on, self.language))
            flow.say(said, BODY_STRONG)
        flow.gap(40)
        flow.need(16)
        third = (flow.right - EDGE - 48) / 3
        labels = (
            _("Signature or thumb of the borrower"),
            _("Date"),
            _("For the lender: name and signature"),
        )
        for at, label in enumerate(labels):
            sign_line(sheet, EDGE + at * (third + 24), flow.y, third, label)
        flow.gap(18)

    def _computation(self) -> None:
        _, flow = self.language.gettext, self.flow
        flow.section(_("Computation of the APR"))
        parts = [(7.0, SMALL_SOFT, False), (60.0, BODY, False), (33.0, BODY_STRONG, True)]
        cells = columns(EDGE, flow.right - EDGE, parts)
        for texts in apr_items(self.paper, self.figures, self.language):
            flow.row(cells, texts)
        flow.gap(6)
        text = _(
            "The APR is the rate a period at which what is paid back is worth exactly the net "
            "amount disbursed, times the periods of a year (method: {method}). It is found from "
            "the exact instalments before rounding, and counts every charge with its tax."
        )
        method = named("apr-method", self.paper.apr_method, self.language)
        flow.say(text.format(method=method), SMALL)
        flow.gap(3)
        text = _(
            "The instalment is printed rounded; the total is that of the exact instalments, so it "
            "can differ from the printed instalment times the count."
        )
        flow.say(text, SMALL)

    def _schedule(self) -> None:
        """The disclosed schedule; each figure is rounded by itself."""
        _, flow, language = self.language.gettext, self.flow, self.language
        sign = self.figures.sign
        flow.section(_("Repayment schedule as disclosed"))
        parts = [(8.0, SMALL, False), (18.0, SMALL, False)] + [(18.5, SMALL, True)] * 4
        cells = columns(EDGE, flow.right - EDGE, parts)
        titles = [
            *(_("No."), _("Due on"), f"{_('Outstanding principal')} {sign}"),
            *(_("Principal"), _("Interest"), _("Instalment")),
        ]
        flow.titles(cells, titles)
        page = self.sheet.pages
        for line in self.paper.lines:
            flow.need(leading(SMALL) + 2 * _TIGHT)
            if page != self.sheet.pages:
                page = self.sheet.pages
                flow.titles(cells, titles)
            figures = (
                line.outstanding_minor,
                line.principal_minor,
                line.interest_minor,
                line.instalment_minor,
            )
            texts = [self.figures.plain(minor) for minor in figures]
            flow.row(cells, [str(line.number), day(line.due_on, language), *texts], pad=_TIGHT)
        flow.gap(6)
        text = _(
            "This is the disclosed schedule: it is worked out exactly, and each figure is rounded "
            "by itself, so that printed rows need not add up. What is collected follows the "
            "repayment schedule of the loan, in which every instalment is rounded and the last one "
            "takes the rest; the two may differ by that rounding."
        )
        flow.say(text, SMALL_SOFT)

    def _next(self) -> None:
        self.flow.y = self._turn()

    def _turn(self) -> float:
        self._foot()
        self.sheet.next_page()
        said = f"{self.paper.proposal_number} · {self.paper.borrower}"
        self.sheet.fitted(EDGE, EDGE + 8, said.strip(" ·"), self.flow.right - EDGE, SMALL_SOFT)
        return EDGE + 18

    def _foot(self) -> None:
        room = self.flow.right - EDGE - 90
        lines = grievance(self.sheet, self.paper.lender, self.language, room)
        y = self.sheet.height - EDGE + 4 * MM - (len(lines) - 1) * leading(SMALL_SOFT)
        self.sheet.rule(EDGE, y - 12, self.flow.right)
        self.sheet.paragraph(EDGE, y, lines or [NOTHING], SMALL_SOFT)
        page_of(self.sheet, self.language, EDGE, self.sheet.pages, self.pages)
