"""Cash moves only while the till that it moves in is open."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.accounts import EntryLine
from app.domain.errors import NotAllowedNow
from app.domain.till import TillState
from app.services.work import Work
from app.store.tills import handovers_waiting, till_states, tills_of_branch

OPENING, CLOSING = "till-opening", "till-closing"
_COUNTS = frozenset({OPENING, CLOSING})  # kinds of entries that a count itself makes


def check_tills(work: Work, kind: str, lines: Iterable[EntryLine]) -> None:
    """Raise NotAllowedNow where a line moves cash of a till that is not open.

    The state is read now, after the open day was shared: who closes a till locks that day first,
    so cash is either counted by the closing or refused here. A counter whose till was never opened
    takes cash as it always did.
    """
    if not work.branch.keeps_tills or kind in _COUNTS:
        return
    rules = work.tools.rules
    counters = {till for line in lines if (till := rules.till_of(line.account))}
    if not counters:
        return
    found = till_states(work.tx.connection, work.branch.branch_id, sorted(counters))
    for counter, state in found.items():
        if state != TillState.OPEN:
            counted = state == TillState.COUNTED
            raise NotAllowedNow(why="till-counted" if counted else "till-closed", counter=counter)


def check_tills_closed(work: Work) -> None:
    """Raise NotAllowedNow while a till is open or counted, or cash is on its way."""
    if not work.branch.keeps_tills:
        return
    connection, branch_id = work.tx.connection, work.branch.branch_id
    for counter, row in tills_of_branch(connection, branch_id).items():
        if row["state"] == TillState.OPEN:
            raise NotAllowedNow(why="till-open", counter=counter)
        if row["state"] == TillState.COUNTED:
            raise NotAllowedNow(why="till-counted-at-close", counter=counter)
    for way in handovers_waiting(connection, branch_id):
        raise NotAllowedNow(why="handover-waiting", number=way["number"], counter=way["to_counter"])
