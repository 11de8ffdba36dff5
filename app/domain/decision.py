"""What the outcomes of the rules come to: approve, refer or decline, and how much is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.calendar import DayCount, periods_a_year
from app.domain.money import RoundingMode, rounded
from app.domain.terms import Terms


class Result(StrEnum):
    """What one rule says: passed, a smaller loan or a person's judgement, or no."""

    PASS = "pass"
    REFER = "refer"
    FAIL = "fail"


class Outcome(StrEnum):
    """What the whole decision says."""

    APPROVE = "approve"
    REFER = "refer"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Room:
    """How much more the household may take on, in minor units."""

    amount_most: int
    new_outflow_year_most: int


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome and the amount offered."""

    outcome: Outcome
    offered: int


Yearly = Callable[[int], int]  # an amount to what its instalments take in a year; it never falls


def outcome_of(results: Iterable[str]) -> Outcome:
    """The worst of the rules decides."""
    said = {Result(result) for result in results}
    if Result.FAIL in said:
        return Outcome.DECLINE
    return Outcome.REFER if Result.REFER in said else Outcome.APPROVE


def settled(
    results: Iterable[str], asked: int, least: int, step: int, room: Room, yearly: Yearly
) -> Settled:
    """The outcome with its offer.

    Approved is what was asked for. Referred is the largest amount in whole steps that still has
    room, never more than was asked; where that is below `least`, nothing fits and it is declined.
    """
    outcome = outcome_of(results)
    if outcome is Outcome.APPROVE:
        return Settled(outcome, asked)
    if outcome is Outcome.DECLINE:
        return Settled(outcome, 0)
    offered = largest(asked, step, room, yearly)
    if offered < least:
        return Settled(Outcome.DECLINE, 0)
    return Settled(outcome, offered)


def largest(asked: int, step: int, room: Room, yearly: Yearly) -> int:
    """The largest amount up to `asked` that has room: all of it, else rounded down to the step."""
    if _fits(asked, room, yearly):
        return asked
    low, high = 0, min(asked, room.amount_most) // step
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(middle * step, room, yearly):
            low = middle
        else:
            high = middle - 1
    return low * step


def covered(amount: int, yearly_minor: int, offered: int, room: Room) -> bool:
    """Whether a sanction stays within what was decided: no more money, no higher outflow."""
    return amount <= offered and yearly_minor <= room.new_outflow_year_most


def yearly_outflow(instalment: int, terms: Terms) -> int:
    """What instalments of this size take in a year, to the next minor unit: 52 weeks, 12 months."""
    periods = periods_a_year(terms.unit, DayCount.PERIODIC)
    return rounded(instalment * periods, terms.every, RoundingMode.UP)


def _fits(amount: int, room: Room, yearly: Yearly) -> bool:
    return amount <= room.amount_most and yearly(amount) <= room.new_outflow_year_most
