"""Rows of the declared reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A receipt of the period with its split; `mode` and `state` are shown texts.

    One reversed in the period counts 0; one booked before it and reversed in it counts below 0.
    """

    number: str
    time: str
    borrower: str
    loan_number: str
    officer: str
    mode: str
    amount_minor: int
    principal_minor: int
    interest_minor: int
    charge_minor: int
    penalty_minor: int
    excess_minor: int
    state: str  # shown text; empty where the receipt stands
    on: date | None = None  # booked, or taken back
    recovery: bool = False  # on a loan that was written off


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """A late loan with its arrears in the column of its bucket; `asset_class` is shown text."""

    loan_number: str
    borrower: str
    village: str
    officer: str
    dpd: int
    asset_class: str
    arrears_minor: int
    b1_30_minor: int
    b31_60_minor: int
    b61_90_minor: int
    b91_180_minor: int
    b180_minor: int
    outstanding_minor: int
    last_paid_on: date | None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """An indicator of the month; `kind` says how to show `value`: money, int, percent (bp)."""

    section: str
    indicator: str
    kind: str
    value: int
    definition: str


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Rows of a report with what stands above them."""

    report: str
    currency: str
    period: str
    rows: tuple[object, ...]
    notes: tuple[tuple[str, str], ...] = ()  # label, shown value: PAR-30, arrears rate …
