"""Rows of the declared reports."""

from __future__ import annotations

from collections.abc import Mapping
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
    loan_id: int = 0
    mode_code: str = ""


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
    loan_id: int = 0


@dataclass(frozen=True, slots=True)
class MonthRow:
    """An indicator of the month; `kind` says how to show `value`: money, int, percent (bp)."""

    section: str
    indicator: str
    kind: str
    value: int
    definition: str


Figures = Mapping[str, str | int | date | None]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A line of figures: a group of loans, a loan, or something that happened.

    `key` is what the group is asked for by, `figures` are by column. `loan_id` is the loan that the
    line is about. `strong` is a heading, or what lines before it come to.
    """

    key: str
    name: str
    figures: Figures
    loan_id: int | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A curve: its name, and a value for each label of its chart."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Curves over the same labels, such as months."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Rows of a report with what stands above them.

    `known_on` None is as told at the time. `totals` are of columns whose rows do not add up, such
    as borrowers that have loans in two groups.
    """

    report: str
    currency: str
    period: str
    rows: tuple[object, ...]
    notes: tuple[tuple[str, str], ...] = ()  # label, shown value: PAR-30, arrears rate …
    by: str = ""
    known: str = ""  # shown: as known when
    totals: tuple[tuple[str, int], ...] = ()
    trend: Trend | None = None
