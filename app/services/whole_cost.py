"""What a living loan costs a year over its whole life, as its lines stand now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from app.domain.apr import Method, yearly
from app.domain.calendar import periods_a_year
from app.domain.events import Event, EventKind
from app.domain.schedule import Schedule, schedule
from app.domain.solving import Flow, NoRate
from app.domain.terms import Terms
from app.services.loan_now import LoanNow
from app.services.quotes import kept_back, two_places


def whole_apr(now: LoanNow) -> str:
    """The irr-nominal rate in percent of all that was handed out against all that the lines ask.

    Penal charges are no cost of it. A day is placed among the periods of the loan's own calendar,
    so that a loan whose plan never changed has the rate that was disclosed, but for rounding. Empty
    where it cannot be told: part of the loan ran elsewhere, or money ahead took lines away.
    """
    given = _given(now.events)
    if not given or _asked(now) != sum(event.amount for event in given):
        return ""
    made = schedule(now.terms)
    marks = _marks(now.terms, made)
    fee, tax = kept_back(made)
    flows = [Flow(_place(marks, event.on), Fraction(event.amount)) for event in given]
    flows.append(Flow(Fraction(0), Fraction(-fee - tax)))
    for line in now.position.lines:
        asked = line.principal + line.interest + line.charge - line.capitalised.total
        flows.append(Flow(_place(marks, line.due_on), Fraction(-asked)))
    periods = Fraction(periods_a_year(now.terms.unit, now.terms.day_count), now.terms.every)
    try:
        return two_places(yearly(Method.IRR_NOMINAL, flows, periods).percent)
    except NoRate:
        return ""


def _given(events: Sequence[Event]) -> list[Event]:
    """What was handed out; none where the loan began elsewhere."""
    void = {event.of for event in events if event.kind is EventKind.REVERSAL}
    if any(event.kind is EventKind.OPENING for event in events):
        return []
    return [e for e in events if e.kind is EventKind.DISBURSEMENT and e.ref not in void]


def _asked(now: LoanNow) -> int:
    """Principal that the lines ask, without what reschedules made principal."""
    return sum(line.principal for line in now.position.lines) - _capitalised(now)


def _capitalised(now: LoanNow) -> int:
    """What reschedules made principal of interest and charges; in minor units."""
    return now.position.capitalised.total


def _marks(terms: Terms, made: Schedule) -> list[tuple[date, int]]:
    """The days on which the periods of the first plan end."""
    return [(terms.disbursed_on, 0), *((line.due_on, line.number) for line in made.lines)]


def _place(marks: Sequence[tuple[date, int]], on: date) -> Fraction:
    """Where a day lies among the periods; beyond the last they go on as long as the last one."""
    days = [day for day, _period in marks]
    at = min(max(bisect_right(days, on) - 1, 0), len(marks) - 1)
    if marks[at][0] == on:
        return Fraction(marks[at][1])
    low = min(at, len(marks) - 2)
    (from_on, from_at), (to_on, to_at) = marks[low], marks[low + 1]
    share = Fraction((on - from_on).days, max((to_on - from_on).days, 1))
    return from_at + share * (to_at - from_at)
