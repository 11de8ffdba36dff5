"""What a fact moves in the rows of lists, found without reading: only that is written.

Each column stands in several indexes, so that one which stays as it is had better not be named.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from app.domain.loan import LinePaid, Position
from app.store.arrears import ACTIVE
from app.store.schema.lists import loan_list, loan_search
from app.store.tx import Row, Tx

_ONE_DAY = timedelta(1)
_LOAN = "loan_id"


def can_tell(one: Position) -> bool:
    """Whether its lines say what is due: a charge levied apart has a due date of its own."""
    return not (any(one.levied) or one.asked_back)


def list_changes(
    tx: Tx,
    listed_on: date,
    before: tuple[Mapping[str, Any], Position],
    after: tuple[Mapping[str, Any], Position],
) -> None:
    """Write what differs in the lists of `listed_on`; each is a row of positions and its lines."""
    was, now = (_standing(row, position, listed_on) for row, position in (before, after))
    moved = {name: value for name, value in now.items() if was[name] != value}
    if not moved:
        return
    loan_id = after[0]["loan_id"]
    tx.set_some(loan_list, _LOAN, loan_id, moved)
    ended = int(now["status"] != ACTIVE)
    if ended != int(was["status"] != ACTIVE):
        tx.set_some(loan_search, _LOAN, loan_id, {"ended": ended})


def _standing(row: Mapping[str, Any], position: Position, day: date) -> Row:
    """The columns of the list of a day that facts move."""
    before = day - _ONE_DAY
    arrears = due = principal_late = 0
    for line in position.lines:
        if line.due_on > day:
            break
        unpaid = _unpaid(line)
        if unpaid <= 0:
            continue
        if line.due_on <= before:
            arrears += unpaid
            principal_late += min(line.principal - line.paid.principal, unpaid)
        else:
            due += unpaid
    since_on, active = row["next_unsettled_due_on"], row["status"] == ACTIVE
    late_on = since_on if since_on is not None and since_on < day else None
    late = active and late_on is not None
    return {
        "status": row["status"],
        "outstanding_minor": row["principal_minor"],
        "since_on": since_on,
        "late_on": late_on,
        "npa_since_on": row["npa_since_on"],
        "last_paid_on": row["last_paid_on"],
        "arrears_minor": arrears,
        "due_minor": due,
        "principal_late_minor": principal_late,
        "late": int(late),
        "listed": int(late or (active and due > 0)),
    }


def _unpaid(line: LinePaid) -> int:
    return line.amount - sum(line.paid) - sum(line.waived) - sum(line.capitalised)
