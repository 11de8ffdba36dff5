"""What is looked at before a day is closed: tills, balance, what waits, what was not printed."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.errors import DayClosed
from app.domain.roles import Permission
from app.queries.day_end import ShowDayEnd
from app.rows.day_end import DayCheck, DayEnd
from app.services.registry import answers
from app.services.work import Reading
from app.store.balances import unbalanced_on
from app.store.checks import waiting_checks
from app.store.day_end import receipts_of, sides_of, unprinted, unsent
from app.store.tills import handovers_waiting, tills_of_branch

OK, WARN, STOP = "ok", "warn", "stop"
_NAMED = 3
_TILL_OPEN = ("open", "counted")


@answers(ShowDayEnd, needs=Permission.VIEW_COUNTER)
def show_day_end(reading: Reading, _query: ShowDayEnd) -> DayEnd:
    """The open day with every check. Raises DayClosed."""
    if reading.business_on is None:
        raise DayClosed()
    branch, on = reading.branch, reading.business_on
    entries, debit, credit = sides_of(reading.connection, branch.branch_id, on)
    receipts, received = receipts_of(reading.connection, branch.branch_id, on)
    return DayEnd(
        on=on,
        currency=branch.currency,
        entries=entries,
        debit_minor=debit,
        credit_minor=credit,
        receipts=receipts,
        received_minor=received,
        checks=tuple(check(reading) for check in CHECKS),
    )


def _tills(reading: Reading) -> DayCheck:
    """Tills that are open or only counted, and cash between two counters, keep the day open."""
    if not reading.branch.keeps_tills:
        return DayCheck("tills", OK, 0)
    snapshot, branch_id = reading.connection, reading.branch.branch_id
    tills = tills_of_branch(snapshot, branch_id)
    left = [code for code, row in tills.items() if row["state"] in _TILL_OPEN]
    left += [str(way["number"]) for way in handovers_waiting(snapshot, branch_id)]
    return _found("tills", STOP, left)


def _balance(reading: Reading) -> DayCheck:
    found = unbalanced_on(reading.connection, reading.branch.branch_id, reading.day)
    return _found("balance", STOP, list(found))


def _checks(reading: Reading) -> DayCheck:
    """What waits for a second person: it waits on, over the day."""
    found = waiting_checks(reading.connection, reading.branch.branch_id)
    return _found("checks", WARN, [row["number"] or row["borrower"] or "" for row in found])


def _prints(reading: Reading) -> DayCheck:
    found = unprinted(reading.connection, reading.branch.branch_id, reading.day)
    return _found("prints", WARN, list(found))


def _messages(reading: Reading) -> DayCheck:
    waiting = unsent(reading.connection, reading.branch.branch_id)
    return DayCheck("messages", WARN if waiting else OK, waiting)


def _found(what: str, state: str, names: list[str]) -> DayCheck:
    told = tuple(name for name in names[:_NAMED] if name)
    return DayCheck(what, state if names else OK, len(names), told)


CHECKS: tuple[Callable[[Reading], DayCheck], ...] = (_tills, _balance, _checks, _prints, _messages)
