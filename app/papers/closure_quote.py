"""The kept quote of an early closure on A4: every head to the day, honoured to the paisa."""

from __future__ import annotations

from app.domain.allocation import Head
from app.papers.act_sheet import ActSheet, MoneyLine
from app.papers.fonts import Faces
from app.papers.sheet import SMALL_SOFT, Style
from app.rows.act_papers import ClosureQuotePaper
from app.texts import Language
from app.texts.figures import amount, day
from app.texts.labels import named

_STRONG = Style(10, strong=True)


def closure_quote_a4(faces: Faces, paper: ClosureQuotePaper) -> bytes:
    """The quote as PDF."""
    title = f"{paper.number} {paper.loan_number}"
    page = ActSheet(faces, title, paper.currency, paper.lender, paper.language)
    language = page.language
    _, on = language.gettext, day(paper.closes_on, language)
    made = _("Made on {day}").format(day=day(paper.made_on, language))
    page.head(_("Quote to close a loan early"), paper.number, [made])
    page.facts(
        [
            [(_("Borrower"), paper.borrower), (_("Member number"), paper.member_number)],
            [(_("Loan"), paper.loan_number), (_("Closes on"), on)],
        ]
    )
    total = MoneyLine(_("To close the loan on {day}").format(day=on), paper.total_minor)
    page.money(_lines(paper, language), total)
    figure = amount(paper.total_minor, paper.currency, symbol=True)
    said = _("Paid in full on {day}, {amount} closes this loan and nothing more is asked on it.")
    page.say(said.format(day=on, amount=figure), _STRONG)
    said = _(
        "The amount is honoured to the last paisa on that day, and on no other, as long as nothing "
        "else is booked on the loan from now on: no receipt, charge, waiver or other change. "
        "Each figure counts interest and penal charges up to and including that day."
    )
    page.say(said)
    page.say(_("No duty to close the loan arises from this quote."), SMALL_SOFT)
    who = _("For the lender: {name}").format(name=paper.by)
    return page.sign(who, _("Signature or thumb of the borrower"))


def _lines(paper: ClosureQuotePaper, language: Language) -> list[MoneyLine]:
    """Every head, none of them left out: what is nothing is said too."""
    _ = language.gettext
    heads = (
        (Head.PRINCIPAL, paper.heads.principal_minor),
        (Head.INTEREST, paper.heads.interest_minor),
        (Head.CHARGE, paper.heads.charge_minor),
        (Head.PENALTY, paper.heads.penalty_minor),
    )
    lines = [MoneyLine(named("head", head.value, language), minor) for head, minor in heads]
    lines.append(MoneyLine(_("Charge for closing early"), paper.closing_charge_minor))
    lines.append(MoneyLine(_("Tax on the charge for closing early"), paper.closing_tax_minor))
    if paper.excess_minor:
        said = _("Less what is held in excess")
        lines.append(MoneyLine(said, -paper.excess_minor))
    return lines
