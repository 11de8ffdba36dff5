"""The day book and the cash book on A4."""

from __future__ import annotations

from app.papers.fonts import Faces
from app.papers.leaf import Leaf, drawn
from app.papers.parts import facts
from app.papers.sheet import BODY_STRONG, LABEL, SMALL, Align, Ink, Sheet
from app.papers.table import Table, columns, never_cut
from app.rows.book_papers import CashBookPaper, CashMove, DayBookLine, DayBookPaper
from app.texts.figures import amount, moment, sign_of
from app.texts.labels import named

NOTES = (500, 200, 100, 50, 20, 10)
INDIA = "INR"


def day_book_a4(faces: Faces, paper: DayBookPaper) -> bytes:
    """The day book as PDF."""
    title = f"{paper.lender.branch} {paper.on.isoformat()}"
    return drawn(faces, title, "a4", lambda s, pages, edge: _DayBook(s, paper, pages, edge))


def cash_book_a4(faces: Faces, paper: CashBookPaper) -> bytes:
    """The cash book as PDF."""
    title = f"{paper.lender.branch} {paper.from_on.isoformat()} {paper.to_on.isoformat()}"
    return drawn(faces, title, "a4", lambda s, pages, edge: _CashBook(s, paper, pages, edge))


class _DayBook(Leaf):
    """A day book on its way down the pages."""

    def __init__(self, sheet: Sheet, paper: DayBookPaper, pages: int, edge: float) -> None:
        super().__init__(sheet, paper.lender, paper.language, pages, edge)
        self.paper = paper
        self.running = f"{paper.lender.branch} · {self.day(paper.on)}"

    def body(self) -> None:
        _, paper = self.language.gettext, self.paper
        under = [_("Printed {when}").format(when=moment(paper.printed_at, self.language))]
        self.head(_("Day book"), self.day(paper.on), under)
        debit = sum(line.debit_minor for line in paper.lines)
        state = _("closed") if paper.closed else _("open")
        row = [
            (_("Branch"), paper.lender.branch),
            (_("Business day"), state),
            (_("Entries"), str(paper.entries)),
            (_("Turnover"), self.money(debit, paper.currency)),
        ]
        self.flow.y = facts(self.sheet, self.flow.y, self.edge, [row]) + 2
        self._table(debit)
        self._seal()
        self.signatures(_("Cashier"), _("Manager"))

    def _seal(self) -> None:
        """The heads of all chains as the day was closed: what is cut off later, shows."""
        _ = self.language.gettext
        if not self.paper.seal:
            return
        self.flow.section(_("Seal of the day"))
        said = _("Counter station {station}, line {number}: {hash}")
        for head in self.paper.seal:
            station, number, made = head.split(":")
            self.flow.say(said.format(station=station, number=number, hash=made), SMALL)

    def _table(self, debit: int) -> None:
        _, paper = self.language.gettext, self.paper
        sign = sign_of(paper.currency)
        parts = [
            (_("What"), 18.0, False),
            (_("Number"), 17.0, False),
            (_("Loan and borrower"), 30.0, False),
            (_("Account"), 26.0, False),
            (f"{_('Debit')} {sign}", 13.0, True),
            (f"{_('Credit')} {sign}", 13.0, True),
        ]
        cells = columns(self.edge, self.wide, parts)
        table = Table(self.sheet, cells, bottom=self.flow.bottom - 4, row=13.5, size=7.4)
        table.turn = lambda: self.turn() + 6
        table.head(self.flow.y + 8)
        for line in paper.lines:
            table.add(self._texts(line))
        credit = sum(line.credit_minor for line in paper.lines)
        sums = [amount(minor, paper.currency) for minor in (debit, credit)]
        table.total([_("Total"), "", "", "", *sums])
        self.flow.y = table.y

    def _texts(self, line: DayBookLine) -> list[str]:
        what = named("event-kind", line.what, self.language) if line.first else ""
        whose = " · ".join(part for part in (line.loan_number, line.who) if part)
        number = line.number if line.first else ""
        figures = [
            amount(minor, self.paper.currency) if minor else ""
            for minor in (line.debit_minor, line.credit_minor)
        ]
        return [what, number, whose if line.first else "", line.account, *figures]


class _CashBook(Leaf):
    """A cash book on its way down the pages."""

    def __init__(self, sheet: Sheet, paper: CashBookPaper, pages: int, edge: float) -> None:
        super().__init__(sheet, paper.lender, paper.language, pages, edge)
        self.paper = paper
        self.one_day = paper.from_on == paper.to_on
        self.running = f"{paper.lender.branch} · {self._period()}"

    def body(self) -> None:
        _, paper = self.language.gettext, self.paper
        under = [_("Printed {when}").format(when=moment(paper.printed_at, self.language))]
        self.head(_("Cash book"), self._period(), under)
        self._days()
        self._modes()
        self._moves()
        if self.one_day and paper.currency == INDIA:
            self._notes()
        self.signatures(_("Cashier"), _("Counted with"), _("Manager"))

    def _period(self) -> str:
        if self.one_day:
            return self.day(self.paper.to_on)
        return self.language.gettext("{first} to {last}").format(
            first=self.day(self.paper.from_on), last=self.day(self.paper.to_on)
        )

    def _days(self) -> None:
        _, paper = self.language.gettext, self.paper
        sign = sign_of(paper.currency)
        self.flow.section(_("Cash by day"))
        parts = [
            (_("Day"), 20.0, False),
            (f"{_('Opening')} {sign}", 20.0, True),
            (f"{_('Received')} {sign}", 20.0, True),
            (f"{_('Paid out')} {sign}", 20.0, True),
            (f"{_('Closing')} {sign}", 20.0, True),
        ]
        table = self._begun(parts)
        for one in paper.days:
            figures = (one.opening_minor, one.received_minor, one.paid_minor, one.closing_minor)
            table.add([self.day(one.on), *(self._plain(minor) for minor in figures)])
        received = sum(one.received_minor for one in paper.days)
        paid = sum(one.paid_minor for one in paper.days)
        opening, closing = paper.days[0].opening_minor, paper.days[-1].closing_minor
        sums = [self._plain(minor) for minor in (opening, received, paid, closing)]
        table.total([_("Total"), *sums])
        self.flow.y = table.y

    def _modes(self) -> None:
        _, paper = self.language.gettext, self.paper
        sign = sign_of(paper.currency)
        self.flow.section(_("By mode"))
        parts = [
            (_("Mode"), 40.0, False),
            (f"{_('Received')} {sign}", 30.0, True),
            (f"{_('Paid out')} {sign}", 30.0, True),
        ]
        table = self._begun(parts)
        for one in paper.modes:
            figures = [self._plain(one.received_minor), self._plain(one.paid_minor)]
            table.add([named("mode", one.mode, self.language), *figures])
        sums = (
            sum(one.received_minor for one in paper.modes),
            sum(one.paid_minor for one in paper.modes),
        )
        table.total([_("Total"), *(self._plain(minor) for minor in sums)])
        self.flow.y = table.y

    def _moves(self) -> None:
        _, paper = self.language.gettext, self.paper
        sign = sign_of(paper.currency)
        self.flow.section(_("Money in and out"))
        if not paper.moves:
            self.flow.say(_("Nothing came in or went out."), SMALL)
            return
        parts = [
            (_("Time") if self.one_day else _("Day"), 12.0, False),
            (_("What"), 15.0, False),
            (_("Number"), 18.0, False),
            (_("Loan and borrower"), 31.0, False),
            (_("Mode"), 13.0, False),
            (f"{_('Received')} {sign}", 13.0, True),
            (f"{_('Paid out')} {sign}", 13.0, True),
        ]
        table = self._begun(parts, size=7.4, row=13.5)
        for move in paper.moves:
            table.add(self._texts(move))
        sums = (
            sum(move.received_minor for move in paper.moves),
            sum(move.paid_minor for move in paper.moves),
        )
        table.total([_("Total"), "", "", "", "", *(self._plain(minor) for minor in sums)])
        self.flow.y = table.y

    def _texts(self, move: CashMove) -> list[str]:
        when = f"{move.at:%H:%M}" if self.one_day else self.day(move.on)
        whose = " · ".join(part for part in (move.loan_number, move.who) if part)
        figures = [
            self._plain(minor) if minor else "" for minor in (move.received_minor, move.paid_minor)
        ]
        what = named("event-kind", move.what, self.language)
        return [when, what, move.number, whose, named("mode", move.mode, self.language), *figures]

    def _notes(self) -> None:
        """The notes and coins in the drawers, to be written in."""
        _, sheet = self.language.gettext, self.sheet
        step = 15.0
        self.flow.need(60 + step * (len(NOTES) + 3))
        self.flow.section(_("Notes counted"))
        left, pieces, total = self.edge, self.edge + 90, self.edge + 190
        y = self.flow.y + 10
        for x, title in ((left, _("Note")), (pieces, _("Pieces")), (total, _("Amount"))):
            sheet.text(x, y, title, LABEL)
        for name in (*(f"₹{note}" for note in NOTES), _("Coins")):
            y += step
            sheet.text(left + 40, y, name, SMALL, Align.RIGHT)
            sheet.rule(pieces, y + 2, pieces + 70, ink=Ink.SOFT)
            sheet.rule(total, y + 2, total + 90, ink=Ink.SOFT)
        y += step + 2
        sheet.text(left, y, _("Counted"), BODY_STRONG)
        sheet.rule(total, y + 2, total + 90, ink=Ink.TEXT)
        expected = self.money(self.paper.days[-1].closing_minor, self.paper.currency)
        said = _("By the books: {amount}").format(amount=expected)
        sheet.text(total + 110, y, said, BODY_STRONG)
        self.flow.y = y + 8

    def _begun(
        self, parts: list[tuple[str, float, bool]], *, size: float = 8.2, row: float = 15.5
    ) -> Table:
        cells = never_cut(columns(self.edge, self.wide, parts), 0)
        table = Table(self.sheet, cells, bottom=self.flow.bottom - 4, row=row, size=size)
        table.turn = lambda: self.turn() + 6
        self.flow.need(50)
        table.head(self.flow.y + 8)
        return table

    def _plain(self, minor: int) -> str:
        return amount(minor, self.paper.currency)
