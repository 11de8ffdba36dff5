"""Questions about living loans and the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Page, Paged, Query
from app.rows.act_papers import ClosureQuotePaper, VoucherPaper
from app.rows.acts import ActPreview, ActWanted, ClosureQuoteRow, VoucherRow
from app.rows.papers import ReceiptPaper, SchedulePaper
from app.rows.servicing import (
    ForeclosureQuote,
    FoundLoan,
    LoanRow,
    LoanView,
    ReceiptRow,
    SplitPreview,
    TillView,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindLoans(Query[tuple[FoundLoan, ...]]):
    """Up to `limit` loans by any part of number, name, phone, village or group."""

    name: ClassVar[str] = "loan.find"
    text: str
    limit: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLoans(Paged[Page[LoanRow]]):
    """The loans of the branch; `status` "" is all, as is every other empty filter."""

    name: ClassVar[str] = "loan.list"
    status: str = ""
    asset_class: str = ""  # of running loans, on the open day
    officer_id: int | None = None
    product_id: int | None = None
    village: str = ""
    centre: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowLoan(Query[LoanView]):
    """One loan, whole, as on the business date."""

    name: ClassVar[str] = "loan.show"
    loan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewReceipt(Query[SplitPreview]):
    """What an amount would pay; the same engine that will post it."""

    name: ClassVar[str] = "receipt.preview"
    loan_id: int
    amount_minor: int
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteForeclosure(Query[ForeclosureQuote]):
    """What closing asks on a day, today (None) or later if nothing is booked till then."""

    name: ClassVar[str] = "loan.foreclosure-quote"
    loan_id: int
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowClosureQuote(Query[ClosureQuoteRow]):
    """A kept quote of an early closure."""

    name: ClassVar[str] = "loan.kept-quote"
    quote_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewAct(Query[ActPreview]):
    """What an act would make of a loan; raises what doing it would, but for the limit."""

    name: ClassVar[str] = "act.preview"
    loan_id: int
    act: ActWanted


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewCheck(Query[ActPreview]):
    """What letting a proposed act happen would make of the loan now, for the checker."""

    name: ClassVar[str] = "check.preview"
    check_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowVoucher(Query[VoucherRow]):
    """A voucher as it is printed."""

    name: ClassVar[str] = "voucher.show"
    voucher_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTill(Query[TillView]):
    """This counter's day."""

    name: ClassVar[str] = "till.show"
    latest: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowReceipt(Query[ReceiptRow]):
    """One receipt."""

    name: ClassVar[str] = "receipt.show"
    receipt_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptForPaper(Query[ReceiptPaper]):
    """A receipt as it is printed, with the split first given; `duplicate` n marks DUPLICATE n."""

    name: ClassVar[str] = "receipt.paper"
    receipt_id: int
    duplicate: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleForPaper(Query[SchedulePaper]):
    """A loan's schedule as it is printed."""

    name: ClassVar[str] = "loan.schedule-paper"
    loan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureQuoteForPaper(Query[ClosureQuotePaper]):
    """A kept quote of an early closure as it is printed."""

    name: ClassVar[str] = "loan.quote-paper"
    quote_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherForPaper(Query[VoucherPaper]):
    """The voucher of a fact that paid money out: a disbursement, a later part, a refund.

    `event_id` None is the disbursement.
    """

    name: ClassVar[str] = "voucher.paper"
    loan_id: int
    event_id: int | None = None
