"""An officer's day as it is shown and printed, and whom it would be good to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.errors import NotFound, ValueRefused
from app.domain.promise import PromiseState
from app.domain.roles import Permission
from app.domain.visit import Why
from app.queries.field import DaySheetForPaper, ProposeVisits, ShowVisitDay
from app.rows.field import PromiseRow, Proposal, VisitDay, VisitRow
from app.rows.papers import DaySheetPaper, DayStop
from app.services.field_rules import hours_shown
from app.services.paper_settings import paper_look
from app.services.promises import promise_rows
from app.services.registry import answers
from app.services.standing import Standing, standings
from app.services.work import Reading
from app.store.arrears import ACTIVE
from app.store.field import DONE, loan_heads, officer, planned_loans, visits_of
from app.store.overdue import Late, late_rows
from app.store.promises import promises_due, promises_of, shown_promises
from app.texts.labels import named

MOST_PROPOSED = 100
Mapped = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class _Day:
    """The stops of a day with all that is said about each."""

    officer: str
    stops: Sequence[Mapped]
    heads: Mapping[int, Mapped]
    stands: Mapping[int, Standing]
    promised: Mapping[int, PromiseRow]  # by visit
    hours: str


@answers(ShowVisitDay, needs=Permission.VIEW_FIELD)
def show_visit_day(reading: Reading, query: ShowVisitDay) -> VisitDay:
    """The stops in order, with what each loan owes on that day."""
    day = _day(reading, query.officer_id, query.on)
    rows = tuple(_visit_row(day, stop) for stop in day.stops)
    return VisitDay(query.officer_id, day.officer, query.on, rows, day.hours)


@answers(DaySheetForPaper, needs=Permission.VIEW_FIELD)
def day_sheet_for_paper(reading: Reading, query: DaySheetForPaper) -> DaySheetPaper:
    """The stops that are still to be made, as the officer takes them along."""
    day = _day(reading, query.officer_id, query.on)
    open_stops = [stop for stop in day.stops if stop["state"] != DONE]
    stops = tuple(_paper_stop(day, stop, n) for n, stop in enumerate(open_stops, start=1))
    branch, look = reading.branch, paper_look(reading)
    return DaySheetPaper(
        lender=look.lender,
        officer=day.officer,
        on=query.on,
        currency=branch.currency,
        stops=stops,
        contact_hours=day.hours,
        printed_at=reading.now.astimezone(ZoneInfo(branch.time_zone)),
        language=look.house_language,
    )


@answers(ProposeVisits, needs=Permission.VISIT_PLAN)
def propose_visits(reading: Reading, query: ProposeVisits) -> tuple[Proposal, ...]:
    """Promises due that day, broken promises, then arrears by amount and age, the most first.

    Left out: who is planned already, and who has promised for a later day.
    """
    if query.on < reading.day:
        raise ValueRefused(field="on", why="in-the-past")
    limit = min(max(query.limit, 0), MOST_PROPOSED)
    return tuple([*_due(reading, query), *_late(reading, query)][:limit])


def _due(reading: Reading, query: ProposeVisits) -> list[Proposal]:
    """Open promises for the day, the largest first."""
    connection, branch = reading.connection, reading.branch
    found = promises_due(connection, branch.branch_id, query.on, reading.day, query.officer_id)
    rows = [row for row in promise_rows(found, reading.day) if row.state == PromiseState.OPEN]
    heads = loan_heads(connection, [row.loan_id for row in rows])
    stands = standings(reading, list(heads), query.on)
    planned = planned_loans(connection, branch.branch_id, query.on)
    wanted = [
        row for row in rows if row.loan_id not in planned and heads[row.loan_id]["status"] == ACTIVE
    ]
    return [
        _proposal(
            heads[row.loan_id],
            stands[row.loan_id],
            Why.PROMISE_DUE,
            row.promised_on,
            row.amount_minor,
        )
        for row in sorted(wanted, key=lambda row: (-row.amount_minor, row.loan_id))
    ]


def _late(reading: Reading, query: ProposeVisits) -> list[Proposal]:
    """Late loans without a promise still to come; broken promises before the others."""
    connection, branch = reading.connection, reading.branch
    late = Late(branch.branch_id, branch.currency, query.on, officer_id=query.officer_id)
    found = late_rows(connection, late)
    ids = [row["loan_id"] for row in found]
    stands = standings(reading, ids, query.on)
    promised = shown_promises(connection, ids, reading.day)
    planned = planned_loans(connection, branch.branch_id, query.on)
    made = []
    for row in found:
        promise = promised.get(row["loan_id"])
        state = promise["state"] if promise else ""
        if row["loan_id"] in planned or state == PromiseState.OPEN:
            continue
        if promise and state == PromiseState.BROKEN:
            told = (Why.PROMISE_BROKEN, promise["promised_on"], promise["amount_minor"])
        else:
            told = (Why.OVERDUE, None, 0)
        made.append(_proposal(row, stands[row["loan_id"]], *told))
    return sorted(made, key=_urgency)


def _urgency(proposal: Proposal) -> tuple[bool, int, int]:
    """Broken promises first; then by amount times age, the most first."""
    weight = proposal.arrears_minor * proposal.dpd
    return proposal.why != Why.PROMISE_BROKEN, -weight, proposal.loan_id


def _proposal(
    head: Mapped, stands: Standing, why: Why, promise_on: date | None, promise_minor: int
) -> Proposal:
    return Proposal(
        loan_id=head["loan_id"],
        number=head["number"],
        borrower=head["full_name"],
        local_name=head["local_name"],
        village=head["village"],
        why=why.value,
        dpd=stands.dpd,
        arrears_minor=stands.arrears_minor,
        currency=head["currency"],
        promise_on=promise_on,
        promise_minor=promise_minor,
    )


def _day(reading: Reading, officer_id: int, on: date) -> _Day:
    found = officer(reading.connection, officer_id)
    if found is None:
        raise NotFound(what="officer", field="officer_id", id=officer_id)
    stops = visits_of(reading.connection, reading.branch.branch_id, officer_id, on)
    ids = [stop["loan_id"] for stop in stops]
    heads = loan_heads(reading.connection, ids)
    rule_sets = {head["rule_set"] for head in heads.values()}
    return _Day(
        officer=found["full_name"],
        stops=stops,
        heads=heads,
        stands=standings(reading, ids, on),
        promised=_promised(reading, stops, ids),
        hours=hours_shown(rule_sets, on),
    )


def _promised(
    reading: Reading, stops: Sequence[Mapped], ids: Sequence[int]
) -> dict[int, PromiseRow]:
    """For a stop that is done the promise made at it, for another the loan's present one."""
    found = promises_of(reading.connection, ids, reading.day)
    rows = {row.promise_id: row for row in promise_rows(found, reading.day)}
    at_visit = {row["visit_id"]: rows[row["id"]] for row in found if row["visit_id"]}
    shown = shown_promises(reading.connection, ids, reading.day)
    made = {}
    for stop in stops:
        present = shown.get(stop["loan_id"])
        if stop["state"] == DONE:
            promise = at_visit.get(stop["id"])
        else:
            promise = rows[present["id"]] if present else None
        if promise is not None:
            made[stop["id"]] = promise
    return made


def _visit_row(day: _Day, stop: Mapped) -> VisitRow:
    head, stands = day.heads[stop["loan_id"]], day.stands[stop["loan_id"]]
    promise = day.promised.get(stop["id"])
    return VisitRow(
        visit_id=stop["id"],
        place=stop["place"],
        loan_id=stop["loan_id"],
        number=head["number"],
        borrower=head["full_name"],
        local_name=head["local_name"],
        village=head["village"],
        phone=head["phone"],
        why=stop["why"],
        dpd=stands.dpd,
        asset_class=stands.asset_class,
        arrears_minor=stands.arrears_minor,
        due_minor=stands.due_minor,
        currency=stop["currency"],
        state=stop["state"],
        outcome=stop["outcome"],
        note=stop["note"],
        claimed_minor=stop["claimed_minor"],
        promise_on=promise.promised_on if promise else None,
        promise_minor=promise.amount_minor if promise else 0,
        promise_state=promise.state if promise else "",
    )


def _paper_stop(day: _Day, stop: Mapped, order: int) -> DayStop:
    row, head = _visit_row(day, stop), day.heads[stop["loan_id"]]
    place = ", ".join(part for part in (head["house"], head["village"]) if part)
    return DayStop(
        order=order,
        at="",
        borrower=row.borrower,
        member_number=head["member_number"],
        loan_number=row.number,
        place=place,
        phone=row.phone,
        why=named("why", row.why),
        due_minor=row.due_minor,
        overdue_minor=row.arrears_minor,
        dpd=row.dpd,
        promise_minor=row.promise_minor,
        promise_on=row.promise_on,
    )
