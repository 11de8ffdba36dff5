"""What the facts say that tills, cash on its way and officers' claims must come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, func, select

from app.domain.till import TillKind
from app.store.schema.books import entry_lines
from app.store.schema.loans import events, receipt_parts, receipts
from app.store.schema.tills import till_moves, tills
from app.store.store import Snapshot

_T, _M, _R = tills.c, till_moves.c, receipts.c


def counters_with_tills(snapshot: Snapshot, branch_id: int) -> Sequence[str]:
    """The counters whose till was opened once."""
    query = select(_T.counter_code).where(_T.branch_id == branch_id).order_by(_T.counter_code)
    return snapshot.execute(query).scalars().all()


def moved_by_kind(snapshot: Snapshot, branch_id: int, counter: str, on: date) -> dict[str, int]:
    """What a counter's till moved until the end of a day, by kind; of counts the differences."""
    query = (
        select(_M.kind, func.sum(_M.amount_minor), func.sum(_M.expected_minor))
        .select_from(till_moves.join(tills, _T.id == _M.till_id))
        .where(_M.branch_id == branch_id, _T.counter_code == counter, _M.booked_on <= on)
        .group_by(_M.kind)
    )
    made: dict[str, int] = {}
    for kind, amount, expected in snapshot.execute(query):
        counts = kind in (TillKind.OPEN, TillKind.CLOSE)
        made[kind] = int(amount) - (int(expected) if counts else 0)
    return made


def closings(snapshot: Snapshot, branch_id: int, counter: str, on: date) -> Sequence[RowMapping]:
    """Every closing of a till until a day with what its session began with, in order."""
    began = till_moves.alias("began")
    same = (began.c.till_id == _M.till_id) & (began.c.session == _M.session)
    query = (
        select(till_moves, began.c.amount_minor.label("opened"))
        .select_from(
            till_moves.join(tills, _T.id == _M.till_id).join(
                began, same & (began.c.kind == TillKind.OPEN.value)
            )
        )
        .where(
            _M.branch_id == branch_id,
            _T.counter_code == counter,
            _M.kind == TillKind.CLOSE.value,
            _M.booked_on <= on,
        )
        .order_by(_M.session)
    )
    return snapshot.execute(query).mappings().all()


def balances_on(snapshot: Snapshot, branch_id: int, account: str, on: date) -> int:
    """What an account holds at the end of a day, in minor units."""
    x = entry_lines.c
    query = select(func.coalesce(func.sum(x.amount_minor), 0)).where(
        x.branch_id == branch_id, x.account == account, x.booked_on <= on
    )
    return int(snapshot.scalar(query) or 0)


def in_transit(snapshot: Snapshot, branch_id: int, on: date) -> int:
    """What was given until a day and neither taken nor returned by then."""
    signed = {TillKind.GIVE.value: 1, TillKind.TAKE.value: -1, TillKind.BACK.value: -1}
    query = (
        select(_M.kind, func.sum(_M.amount_minor))
        .where(_M.branch_id == branch_id, _M.kind.in_(signed), _M.booked_on <= on)
        .group_by(_M.kind)
    )
    return sum(signed[kind] * int(amount) for kind, amount in snapshot.execute(query))


def collected(snapshot: Snapshot, branch_id: int, on: date) -> dict[int, int]:
    """What officers collected by receipts that stand at the end of a day."""
    back = events.alias("back")
    gone = (back.c.of_id == receipt_parts.c.event_id) & (back.c.kind == "reversal")
    query = (
        select(_R.collected_by, func.sum(receipt_parts.c.amount_minor))
        .select_from(
            receipts.join(receipt_parts, receipt_parts.c.receipt_id == _R.id).outerjoin(
                back, gone & (back.c.booked_on <= on)
            )
        )
        .where(
            _R.branch_id == branch_id,
            _R.collected_by.is_not(None),
            _R.booked_on <= on,
            back.c.id.is_(None),
        )
        .group_by(_R.collected_by)
    )
    return {row[0]: int(row[1]) for row in snapshot.execute(query)}


def field_counted(snapshot: Snapshot, branch_id: int, on: date) -> dict[int, int]:
    """What each officer handed in until the end of a day."""
    query = (
        select(_M.officer_id, func.sum(_M.amount_minor))
        .where(_M.branch_id == branch_id, _M.kind == TillKind.FIELD.value, _M.booked_on <= on)
        .group_by(_M.officer_id)
    )
    return {row[0]: int(row[1]) for row in snapshot.execute(query)}
