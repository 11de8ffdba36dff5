"""The lines of a loan as the engine found them, and how their instalment came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import groupby

from app.domain import explaining
from app.domain.calendar import periods_a_year
from app.domain.explaining import LineWork, Worked
from app.domain.money import RoundingMode, rounded
from app.domain.points import Points
from app.domain.reading import WHOLE
from app.domain.spans import spans_of
from app.domain.terms import Interest, LevelBy, Repayment, Terms
from app.rows.proof import ProofLevel, ProofLine

EQUAL, SHARE, FLAT, GIVEN, FOUND = "equal", "share", "flat", "given", "found"
_LEVELLED = (explaining.LEVEL, explaining.SHARE, explaining.REST)


def lines_of(worked: Worked) -> Iterator[ProofLine]:
    """Every line with what became of it."""
    for work, line in zip(worked.lines, worked.position.lines, strict=True):
        yield ProofLine(
            work=work,
            charge_minor=line.charge,
            penalty_minor=line.penalty,
            paid=line.paid,
            waived=line.waived,
            settled_on=line.settled_on,
        )


def levels_of(worked: Worked, on: date) -> Iterator[ProofLevel]:
    """Each instalment in force after a day, from which balance and over which lines it was found.

    A formula is given only where it comes out at the very instalment.
    """
    terms = worked.terms
    if terms.interest is Interest.FLAT:
        yield from _flat(terms, worked.lines, on)
        return
    if terms.repayment in (Repayment.BULLET, Repayment.INTEREST_ONLY):
        return
    lines = [work for work in worked.lines if work.principal_why in _LEVELLED]
    place = 0
    for level, group in groupby(lines, key=lambda work: work.instalment):
        yield _level(terms, Fraction(level), lines[place:], on)
        place += len(list(group))


def _level(terms: Terms, level: Fraction, lines: Sequence[LineWork], on: date) -> ProofLevel:
    """The instalment of these lines, by the first formula that comes out at it."""
    first = lines[0]
    balance = Fraction(first.opening_balance)
    found = ProofLevel(
        how=GIVEN if terms.instalment is not None else FOUND,
        on=on,
        first_line=first.number,
        count=len(lines),
        balance=balance,
        level=level,
    )
    if terms.instalment is not None:
        return found
    if terms.repayment is Repayment.EQUAL_PRINCIPAL:
        exact = balance / len(lines)
        fits = _fits(terms, exact, level)
        return replace(found, how=SHARE, exact=exact) if fits else found
    for start in dict.fromkeys((_joined(first), balance)):
        for factors in _factors(terms, lines):
            made = _equal(replace(found, balance=start), factors)
            if made.exact is not None and _fits(terms, made.exact, level):
                return made
    return found


def _joined(first: LineWork) -> Fraction:
    """The balance of a line with what joined or left it on the way."""
    return Fraction(first.parts[-1].balance if first.parts else first.opening_balance)


def _factors(terms: Terms, lines: Sequence[LineWork]) -> Iterator[list[Fraction]]:
    """The factors the instalment may have been found from, the terms' own choice first."""
    a_year = Fraction(periods_a_year(terms.unit, terms.day_count), terms.every)
    real = [sum((part.factor for part in work.parts), Fraction(0)) for work in lines]
    even = [_rate(terms, work) / a_year for work in lines]
    yield from (even, real) if terms.level_by is LevelBy.PERIOD_RATE else (real, even)


def _rate(terms: Terms, work: LineWork) -> Fraction:
    """The yearly rate of a line; of one whose rate changed inside, by days."""
    days = sum((part.to_on - part.from_on).days for part in work.parts)
    if not days:
        return Fraction(terms.annual_rate, WHOLE)
    total = sum(part.annual_rate * (part.to_on - part.from_on).days for part in work.parts)
    return Fraction(total, days * WHOLE)


def _equal(found: ProofLevel, factors: Sequence[Fraction]) -> ProofLevel:
    growth, annuity = Fraction(1), Fraction(0)
    for factor in factors:
        growth *= 1 + factor
        annuity = annuity * (1 + factor) + 1
    return replace(
        found,
        how=EQUAL,
        exact=found.balance * growth / annuity,
        factor=factors[0] if len(set(factors)) == 1 else None,
        growth=growth,
        annuity=annuity,
    )


def _fits(terms: Terms, exact: Fraction, level: Fraction) -> bool:
    """Whether the exact instalment, rounded as agreed, is the one that was used."""
    if terms.rounding.mode is RoundingMode.NONE:
        return exact == level
    rounding = terms.rounding
    mode, to = rounding.instalment_mode, rounding.instalment_to
    return rounded(exact.numerator, exact.denominator, mode, to) == level


def _flat(terms: Terms, lines: Sequence[LineWork], on: date) -> Iterator[ProofLevel]:
    """Flat: the whole interest divided over the lines, beside the principal divided over them."""
    count, grace = terms.instalments or 0, terms.grace
    spans = spans_of(terms, count)
    term = Fraction(sum(spans.numerators[grace.interest_free :]), spans.denominator)
    principal = Fraction(terms.principal)
    total = principal * term
    whole = Fraction(Points(terms.rounding).currency(total))
    charged, repaying = count - grace.interest_free, count - grace.principal
    exact = principal / repaying + whole / charged
    level = Fraction(next((work.instalment for work in lines), 0))
    fits = not terms.down_payment_percent and _fits(terms, exact, level)
    yield ProofLevel(
        how=FLAT if fits else FOUND,
        on=on,
        first_line=lines[0].number if lines else 1,
        count=count,
        balance=principal,
        level=level,
        exact=exact if fits else None,
        term=term,
        total=total,
        total_minor=int(whole),
    )
