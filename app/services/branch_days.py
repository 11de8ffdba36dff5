"""Which days the branch works: its days off and holidays, as meetings are moved by them."""

from __future__ import annotations

import json
from datetime import date

from app.commands.codec import build
from app.domain.calendar import WorkingDays
from app.domain.holidays import Holiday, days_kept
from app.services.work import Reading
from app.store.calendars import calendar_row

_WEEK = frozenset(range(1, 8))


def working_days(reading: Reading) -> WorkingDays:
    """The branch's own days; every day where nothing was kept."""

    def read() -> WorkingDays:
        found = calendar_row(reading.connection, reading.branch.branch_id)
        if found["id"] is None:
            return WorkingDays()
        off = frozenset(json.loads(found["off_days"] or "[]"))
        holidays = tuple(build(Holiday, one) for one in json.loads(found["holidays"] or "[]"))
        kept = days_kept(holidays, found["state"], date.min)
        return WorkingDays(_WEEK - off or _WEEK, frozenset(kept))

    return reading.once("working-days", read)
