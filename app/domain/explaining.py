"""How the figures of a loan came about: factors, unrounded values, and the rounding of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from app.domain.book import Book, LineBook
from app.domain.changing import plan_in
from app.domain.events import Event
from app.domain.finding import exact_level, plan_of
from app.domain.loan import Position, position_of
from app.domain.plan import Found, Plan
from app.domain.playing import play
from app.domain.points import Amount
from app.domain.terms import Interest, Repayment, Terms

# Why a line repays what it does.
LEVEL, SHARE, REST, GRACE, FLAT, AHEAD, CLOSING, GIVEN, ALONE = (
    "instalment-less-interest",
    "equal-share",
    "the-rest",
    "grace",
    "flat-share",
    "money-ahead",
    "closing",
    "taken-over",
    "line-before-the-first",
)


class PartWork(NamedTuple):
    """Days over which balance and rate stay: `balance × factor` is their interest, exactly.

    `annual_rate` in 1 ÷ PERCENT percent; `year_part` is the part of a year that the days count as.
    """

    from_on: date
    to_on: date
    balance: Amount
    annual_rate: int
    year_part: Fraction
    factor: Fraction

    @property
    def interest(self) -> Fraction:
        """The unrounded interest of the part, in minor units."""
        return Fraction(self.balance) * self.factor


class LineWork(NamedTuple):
    """One line worked out, in minor units.

    `unrounded` is the interest before it is rounded once; `added` what deferral and spreading of
    broken days put on top (below zero: took away), `taken` what money ahead paid of it before.
    """

    number: int
    due_on: date
    opening_balance: Amount
    parts: tuple[PartWork, ...]
    unrounded: Fraction
    taken: int
    added: Amount
    interest: int
    instalment: Amount
    principal: int
    principal_why: str
    balance: int


class Worked(NamedTuple):
    """A position with the work behind each of its lines.

    `found` are the equal instalments in the order in which they were found, the first one on
    disbursement; none where the terms name the instalment, or ask for other repayment.
    """

    terms: Terms
    position: Position
    lines: tuple[LineWork, ...]
    found: tuple[Found, ...] = ()


def worked_out(
    terms: Terms,
    events: Sequence[Event],
    as_on: date | None = None,
    known_on: date | None = None,
) -> Worked:
    """The loan at the end of a day, with the work behind its lines. Raises what a replay raises."""
    played = play(terms, events, as_on, known_on)
    book = played.book
    position = position_of(played)
    if book.started_on is None:
        return Worked(terms, position, ())
    if not book.scheduled:
        return Worked(terms, position, tuple(_given(line) for line in book.lines))
    plan = plan_in(book)
    return Worked(book.terms, position, tuple(_lines(book, plan)), (*_first(plan), *plan.found))


def _first(plan: Plan) -> Iterator[Found]:
    """The instalment as it was found over what was handed out first."""
    terms = plan.terms
    equal = terms.repayment is Repayment.EQUAL_INSTALMENTS
    if not equal or terms.interest is Interest.FLAT or terms.instalment is not None:
        return
    first = plan_of(replace(terms, principal=terms.first_day_amount, tranches=(), charges=()))
    exact = exact_level(first, 0, terms.disbursed_on)
    yield Found(terms.disbursed_on, 0, exact, first.level)


def _lines(book: Book, plan: Plan) -> Iterator[LineWork]:
    """Own lines, line 0, the plan's lines in their order, and what came instead of them."""
    place, opening = 0, Fraction(plan.base)
    asked = plan.printed_interest()
    balances = plan.balances()
    for line in book.lines:
        if line.own:
            yield _plain(line, AHEAD)
        elif line.number == 0:
            yield _plain(line, ALONE)
        elif place >= plan.count or plan.stretches[place].due_on != line.due_on:
            yield _plain(line, CLOSING)
        else:
            opening = Fraction(plan.balance_before(place))
            yield _planned(book, plan, place, line, (opening, asked[place], balances[place]))
            place += 1


def _planned(
    book: Book, plan: Plan, place: int, line: LineBook, figures: tuple[Fraction, Amount, Amount]
) -> LineWork:
    opening, asked, balance = figures
    flat = plan.terms.interest is Interest.FLAT
    parts = () if flat else tuple(_parts(book, plan, place))
    unrounded = sum((part.interest for part in parts), Fraction(0))
    if flat:
        unrounded = Fraction(plan.own[place])
    return LineWork(
        number=line.number,
        due_on=line.due_on,
        opening_balance=opening,
        parts=parts,
        unrounded=unrounded,
        taken=plan.taken.get(place, 0),
        added=asked - plan.raw[place],
        interest=plan.points.printed(asked),
        instalment=plan.levels[place],
        principal=plan.points.printed(plan.principal[place]),
        principal_why=_why(plan, place),
        balance=plan.points.printed(balance),
    )


def _why(plan: Plan, place: int) -> str:
    if place == plan.count - 1:
        return REST
    if place < plan.waiting:
        return GRACE
    if plan.terms.interest is Interest.FLAT:
        return FLAT
    equal = plan.terms.repayment is Repayment.EQUAL_INSTALMENTS
    return LEVEL if equal else SHARE


def _parts(book: Book, plan: Plan, place: int) -> Iterator[PartWork]:
    """The parts of a line between days on which balance or rate change, with its broken days."""
    if plan.terms.repayment is Repayment.BULLET:
        if place == plan.count - 1:
            for at in range(plan.begun, place + 1):
                yield from _stretch_parts(book, plan, at)
        return
    yield from _stretch_parts(book, plan, place)


def _stretch_parts(book: Book, plan: Plan, place: int) -> Iterator[PartWork]:
    stretch = plan.stretches[place]
    covers = stretch.covers_broken
    kind = "left_with_broken" if covers else "left"
    start = stretch.broken_from if covers else stretch.start
    left = stretch.left_with_broken if covers else stretch.left
    ends = {start, stretch.end}
    ends |= {rate.on for rate in plan.rates if start < rate.on < stretch.end}
    ends |= {on for on, _ in _balances(book, plan, place) if start < on < stretch.end}
    for from_on, to_on in pairwise(sorted(ends)):
        factor = plan.factor(place, from_on, kind) - plan.factor(place, to_on, kind)
        rate = next(one.annual_rate for one in reversed(plan.rates) if one.on <= from_on)
        balance = next(
            amount for on, amount in reversed(_balances(book, plan, place)) if on <= from_on
        )
        yield PartWork(from_on, to_on, balance, rate, left(from_on) - left(to_on), factor)


def _balances(book: Book, plan: Plan, place: int) -> list[tuple[date, Amount]]:
    """What bears interest in a line, from which day: scheduled, or really outstanding."""
    run = plan.running
    if book.steps and place < max(run.place, book.frozen):
        return [(date.min, 0), *book.steps]
    ahead = sum(part for at, part in plan.last_ahead.items() if at >= place)
    opening = max(plan.balance_before(place) - ahead, 0)
    made: list[tuple[date, Amount]] = [(date.min, opening)]
    for move in sorted(plan.moves):
        if plan.place_of(move.on) == place:
            opening += move.amount
            made.append((move.on, opening))
    if book.steps and run.place == place:
        now = [amount for on, amount in made if on <= run.on][-1]
        coming = [one for one in made if one[0] > run.on]
        done = [one for one in book.steps if one[0] < run.on]
        return [(date.min, 0), *done, (run.on, now), *coming]
    return made


def _plain(line: LineBook, why: str) -> LineWork:
    """A line that no factor made: its figures as they were asked."""
    principal, interest = line.main.asked[0], line.main.asked[1]
    return LineWork(
        line.number,
        line.due_on,
        line.balance + principal,
        (),
        Fraction(interest),
        0,
        0,
        interest,
        principal + interest,
        principal,
        why,
        line.balance,
    )


def _given(line: LineBook) -> LineWork:
    return _plain(line, GIVEN)
