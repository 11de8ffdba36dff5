"""Invented papers that show what the settings do; nobody could take one for a real one."""

from __future__ import annotations

from datetime import date, datetime

from app.rows.lender import LenderHead
from app.rows.loan_papers import LoanAbout, NoDuesPaper
from app.rows.papers import Paper, ReceiptLine, ReceiptPaper
from app.texts import Language
from app.texts.words import LANGUAGES

RECEIPT, LETTER = "receipt", "letter"
LENT, PAID, INTEREST = 20_000_00, 970_00, 170_00


def example(
    kind: str, lender: LenderHead, currency: str, language: str, at: datetime, cashier: str
) -> Paper:
    """A paper of the kind as it would come out at this moment."""
    if kind == RECEIPT:
        return _receipt(lender, currency, language, at, cashier)
    whole = language if language in LANGUAGES else "en"  # letters are in no more than these
    return _letter(lender, currency, whole, at.date(), cashier)


def _receipt(
    lender: LenderHead, currency: str, language: str, at: datetime, cashier: str
) -> ReceiptPaper:
    _, on = Language(language, slips=True).gettext, at.date()
    lines = [
        (_("Instalment {number}, {head}").format(number=12, head=_("Interest").lower()), INTEREST),
        (
            _("Instalment {number}, {head}").format(number=12, head=_("Principal").lower()),
            PAID - INTEREST,
        ),
    ]
    return ReceiptPaper(
        lender=lender,
        number=_("EXAMPLE"),
        received_at=at,
        borrower=_("Example borrower"),
        member_number="M-00000",
        loan_number=_("EXAMPLE"),
        centre="",
        currency=currency,
        amount_minor=PAID,
        lines=tuple(ReceiptLine(what, on, minor) for what, minor in lines),
        mode="cash",
        reference="",
        outstanding_after_minor=LENT // 2,
        next_due_on=None,
        next_due_minor=0,
        collector=cashier,
        language=language,
    )


def _letter(
    lender: LenderHead, currency: str, language: str, on: date, officer: str
) -> NoDuesPaper:
    _ = Language(language).gettext
    about = LoanAbout(
        lender=lender,
        loan_number=_("EXAMPLE"),
        borrower=_("Example borrower"),
        relative="",
        member_number="M-00000",
        address="",
        phone="",
        centre="",
        product=_("EXAMPLE"),
        currency=currency,
        principal_minor=LENT,
        rate="",
        disbursed_on=on.replace(year=on.year - 1, day=1),
        officer=officer,
        printed_on=on,
        language=language,
    )
    return NoDuesPaper(
        about=about,
        closed_on=on,
        early=False,
        received_minor=LENT + INTEREST,
        waived_minor=0,
        excess_minor=0,
    )
