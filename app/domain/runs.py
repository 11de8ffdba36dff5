"""How the principal of a loan is repaid, line by line, under each repayment and interest rule."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.errors import TermsRefused
from app.domain.level import Run, first_principal, level_ratio, level_run, slow_run
from app.domain.money import decimal_text
from app.domain.points import Amount, Points
from app.domain.reading import WHOLE
from app.domain.spans import Spans, spans_of
from app.domain.terms import BrokenPeriod, Interest, LevelBy, Repayment, Residue, Terms

_MOST_LINES = 5000


class FlatLines(NamedTuple):
    """How many flat lines there are, and how many at their start are free or repay nothing."""

    number: int
    free: int
    grace: int


def repaid(terms: Terms, points: Points) -> tuple[Spans, Run, Amount]:
    """The spans, the lines 1..m as they are asked, and the down payment."""
    spans, run, down = _repaid(terms, points)
    financed = terms.principal - down
    if spans.broken is not None:
        _add_broken(terms, points, spans, run, financed)
    if terms.grace.interest:
        _defer(run, terms.grace.interest)
    return spans, run, down


def first_run(terms: Terms, points: Points) -> tuple[Run, Amount]:
    """The lines before broken days and deferral, and the down payment."""
    _, run, down = _repaid(terms, points)
    return run, down


def _repaid(terms: Terms, points: Points) -> tuple[Spans, Run, Amount]:
    down = _down_payment(terms, points) if terms.down_payment_percent else 0
    financed = terms.principal - down
    if terms.instalments is None:
        return *_by_amount(terms, points, financed), down
    spans = spans_of(terms, terms.instalments)
    return spans, _by_count(terms, points, spans, financed), down


def _down_payment(terms: Terms, points: Points) -> Amount:
    down = points.instalment(terms.principal * terms.down_payment_percent, WHOLE)
    if down >= terms.principal:
        raise TermsRefused(
            path="terms.down_payment_percent",
            given=decimal_text(int(down), terms.currency),
            allowed="a down payment below the principal",
        )
    return down


def _by_count(terms: Terms, points: Points, spans: Spans, financed: Amount) -> Run:
    if terms.interest is Interest.FLAT:
        return _flat(terms, points, spans, financed)
    match terms.repayment:
        case Repayment.EQUAL_INSTALMENTS:
            return _equal(terms, points, spans, financed)
        case Repayment.EQUAL_PRINCIPAL:
            repaying = len(spans.due_on) - terms.grace.principal
            share = points.instalment(financed, repaying)
            return _by_shares(terms, points, spans, financed, share)
        case Repayment.INTEREST_ONLY:
            return _by_shares(terms, points, spans, financed, 0)
        case Repayment.BULLET:
            return _bullet(terms, points, spans, financed)


def _by_amount(terms: Terms, points: Points, financed: Amount) -> tuple[Spans, Run]:
    """The lines under a fixed instalment: as many as it takes, the last one the rest."""
    level: Amount = terms.instalment or 0
    grace = terms.grace.principal
    count = min(_MOST_LINES, grace + 12 + 2 * int(financed // level))
    while True:
        spans = spans_of(terms, count)
        factors = _charged(terms, spans.numerators)
        run = _run(financed, level, factors, spans.denominator, points, grace)
        last = run.principal[-1] + run.interest[-1]
        short = any(part > level for part in run.interest[grace:])
        if not short and last <= level and len(run.principal) > grace:
            return spans, run
        if short or count >= _MOST_LINES:
            raise TermsRefused(
                path="terms.instalment",
                given=decimal_text(int(level), terms.currency),
                allowed="more than the interest of a line, or the loan is never repaid",
            )
        count = min(_MOST_LINES, count * 2)


def _equal(terms: Terms, points: Points, spans: Spans, financed: Amount) -> Run:
    """Equal instalments, with the rest of rounding where the terms put it."""
    grace, denominator = terms.grace.principal, spans.denominator
    factors = _charged(terms, spans.numerators)
    by = spans.level if terms.level_by is LevelBy.PERIOD_RATE else spans.numerators
    by = _charged(terms, by)[grace:]
    uniform = spans.uniform is not None and not terms.grace.interest_free
    top, bottom = level_ratio(by, denominator, uniform)
    level = points.instalment(financed * top, bottom)
    run = _run(financed, level, factors, denominator, points, grace)
    if points.exact or terms.rounding.residue is Residue.LAST or len(by) == 1:
        return run
    if terms.rounding.residue is Residue.RELEVEL:
        return _relevelled(run, financed, factors, denominator, points, grace)
    principal = first_principal(int(financed), int(level), by, denominator, points)
    if principal == financed:
        return run
    head = [*run.principal[:grace], principal]
    rest = _run(financed - principal, level, factors[grace + 1 :], denominator, points, 0)
    return Run(head + rest.principal, run.interest[: grace + 1] + rest.interest, level)


def _relevelled(
    run: Run, financed: Amount, factors: list[int], denominator: int, points: Points, grace: int
) -> Run:
    """Move the instalment once where the last is off by more minor units than half the lines."""
    repaying = len(factors) - grace
    off = run.principal[-1] + run.interest[-1] - run.level
    if max(off, -off) <= repaying // 2:
        return run
    level = run.level + points.instalment(off, repaying)
    if level <= 0:
        return run
    moved = _run(financed, level, factors, denominator, points, grace)
    now = moved.principal[-1] + moved.interest[-1] - level
    return moved if max(now, -now) < max(off, -off) else run


def _run(
    financed: Amount,
    level: Amount,
    factors: list[int],
    denominator: int,
    points: Points,
    grace: int,
) -> Run:
    if not grace and isinstance(financed, int) and isinstance(level, int) and not points.exact:
        return level_run(financed, level, factors, denominator, points)
    return slow_run(financed, level, factors, denominator, points, grace)


def _by_shares(terms: Terms, points: Points, spans: Spans, financed: Amount, share: Amount) -> Run:
    """The same principal in every repaying line, the rest with the last."""
    principals: list[Amount] = []
    interests: list[Amount] = []
    balance, last = financed, len(spans.due_on) - 1
    for at, factor in enumerate(_charged(terms, spans.numerators)):
        principal = balance if at == last else min(share, balance)
        principals.append(0 if at < terms.grace.principal else principal)
        interests.append(points.interest(balance * factor, spans.denominator))
        balance -= principals[-1]
        if not balance:
            break
    return Run(principals, interests, share)


def _bullet(terms: Terms, points: Points, spans: Spans, financed: Amount) -> Run:
    """Everything with the last line: simple interest over all of them, rounded once."""
    count, factor = len(spans.due_on), sum(_charged(terms, spans.numerators))
    over = spans.denominator
    if spans.broken is not None and terms.broken_period is not BrokenPeriod.SEPARATE:
        more, by = spans.broken
        factor, over = factor * by + more * over, over * by
    nothing: list[Amount] = [0] * (count - 1)
    interest = points.interest(financed * factor, over)
    return Run([*nothing, financed], [*nothing, interest], financed + interest)


def _flat(terms: Terms, points: Points, spans: Spans, financed: Amount) -> Run:
    """Interest on the whole principal over the whole term, the same in every line."""
    free = terms.grace.interest_free
    total = points.currency(terms.principal * sum(spans.numerators[free:]), spans.denominator)
    lines = FlatLines(len(spans.due_on), free, terms.grace.principal)
    return flat_run(terms, points, financed, total, lines)


def flat_run(
    terms: Terms, points: Points, financed: Amount, total: Amount, lines: FlatLines
) -> Run:
    """Divide principal and interest in total over flat lines; the last takes both rests."""
    count, free, grace = lines
    charged, repaying = max(count - free, 1), max(count - grace, 1)
    share = points.interest(total, charged)
    level = points.instalment(financed * charged + total * repaying, repaying * charged)
    part = points.instalment(financed, repaying)
    rest: Amount = total
    balance = financed
    principals: list[Amount] = []
    interests: list[Amount] = []
    for at in range(count):
        interest = min(share, rest) if at >= free else 0
        principal = min(_flat_principal(terms, lines, at, level - interest, part), balance)
        if at == count - 1 or (principal == balance and terms.repayment is not Repayment.BULLET):
            principal, interest = balance, rest
        elif terms.repayment is Repayment.BULLET:
            principal, interest = 0, 0
        principals.append(principal)
        interests.append(interest)
        balance, rest = balance - principal, rest - interest
        if not balance:
            break
    return Run(principals, interests, level)


def _flat_principal(
    terms: Terms, lines: FlatLines, at: int, level_less_interest: Amount, part: Amount
) -> Amount:
    """The principal of a flat line that is not the last; `part` is an equal share of it."""
    if at < lines.grace:
        return 0
    if terms.repayment is Repayment.EQUAL_PRINCIPAL or (
        terms.repayment is Repayment.EQUAL_INSTALMENTS and at < lines.free
    ):
        return part
    return max(level_less_interest, 0) if terms.repayment is Repayment.EQUAL_INSTALMENTS else 0


def _charged(terms: Terms, numerators: list[int]) -> list[int]:
    """The factors with those of interest-free lines set to nothing."""
    free = terms.grace.interest_free
    return [0] * min(free, len(numerators)) + numerators[free:] if free else numerators


def _add_broken(terms: Terms, points: Points, spans: Spans, run: Run, financed: Amount) -> None:
    """Put the broken period's interest on top of line 1, or spread it; line 0 is made later."""
    flat = terms.interest is Interest.FLAT
    if spans.broken is None or (terms.repayment is Repayment.BULLET and not flat):
        return
    run.asked = None
    numerator, denominator = spans.broken
    base = terms.principal if flat else financed
    broken = points.interest(base * numerator, denominator)
    if terms.broken_period is BrokenPeriod.SEPARATE:
        return
    if terms.repayment is Repayment.BULLET:
        run.interest[-1] += broken
    elif terms.broken_period is BrokenPeriod.SPREAD:
        share = points.interest(broken, len(run.interest))
        for at in range(len(run.interest) - 1):
            run.interest[at] += min(share, broken)
            broken -= min(share, broken)
        run.interest[-1] += broken
    elif flat or terms.grace.interest_free:
        run.interest[0] += broken
    else:
        whole = spans.numerators[0] * denominator + numerator * spans.denominator
        run.interest[0] = points.interest(base * whole, denominator * spans.denominator)


def _defer(run: Run, lines: int) -> None:
    """Move the interest of the first lines on top of the one after them."""
    run.asked = None
    to = min(lines, len(run.interest) - 1)
    deferred = sum(run.interest[:to], 0)
    run.interest[:to] = [0] * to
    run.interest[to] += deferred
