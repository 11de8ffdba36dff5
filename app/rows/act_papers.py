"""Papers of acts on a loan: a kept quote of an early closure, a voucher of money paid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.rows.amounts import HeadAmounts
from app.rows.lender import LenderHead


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureQuotePaper:
    """What closing a loan on a day asks, kept and honoured to the minor unit.

    The heads with the closure's own charge and its tax, less the excess held, are the total.
    """

    lender: LenderHead
    number: str
    made_on: date
    closes_on: date
    borrower: str
    member_number: str
    loan_number: str
    currency: str
    heads: HeadAmounts
    closing_charge_minor: int
    closing_tax_minor: int
    excess_minor: int
    total_minor: int
    by: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """A part of what a voucher comes to; `what` is a code: lent, fee, tax, closing, refund, part.

    `number` is that of an old loan, or of a part.
    """

    what: str
    amount_minor: int
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherPaper:
    """Money that was paid out to a borrower; the lines add up to the amount.

    `kind` is disbursement, part or refund; `paid_at` is local time of the branch.
    """

    lender: LenderHead
    kind: str
    number: str
    paid_at: datetime
    borrower: str
    member_number: str
    loan_number: str
    payee: str
    currency: str
    lines: tuple[VoucherLine, ...]
    amount_minor: int
    mode: str
    reference: str
    reason: str
    by: str
    reversed: bool = False
    language: str = "en"
