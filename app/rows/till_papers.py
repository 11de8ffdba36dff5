"""The slip of a till as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.counting import Counted
from app.rows.lender import LenderHead


@dataclass(frozen=True, slots=True, kw_only=True)
class TillSlipPaper:
    """A count or movement of a till on A5: what, who, when, by note, and why it differs.

    `at` is local time of the branch. What is None is not printed.
    """

    lender: LenderHead
    kind: str
    number: str
    at: datetime
    counter: str
    to_counter: str
    currency: str
    amount_minor: int
    expected_minor: int | None
    opening_minor: int | None
    received_minor: int | None
    paid_minor: int | None
    counted: tuple[Counted, ...]
    account: str
    payee: str
    reference: str
    officer: str
    reason: str
    by: str
    checker: str
    language: str = "en"
