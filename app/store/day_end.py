"""What stands open at the end of a business day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, case, exists, func, select

from app.store.schema.books import entries, entry_lines
from app.store.schema.late import message_tries, messages
from app.store.schema.loans import prints, receipts
from app.store.schema.system import audit
from app.store.store import Snapshot

_R, _N, _X, _M, _T = receipts.c, entries.c, entry_lines.c, messages.c, message_tries.c
_OVER = ("sent", "failed", "dropped")  # a message that is not on its way any more


def receipts_of(snapshot: Snapshot, branch_id: int, on: date) -> tuple[int, int]:
    """How many receipts a day took, and how much money."""
    query = select(func.count(), func.coalesce(func.sum(_R.amount_minor), 0)).where(
        _R.branch_id == branch_id, _R.booked_on == on
    )
    row = snapshot.execute(query).one()
    return int(row[0]), int(row[1])


def unprinted(snapshot: Snapshot, branch_id: int, on: date) -> Sequence[str]:
    """The numbers of the day's receipts that were never handed to a printer."""
    printed = exists().where(prints.c.receipt_id == _R.id)
    query = (
        select(_R.number)
        .where(_R.branch_id == branch_id, _R.booked_on == on, ~printed)
        .order_by(_R.number)
    )
    return snapshot.scalars(query).all()


def sides_of(snapshot: Snapshot, branch_id: int, on: date) -> tuple[int, int, int]:
    """Entries, debits and credits of a day."""
    x = _X.amount_minor
    query = (
        select(
            func.count(func.distinct(_N.id)),
            func.coalesce(func.sum(case((x > 0, x), else_=0)), 0),
            func.coalesce(func.sum(case((x < 0, -x), else_=0)), 0),
        )
        .select_from(entries.join(entry_lines, _X.entry_id == _N.id))
        .where(_N.branch_id == branch_id, _N.booked_on == on)
    )
    row = snapshot.execute(query).one()
    return int(row[0]), int(row[1]), int(row[2])


def unsent(snapshot: Snapshot, branch_id: int) -> int:
    """How many messages wait to be sent."""
    over = exists().where(_T.message_id == _M.id, _T.state.in_(_OVER))
    query = select(func.count()).where(_M.branch_id == branch_id, ~over)
    return int(snapshot.scalar(query) or 0)


def seal_of(snapshot: Snapshot, branch_id: int, on: date) -> str:
    """The answer of the last closing of a day, which holds its seal; empty where there is none."""
    a = audit.c
    query = (
        select(a.result)
        .where(
            and_(
                a.command == "day.close",
                a.outcome == "done",
                a.branch_id == branch_id,
                a.business_on == on,
            )
        )
        .order_by(a.at.desc())
        .limit(1)
    )
    return str(snapshot.scalar(query) or "")
