"""Example papers of acts on a loan."""

from __future__ import annotations

from datetime import date, datetime

from app.rows.act_papers import ClosureQuotePaper, VoucherLine, VoucherPaper
from app.rows.amounts import HeadAmounts
from tests.papers.examples import LENDER


def quote() -> ClosureQuotePaper:
    """A late loan that is closed next week, with a charge, its tax and some excess."""
    return ClosureQuotePaper(
        lender=LENDER,
        number="STP-2627-Q1-00014",
        made_on=date(2026, 11, 24),
        closes_on=date(2026, 12, 1),
        borrower="Sunita Devi \u00b7 सुनीता देवी",
        member_number="M-00731",
        loan_number="STP-2627-L1-00214",
        currency="INR",
        heads=HeadAmounts(42_50, 118_00, 481_67, 18_200_00),
        closing_charge_minor=364_00,
        closing_tax_minor=65_52,
        excess_minor=40_00,
        total_minor=19_231_69,
        by="Meena Khanna",
    )


def disbursed() -> VoucherPaper:
    """A first part that closed an old loan."""
    return VoucherPaper(
        lender=LENDER,
        kind="disbursement",
        number="STP-2627-L1-00320",
        paid_at=datetime(2026, 11, 24, 12, 5),  # noqa: DTZ001 - local time of the branch
        borrower="Sunita Devi \u00b7 सुनीता देवी",
        member_number="M-00731",
        loan_number="STP-2627-L1-00320",
        payee="Sunita Devi \u00b7 सुनीता देवी",
        currency="INR",
        lines=(
            VoucherLine("lent", 20_000_00),
            VoucherLine("fee", -300_00),
            VoucherLine("tax", -54_00),
            VoucherLine("closing", -9_193_21, "STP-2526-L1-00001"),
        ),
        amount_minor=10_452_79,
        mode="bank",
        reference="N326114",
        reason="",
        by="Meena Khanna",
    )


def refunded() -> VoucherPaper:
    """Excess that went back, and was reversed."""
    return VoucherPaper(
        lender=LENDER,
        kind="refund",
        number="STP-2627-V1-00003",
        paid_at=datetime(2026, 11, 24, 16, 40),  # noqa: DTZ001 - local time of the branch
        borrower="Sunita Devi",
        member_number="M-00731",
        loan_number="STP-2627-L1-00214",
        payee="Ram Lal",
        currency="INR",
        lines=(VoucherLine("refund", 1_250_00),),
        amount_minor=1_250_00,
        mode="cash",
        reference="",
        reason="paid twice",
        by="Sunita Verma",
        reversed=True,
    )
