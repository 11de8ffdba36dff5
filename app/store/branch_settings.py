"""The branch as Settings show it, and when each of its stations was last seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, and_, select

from app.store.schema.books import entry_lines
from app.store.schema.system import audit, branches, chains, stations
from app.store.store import Snapshot

_S, _C, _A = stations.c, chains.c, audit.c


def branch_row(snapshot: Snapshot, branch_id: int) -> dict[str, Any]:
    """The record of the branch."""
    found = snapshot.execute(select(branches).where(branches.c.id == branch_id)).mappings().one()
    return dict(found)


def has_money(snapshot: Snapshot, branch_id: int) -> bool:
    """Whether anything was ever booked."""
    query = select(entry_lines.c.id).where(entry_lines.c.branch_id == branch_id).limit(1)
    return snapshot.scalar(query) is not None


def station_rows(snapshot: Snapshot, branch_id: int) -> Sequence[RowMapping]:
    """Every station that ever was, with its last line."""
    last = and_(_A.station_id == _S.id, _A.number == _C.number)
    query = (
        select(_S.id, _S.counter_code, _S.opened_at, _S.closed_at, _C.number, _A.at)
        .select_from(stations.outerjoin(chains, _C.station_id == _S.id).outerjoin(audit, last))
        .where(_S.branch_id == branch_id)
        .order_by(_S.id)
    )
    return snapshot.execute(query).mappings().all()
