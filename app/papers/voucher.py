"""The voucher of money paid out to a borrower on A4: a disbursement, a later part, a refund."""

from __future__ import annotations

from app.papers.act_sheet import ActSheet, MoneyLine
from app.papers.fonts import Faces
from app.rows.act_papers import VoucherLine, VoucherPaper
from app.texts import Language
from app.texts.figures import moment
from app.texts.labels import named


def voucher_a4(faces: Faces, paper: VoucherPaper) -> bytes:
    """The voucher as PDF."""
    title = f"{paper.number} {paper.loan_number}"
    page = ActSheet(faces, title, paper.currency, paper.lender, paper.language)
    _, language = page.language.gettext, page.language
    if paper.reversed:
        page.stamp(_("REVERSED"))
    page.head(_title(paper, language), paper.number, [moment(paper.paid_at, language)])
    page.facts(
        [
            [(_("Paid to"), paper.payee), (_("Borrower"), paper.borrower)],
            [(_("Loan"), paper.loan_number), (_("Member number"), paper.member_number)],
            [(_("Paid out by"), _how(paper, language)), (_("Reason"), paper.reason)],
        ]
    )
    lines = [MoneyLine(_words(line, language), line.amount_minor) for line in paper.lines]
    page.money(lines, MoneyLine(_("Paid out"), paper.amount_minor))
    if paper.reversed:
        page.say(_("This voucher was reversed. It is not valid."))
    who = _("Paid out by: {name}").format(name=paper.by)
    return page.sign(who, _("Received: signature or thumb"))


def _title(paper: VoucherPaper, language: Language) -> str:
    _ = language.gettext
    return {
        "disbursement": _("Voucher of a disbursement"),
        "part": _("Voucher of a part paid out"),
        "refund": _("Voucher of a refund"),
    }[paper.kind]


def _how(paper: VoucherPaper, language: Language) -> str:
    mode = named("mode", paper.mode, language)
    return f"{mode} \u00b7 {paper.reference}" if paper.reference else mode


def _words(line: VoucherLine, language: Language) -> str:
    _ = language.gettext
    return {
        "lent": _("Loan handed out"),
        "fee": _("Less charges kept back"),
        "tax": _("Less tax on them"),
        "closing": _("Less what closes loan {number}").format(number=line.number),
        "part": _("Part {number} of the loan").format(number=line.number),
        "refund": _("Money held in excess, given back"),
    }[line.what]
