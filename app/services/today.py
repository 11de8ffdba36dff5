"""The first screen: how the day stands, and what waits for whoever looks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.application import Stage
from app.domain.roles import Permission
from app.domain.till import Filling
from app.queries.field import ListPromises
from app.queries.meetings import ListMeetings
from app.queries.today import ShowToday
from app.rows.field import PromiseRow
from app.rows.meetings import DayMeeting
from app.rows.tills import TillFigures
from app.rows.today import DayTaken, TodayView, Waiting
from app.services.meeting_views import list_meetings
from app.services.promises import list_promises
from app.services.registry import answers
from app.services.till_views import figures_of
from app.services.work import Reading
from app.store.checks import waiting_checks
from app.store.field import DONE, PLANNED, count_visits
from app.store.overdue import Late, late_sums
from app.store.tills import tills_of_branch
from app.store.today import (
    Queue,
    Span,
    applications_at,
    business_days_in,
    collected_by_day,
    collected_by_mode,
    day_before,
    due_by_day,
    newly_late,
    to_come,
)
from app.texts.labels import named

FEW = 3  # names in a line
MOST_DAYS = 62
_DESK = (Stage.ENTERED.value, Stage.DOCUMENTS.value, Stage.VERIFIED.value)
_TO_PAY = (Stage.SANCTIONED.value, Stage.READY.value)


@answers(ShowToday, needs=Permission.VIEW_LOANS)
def show_today(reading: Reading, query: ShowToday) -> TodayView:
    """The figures of the branch, or of an officer's own loans, and the work that waits."""
    branch, day, connection = reading.branch, reading.day, reading.connection
    mine = _mine(reading)
    today = Span(branch.branch_id, branch.currency, day, day, mine)
    late = late_sums(connection, Late(branch.branch_id, branch.currency, day, officer_id=mine))
    fresh = _fresh(reading, mine)
    ready = applications_at(connection, branch.branch_id, _TO_PAY, FEW, mine)
    promises = _promises(reading, mine)
    till = _till(reading)
    return TodayView(
        business_on=reading.business_on,
        currency=branch.currency,
        collected=tuple(collected_by_mode(connection, today)),
        to_come_minor=to_come(connection, today),
        late_loans=late.loans,
        late_minor=late.arrears_minor,
        newly_late=fresh.count,
        ready_loans=ready.count,
        ready_minor=ready.amount_minor,
        till_minor=None if till is None else till.expected_minor,
        till_state=str(till.state) if till is not None and till.used else "",
        till_filling="" if till is None else str(till.filling),
        waiting=_waiting(reading, mine, ready, fresh, promises),
        days=_days(reading, mine, min(max(query.days, 1), MOST_DAYS)),
        promises=promises,
        own=mine is not None,
    )


def _mine(reading: Reading) -> int | None:
    """The officer's own loans for who goes to the field and does not see the branch's reports."""
    may = reading.actor.may
    field = may(Permission.VIEW_FIELD) and not may(Permission.VIEW_REPORTS)
    return reading.session.user_id if field else None


def _till(reading: Reading) -> TillFigures | None:
    if not reading.actor.may(Permission.VIEW_COUNTER):
        return None
    branch = reading.branch
    tills = tills_of_branch(reading.connection, branch.branch_id) if branch.keeps_tills else {}
    return figures_of(reading, branch.counter_code, tills.get(branch.counter_code))


def _full(reading: Reading) -> list[Waiting]:
    """Tills that hold more cash than they should, or nearly so."""
    branch = reading.branch
    if not (branch.keeps_tills and reading.actor.may(Permission.TILL_MANAGE)):
        return []
    tills = tills_of_branch(reading.connection, branch.branch_id)
    found = [figures_of(reading, code, row) for code, row in tills.items()]
    full = [till for till in found if till.filling is not Filling.FINE]
    names = tuple((till.counter, till.expected_minor) for till in full[:FEW])
    return [Waiting("till", len(full), sum(till.expected_minor for till in full), names=names)]


def _fresh(reading: Reading, mine: int | None) -> Waiting:
    """Loans that became late since the business day before this one."""
    branch, day = reading.branch, reading.day
    before = day_before(reading.connection, branch.branch_id, day)
    span = Span(branch.branch_id, branch.currency, before, day - timedelta(1), mine)
    count, villages = newly_late(reading.connection, span, FEW)
    return Waiting("newly-late", count, since_on=before, names=villages)


def _waiting(
    reading: Reading,
    mine: int | None,
    ready: Queue,
    fresh: Waiting,
    promises: tuple[PromiseRow, ...],
) -> tuple[Waiting, ...]:
    """The lines of work, the most pressing first; empty ones are left out."""
    may = reading.actor.may
    lines = [
        *_desk(reading, mine),
        *_checks(reading),
        *_full(reading),
        *([_of_queue("pay-out", ready)] if may(Permission.LOAN_DISBURSE) else ()),
        *([fresh] if may(Permission.VIEW_FIELD) else ()),
        *([_promised(promises)] if may(Permission.VIEW_FIELD) else ()),
        *_meetings(reading, mine),
        *_visits(reading, mine),
    ]
    return tuple(line for line in lines if line.count)


def _desk(reading: Reading, mine: int | None) -> list[Waiting]:
    connection, branch_id = reading.connection, reading.branch.branch_id
    lines: list[Waiting] = []
    if reading.actor.may(Permission.APPLICATION_SANCTION):
        decided = applications_at(connection, branch_id, (Stage.DECIDED.value,), FEW)
        lines.append(_of_queue("sanction", decided))
    if reading.actor.may(Permission.APPLICATION_ENTER):
        begun = applications_at(connection, branch_id, _DESK, FEW, mine)
        lines.append(_of_queue("enter", begun))
    return lines


def _of_queue(kind: str, queue: Queue) -> Waiting:
    return Waiting(kind, queue.count, queue.amount_minor, queue.since_on, queue.names)


def _checks(reading: Reading) -> list[Waiting]:
    """What others proposed and this person may let happen."""
    may = reading.actor.may
    if not (may(Permission.CHECK) or may(Permission.APPLICATION_SANCTION)):
        return []
    me = reading.session.user_id
    rows = [
        row
        for row in waiting_checks(reading.connection, reading.branch.branch_id)
        if row["maker_id"] != me
    ]
    if not rows:
        return []
    zone = ZoneInfo(reading.branch.time_zone)
    made: date = datetime.fromisoformat(rows[0]["made_at"]).astimezone(zone).date()
    names = tuple(
        (row["borrower"] or named("act", row["command"]), int(row["amount_minor"] or 0))
        for row in rows[:FEW]
    )
    total = sum(int(row["amount_minor"] or 0) for row in rows)
    return [Waiting("check", len(rows), total, made, names)]


def _promises(reading: Reading, mine: int | None) -> tuple[PromiseRow, ...]:
    if not reading.actor.may(Permission.VIEW_FIELD):
        return ()
    found: tuple[PromiseRow, ...] = list_promises(
        reading, ListPromises(due_on=reading.day, officer_id=mine)
    )
    return found


def _promised(promises: tuple[PromiseRow, ...]) -> Waiting:
    kept = sum(row.state == "kept" for row in promises)
    total = sum(row.amount_minor for row in promises)
    return Waiting("promise", len(promises), total, done=kept)


def _meetings(reading: Reading, mine: int | None) -> list[Waiting]:
    """The centres that meet today: what they should bring, and how many are booked."""
    held: tuple[DayMeeting, ...] = list_meetings(reading, ListMeetings(officer_id=mine))
    paying = [one for one in held if one.loans or one.held]
    asked = [(one.centre, one.late_minor + one.due_minor) for one in paying if not one.held]
    total = sum(minor for _centre, minor in asked)
    done = sum(one.held for one in paying)
    return [Waiting("meeting", len(paying), total, names=tuple(asked[:FEW]), done=done)]


def _visits(reading: Reading, mine: int | None) -> list[Waiting]:
    if not reading.actor.may(Permission.VIEW_FIELD):
        return []
    day, branch_id = reading.day, reading.branch.branch_id
    done, planned = (
        count_visits(reading.connection, branch_id, state, day, day, mine)
        for state in (DONE, PLANNED)
    )
    return [Waiting("visit", done + planned, done=done)]


def _days(reading: Reading, mine: int | None, how_many: int) -> tuple[DayTaken, ...]:
    branch, day, connection = reading.branch, reading.day, reading.connection
    first = day - timedelta(how_many - 1)
    span = Span(branch.branch_id, branch.currency, first, day, mine)
    collected, due = collected_by_day(connection, span), due_by_day(connection, span)
    worked = business_days_in(connection, branch.branch_id, first, day)
    days = [first + timedelta(at) for at in range(how_many)]
    return tuple(DayTaken(on, collected.get(on, 0), due.get(on, 0), on in worked) for on in days)
