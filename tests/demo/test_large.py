"""The large demonstration: centres whose meetings are one act each, and more officers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select

from app.store.schema.loans import loan_officers, receipts
from app.store.schema.people import groups
from app.store.schema.system import audit
from tests.demo.lives import SHORT, Life
from tests.services.branch import prepare

LARGE = replace(SHORT, months=2, borrowers=50, large=True)


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
def test_a_large_life_takes_its_meetings_as_one_act_and_is_whole(
    fresh_engine: Callable[..., Engine],
) -> None:
    life = Life(fresh_engine(prepare, "large"), LARGE)
    assert life.findings() == ()
    meeting = receipts.c.meeting_id
    with life.store.read() as snapshot:
        meetings = snapshot.scalar(select(func.count(meeting.distinct()))) or 0
        taken = snapshot.scalar(select(func.count(meeting))) or 0
        acts = snapshot.scalar(
            select(func.count()).select_from(audit).where(audit.c.command == "meeting.take")
        )
        centres = snapshot.scalar(select(func.count(groups.c.centre.distinct()))) or 0
        officers = snapshot.scalar(select(func.count(loan_officers.c.officer_id.distinct()))) or 0
    assert acts == meetings
    assert taken > 2 * meetings > 0
    assert centres > 6
    assert officers == 8
    assert len(life.lived.people) == 11
