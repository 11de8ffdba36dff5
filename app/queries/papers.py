"""Questions whose answer is a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Query
from app.rows.book_papers import CashBookPaper, DayBookPaper
from app.rows.loan_papers import (
    DemandPaper,
    LoanCardPaper,
    NoDuesPaper,
    SanctionPaper,
    StatementPaper,
)
from app.rows.paper_settings import PaperSettings
from app.rows.proof import ProofPaper
from app.rows.receipt_checks import ReceiptChecked, StationKeyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanProof(Query[ProofPaper]):
    """A loan worked out by hand, to the business date or as it was believed on `known_on`."""

    name: ClassVar[str] = "loan.proof"
    loan_id: int
    known_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReceipt(Query[ReceiptChecked]):
    """Whether the text of a receipt's QR is genuine, and whether the receipt was reversed."""

    name: ClassVar[str] = "receipt.check"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStationKeys(Query[tuple[StationKeyRow, ...]]):
    """The public keys that this station signed receipts by, the first one first."""

    name: ClassVar[str] = "station.keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPaperSettings(Query[PaperSettings]):
    """What was set for the papers of the branch."""

    name: ClassVar[str] = "papers.show-settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanCardForPaper(Query[LoanCardPaper]):
    """The loan card as the borrower keeps it."""

    name: ClassVar[str] = "loan.card-paper"
    loan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementForPaper(Query[StatementPaper]):
    """The account of a loan; without days from its beginning to the business date."""

    name: ClassVar[str] = "loan.statement-paper"
    loan_id: int
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionForPaper(Query[SanctionPaper]):
    """The sanction letter of an application. Raises NotAllowedNow(not-sanctioned)."""

    name: ClassVar[str] = "application.sanction-paper"
    application_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanSanctionForPaper(Query[SanctionPaper]):
    """The sanction letter of the application that a loan came from."""

    name: ClassVar[str] = "loan.sanction-paper"
    loan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandForPaper(Query[DemandPaper]):
    """A demand for what is due. Raises NotAllowedNow(nothing-to-demand)."""

    name: ClassVar[str] = "loan.demand-paper"
    loan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDuesForPaper(Query[NoDuesPaper]):
    """That nothing is owed any more. Raises NotAllowedNow(not-closed, written-off-no-dues)."""

    name: ClassVar[str] = "loan.no-dues-paper"
    loan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBookForPaper(Query[DayBookPaper]):
    """Every entry of a business day; without a day the present one."""

    name: ClassVar[str] = "books.day-paper"
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CashBookForPaper(Query[CashBookPaper]):
    """Money in and out from day to day; without days of the present one."""

    name: ClassVar[str] = "books.cash-paper"
    from_on: date | None = None
    to_on: date | None = None
