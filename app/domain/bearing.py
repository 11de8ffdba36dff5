"""What a line has borne so far, where interest follows the principal really outstanding."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from app.domain.book import Book
from app.domain.plan import ALONE, BrokenRun, Plan, Running
from app.domain.points import Amount
from app.domain.terms import Recalculate, Repayment

_ONE_DAY = timedelta(1)


def run_to(book: Book, plan: Plan, place: int, on: date) -> None:
    """Let the plan know what the line at a place bore up to a day."""
    if book.follows_days and place < len(plan.stretches):
        plan.running = Running(place, on, *borne(book, plan, place, on))
        if not place and not plan.stretches[0].covers_broken:
            plan.broken_run = BrokenRun(on, _borne(book, plan, 0, on, "broken_left"))


def borne(book: Book, plan: Plan, place: int, upto: date) -> tuple[Amount, Amount]:
    """What a line bore up to a day before rounding: in its own period, and with broken days.

    Of a bullet: what all lines bore so far.
    """
    if plan.terms.repayment is Repayment.BULLET:
        both = [
            _borne(book, plan, at, upto, _kind(plan, at)) for at in range(plan.begun, place + 1)
        ]
        total = sum(both, 0)
        return total, total
    own = _borne(book, plan, place, upto, "left")
    whole = _borne(book, plan, place, upto, _kind(plan, place))
    return own, whole


def _kind(plan: Plan, place: int) -> str:
    return "left_with_broken" if plan.stretches[place].covers_broken else "left"


def _borne(book: Book, plan: Plan, place: int, upto: date, kind: str) -> Amount:
    stretch = plan.stretches[place]
    start_on = stretch.start if kind == "left" else stretch.broken_from
    total: Amount = 0
    for (on, principal), (end, _) in pairwise([*book.steps, (upto, 0)]):
        first, last = max(on, start_on), min(end, stretch.end, upto)
        if first >= last:
            continue
        if plan.terms.recalculate is Recalculate.DAILY_ROUNDED:
            total += _rounded_days(plan, place, principal, (first, last), kind)
        else:
            part = plan.factor(place, first, kind) - plan.factor(place, last, kind)
            total += principal * part
    return total


def _rounded_days(
    plan: Plan, place: int, principal: int, days: tuple[date, date], kind: str
) -> Amount:
    total: Amount = 0
    on, last = days
    upper = plan.factor(place, on, kind)
    while on < last:
        on += _ONE_DAY
        lower = plan.factor(place, on, kind)
        total += plan.points.interest(principal * (upper - lower))
        upper = lower
    return total


def accrued_to(book: Book, plan: Plan, on: date) -> int:
    """Interest of the running line for the days run, rounded once, less what was taken of it."""
    place = plan.place_of(on)
    if place >= plan.count:
        return 0
    if stands_alone(plan, on):
        alone = plan.points.interest(_borne(book, plan, 0, on, "broken_left"))
        return max(int(alone) - plan.taken.get(ALONE, 0), 0)
    whole = plan.points.interest(borne(book, plan, place, on)[1])
    taken = plan.taken.get(place, 0)
    if plan.terms.repayment is Repayment.BULLET:
        taken = plan.taken_from(plan.begun)
    return max(int(whole) - taken, 0)


def stands_alone(plan: Plan, on: date) -> bool:
    """Whether a day lies in broken days that stand in a line of their own."""
    return on < plan.stretches[0].start and plan.before_first() is not None
