"""Visits and promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.commands.base import Command, personal
from app.rows.facts import PromiseFacts as PromiseFacts


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """A loan to visit, and why (a code of app.domain.visit)."""

    loan_id: int
    why: str


@dataclass(frozen=True, slots=True)
class VisitsPlanned:
    """The answer to PlanVisits and OrderVisits: the ids in order."""

    visit_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVisits(Command[VisitsPlanned]):
    """Add stops to an officer's day, after those already there."""

    name: ClassVar[str] = "visit.plan"

    officer_id: int
    on: date
    stops: tuple[PlannedStop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderVisits(Command[VisitsPlanned]):
    """Put an officer's planned stops of a day into this order."""

    name: ClassVar[str] = "visit.order"

    officer_id: int
    on: date
    visit_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VisitRecorded:
    """The answer to RecordVisit."""

    visit_id: int
    promise_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit(Command[VisitRecorded]):
    """What came of a visit; money named here is a claim until the counter has it."""

    name: ClassVar[str] = "visit.record"

    visit_id: int
    outcome: str  # a code of app.domain.visit
    met: bool
    note: str = personal()
    claimed_minor: int = 0
    currency: str
    promise: PromiseFacts | None = None


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """The answer to MakePromise and CancelPromise."""

    promise_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePromise(Command[PromiseMade]):
    """A promise outside a visit, such as on the phone; one open promise a day and loan."""

    name: ClassVar[str] = "promise.make"

    loan_id: int
    promise: PromiseFacts
    note: str = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPromise(Command[PromiseMade]):
    """A promise is never changed, only cancelled and made anew."""

    name: ClassVar[str] = "promise.cancel"

    promise_id: int
    reason: str
