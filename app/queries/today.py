"""The question of the first screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.queries.base import Query
from app.rows.today import TodayView


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowToday(Query[TodayView]):
    """How the day stands, for whoever asks: an officer's own loans, else the branch's.

    `days` is how many of the last days are drawn, today included.
    """

    name: ClassVar[str] = "branch.today"
    days: int = 17
