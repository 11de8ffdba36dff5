"""A voucher of the journal as it is printed, and the books as Tally takes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.rows.books import EntryLeg
from app.rows.lender import LenderHead


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPaper:
    """A journal voucher; `reverses` and `reversed_by` are numbers of others, or empty."""

    lender: LenderHead
    number: str
    kind: str  # manual, opening, reversal
    on: date
    written_at: datetime  # local time of the branch
    reason: str
    legs: tuple[EntryLeg, ...]
    amount_minor: int
    currency: str
    maker: str
    checker: str
    reverses: str = ""
    reversed_by: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class TallyLedger:
    """An account as a ledger of Tally: its name there, the group it lies under, its opening."""

    code: str
    name: str
    parent: str
    opening_minor: int  # debit above zero


@dataclass(frozen=True, slots=True)
class TallyVoucher:
    """An entry as a voucher of Tally; `key` tells Tally that it knows it already."""

    key: str
    on: date
    kind: str  # Receipt, Payment, Contra, Journal
    number: str
    narration: str
    lines: tuple[tuple[str, int], ...]  # name of the ledger; debit above zero


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyBooks:
    """The ledgers, and the vouchers of some days, in the order they were booked."""

    company: str
    currency: str
    first: date
    last: date
    ledgers: tuple[TallyLedger, ...]
    vouchers: tuple[TallyVoucher, ...]

    @property
    def sides(self) -> tuple[int, int]:
        """All debits and all credits of the vouchers."""
        lines = [minor for voucher in self.vouchers for _name, minor in voucher.lines]
        return _added(x for x in lines if x > 0), -_added(x for x in lines if x < 0)


def _added(amounts: Iterable[int]) -> int:
    return sum(amounts)
