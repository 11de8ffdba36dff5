"""Business days: opened one after the other and closed, silence caught up."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.commands.base import Topic
from app.commands.branch import CloseDay, DayOpened, DayShut, OpenDay
from app.domain.errors import DayClosed, NotAllowedNow, ValueRefused
from app.domain.roles import Permission
from app.services.accruals import CatchUp
from app.services.registry import use_case
from app.services.till_guard import check_tills_closed
from app.services.work import Work
from app.store.balances import sum_days, unbalanced_on
from app.store.branch import heads
from app.store.days import lock_last_day
from app.store.earning import count_lines_anew, put_together
from app.store.listing import list_new_day, listed_day
from app.store.schema.system import business_days

OPEN, CLOSED = "open", "closed"
_ONE_DAY = timedelta(1)


@use_case(OpenDay, needs=Permission.DAY_OPEN, changes={Topic.DAY}, answer=DayOpened, in_day=False)
def open_day(work: Work, command: OpenDay) -> DayOpened:
    """Open the day; every day since the last one is opened and closed first, under its own date."""
    last = lock_last_day(work.tx, work.branch.branch_id)
    today = work.now.astimezone(ZoneInfo(work.branch.time_zone)).date()
    if last is not None and last["state"] == OPEN:
        raise NotAllowedNow(why="day-open", day_on=last["day_on"])
    if last is not None and command.on <= last["day_on"]:
        raise ValueRefused(field="on", why="day-not-after", next_on=last["day_on"] + _ONE_DAY)
    if command.on > today:
        raise ValueRefused(field="on", why="in-the-future", given=command.on)
    skipped = () if last is None else _between(last["day_on"], command.on)
    catch_up = CatchUp(work, command.on - _ONE_DAY)
    for on in skipped:
        catch_up.begin(on)
        catch_up.post(on)
        _insert(work, on, CLOSED)
    catch_up.begin(command.on)
    list_day(work, command.on)
    catch_up.write()
    _insert(work, command.on, OPEN)
    return DayOpened(command.on, len(skipped))


@use_case(CloseDay, needs=Permission.DAY_CLOSE, changes={Topic.DAY}, answer=DayShut)
def close_day(work: Work, command: CloseDay) -> DayShut:
    """Post what the day has earned, then close it: nothing is booked under its date any more."""
    last = lock_last_day(work.tx, work.branch.branch_id)
    if last is None or last["state"] != OPEN:
        raise DayClosed()
    if last["day_on"] != command.on:
        raise ValueRefused(field="on", why="day-differs", open_on=last["day_on"])
    check_tills_closed(work)
    CatchUp(work, command.on).post(command.on)
    put_together(work.tx, work.branch.branch_id, command.on)
    if unbalanced_on(work.tx.connection, work.branch.branch_id, command.on):
        raise NotAllowedNow(why="day-unbalanced", day_on=command.on)
    sum_days(work.tx, work.branch.branch_id, command.on)
    work.tx.change(business_days, last, state=CLOSED, closed_at=work.at)
    return DayShut(command.on, heads(work.tx.connection))


def list_day(work: Work, on: date) -> None:
    """Bring lists to a day that opens; books of an earlier version are listed for the first time.

    What moves with the days is listed when it is written.
    """
    branch_id = work.branch.branch_id
    if listed_day(work.tx.connection, branch_id) is None:
        count_lines_anew(work.tx, branch_id)
    list_new_day(work.tx, branch_id, on)


def _between(last: date, until: date) -> tuple[date, ...]:
    """The days after `last` and before `until`."""
    return tuple(last + timedelta(n) for n in range(1, (until - last).days))


def _insert(work: Work, on: date, state: str) -> None:
    work.tx.insert(
        business_days,
        branch_id=work.branch.branch_id,
        day_on=on,
        state=state,
        opened_at=work.at,
        closed_at=work.at if state == CLOSED else None,
    )
