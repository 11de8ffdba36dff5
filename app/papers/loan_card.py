"""The loan card: the agreement in short, every instalment, room to sign, the loan's QR."""

from __future__ import annotations

from datetime import date

from app.papers.fonts import Faces
from app.papers.leaf import Leaf, drawn
from app.papers.parts import facts
from app.papers.qr import qr
from app.papers.sheet import BODY, BODY_STRONG, SMALL, SMALL_SOFT, Ink, Sheet
from app.papers.table import Table, columns, never_cut
from app.rows.loan_papers import CardLine, LoanCardPaper
from app.texts.figures import NOTHING, amount, sign_of
from app.texts.labels import named
from app.texts.words import LANGUAGES, amount_in_words, has_words

_CODE = 56.0


def loan_card(faces: Faces, paper: LoanCardPaper, size: str = "a4") -> bytes:
    """The card as PDF, on A4 or A5."""
    title = f"{paper.about.loan_number} {paper.about.borrower}"
    return drawn(faces, title, size, lambda sheet, pages, edge: _Card(sheet, paper, pages, edge))


class _Card(Leaf):
    """One card on its way down the pages."""

    slips = True

    def __init__(self, sheet: Sheet, paper: LoanCardPaper, pages: int, edge: float) -> None:
        about = paper.about
        super().__init__(sheet, about.lender, about.language, pages, edge)
        self.paper, self.about = paper, about
        self.running = f"{about.loan_number} · {about.borrower}"
        self.charged = any(line.charge_minor for line in paper.lines)

    def body(self) -> None:
        _, about = self.language.gettext, self.about
        under = [_("Printed on {day}").format(day=self.day(about.printed_on))]
        self.head(_("Loan card"), about.loan_number, under)
        self._who()
        self._terms()
        self._lines()
        self._end()

    def _who(self) -> None:
        _, about = self.language.gettext, self.about
        name = f"{about.borrower}, {about.relative}" if about.relative else about.borrower
        qr(self.sheet, about.loan_number, right=self.right, top=self.flow.y - 8, size=_CODE)
        rows = [
            [(_("Borrower"), name), (_("Member number"), about.member_number)],
            [(_("Address"), about.address), (_("Phone"), about.phone)],
            [(_("Centre and group"), about.centre), (_("Officer"), about.officer)],
        ]
        room = 1 - (_CODE + 12) / self.wide
        y = facts(self.sheet, self.flow.y, self.edge, rows, shares=(room * 0.64, room * 0.36))
        self.flow.y = y + 2

    def _terms(self) -> None:
        _, paper, about = self.language.gettext, self.paper, self.about
        often = named("frequency", paper.frequency, self.language)
        rows = [
            [
                (_("Loan amount"), self.money(about.principal_minor, about.currency)),
                (_("Rate of interest a year"), about.rate),
                (_("Annual percentage rate (APR)"), paper.apr),
            ],
            [
                (
                    _("Paid out on {day}").format(day=self.day(about.disbursed_on)),
                    self.money(paper.net_minor, about.currency),
                ),
                (_("In all to be repaid"), self.money(paper.total_minor, about.currency)),
                (_("Product"), f"{about.product} · {often}"),
            ],
        ]
        self.flow.y = facts(self.sheet, self.flow.y, self.edge, rows)
        for charge in paper.charges:
            self.flow.say(f"{charge.name}: {charge.said}", SMALL)
        said = _("Nothing else may be asked. Take a receipt whenever you pay.")
        self.flow.say(said, SMALL_SOFT)
        self.flow.gap(8)

    def _lines(self) -> None:
        table = self._table()
        table.turn = lambda: self.turn() + 6
        self.flow.need(90)
        table.head(self.flow.y + 8)
        for line in self.paper.lines:
            table.add(self._texts(line))
        table.total(self._totals())
        self.flow.y = table.y

    def _table(self) -> Table:
        _ = self.language.gettext
        sign = sign_of(self.about.currency)
        parts = [
            (_("No."), 8.0 if self.small else 4.5, False),
            (_("Due on"), 14.0, False),
            (f"{_('Instalment')} {sign}", 13.0, True),
            (_("Principal"), 12.0, True),
            (_("Interest"), 11.0, True),
        ]
        if self.charged:
            parts.append((_("Charges"), 10.0, True))
        parts += [
            (_("Outstanding after"), 14.0, True),
            (_("Received"), 13.0, True),
            (_("Settled on"), 15.0 if self.small else 14.0, False),
            (_("Initials"), 10.0 if self.small else 12.0, False),
        ]
        cells = never_cut(columns(self.edge, self.wide, parts), 0, 1, len(parts) - 2)
        row, size = (14.0, 6.8) if self.small else (16.5, 8.2)
        return Table(self.sheet, cells, bottom=self.flow.bottom - 4, row=row, size=size)

    def _texts(self, line: CardLine) -> list[str]:
        texts = [
            str(line.number),
            self._on(line.due_on),
            self._plain(line.due_minor),
            self._plain(line.principal_minor),
            self._plain(line.interest_minor),
        ]
        if self.charged:
            texts.append(self._plain(line.charge_minor))
        paid = self._plain(line.paid_minor) if line.paid_minor else ""
        on = self._on(line.paid_on) if line.paid_on else ""
        return [*texts, self._plain(line.balance_minor), paid, on, ""]

    def _totals(self) -> list[str]:
        lines = self.paper.lines
        texts = [
            "",
            self.language.gettext("Total"),
            self._plain(self.paper.total_minor),
            self._plain(sum(line.principal_minor for line in lines)),
            self._plain(sum(line.interest_minor for line in lines)),
        ]
        if self.charged:
            texts.append(self._plain(sum(line.charge_minor for line in lines)))
        return [*texts, "", self._plain(sum(line.paid_minor for line in lines)), "", ""]

    def _end(self) -> None:
        _, about = self.language.gettext, self.about
        self.flow.gap(2)
        total = self.paper.total_minor
        said = amount(total, about.currency, symbol=True)
        if has_words(about.currency, about.language):
            said = amount_in_words(total, about.currency, about.language)
        self.flow.say(_("In all to be repaid: {words}").format(words=said), SMALL)
        self.flow.gap(6)
        self._discharge()
        who = _("For {lender}").format(lender=about.lender.name)
        self.signatures(_("Signature or thumb of the borrower"), who)

    def _discharge(self) -> None:
        """The final discharge, said once it is so, else kept open."""
        _, closed = self.language.gettext, self.paper.closed_on
        self.flow.need(40)
        y = self.flow.y
        self.sheet.box((self.edge, y), (self.wide, 32), stroke=Ink.RULE, radius=4)
        title = _("Final discharge")
        self.sheet.text(self.edge + 8, y + 13, title, BODY_STRONG)
        if closed is None:
            said = _("All dues are paid on (date, signature, seal):")
        else:
            said = _("All dues were paid on {day}.").format(day=self.day(closed))
        self.sheet.fitted(self.edge + 8, y + 25, said or NOTHING, self.wide - 16, BODY)
        self.flow.y = y + 36

    def _on(self, day: date) -> str:
        """A day in the table: months have long names in other scripts than the first two."""
        return self.day(day) if self.language.code in LANGUAGES else f"{day:%d-%m-%Y}"

    def _plain(self, minor: int) -> str:
        return amount(minor, self.about.currency)
