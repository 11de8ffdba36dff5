"""A voucher of the journal on A4: its lines, the reason, who asked and who allowed it."""

from __future__ import annotations

from app.papers.act_sheet import EDGE, ActSheet
from app.papers.fonts import Faces
from app.papers.table import Table, columns, never_cut
from app.rows.journal_papers import JournalPaper
from app.texts import Language
from app.texts.figures import amount, day, moment, sign_of


def journal_voucher_a4(faces: Faces, paper: JournalPaper) -> bytes:
    """The voucher as PDF."""
    page = ActSheet(faces, paper.number, paper.currency, paper.lender, paper.language)
    _, language = page.language.gettext, page.language
    if paper.reversed_by:
        page.stamp(_("REVERSED"))
    page.head(_title(paper, language), paper.number, [day(paper.on, language)])
    written = moment(paper.written_at, language)
    page.facts(
        [
            [(_("Booked under"), day(paper.on, language)), (_("Written"), written)],
            [(_("Asked by"), paper.maker), (_("Allowed by"), paper.checker or paper.maker)],
        ]
    )
    _lines(page, paper)
    page.say(_("Reason: {reason}").format(reason=paper.reason))
    if paper.reverses:
        page.say(_("It takes back voucher {number}.").format(number=paper.reverses))
    if paper.reversed_by:
        page.say(_("It was taken back by voucher {number}.").format(number=paper.reversed_by))
    maker = _("Written by: {name}").format(name=paper.maker)
    return page.sign(maker, _("Manager"))


def _lines(page: ActSheet, paper: JournalPaper) -> None:
    """Account, debit, credit over what both sides come to."""
    _, sign = page.language.gettext, sign_of(paper.currency)
    parts = [
        (_("Code"), 12.0, False),
        (_("Account"), 48.0, False),
        (f"{_('Debit')} {sign}", 20.0, True),
        (f"{_('Credit')} {sign}", 20.0, True),
    ]
    cells = never_cut(columns(EDGE, page.right - EDGE, parts), 0)
    table = Table(page.sheet, cells, bottom=page.sheet.height - EDGE - 120, row=17.0, size=9.0)
    table.turn = lambda: _next_page(page)
    table.head(page.y)
    for leg in paper.legs:
        sides = (leg.debit_minor, leg.credit_minor)
        figures = [amount(minor, paper.currency) if minor else "" for minor in sides]
        table.add([leg.account, leg.title, *figures])
    whole = amount(paper.amount_minor, paper.currency)
    table.total(["", _("Total"), whole, whole])
    page.y = table.y + 10


def _next_page(page: ActSheet) -> float:
    page.sheet.next_page()
    return float(EDGE)


def _title(paper: JournalPaper, language: Language) -> str:
    _ = language.gettext
    return {
        "manual": _("Journal voucher"),
        "opening": _("Opening balances"),
        "reversal": _("Reversal of a journal voucher"),
    }[paper.kind]
