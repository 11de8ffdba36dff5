"""The badges of the rail: what waits for somebody."""

from __future__ import annotations

from app.domain.application import CLOSED, Stage
from app.domain.roles import Permission
from app.queries.admin import CountWaiting
from app.rows.admin import Counts
from app.services.registry import answers
from app.services.work import Reading
from app.store.applications import Wanted, count_of
from app.store.checks import waiting_checks
from app.store.field import PLANNED, count_visits
from app.store.overdue import count_late

_OPEN = tuple(stage.value for stage in Stage if stage not in CLOSED)


@answers(CountWaiting, needs=Permission.SESSION)
def count_waiting(reading: Reading, _query: CountWaiting) -> Counts:
    """Open applications, checks of others, late loans and today's stops.

    Late loans and stops are the officer's own; who sees the reports sees the branch's.
    """
    branch_id, me = reading.branch.branch_id, reading.session.user_id
    mine = None if reading.actor.may(Permission.VIEW_REPORTS) else me
    return Counts(
        applications=count_of(reading.connection, Wanted(branch_id, _OPEN, False, "")),
        checks=_checks(reading),
        overdue=count_late(reading.connection, branch_id, reading.day, _own(reading, mine)),
        visits=_visits(reading, mine),
    )


def _own(reading: Reading, mine: int | None) -> int | None:
    """Who does not go to the field counts for the whole branch."""
    return mine if reading.actor.may(Permission.VIEW_FIELD) else None


def _checks(reading: Reading) -> int:
    """What somebody else made and this user may accept."""
    if not reading.actor.may(Permission.APPLICATION_SANCTION):
        return 0
    waiting = waiting_checks(reading.connection, reading.branch.branch_id)
    return sum(row["maker_id"] != reading.session.user_id for row in waiting)


def _visits(reading: Reading, mine: int | None) -> int:
    if not reading.actor.may(Permission.VIEW_FIELD):
        return 0
    day = reading.day
    return count_visits(reading.connection, reading.branch.branch_id, PLANNED, day, day, mine)
