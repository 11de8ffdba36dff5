"""Calls, letters and messages as lines of a loan's story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.rows.origination import StoryRow
from app.services.work import Reading
from app.store.letters import calls_of, letters_of
from app.store.outbox import page_of
from app.texts.labels import named

CALL, LETTER, MESSAGE = "call", "letter", "message"
Mapped = Mapping[Any, Any]


def late_story(reading: Reading, loan_id: int, limit: int) -> Iterator[StoryRow]:
    """What was done about the arrears of a loan besides visits, in no order."""
    connection, branch_id = reading.connection, reading.branch.branch_id
    for row in calls_of(connection, branch_id, [loan_id])[:limit]:
        said = [named("call", row["outcome"]), row["note"] or ""]
        yield _line(row, CALL, row["called_on"], said, row["recorded_at"])
    for row in letters_of(connection, branch_id, loan_id)[:limit]:
        said = [named("letter", row["stage"]), row["number"]]
        yield _line(row, LETTER, row["made_on"], said, row["recorded_at"])
    for row in page_of(connection, branch_id, "", loan_id, (), (0, limit)):
        names = (("channel", "channel"), ("message", "template"), ("message-state", "state"))
        said = [named(kind, row[column]) for kind, column in names]
        yield _line(row, MESSAGE, row["queued_on"], said, row["queued_at"])


def _line(row: Mapped, what: str, on: Any, said: list[str], at: str) -> StoryRow:
    return StoryRow(
        at=datetime.fromisoformat(at),
        on=on,
        who=row["by"] or "",
        what=what,
        detail=" · ".join(part for part in said if part),
    )
