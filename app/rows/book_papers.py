"""The day book and the cash book as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.rows.lender import LenderHead


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBookLine:
    """One leg of an entry; `first` where an entry begins."""

    first: bool
    entry_id: int
    what: str
    number: str  # of receipt or voucher
    loan_number: str
    who: str
    account: str
    debit_minor: int
    credit_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBookPaper:
    """Every entry of a business day, debits and credits."""

    lender: LenderHead
    on: date
    closed: bool
    currency: str
    lines: tuple[DayBookLine, ...]
    printed_at: datetime
    language: str = "en"
    seal: tuple[str, ...] = ()  # heads of all chains when it was closed, "station:number:hash"

    @property
    def entries(self) -> int:
        """How many entries."""
        return sum(line.first for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashDay:
    """The cash of a day, over all counters."""

    on: date
    opening_minor: int
    received_minor: int
    paid_minor: int

    @property
    def closing_minor(self) -> int:
        """What must be in the drawers in the evening."""
        return self.opening_minor + self.received_minor - self.paid_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class CashMove:
    """Money that came in or went out, in any mode."""

    on: date
    at: datetime
    what: str
    number: str
    loan_number: str
    who: str
    mode: str
    received_minor: int
    paid_minor: int


@dataclass(frozen=True, slots=True)
class ModeSum:
    """What came in and went out in one mode over the period."""

    mode: str
    received_minor: int
    paid_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CashBookPaper:
    """Money in and out between two days, both in it; cash by day, and room to count it."""

    lender: LenderHead
    from_on: date
    to_on: date
    currency: str
    days: tuple[CashDay, ...]
    moves: tuple[CashMove, ...]
    modes: tuple[ModeSum, ...]
    printed_at: datetime
    language: str = "en"
