"""Questions whose answer is a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Query
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
