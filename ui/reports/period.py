"""The period of a report: a day, or a month of which any day is named."""

from __future__ import annotations

import calendar
from datetime import date
from enum import StrEnum


class Span(StrEnum):
    """How much of the calendar a report covers."""

    DAY = "day"
    MONTH = "month"


def bounds(span: Span, on: date) -> tuple[date, date]:
    """The first and the last day, both inclusive."""
    if span is Span.DAY:
        return on, on
    last = calendar.monthrange(on.year, on.month)[1]
    return on.replace(day=1), on.replace(day=last)
