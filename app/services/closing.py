"""Months closed and opened again, and the last business day opened again: each with its reason."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from app.commands.base import Topic
from app.commands.books import CloseMonth, ReopenDay, ReopenMonth, SpanClosed, SpanOpened
from app.domain.errors import NotAllowedNow, ValueRefused
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.services.registry import use_case
from app.services.work import Work
from app.store.balances import forget_day
from app.store.branch import heads
from app.store.days import lock_last_day
from app.store.journal_vouchers import CLOSED, DAY, MONTH, OPEN, closed_until, count_spans
from app.store.schema.journals import book_spans
from app.store.schema.system import business_days

_ONE_DAY = timedelta(1)


@use_case(
    CloseMonth,
    needs=Permission.MONTH_CLOSE,
    changes={Topic.DAY},
    answer=SpanClosed,
    in_day=False,
)
def close_month(work: Work, command: CloseMonth) -> SpanClosed:
    """Take no entry any more for this month and all before it, once all its days are closed."""
    first, last = month_around(command.on)
    day = lock_last_day(work.tx, work.branch.branch_id)
    until = closed_until(work.tx.connection, work.branch.branch_id)
    if until is not None and last <= until:
        raise NotAllowedNow(why="month-closed-already", until=until)
    over = day is not None and (
        day["day_on"] > last or (day["day_on"] == last and day["state"] == CLOSED)
    )
    if not over:
        raise NotAllowedNow(field="on", why="month-not-over", last_on=last)
    _tell(work, MONTH, CLOSED, (first, last), until=last, reason=cleaned(command.reason, "reason"))
    return SpanClosed(last, heads(work.tx.connection))


@use_case(
    ReopenMonth,
    needs=Permission.MONTH_CLOSE,
    changes={Topic.DAY},
    answer=SpanOpened,
    in_day=False,
)
def reopen_month(work: Work, command: ReopenMonth) -> SpanOpened:
    """Let this month take entries again, and with it every one after it."""
    first, last = month_around(command.on)
    lock_last_day(work.tx, work.branch.branch_id)
    until = closed_until(work.tx.connection, work.branch.branch_id)
    if until is None or last > until:
        raise NotAllowedNow(field="on", why="month-open")
    reason = cleaned(command.reason, "reason", needed=True)
    _tell(work, MONTH, OPEN, (first, until), until=first - _ONE_DAY, reason=reason)
    return SpanOpened(until)


@use_case(
    ReopenDay,
    needs=Permission.DAY_REOPEN,
    changes={Topic.DAY},
    answer=SpanOpened,
    in_day=False,
)
def reopen_day(work: Work, command: ReopenDay) -> SpanOpened:
    """Open the last closed day again. What it earned since is posted when it is closed anew."""
    branch_id = work.branch.branch_id
    last = lock_last_day(work.tx, branch_id)
    if last is None or last["state"] != CLOSED:
        raise NotAllowedNow(why="no-day-to-reopen")
    if last["day_on"] != command.on:
        raise ValueRefused(field="on", why="not-the-last-day", last_on=last["day_on"])
    until = closed_until(work.tx.connection, branch_id)
    if until is not None and command.on <= until:
        raise NotAllowedNow(field="on", why="month-closed", until=until)
    reason = cleaned(command.reason, "reason", needed=True)
    forget_day(work.tx, branch_id, command.on)
    work.tx.change(business_days, last, state=OPEN, closed_at=None)
    _tell(work, DAY, OPEN, (command.on, command.on), until=None, reason=reason)
    return SpanOpened(command.on)


def month_around(on: date) -> tuple[date, date]:
    """The first and the last day of the month of a day."""
    return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])


def _tell(
    work: Work, what: str, state: str, span: tuple[date, date], *, until: date | None, reason: str
) -> None:
    branch_id = work.branch.branch_id
    work.tx.insert(
        book_spans,
        branch_id=branch_id,
        what=what,
        number=count_spans(work.tx.connection, branch_id, what) + 1,
        state=state,
        first_on=span[0],
        last_on=span[1],
        closed_until=until,
        booked_on=work.business_on,
        reason=reason,
        user_id=work.actor.user_id,
        recorded_at=work.at,
    )
