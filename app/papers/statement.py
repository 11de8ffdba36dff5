"""The statement of a loan: what moved between two days, with the balance after each line."""

from __future__ import annotations

from app.papers.fonts import Faces
from app.papers.leaf import Leaf, drawn
from app.papers.parts import facts
from app.papers.sheet import SMALL, SMALL_SOFT, Sheet
from app.papers.table import Table, columns, never_cut
from app.rows.loan_papers import StatementLine, StatementPaper
from app.texts.figures import amount, sign_of
from app.texts.labels import named


def statement_a4(faces: Faces, paper: StatementPaper) -> bytes:
    """The statement as PDF."""
    title = f"{paper.about.loan_number} {paper.about.borrower}"
    return drawn(
        faces, title, "a4", lambda sheet, pages, edge: _Statement(sheet, paper, pages, edge)
    )


class _Statement(Leaf):
    """One statement on its way down the pages."""

    def __init__(self, sheet: Sheet, paper: StatementPaper, pages: int, edge: float) -> None:
        about = paper.about
        super().__init__(sheet, about.lender, about.language, pages, edge)
        self.paper, self.about = paper, about
        self.running = f"{about.loan_number} · {about.borrower}"

    def body(self) -> None:
        _, paper = self.language.gettext, self.paper
        period = _("{first} to {last}").format(
            first=self.day(paper.from_on), last=self.day(paper.to_on)
        )
        under = [period, _("Printed on {day}").format(day=self.day(self.about.printed_on))]
        self.head(_("Statement of the loan"), self.about.loan_number, under)
        self._facts()
        table = self._table()
        table.turn = lambda: self.turn() + 6
        table.head(self.flow.y + 8)
        opening = _("Brought forward")
        before = self._plain(paper.opening_minor)
        table.add([self.day(paper.from_on), opening, *[""] * 6, before])
        for line in paper.lines:
            table.add(self._texts(line))
        table.total(self._totals())
        self.flow.y = table.y
        self._end()

    def _facts(self) -> None:
        _, about = self.language.gettext, self.about
        rows = [
            [
                (_("Borrower"), about.borrower),
                (_("Member number"), about.member_number),
                (_("Centre and group"), about.centre),
            ],
            [
                (_("Loan amount"), self.money(about.principal_minor, about.currency)),
                (_("Rate of interest a year"), about.rate),
                (_("Product"), about.product),
            ],
        ]
        self.flow.y = facts(self.sheet, self.flow.y, self.edge, rows) + 2

    def _table(self) -> Table:
        _ = self.language.gettext
        sign = sign_of(self.about.currency)
        parts = [
            (_("Day"), 12.0, False),
            (_("What"), 17.0, False),
            (_("Number"), 19.0, False),
            (f"{_('Debit')} {sign}", 12.0, True),
            (f"{_('Received')} {sign}", 12.0, True),
            (_("of it principal"), 12.0, True),
            (_("of it interest"), 11.0, True),
            (_("of it charges"), 10.0, True),
            (_("Principal outstanding"), 13.0, True),
        ]
        cells = never_cut(columns(self.edge, self.wide, parts), 0, 2)
        return Table(self.sheet, cells, bottom=self.flow.bottom - 4, row=15.5, size=7.8)

    def _texts(self, line: StatementLine) -> list[str]:
        split = line.split
        charges = split.charge_minor + split.penalty_minor
        figures = (
            line.debit_minor,
            line.credit_minor,
            split.principal_minor,
            split.interest_minor,
            charges,
        )
        shown = [self._plain(minor) if minor else "" for minor in figures]
        after = self._plain(line.balance_minor)
        return [self.day(line.on), self._what(line), line.number, *shown, after]

    def _what(self, line: StatementLine) -> str:
        _ = self.language.gettext
        words = named("event-kind", line.what, self.language)
        if line.reversed:
            words = _("{what}, reversed").format(what=words)
        return words

    def _totals(self) -> list[str]:
        _ = self.language.gettext
        lines = self.paper.lines
        sums = (
            sum(line.debit_minor for line in lines),
            sum(line.credit_minor for line in lines),
        )
        closing = self._plain(self.paper.closing_minor)
        shown = [self._plain(minor) for minor in sums]
        said = _("Total")
        return [self.day(self.paper.to_on), said, "", *shown, "", "", "", closing]

    def _end(self) -> None:
        _, paper, about = self.language.gettext, self.paper, self.about
        self.flow.gap(2)
        if paper.shows_dues:
            due = self.money(paper.due_minor, about.currency)
            text = _("Due and not paid on {day}: {amount}").format(
                day=self.day(paper.to_on), amount=due
            )
            self.flow.say(text, SMALL)
        if paper.excess_minor and paper.shows_dues:
            held = self.money(paper.excess_minor, about.currency)
            self.flow.say(_("Held in excess for you: {amount}").format(amount=held), SMALL)
        said = _(
            "The balance is principal that is not yet repaid. Interest and charges are debited as "
            "they fall due by the schedule. A reversed line does not count. Tell us within 15 days "
            "if anything here is not right."
        )
        self.flow.say(said, SMALL_SOFT)

    def _plain(self, minor: int) -> str:
        return amount(minor, self.about.currency)
