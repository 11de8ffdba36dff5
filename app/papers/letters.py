"""Letters to a borrower: sanction, demand, no dues."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.papers.flow import columns
from app.papers.fonts import Faces
from app.papers.leaf import Leaf, drawn, drawn_together
from app.papers.qr import qr
from app.papers.sheet import BODY, BODY_STRONG, SMALL, SMALL_SOFT, Align, Sheet, Style
from app.papers.table import Table, never_cut
from app.papers.table import columns as cells_of
from app.rows.loan_papers import (
    DemandLine,
    DemandPaper,
    LettersPaper,
    LoanAbout,
    NoDuesPaper,
    SanctionPaper,
)
from app.texts.figures import NOTHING, amount, sign_of
from app.texts.labels import named
from app.texts.words import amount_in_words

_CODE = 108.0
_AMOUNT = Style(20, strong=True)
Pair = tuple[str, str]


def sanction_letter(faces: Faces, paper: SanctionPaper, size: str = "a4") -> bytes:
    """The sanction letter as PDF, on A4 or A5."""
    title = f"{paper.number} {paper.borrower}"
    return drawn(faces, title, size, lambda s, pages, edge: _Sanction(s, paper, pages, edge))


def demand_notice(faces: Faces, paper: DemandPaper, size: str = "a4") -> bytes:
    """The demand as PDF, on A4 or A5."""
    title = f"{paper.about.loan_number} {paper.about.borrower}"
    return drawn(faces, title, size, lambda s, pages, edge: _Demand(s, paper, pages, edge))


def letters_together(faces: Faces, paper: LettersPaper, size: str = "a4") -> bytes:
    """Letters to several borrowers in one PDF, on A4 or A5."""
    title = " ".join(one.number for one in (paper.letters[0], paper.letters[-1]))
    every = [partial(_of, one) for one in paper.letters]
    return drawn_together(faces, title, size, every)


def _of(paper: DemandPaper, sheet: Sheet, pages: int, edge: float) -> Leaf:
    return _Demand(sheet, paper, pages, edge)


def no_dues_letter(faces: Faces, paper: NoDuesPaper, size: str = "a4") -> bytes:
    """The no-dues letter as PDF, on A4 or A5."""
    title = f"{paper.about.loan_number} {paper.about.borrower}"
    return drawn(faces, title, size, lambda s, pages, edge: _NoDues(s, paper, pages, edge))


class _Letter(Leaf):
    """What letters share: to whom, and pairs of words and values."""

    def address(self, name: str, relative: str, lines: Sequence[str]) -> None:
        """To whom the letter goes."""
        self.flow.say(self.language.gettext("To"), SMALL_SOFT)
        self.flow.say(name, BODY_STRONG)
        for line in (relative, *lines):
            if line:
                self.flow.say(line, BODY)
        self.flow.gap(8)

    def pairs(self, rows: Sequence[Pair]) -> None:
        """Words at the left, what they stand for at the right, over hairlines."""
        shares = ((0.42, SMALL_SOFT, False), (0.58, BODY, False))
        made = columns(self.edge, self.wide, shares)
        for label, value in rows:
            self.flow.row(made, [label, value or NOTHING])

    def to_loan(self, about: LoanAbout) -> None:
        """To whom, for a letter about a loan."""
        member = self.language.gettext("Member {number}").format(number=about.member_number)
        self.address(about.borrower, about.relative, (about.address, about.centre, member))


class _Sanction(_Letter):
    """A sanction letter on its way down the pages."""

    def __init__(self, sheet: Sheet, paper: SanctionPaper, pages: int, edge: float) -> None:
        super().__init__(sheet, paper.lender, paper.language, pages, edge)
        self.paper = paper
        self.running = f"{paper.number} · {paper.borrower}"

    def body(self) -> None:
        _, paper = self.language.gettext, self.paper
        under = [self.day(paper.sanctioned_on)]
        self.head(_("Sanction letter"), paper.number, under)
        member = _("Member {number}").format(number=paper.member_number)
        self.address(paper.borrower, paper.relative, (paper.address, paper.centre, member))
        said = amount_in_words(paper.principal_minor, paper.currency, paper.language)
        text = _(
            "We have granted you a loan of {amount} ({words}) on these terms. The key fact "
            "statement that goes with it says all that it costs; nothing is owed before the money "
            "is handed out."
        )
        money = self.money(paper.principal_minor, paper.currency)
        self.flow.say(text.format(amount=money, words=said))
        self.flow.gap(6)
        self.pairs(self._terms())
        self.flow.section(_("Charges"))
        self.pairs([(charge.name, charge.said) for charge in paper.charges])
        self._accepting()

    def _terms(self) -> list[Pair]:
        _, paper = self.language.gettext, self.paper
        often = named("frequency", paper.frequency, self.language)
        each = self.money(paper.instalment_minor, paper.currency)
        plan = _("{count} × {amount}, {often}").format(
            count=paper.instalments, amount=each, often=often
        )
        return [
            (_("Loan amount"), self.money(paper.principal_minor, paper.currency)),
            (_("Product"), paper.product),
            (_("Purpose"), paper.purpose),
            (_("Rate of interest a year"), paper.rate),
            (_("Annual percentage rate (APR)"), paper.apr),
            (_("Instalments"), plan),
            (_("Fees taken at disbursement"), self.money(paper.kept_minor, paper.currency)),
            (_("To be paid out"), self.money(paper.net_minor, paper.currency)),
            (_("In all to be repaid"), self.money(paper.total_minor, paper.currency)),
        ]

    def _accepting(self) -> None:
        _, paper = self.language.gettext, self.paper
        self.flow.gap(10)
        text = _(
            "Figures are worked out as if the loan were paid out on the day of this letter; the "
            "repayment schedule handed over with the money has the days. I have read these terms, "
            "or they were read to me in a language that I understand, and I accept them."
        )
        self.flow.say(text, SMALL)
        who = _("Sanctioned by: {name}").format(name=paper.sanctioned_by or NOTHING)
        self.signatures(_("Signature or thumb of the borrower"), who)


class _Demand(_Letter):
    """A demand on its way down the pages."""

    def __init__(self, sheet: Sheet, paper: DemandPaper, pages: int, edge: float) -> None:
        about = paper.about
        super().__init__(sheet, about.lender, about.language, pages, edge)
        self.paper, self.about = paper, about
        self.running = f"{about.loan_number} · {about.borrower}"

    def body(self) -> None:
        _, about = self.language.gettext, self.about
        number = self.paper.number or about.loan_number
        self.head(self._title(), number, [self.day(about.printed_on)])
        self.to_loan(about)
        self.flow.say(self._asked())
        if self.paper.stage:
            self.flow.gap(4)
            self.flow.say(self._by_stage())
        self.flow.gap(4)
        self._how_to_pay()
        self._table()
        text = _(
            "If you have paid in the last days, please bring the receipt and take this as settled. "
            "If you cannot pay all of it now, speak to us: nobody may threaten you, call you "
            "before 9 in the morning or after 6 in the evening, or trouble your family."
        )
        self.flow.gap(4)
        self.flow.say(text, SMALL)
        who = about.officer or about.lender.name
        self.signatures(_("Received by the borrower, date"), _("For the lender: {n}").format(n=who))

    def _title(self) -> str:
        _ = self.language.gettext
        if self.paper.stage == "reminder":
            return _("Reminder")
        return _("Final notice") if self.paper.stage == "final" else _("Demand notice")

    def _by_stage(self) -> str:
        """What is asked at this stage, and what happens otherwise."""
        _ = self.language.gettext
        if self.paper.stage == "reminder":
            text = _("Please pay by {day}, or tell your officer when you can pay.")
        elif self.paper.stage == "final":
            text = _(
                "We have written to you before. Pay by {day}, or come to the branch by then to "
                "agree how to pay. The loan is reported as not performing to the credit bureaus, "
                "which makes further loans difficult; after this day we may take the steps that "
                "your agreement and the law allow."
            )
        else:
            text = _(
                "Please pay by {day}. Credit bureaus are told of loans that are paid late. If the "
                "harvest, an illness or work is the reason, come to us: we can talk about how to "
                "pay."
            )
        return text.format(day=self.day(self.paper.pay_by_on))

    def _asked(self) -> str:
        _, ngettext, paper = self.language.gettext, self.language.ngettext, self.paper
        money = self.money(paper.total_minor, self.about.currency)
        if not paper.dpd:
            return _("On your loan {number} {amount} is due today.").format(
                number=self.about.loan_number, amount=money
            )
        text = ngettext(
            "On your loan {number} {amount} is due and not paid; the oldest part since {n} day.",
            "On your loan {number} {amount} is due and not paid; the oldest part since {n} days.",
            paper.dpd,
        )
        return text.format(number=self.about.loan_number, amount=money, n=paper.dpd)

    def _table(self) -> None:
        _, paper = self.language.gettext, self.paper
        sign = sign_of(self.about.currency)
        parts = [
            (_("No."), 7.0 if self.small else 5.0, False),
            (_("Due on"), 14.0, False),
            (_("Days late"), 9.0, True),
            (_("Principal"), 13.0, True),
            (_("Interest"), 13.0, True),
            (_("Charges"), 11.0, True),
            (_("Penal charge"), 11.0, True),
            (f"{_('Due')} {sign}", 14.0, True),
        ]
        size, row = (7.0, 13.5) if self.small else (8.5, 15.5)
        table = Table(
            self.sheet,
            never_cut(cells_of(self.edge, self.wide, parts), 0, 1),
            bottom=self.flow.bottom - 4,
            row=row,
            size=size,
        )
        table.turn = lambda: self.turn() + 6
        self.flow.need(60)
        table.head(self.flow.y + 8)
        for line in paper.lines:
            table.add(self._texts(line))
        if paper.excess_minor:
            held = _("Held in excess")
            table.add(["", held, "", "", "", "", "", self._plain(-paper.excess_minor)])
        empty = [""] * 5
        table.total(["", _("To be paid"), *empty, self._plain(paper.total_minor)])
        self.flow.y = table.y

    def _texts(self, line: DemandLine) -> list[str]:
        unpaid = line.unpaid
        heads = (
            unpaid.principal_minor,
            unpaid.interest_minor,
            unpaid.charge_minor,
            unpaid.penalty_minor,
        )
        figures = [self._plain(minor) if minor else "" for minor in (*heads, sum(heads))]
        return [str(line.number), self.day(line.due_on), str(line.days_late), *figures]

    def _how_to_pay(self) -> None:
        _, paper, about = self.language.gettext, self.paper, self.about
        self.flow.need(_CODE + 12 if paper.upi else 50)
        top = self.flow.y + 6
        room = self.wide - (_CODE + 16 if paper.upi else 0)
        money = self.money(paper.total_minor, about.currency)
        self.sheet.whole(self.edge, top + 20, money, room, _AMOUNT, Align.LEFT)
        said = amount_in_words(paper.total_minor, about.currency, about.language)
        lines = self.sheet.wrapped(said, room, SMALL)
        y = self.sheet.paragraph(self.edge, top + 36, lines, SMALL)
        where = _("Pay at the branch or at your centre, and take a receipt.")
        if paper.upi:
            where = _(
                "Pay by any UPI app with this code ({upi}), or at the branch or your centre. "
                "Take a receipt in every case."
            ).format(upi=about.lender.upi_id)
        y = self.sheet.paragraph(self.edge, y + 4, self.sheet.wrapped(where, room, BODY), BODY)
        if paper.upi:
            qr(self.sheet, paper.upi, right=self.right, top=top, size=_CODE)
            y = max(y, top + _CODE + 6)
        self.flow.y = y

    def _plain(self, minor: int) -> str:
        return amount(minor, self.about.currency)


class _NoDues(_Letter):
    """A no-dues letter on its way down the page."""

    def __init__(self, sheet: Sheet, paper: NoDuesPaper, pages: int, edge: float) -> None:
        about = paper.about
        super().__init__(sheet, about.lender, about.language, pages, edge)
        self.paper, self.about = paper, about
        self.running = f"{about.loan_number} · {about.borrower}"

    def body(self) -> None:
        _, paper, about = self.language.gettext, self.paper, self.about
        self.head(_("No-dues letter"), about.loan_number, [self.day(about.printed_on)])
        self.to_loan(about)
        self.flow.say(_("This loan is closed. Nothing more is to be paid on it."), BODY_STRONG)
        self.flow.gap(6)
        early = _("Closed early on") if paper.early else _("Closed on")
        lent = self.money(about.principal_minor, about.currency)
        words = amount_in_words(about.principal_minor, about.currency, about.language)
        rows = [
            (_("Loan"), about.loan_number),
            (_("Product"), about.product),
            (_("Loan amount"), f"{lent} ({words})"),
            (_("Paid out on"), self.day(about.disbursed_on)),
            (early, self.day(paper.closed_on)),
            (_("Received in all"), self.money(paper.received_minor, about.currency)),
        ]
        if paper.waived_minor:
            rows.append((_("Waived"), self.money(paper.waived_minor, about.currency)))
        if paper.excess_minor:
            held = self.money(paper.excess_minor, about.currency)
            rows.append((_("Held for you, to be given back"), held))
        self.pairs(rows)
        self.flow.gap(10)
        text = _(
            "What was left with us for this loan is given back with this letter. Credit bureaus "
            "are told of the closure with our next report. Keep this letter."
        )
        self.flow.say(text)
        self.flow.gap(14)
        name = _("For {lender}").format(lender=about.lender.name)
        self.signatures(_("Signature or thumb of the borrower"), name)
