"""Rows about arrears, visits and promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.rows.origination import StoryRow


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """A loan with something due before the day asked about (in the due-today list: due on it)."""

    loan_id: int
    number: str
    borrower: str
    local_name: str
    village: str
    phone: str
    officer: str
    officer_id: int
    dpd: int
    bucket: str
    asset_class: str
    arrears_minor: int
    outstanding_minor: int
    currency: str
    last_paid_on: date | None
    promise_on: date | None
    promise_minor: int
    promise_state: str  # "", open, kept, broken
    last_contact_on: date | None


@dataclass(frozen=True, slots=True)
class BucketTotal:
    """How many loans and how much in one bucket."""

    bucket: str
    loans: int
    arrears_minor: int
    outstanding_minor: int


@dataclass(frozen=True, slots=True)
class OverdueSummary:
    """The chips above the list; rates are in hundredths of a percent of all outstanding."""

    as_on: date
    currency: str
    due_today_loans: int
    due_today_minor: int
    buckets: tuple[BucketTotal, ...]
    outstanding_minor: int
    arrears_rate_bp: int
    par30_bp: int


@dataclass(frozen=True, slots=True)
class LoanStory:
    """The side panel: who, how the schedule stands, what happened."""

    loan_id: int
    number: str
    borrower: str
    local_name: str
    phone: str
    dpd: int
    asset_class: str
    arrears_minor: int
    outstanding_minor: int
    currency: str
    cells: tuple[str, ...]  # paid, part, late, ahead: one an instalment
    promises: tuple[PromiseRow, ...]
    story: tuple[StoryRow, ...]


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise; `state` (open, kept, broken, cancelled) is derived from the facts."""

    promise_id: int
    loan_id: int
    loan_number: str
    borrower: str
    made_on: date
    promised_on: date
    amount_minor: int
    received_minor: int
    currency: str
    state: str
    by: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A stop of an officer's day: `arrears_minor` fell due before the day, `due_minor` on it."""

    visit_id: int
    place: int  # order within the day
    loan_id: int
    number: str
    borrower: str
    local_name: str
    village: str
    phone: str
    why: str
    dpd: int
    asset_class: str
    arrears_minor: int
    due_minor: int
    currency: str
    state: str  # planned, done
    outcome: str
    note: str
    claimed_minor: int
    promise_on: date | None
    promise_minor: int
    promise_state: str


@dataclass(frozen=True, slots=True)
class VisitDay:
    """An officer's day."""

    officer_id: int
    officer: str
    on: date
    visits: tuple[VisitRow, ...]
    contact_hours: str = ""  # in which all of these borrowers may be visited


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stop the program proposes, and why."""

    loan_id: int
    number: str
    borrower: str
    local_name: str
    village: str
    why: str
    dpd: int
    arrears_minor: int
    currency: str
    promise_on: date | None = None
    promise_minor: int = 0
