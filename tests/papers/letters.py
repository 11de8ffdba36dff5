"""Example papers about one loan and the books, that the tests and the pictures share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.domain.receipt_code import ReceiptCode
from app.rows.amounts import HeadAmounts
from app.rows.book_papers import (
    CashBookPaper,
    CashDay,
    CashMove,
    DayBookLine,
    DayBookPaper,
    ModeSum,
)
from app.rows.loan_papers import (
    CardCharge,
    CardLine,
    DemandLine,
    DemandPaper,
    LoanAbout,
    LoanCardPaper,
    NoDuesPaper,
    SanctionPaper,
    StatementLine,
    StatementPaper,
)
from app.rows.papers import Paper, ReceiptPaper
from tests.papers.examples import LENDER, receipt

PAID = 5
CHARGES = (
    CardCharge("Processing fee", "1% of the principal · With 18% tax."),
    CardCharge("Penal charge", "None"),
)
NOTHING = HeadAmounts(0, 0, 0, 0)
UPI = "upi://pay?pa=sahaj@sbi&pn=Sahaj%20Gramin&tr=STPL002114&tn=STP-L-002114&am=1940.00&cu=INR"


def about(language: str = "en") -> LoanAbout:
    """The loan that all papers here are about."""
    return LoanAbout(
        lender=replace(
            LENDER,
            foot_text="Never hand money to anybody without a receipt.",
            upi_id="sahaj@sbi",
        ),
        loan_number="STP-L-002114",
        borrower="Sunita Devi · सुनीता देवी",
        relative="Ram Prasad",
        member_number="M-00731",
        address="12, Rampur Kalan 261001",
        phone="98390 12345",
        centre="Rampur Kalan · Lakshmi group",
        product="Group loan",
        currency="INR",
        principal_minor=20_000_00,
        rate="24%",
        disbursed_on=date(2026, 5, 4),
        officer="Rakesh Kumar",
        printed_on=date(2026, 11, 23),
        language=language,
    )


def card(language: str = "en", count: int = 24) -> LoanCardPaper:
    """A card with the first instalments paid."""
    lines, balance = [], 20_000_00
    for number in range(1, count + 1):
        interest = balance * 24 // 2600
        principal = 20_000_00 // count if number < count else balance
        balance -= principal
        on, due = date(2026, 5, 4) + timedelta(days=14 * number), principal + interest
        paid = due if number <= PAID else 0
        settled = on if paid else None
        lines.append(CardLine(number, on, due, principal, interest, 0, balance, paid, settled))
    return LoanCardPaper(
        about=about(language),
        apr="26.64%",
        frequency="fortnightly",
        net_minor=19_764_00,
        charges=CHARGES,
        lines=tuple(lines),
        closed_on=None,
    )


def statement(language: str = "en", count: int = 12) -> StatementPaper:
    """A statement with a reversed receipt in it."""
    start = date(2026, 5, 4)
    lines = [_moved(start, "disbursement", "", 20_000_00, 0, NOTHING, 20_000_00)]
    balance = 20_000_00
    for number in range(1, count + 1):
        split = HeadAmounts(0, 0, 184_00, 786_00)
        undone = number == count
        balance -= 0 if undone else 786_00
        on = start + timedelta(days=14 * number)
        receipt_number = f"STP-1-2627-{number:06d}"
        lines.append(
            _moved(on, "receipt", receipt_number, 0, 970_00, split, balance, undone=undone)
        )
    return StatementPaper(
        about=about(language),
        from_on=start,
        to_on=date(2026, 11, 23),
        opening_minor=0,
        closing_minor=balance,
        lines=tuple(lines),
        due_minor=1_940_00,
        excess_minor=30_00,
        shows_dues=True,
    )


def sanction(language: str = "en") -> SanctionPaper:
    """A sanction letter."""
    return SanctionPaper(
        lender=LENDER,
        number="A-STP-2605-1-0005",
        borrower="Sunita Devi · सुनीता देवी",
        relative="Ram Prasad",
        member_number="M-00731",
        address="12, Rampur Kalan 261001",
        centre="Rampur Kalan · Lakshmi group",
        product="Group loan",
        currency="INR",
        principal_minor=20_000_00,
        instalments=24,
        frequency="fortnightly",
        instalment_minor=970_00,
        rate="24%",
        apr="26.63%",
        charges=CHARGES,
        kept_minor=236_00,
        net_minor=19_764_00,
        total_minor=23_274_00,
        purpose="Two goats",
        sanctioned_on=date(2026, 5, 1),
        sanctioned_by="Arun Tiwari",
        printed_on=date(2026, 5, 2),
        language=language,
    )


def demand(language: str = "en", count: int = 2) -> DemandPaper:
    """A demand with a UPI code."""
    lines = []
    for number in range(6, 6 + count):
        on = date(2026, 5, 4) + timedelta(days=14 * number)
        late = (date(2026, 11, 23) - on).days
        lines.append(DemandLine(number, on, late, HeadAmounts(12_50, 0, 184_00, 786_00)))
    owed = count * 982_50
    return DemandPaper(
        about=about(language),
        lines=tuple(lines),
        excess_minor=25_00,
        total_minor=owed - 25_00,
        dpd=119,
        upi=UPI,
    )


def no_dues(language: str = "en") -> NoDuesPaper:
    """A no-dues letter of a loan closed early, with money still held."""
    return NoDuesPaper(
        about=about(language),
        closed_on=date(2026, 11, 20),
        early=True,
        received_minor=21_512_50,
        waived_minor=12_50,
        excess_minor=30_00,
    )


def day_book(language: str = "en", count: int = 6) -> DayBookPaper:
    """A day of receipts."""
    lines = []
    for number in range(1, count + 1):
        legs = (("1300 Loans outstanding", 0, 786_00), ("1310 Interest receivable", 0, 184_00))
        for place, (account, debit, credit) in enumerate((*legs, ("1100-1 Cash", 970_00, 0))):
            lines.append(
                DayBookLine(
                    first=place == 0,
                    entry_id=number,
                    what="receipt",
                    number=f"STP-1-2627-{number:06d}",
                    loan_number="STP-L-002114",
                    who="Sunita Devi",
                    account=account,
                    debit_minor=debit,
                    credit_minor=credit,
                )
            )
    return DayBookPaper(
        lender=LENDER,
        on=date(2026, 11, 23),
        closed=True,
        currency="INR",
        lines=tuple(lines),
        printed_at=datetime(2026, 11, 23, 18, 5),  # noqa: DTZ001 - local time of the branch
        language=language,
    )


def cash_book(language: str = "en", count: int = 8) -> CashBookPaper:
    """The cash of a day with a reversal in it."""
    on = date(2026, 11, 23)
    moves = []
    for number in range(1, count + 1):
        back = number == count
        moves.append(
            CashMove(
                on=on,
                at=datetime(2026, 11, 23, 10, number % 60),  # noqa: DTZ001 - local time
                what="reversal" if back else "receipt",
                number=f"STP-1-2627-{number:06d}",
                loan_number="STP-L-002114",
                who="Sunita Devi",
                mode="cash",
                received_minor=-970_00 if back else 970_00,
                paid_minor=0,
            )
        )
    received = sum(move.received_minor for move in moves)
    return CashBookPaper(
        lender=LENDER,
        from_on=on,
        to_on=on,
        currency="INR",
        days=(CashDay(on=on, opening_minor=5_000_00, received_minor=received, paid_minor=0),),
        moves=tuple(moves),
        modes=(ModeSum("cash", received, 0),),
        printed_at=datetime(2026, 11, 23, 18, 5),  # noqa: DTZ001 - local time of the branch
        language=language,
    )


def signed_receipt() -> ReceiptPaper:
    """The receipt of the examples with a code, as a station prints it."""
    paper = receipt()
    code = ReceiptCode(
        station=1,
        generation=1,
        number=paper.number,
        on=paper.received_at.date(),
        amount_minor=paper.amount_minor,
        currency=paper.currency,
        loan=paper.loan_number,
        digest=bytes(range(15)),
        signature=bytes(range(64)),
    )
    return replace(paper, seal=code)


def _moved(
    on: date,
    what: str,
    number: str,
    debit: int,
    credit: int,
    split: HeadAmounts,
    balance: int,
    *,
    undone: bool = False,
) -> StatementLine:
    return StatementLine(
        on=on,
        what=what,
        number=number,
        title="",
        reversed=undone,
        debit_minor=debit,
        credit_minor=credit,
        split=split,
        excess_minor=0,
        balance_minor=balance,
    )


ALL: Mapping[str, tuple[Paper, str]] = {
    "receipt-signed": (signed_receipt(), "a5"),
    "roll-signed": (signed_receipt(), "58mm"),
    "card": (card(), "a4"),
    "card-hindi": (card("hi"), "a5"),
    "statement": (statement(), "a4"),
    "statement-hindi": (statement("hi"), "a4"),
    "sanction": (sanction(), "a4"),
    "sanction-hindi": (sanction("hi"), "a5"),
    "demand": (demand(), "a4"),
    "demand-hindi": (demand("hi"), "a5"),
    "no-dues": (no_dues(), "a4"),
    "no-dues-hindi": (no_dues("hi"), "a5"),
    "day-book": (day_book(), "a4"),
    "cash-book": (cash_book(), "a4"),
    "cash-book-hindi": (cash_book("hi"), "a4"),
}
