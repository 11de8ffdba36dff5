"""Questions whose answer is a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Query
from app.rows.proof import ProofPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanProof(Query[ProofPaper]):
    """A loan worked out by hand, to the business date or as it was believed on `known_on`."""

    name: ClassVar[str] = "loan.proof"
    loan_id: int
    known_on: date | None = None
