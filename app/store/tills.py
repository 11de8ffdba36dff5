"""Tills and what was counted and moved in them, as handlers and lists read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, and_, func, select

from app.domain.till import TillKind
from app.store.checks import TILL, WAITING
from app.store.schema.books import entry_lines
from app.store.schema.system import checks, users
from app.store.schema.tills import till_moves, tills
from app.store.store import Snapshot
from app.store.tx import Row, Tx

_T, _M = tills.c, till_moves.c


def till_states(snapshot: Snapshot, branch_id: int, counters: Sequence[str]) -> dict[str, str]:
    """The states of some counters' tills; those that were never opened are left out."""
    query = select(_T.counter_code, _T.state).where(
        _T.branch_id == branch_id, _T.counter_code.in_(counters)
    )
    return dict(snapshot.execute(query).all())


def lock_till(tx: Tx, branch_id: int, counter: str) -> Row | None:
    """The till of a counter, locked; None where it was never opened."""
    query = select(tills).where(_T.branch_id == branch_id, _T.counter_code == counter)
    found = tx.one(query.with_for_update())
    return None if found is None else dict(found)


def tills_of_branch(snapshot: Snapshot, branch_id: int) -> dict[str, Row]:
    """Every till of a branch by its counter."""
    query = select(tills).where(_T.branch_id == branch_id).order_by(_T.counter_code)
    return {row["counter_code"]: dict(row) for row in snapshot.execute(query).mappings()}


def count_till_papers(snapshot: Snapshot, prefix: str) -> int:
    """How many numbers of till papers begin with a prefix; none is ever deleted."""
    query = select(func.count()).where(_M.number.startswith(prefix, autoescape=True))
    return int(snapshot.scalar(query) or 0)


def move_by_id(snapshot: Snapshot, branch_id: int, move_id: int) -> RowMapping | None:
    """One count or movement with its counter and the names of who did it, or None."""
    query = _told().where(_M.id == move_id, _M.branch_id == branch_id)
    return snapshot.execute(query).mappings().first()


def opening_of(snapshot: Snapshot, till_id: int, session: int) -> RowMapping | None:
    """The count that a session of a till began with."""
    query = _told().where(
        _M.till_id == till_id, _M.session == session, _M.kind == TillKind.OPEN.value
    )
    return snapshot.execute(query).mappings().first()


def moves_of(snapshot: Snapshot, branch_id: int, counter: str, on: date) -> Sequence[RowMapping]:
    """What was counted and moved at a counter on a day, the latest first."""
    query = _told().where(_M.branch_id == branch_id, _T.counter_code == counter, _M.booked_on == on)
    return snapshot.execute(query.order_by(_M.id.desc())).mappings().all()


def sessions_of(
    snapshot: Snapshot, branch_id: int, counter: str, latest: int
) -> Sequence[RowMapping]:
    """The latest openings of a counter with their closings, the newest first."""
    ends = till_moves.alias("ends")
    closer = users.alias("closer")
    opener = users.alias("opener")
    joined = (
        till_moves.join(tills, _T.id == _M.till_id)
        .outerjoin(
            ends,
            and_(
                ends.c.till_id == _M.till_id,
                ends.c.session == _M.session,
                ends.c.kind == TillKind.CLOSE.value,
            ),
        )
        .outerjoin(opener, opener.c.id == _M.maker_id)
        .outerjoin(closer, closer.c.id == ends.c.maker_id)
    )
    query = (
        select(
            *(_M.id, _M.session, _M.booked_on, _M.recorded_at, _M.currency),
            *(_M.amount_minor.label("opened"), _M.expected_minor.label("opening_expected")),
            opener.c.full_name.label("opened_by"),
            *(ends.c.id.label("close_id"), ends.c.recorded_at.label("closed_at")),
            *(ends.c.amount_minor.label("counted"), ends.c.expected_minor.label("expected")),
            *(ends.c.received_minor.label("received"), ends.c.paid_minor.label("paid")),
            *(ends.c.reason, closer.c.full_name.label("closed_by")),
        )
        .select_from(joined)
        .where(
            _M.branch_id == branch_id, _T.counter_code == counter, _M.kind == TillKind.OPEN.value
        )
        .order_by(_M.id.desc())
        .limit(latest)
    )
    return snapshot.execute(query).mappings().all()


def handovers_waiting(
    snapshot: Snapshot, branch_id: int, to_counter: str | None = None
) -> Sequence[RowMapping]:
    """What was given and neither taken nor returned, the oldest first."""
    ends = till_moves.alias("ends")
    gone = select(ends.c.id).where(ends.c.of_id == _M.id).correlate(till_moves).exists()
    query = (
        _told()
        .where(_M.branch_id == branch_id, _M.kind == TillKind.GIVE.value, ~gone)
        .order_by(_M.id)
    )
    if to_counter is not None:
        query = query.where(_M.to_counter == to_counter)
    return snapshot.execute(query).mappings().all()


def ended(snapshot: Snapshot, move_id: int) -> str | None:
    """How a hand-over ended: take, back, or None while it waits."""
    found: str | None = snapshot.scalar(select(_M.kind).where(_M.of_id == move_id))
    return found


def balances_under(
    snapshot: Snapshot, branch_id: int, prefix: str, currency: str
) -> dict[str, int]:
    """What accounts hold whose code begins with a prefix; those with nothing are left out."""
    x = entry_lines.c
    total = func.sum(x.amount_minor)
    query = (
        select(x.account, total)
        .where(
            x.branch_id == branch_id,
            x.account.startswith(prefix, autoescape=True),
            x.currency == currency,
        )
        .group_by(x.account)
        .having(total != 0)
    )
    return {row[0]: int(row[1]) for row in snapshot.execute(query)}


def last_close(snapshot: Snapshot, branch_id: int, counter: str, on: date) -> RowMapping | None:
    """The latest closing of a counter's till on a day, or None."""
    query = (
        _told()
        .where(
            _M.branch_id == branch_id,
            _T.counter_code == counter,
            _M.kind == TillKind.CLOSE.value,
            _M.booked_on == on,
        )
        .order_by(_M.id.desc())
        .limit(1)
    )
    return snapshot.execute(query).mappings().first()


def differences(
    snapshot: Snapshot, branch_id: int, currency: str, first: date, last: date
) -> Sequence[RowMapping]:
    """Counts of a period that were not what was expected, in the order of booking."""
    query = _told().where(
        _M.branch_id == branch_id,
        _M.currency == currency,
        _M.booked_on.between(first, last),
        _M.expected_minor.is_not(None),
        _M.amount_minor != _M.expected_minor,
    )
    return snapshot.execute(query.order_by(_M.id)).mappings().all()


def waiting_count(snapshot: Snapshot, till_id: int) -> RowMapping | None:
    """The check of a till's count that waits, with the name of who asked, or None."""
    query = (
        select(checks, users.c.full_name.label("maker"))
        .select_from(checks.outerjoin(users, users.c.id == checks.c.maker_id))
        .where(
            checks.c.subject_kind == TILL,
            checks.c.subject_id == till_id,
            checks.c.state == WAITING,
        )
    )
    return snapshot.execute(query).mappings().first()


def _told() -> Select[Any]:
    """Counts and movements with the counter and the names of who did them."""
    maker, other, officer = users.alias("maker"), users.alias("other"), users.alias("officer")
    joined = (
        till_moves.join(tills, _T.id == _M.till_id)
        .outerjoin(maker, maker.c.id == _M.maker_id)
        .outerjoin(other, other.c.id == _M.user_id)
        .outerjoin(officer, officer.c.id == _M.officer_id)
    )
    return select(
        till_moves,
        _T.counter_code,
        maker.c.full_name.label("by"),
        other.c.full_name.label("checker"),
        officer.c.full_name.label("officer"),
    ).select_from(joined)
