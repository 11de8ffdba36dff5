"""Finding a plan: at the start, and again for the lines to come after each change of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from app.domain import flat
from app.domain.errors import TermsRefused
from app.domain.events import Replan
from app.domain.level import Run
from app.domain.money import decimal_text
from app.domain.plan import ALONE, Found, Move, Plan, Rate
from app.domain.points import Amount, Points
from app.domain.runs import first_run
from app.domain.stretch import stretches
from app.domain.terms import (
    BrokenPeriod,
    Interest,
    Recalculate,
    Repayment,
    Residue,
    Terms,
)
from app.domain.terms_parts import MOST_LINES


def plan_of(terms: Terms) -> Plan:
    """The plan of the terms with all their tranches, each found when it is handed out.

    Raises TermsRefused where the terms make no schedule.
    """
    points = Points(terms.rounding)
    first = replace(terms, principal=terms.first_day_amount, tranches=(), charges=())
    run, down = first_run(first, points)
    count = len(run.principal) if terms.instalments is None else terms.instalments
    plan = Plan(
        terms=terms,
        points=points,
        base=first.principal - down,
        stretches=stretches(terms, count),
        rates=[Rate(terms.disbursed_on, terms.annual_rate)],
        moves=[Move(one.on, one.amount) for one in terms.tranches if one.on > terms.disbursed_on],
        free=terms.grace.interest_free,
        waiting=terms.grace.principal,
        deferring=terms.grace.interest,
        fixed=terms.instalment,
        source=terms,
    )
    plan.write(0, run, list(run.interest))
    if plan.moves:
        _reach(plan, plan.moves[-1].on)
    plan.flat_total = sum(run.interest, 0)
    plan.flat_run = flat.start(plan, first.principal)
    _bear_broken(plan, terms.disbursed_on)
    plan.spread_from(0)
    if terms.recalculate is not Recalculate.NEVER:
        _find(plan, 0, terms.disbursed_on, keep=False)
    if terms.tranches:
        _join_tranches(plan, terms.disbursed_on)
        _share_broken(plan, 0)
    return plan


def _reach(plan: Plan, on: date) -> None:
    """Keep lines after the balance is 0 where a tranche follows on a day.

    A fixed instalment has as many lines as it takes.
    """
    while plan.fixed is not None and plan.stretches[-1].due_on <= on:
        if len(plan.stretches) >= MOST_LINES:
            break
        plan.extend(min(MOST_LINES, len(plan.stretches) * 2))
    while plan.count < min(plan.place_of(on), len(plan.stretches)):
        plan.write(plan.count, Run([0], [0], plan.level), [0])


def change(plan: Plan, on: date, *, keep: bool = False, settled: bool = False) -> None:
    """Find the lines to come again after a change on a day.

    `keep` keeps the instalment; `settled` says that the interest of the days run was taken.
    """
    place = plan.place_of(on)
    if plan.terms.interest is Interest.FLAT:
        flat.join(plan, place, on)
    _find(plan, place, on, keep, settled)
    _join_tranches(plan, on)
    _share_broken(plan, place)


def again(plan: Plan, on: date, place: int, after: date) -> None:
    """Find the lines from `place` on again with the instalment as it is.

    What joins after a day lets it be found anew: a tranche of a due date belongs to the next line.
    """
    _find(plan, place, on, keep=True)
    _join_tranches(plan, after)
    _share_broken(plan, place)


def replace_lines(plan: Plan, on: date, replan: Replan, capitalised: int) -> None:
    """Let days of new lines stand in place of those not yet due.

    Where none is to come, count and first due date must be given; the first span starts at the last
    due date.
    """
    del plan.stretches[plan.count :]
    place = plan.place_of(on)
    count = replan.instalments or plan.count - place
    if replan.instalments is not None:
        plan.fixed = None
    if place >= plan.count:
        plan.begun = place
        flat.forget(plan)
    if replan.first_due_on is None:
        plan.extend(place + count)
        del plan.stretches[place + count :]
    else:
        started_on = _started_on(plan, place, on)
        if not place:
            plan.spread, plan.spread_parts = 0, []
            if plan.stretches[0].start > on and ALONE in plan.taken:
                plan.taken[0] = plan.taken.get(0, 0) + plan.taken.pop(ALONE)
        plan.source, plan.source_from = _source(plan, started_on, replan.first_due_on), place
        plan.stretches[place:] = stretches(plan.source, count)
    plan.waiting, plan.free = min(plan.waiting, place), min(plan.free, place)
    plan.deferring = min(plan.deferring, place)
    if capitalised:
        plan.moves.append(Move(on, capitalised))


def find_replaced(plan: Plan, on: date) -> None:
    """Find the lines whose days were replaced. Raises TermsRefused where they cannot be."""
    place = plan.place_of(on)
    if plan.terms.interest is Interest.FLAT:
        flat.replace_total(plan, place, on)
    _find(plan, place, on, keep=False)
    _join_tranches(plan, on)
    _share_broken(plan, place)


def _started_on(plan: Plan, place: int, on: date) -> date:
    """Where the span of the line that is replaced begins: after line 0, if that one is due."""
    if place >= plan.count:
        return plan.stretches[-1].end
    stretch = plan.stretches[place]
    alone = stretch.terms.broken_period is BrokenPeriod.SEPARATE
    return stretch.start if alone and stretch.start <= on else stretch.broken_from


def _source(plan: Plan, started_on: date, first_due_on: date) -> Terms:
    """The terms whose dates the new lines have."""
    return replace(
        plan.terms,
        disbursed_on=started_on,
        first_due_on=first_due_on,
        down_payment_percent=0,
        broken_period=BrokenPeriod.FIRST_INSTALMENT,
        tranches=(),
        charges=(),
    )


def _join_tranches(plan: Plan, after: date) -> None:
    """Find the plan again at each tranche after a day, in the order of their days."""
    for on in sorted({move.on for move in plan.later(after)}):
        _check_tranche(plan, on)
        place = plan.place_of(on)
        if plan.terms.interest is Interest.FLAT:
            flat.join(plan, place, on)
        _find(plan, place, on, keep=False)


def _share_broken(plan: Plan, place: int) -> None:
    """Spread broken days over all lines there are, where the first of them is found again."""
    if plan.spread and not place and plan.terms.repayment is not Repayment.BULLET:
        plan.share = plan.points.interest(plan.spread, plan.count)
        plan.spread_from(0)


def _check_tranche(plan: Plan, on: date) -> None:
    _reach(plan, on)
    last = plan.stretches[-1].due_on
    if on >= last:
        raise TermsRefused(
            path="terms.tranches",
            given=on.isoformat(),
            allowed=f"a day before the last due date, {last.isoformat()}",
        )


def _find(plan: Plan, place: int, upto: date, keep: bool, settled: bool = False) -> None:
    """Find the lines from `place` on, knowing what moves up to a day."""
    terms = plan.terms
    if terms.interest is Interest.FLAT:
        flat.find(plan, place, upto)
    elif terms.repayment is Repayment.BULLET:
        _find_bullet(plan, upto)
    elif terms.repayment is not Repayment.EQUAL_INSTALMENTS:
        _run(plan, place, _kept(plan, place) if keep else _share(plan, place, upto), upto)
    elif plan.fixed is not None:
        _find_count(plan, place, upto)
    elif keep:
        _run(plan, place, _kept(plan, place), upto)
    else:
        _find_level(plan, place, upto, settled)
    if place == 0:
        _bear_broken(plan, upto)
    plan.spread_from(place)


def _kept(plan: Plan, place: int) -> Amount:
    return plan.levels[min(place, plan.count - 1)]


def _find_level(plan: Plan, place: int, upto: date, settled: bool) -> None:
    """The equal instalment over the lines still to come, with the rest of rounding."""
    exact = exact_level(plan, place, upto, settled)
    level = plan.points.instalment(exact)
    last = _run(plan, place, level, upto)
    lines = len(plan.stretches) - max(place, plan.waiting)
    off = plan.principal[last] + plan.own[last] - level
    relevels = plan.terms.rounding.residue is Residue.RELEVEL and not plan.points.exact
    if relevels and max(off, -off) > lines // 2:
        moved = level + plan.points.instalment(off, lines)
        last = _run(plan, place, max(moved, 0), upto)
        now = plan.principal[last] + plan.own[last] - moved
        if moved <= 0 or max(now, -now) >= max(off, -off):
            _run(plan, place, level, upto)
    plan.found.append(Found(upto, place, exact, plan.level))


def exact_level(plan: Plan, place: int, upto: date, settled: bool = False) -> Fraction:
    """(B·∏(1+f) + Σ T·(1+g)·∏ after its line) ÷ Σ ∏ after each line, over the lines to come."""
    start = max(place, plan.waiting)
    factors = plan.level_factors(start)
    after, below = Fraction(1), Fraction(0)
    for factor in reversed(factors[1:]):
        below += after
        after *= 1 + factor
    below += after
    balance, kind = plan.balance_before(place), plan.level_kind
    if start > place or settled:
        part = plan.factor(place, upto, kind) if start == place else factors[0]
        above = (balance + plan.known(place, upto)) * (1 + part)
    else:
        above = balance * (1 + factors[0])
        for move in plan.inside(place, upto):
            above += move.amount * (1 + plan.factor(place, move.on, kind))
    return Fraction(above * after) / below


def _run(plan: Plan, place: int, level: Amount, upto: date) -> int:
    """Write the lines from `place` on under an instalment or share; the place of the last one.

    The last line takes the rest; lines after the balance is 0 go, unless a tranche follows.
    """
    equal = plan.terms.repayment is Repayment.EQUAL_INSTALMENTS
    end = len(plan.stretches)
    run = Run([], [], level)
    raw: list[Amount] = []
    balance = plan.balance_before(place)
    at = place
    for at in range(place, end):
        own, whole = plan.interest(at, balance, upto)
        balance += sum(move.amount for move in plan.inside(at, upto))
        principal: Amount = 0
        if at == end - 1:
            principal = balance
        elif at >= plan.waiting:
            principal = min(max(level - own, 0) if equal else level, balance)
        balance -= principal
        run.principal.append(principal)
        run.interest.append(own)
        raw.append(whole)
        if not balance and not plan.joins_after(at):
            break
    plan.write(place, run, raw)
    return at


def _find_count(plan: Plan, place: int, upto: date) -> None:
    """A fixed instalment: as many lines as it takes, the last one the rest."""
    level = plan.fixed or 0
    while True:
        last = _run(plan, place, level, upto)
        by_day = plan.running.place >= 0
        short = not by_day and any(part > level for part in plan.own[max(place, plan.waiting) :])
        fits = last >= plan.waiting and plan.principal[last] + plan.own[last] <= level
        if not short and (fits or last < len(plan.stretches) - 1):
            return
        if short or len(plan.stretches) >= MOST_LINES:
            raise TermsRefused(
                path="terms.instalment",
                given=decimal_text(level, plan.terms.currency),
                allowed="more than the interest of a line, or the loan is never repaid",
            )
        plan.extend(min(MOST_LINES, len(plan.stretches) * 2))


def _share(plan: Plan, place: int, upto: date) -> Amount:
    """The principal of a line: equal parts of what is still to come, or none but in the last."""
    if plan.terms.repayment is Repayment.INTEREST_ONLY:
        return 0
    balance = plan.balance_before(place) + plan.known(place, upto)
    return plan.points.instalment(balance, len(plan.stretches) - max(place, plan.waiting))


def _find_bullet(plan: Plan, upto: date) -> None:
    """Simple interest on every part from its day, in one sum with the last line."""
    place = max(plan.running.place, plan.begun)
    balance = plan.balance_before(place)
    total: Amount = 0
    end = place
    for end in range(place, len(plan.stretches)):
        covers = plan.stretches[end].covers_broken
        total += plan.exact(end, balance, upto, "left_with_broken" if covers else "left")
        balance += sum(move.amount for move in plan.inside(end, upto))
        if not balance and not plan.joins_after(end):
            break
    interest = plan.points.interest(total) - plan.taken_from(plan.begun)
    owed = plan.balance_before(plan.begun) + plan.known(plan.begun, upto)
    nothing: list[Amount] = [0] * (end - plan.begun)
    interests = [*nothing, interest]
    plan.write(plan.begun, Run([*nothing, owed], interests, owed + interest), list(interests))


def _bear_broken(plan: Plan, upto: date) -> None:
    """Work out what the broken days before line 1 bear, where it does not stand in its interest."""
    stretch, terms = plan.stretches[0], plan.terms
    is_flat, bullet = terms.interest is Interest.FLAT, terms.repayment is Repayment.BULLET
    if stretch.broken_from >= stretch.start:
        return
    plan.alone = plan.broken(plan.inside(0, upto))
    if bullet and not is_flat:
        return
    broken = plan.points.interest(plan.alone)
    if stretch.terms.broken_period is BrokenPeriod.SEPARATE:
        return
    if bullet:
        plan.spread = broken
    elif stretch.terms.broken_period is BrokenPeriod.SPREAD:
        plan.spread = broken
        _share_broken(plan, 0)
    elif is_flat:
        plan.raw[0] = plan.own[0] + broken
    elif not plan.running.whole:
        plan.raw[0] = plan.interest(0, plan.base, upto)[1]
