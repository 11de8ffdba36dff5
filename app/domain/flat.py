"""Flat interest of a plan that changes: whole lines, divided again over the lines to come."""

from __future__ import annotations

from datetime import date

from app.domain.plan import FlatRun, Plan
from app.domain.points import Amount
from app.domain.runs import FlatLines, flat_run
from app.domain.terms import Repayment


def start(plan: Plan, principal: Amount) -> FlatRun:
    """Interest runs on all that is handed out on the first day, the down payment too."""
    return FlatRun(plan.terms.disbursed_on, 0, principal, principal, 0)


def find(plan: Plan, place: int, upto: date) -> None:
    """Divide what is still to come of principal and interest over the lines still to come."""
    run = flat_run(
        plan.terms,
        plan.points,
        plan.balance_before(place) + plan.known(place, upto),
        plan.flat_total - sum(plan.own[:place], 0),
        FlatLines(
            len(plan.stretches) - place, max(plan.free - place, 0), max(plan.waiting - place, 0)
        ),
    )
    plan.write(place, run, list(run.interest))
    if plan.terms.repayment is Repayment.BULLET:
        after_first = range(max(plan.begun, 1), len(plan.stretches))
        plan.raw[-1] += sum((_broken(plan, at, upto) for at in after_first), 0)
    elif place:
        plan.raw[place] += _broken(plan, place, upto)


def _broken(plan: Plan, place: int, upto: date) -> Amount:
    """What broken days before a line after the first bear, on what is handed out in them."""
    stretch = plan.stretches[place]
    if not stretch.covers_broken:
        return 0
    moves = [move for move in plan.inside(place, upto) if move.on < stretch.start]
    balance, from_on = plan.balance_before(place), stretch.broken_from
    return plan.points.interest(plan.coming(place, balance, from_on, moves, "broken_left"))


def join(plan: Plan, place: int, on: date) -> None:
    """Add the interest that the tranches of a day bring, over whole lines from theirs on."""
    factors = _factors(plan, place, len(plan.stretches))
    for move in plan.moves:
        if move.on == on:
            plan.flat_total += plan.points.currency(move.amount * factors)


def replace_total(plan: Plan, place: int, on: date) -> None:
    """Count the interest of new lines on what is still to come, over their whole term.

    Lines that fell due keep theirs. What those of a bullet bore is asked with its last line.
    """
    borne: Amount = 0
    if plan.terms.repayment is Repayment.BULLET:
        borne = plan.flat_run.borne + _bore(plan, place)
    balance = plan.balance_before(place) + plan.known(place, on)
    total = plan.points.currency(borne + balance * _factors(plan, place, len(plan.stretches)))
    plan.flat_total = sum(plan.own[:place], 0) + total
    base = plan.flat_run.base if place else plan.base
    plan.flat_run = FlatRun(on, place, balance, base, borne)


def forget(plan: Plan) -> None:
    """Let a bullet that fell due begin anew: what it bore was asked with its last line."""
    plan.flat_run = plan.flat_run._replace(place=plan.begun, borne=0)


def _bore(plan: Plan, place: int) -> Amount:
    """What lines bore since the last change of their days, up to `place`."""
    run = plan.flat_run
    total = run.over * _factors(plan, run.place, place)
    for move in plan.moves:
        if move.on > run.on:
            first = max(plan.place_of(move.on), run.place)
            total += move.amount * _factors(plan, first, place)
    return total


def _factors(plan: Plan, place: int, end: int) -> Amount:
    return sum((plan.factor(at) for at in range(place, end)), 0)
