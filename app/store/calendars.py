"""The calendar of a branch, as it was kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.store.schema.calendar import branch_calendars
from app.store.schema.system import branches
from app.store.store import Snapshot

_C, _B = branch_calendars.c, branches.c


def calendar_row(snapshot: Snapshot, branch_id: int) -> dict[str, Any]:
    """Id, version, days off, holidays (None where nothing was kept) and the branch's state."""
    query = (
        select(_B.state, _C.id, _C.version, _C.off_days, _C.holidays)
        .select_from(branches.outerjoin(branch_calendars, _C.branch_id == _B.id))
        .where(_B.id == branch_id)
    )
    found: Any = snapshot.execute(query).mappings().first()
    nothing = {"state": "", "id": None, "version": None, "off_days": None, "holidays": None}
    return nothing if found is None else dict(found)
