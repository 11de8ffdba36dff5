"""Visits: planned in an order, recorded with what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.commands.base import Topic
from app.commands.field import (
    OrderVisits,
    PlannedStop,
    PlanVisits,
    RecordVisit,
    VisitRecorded,
    VisitsPlanned,
)
from app.domain.errors import CurrencyMismatch, NotAllowedNow, NotFound, ValueRefused
from app.domain.roles import Permission
from app.domain.visit import check_outcome, outcome_of, why_of
from app.services.facts import record
from app.services.promises import add_promise, check_note, lock_living
from app.services.registry import use_case
from app.services.work import Work
from app.store.arrears import ACTIVE
from app.store.field import DONE, PLANNED, VISIT, lock_visits, officer
from app.store.loans import LoanRecord, loans_by_id
from app.store.schema.field import visits
from app.store.tx import Row

RECORDED = "visit-done"


@use_case(PlanVisits, needs=Permission.VISIT_PLAN, changes={Topic.VISIT}, answer=VisitsPlanned)
def plan_visits(work: Work, command: PlanVisits) -> VisitsPlanned:
    """Add stops after those of the day; a loan that is planned already keeps its stop."""
    if command.on < work.day:
        raise ValueRefused(field="on", why="in-the-past")
    if not command.stops:
        raise ValueRefused(field="stops", why="empty")
    for stop in command.stops:
        why_of(stop.why)
    _officer(work, command.officer_id)
    day = lock_visits(work.tx, work.branch.branch_id, command.officer_id, command.on)
    loans = _living(work, command.stops)
    planned = {row["loan_id"]: int(row["id"]) for row in day if row["state"] == PLANNED}
    place = max((row["place"] for row in day), default=0)
    for stop in command.stops:
        if stop.loan_id in planned:
            continue
        place += 1
        loan = loans[stop.loan_id]
        planned[stop.loan_id] = _insert(work, command, stop, place, loan.currency)
    return VisitsPlanned(tuple(dict.fromkeys(planned[stop.loan_id] for stop in command.stops)))


@use_case(OrderVisits, needs=Permission.VISIT_PLAN, changes={Topic.VISIT}, answer=VisitsPlanned)
def order_visits(work: Work, command: OrderVisits) -> VisitsPlanned:
    """Put the planned stops into the given order; those done keep their places before them."""
    _officer(work, command.officer_id)
    day = lock_visits(work.tx, work.branch.branch_id, command.officer_id, command.on)
    planned = {int(row["id"]): row for row in day if row["state"] == PLANNED}
    if sorted(command.visit_ids) != sorted(planned):
        raise ValueRefused(field="visit_ids", why="not-the-planned-stops")
    done = max((row["place"] for row in day if row["state"] == DONE), default=0)
    for place, visit_id in enumerate(command.visit_ids, start=done + 1):
        if planned[visit_id]["place"] != place:
            work.tx.change(visits, planned[visit_id], place=place)
    return VisitsPlanned(command.visit_ids)


@use_case(
    RecordVisit,
    needs=Permission.VISIT_RECORD,
    changes={Topic.VISIT, Topic.PROMISE},
    answer=VisitRecorded,
)
def record_visit(work: Work, command: RecordVisit) -> VisitRecorded:
    """Write down what came of a planned stop, with the promise that was made at it.

    Money named here is the officer's claim; it becomes a receipt at the counter.
    """
    _check_told(command)
    visit = work.tx.locked(visits, command.visit_id)
    if visit["branch_id"] != work.branch.branch_id:
        raise NotFound(what="visit", id=command.visit_id)
    if visit["state"] != PLANNED:
        raise NotAllowedNow(why="visit-done")
    if visit["visit_on"] > work.day:
        raise NotAllowedNow(why="visit-ahead", visit_on=visit["visit_on"])
    if command.currency != visit["currency"]:
        raise CurrencyMismatch(field="claimed_minor", one=visit["currency"], other=command.currency)
    # The lock comes before the first write; the promise is told after the visit it was made at.
    loan = _promising(work, command, visit)
    _write(work, command, visit)
    return VisitRecorded(command.visit_id, _promise(work, command, visit, loan))


def _check_told(command: RecordVisit) -> None:
    check_note(command.note)
    check_outcome(
        outcome_of(command.outcome),
        met=command.met,
        claimed_minor=command.claimed_minor,
        promised=command.promise is not None,
        note=command.note,
    )


def _promising(work: Work, command: RecordVisit, visit: Row) -> LoanRecord | None:
    return None if command.promise is None else lock_living(work, visit["loan_id"])


def _promise(work: Work, command: RecordVisit, visit: Row, loan: LoanRecord | None) -> int | None:
    if command.promise is None or loan is None:
        return None
    made_on: date = visit["visit_on"]
    return add_promise(work, loan, command.promise, made_on, visit_id=command.visit_id)


def _write(work: Work, command: RecordVisit, visit: Row) -> None:
    work.tx.change(
        visits,
        visit,
        state=DONE,
        outcome=command.outcome,
        met=command.met,
        note=command.note.strip(),
        claimed_minor=command.claimed_minor,
    )
    record(
        work,
        VISIT,
        command.visit_id,
        RECORDED,
        value_on=visit["visit_on"],
        amount_minor=command.claimed_minor or None,
        currency=command.currency,
        title=command.outcome,
    )


def _insert(work: Work, command: PlanVisits, stop: PlannedStop, place: int, currency: str) -> int:
    return work.tx.insert(
        visits,
        branch_id=work.branch.branch_id,
        officer_id=command.officer_id,
        visit_on=command.on,
        place=place,
        loan_id=stop.loan_id,
        why=stop.why,
        state=PLANNED,
        outcome="",
        met=False,
        note="",
        claimed_minor=0,
        currency=currency,
    )


def _living(work: Work, stops: Sequence[PlannedStop]) -> dict[int, LoanRecord]:
    """The loans of the stops. Raises where one is not of this branch, or is closed."""
    found = loans_by_id(work.tx.connection, (stop.loan_id for stop in stops))
    for stop in stops:
        loan = found.get(stop.loan_id)
        if loan is None or loan.branch_id != work.branch.branch_id:
            raise NotFound(what="loan", id=stop.loan_id)
        if loan.status != ACTIVE:
            raise NotAllowedNow(field="stops", why="loan-closed", number=loan.number)
    return found


def _officer(work: Work, officer_id: int) -> None:
    found = officer(work.tx.connection, officer_id)
    if found is None or not found["active"]:
        raise NotFound(what="officer", field="officer_id", id=officer_id)
