"""The question before a business day is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.queries.base import Query
from app.rows.day_end import DayEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDayEnd(Query[DayEnd]):
    """The open day in figures, and whether it can be closed. Raises DayClosed."""

    name: ClassVar[str] = "day.end"
