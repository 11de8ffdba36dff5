"""What interest was earned by the end of a day, of a loan or of a line."""

from __future__ import annotations

from datetime import date

from app.domain.accrual import accrued
from app.domain.loan import Position
from app.domain.money import RoundingMode
from app.domain.terms import Terms
from app.store.days import RunningLine


def earned_of(position: Position, terms: Terms, day: date) -> int:
    """The interest that all lines of a loan have earned by the end of a day."""
    how = terms.rounding
    return sum(
        accrued(line.interest, line.scheduled_from, line.due_on, day, how.mode, how.interest_to)
        for line in position.lines
    )


def run_to(line: RunningLine, on: date) -> int:
    """What a running line has earned by the end of a day."""
    return accrued(
        line.interest_minor, line.from_on, line.due_on, on, RoundingMode(line.mode), line.to
    )


def not_received(position: Position, terms: Terms, on: date) -> int:
    """Interest that a loan earned by the end of a day and that was neither received nor given up.

    Below zero where it was paid ahead.
    """
    return earned_of(position, terms, on) - position.balances.interest_settled
