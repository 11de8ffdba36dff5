"""The lines of a loan whose plan can change on the way: tranches, rates, money ahead, reschedules.

A change acts on the lines not yet due, from the scheduled balance. Factors are exact fractions
here; a loan that never changes takes the quicker way of `app.domain.runs`, with equal figures.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from app.domain.level import Run
from app.domain.points import Amount, Points
from app.domain.reading import WHOLE
from app.domain.stretch import Stretch, stretches
from app.domain.terms import (
    BrokenPeriod,
    Interest,
    LevelBy,
    Recalculate,
    Repayment,
    Terms,
)


class Move(NamedTuple):
    """Principal that joins the balance on a day, or leaves it (below zero)."""

    on: date
    amount: int


class Rate(NamedTuple):
    """The yearly rate from a day on, in 1 ÷ PERCENT percent."""

    on: date
    annual_rate: int


class Found(NamedTuple):
    """An equal instalment found on a day: from which line on, before and after rounding."""

    on: date
    place: int
    exact: Fraction
    level: Amount


class FlatRun(NamedTuple):
    """On what flat interest runs since a day: a sum from a line on; tranches join it later.

    `base` is what broken days before line 1 are asked on, before what moves there. `borne` is what
    lines of a bullet bore before, exact; it is asked with the last.
    """

    on: date
    place: int
    over: Amount
    base: Amount
    borne: Amount


class BrokenRun(NamedTuple):
    """What broken days that no line bears itself really bore up to a day, before rounding."""

    on: date
    exact: Amount


class Running(NamedTuple):
    """What the running line bore up to a day, before rounding: own period, and with broken days."""

    place: int
    on: date
    own: Amount
    whole: Amount


_NO_RUN = Running(-1, date.min, 0, 0)
_NOT_FLAT = FlatRun(date.min, 0, 0, 0, 0)
ALONE = -1  # the place of line 0 among what was taken
_ONE_DAY = timedelta(1)
_ONE_RATE = Fraction(1, WHOLE)


@dataclass(slots=True)
class Plan:
    """Principal and interest of every line, and what they are found from.

    Lists are by place: line 1 is at 0. `own` is the interest that the principal is found against,
    `raw` what the line bears with its broken days; deferral and spreading come on top of `raw`.
    `taken` is interest of a line that was paid in a line of its own. `free` lines bear no interest,
    `waiting` ones repay no principal.
    """

    terms: Terms
    points: Points
    base: Amount  # the balance before line 1 without moves
    stretches: list[Stretch]
    rates: list[Rate]
    moves: list[Move]
    free: int
    waiting: int
    deferring: int  # lines whose interest is asked after them
    fixed: int | None  # the instalment, where the count is found
    source: Terms  # whose dates the lines from `source_from` on have
    source_from: int = 0
    levels: list[Amount] = field(default_factory=list)  # the instalment each line was found by
    principal: list[Amount] = field(default_factory=list)
    own: list[Amount] = field(default_factory=list)
    raw: list[Amount] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    ahead: dict[int, int] = field(default_factory=dict)  # principal set on lines to come
    last_ahead: dict[int, int] = field(default_factory=dict)  # as the plan was found last
    running: Running = _NO_RUN
    broken_run: BrokenRun | None = None
    alone: Amount = 0  # what line 0 bears, before rounding
    spread: Amount = 0
    share: Amount = 0
    spread_parts: list[Amount] = field(default_factory=list)
    flat_total: Amount = 0
    flat_run: FlatRun = _NOT_FLAT
    found: list[Found] = field(default_factory=list)
    begun: int = 0  # the line a bullet counts from: 0, or the first after it fell due

    @property
    def level(self) -> Amount:
        """The instalment of the last line."""
        return self.levels[-1]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.principal)

    def place_of(self, on: date) -> int:
        """The place of the line a day belongs to: a due date belongs to the next one."""
        return bisect_right(self.stretches, on, key=_due_on)

    def balance_before(self, place: int) -> Amount:
        """The scheduled balance at the start of a line, without what moves inside it."""
        moved = sum(move.amount for move in self.moves if self.place_of(move.on) < place)
        return self.base + moved - sum(self.principal[:place], 0)

    def known(self, place: int, upto: date) -> int:
        """What moved in the lines from `place` on up to a day."""
        return sum(m.amount for m in self.moves if m.on <= upto and self.place_of(m.on) >= place)

    def rated(self, stretch: Stretch, on: date, kind: str) -> Fraction:
        """The factor of a line from a day on: parts of a year, each by the rate of its days."""
        left: Callable[[date], Fraction] = getattr(stretch, kind)
        upper = left(on)
        total = Fraction(0)
        rate: int = self.rates[0].annual_rate
        for change in self.rates:
            if change.on > on:
                lower = left(change.on)
                total += rate * (upper - lower)
                upper = lower
            rate = change.annual_rate
        return (total + rate * upper) * _ONE_RATE

    def factor(self, place: int, on: date | None = None, kind: str = "left") -> Fraction:
        """The same by the place of the line, nothing where it is free of interest."""
        stretch = self.stretches[place]
        if place < self.free and kind in ("left", "level_left"):
            return Fraction(0)
        if place < self.free:
            kind = "broken_left"
        return self.rated(stretch, on or stretch.broken_from, kind)

    def inside(self, place: int, upto: date) -> list[Move]:
        """What moves inside a line, as far as it is known on a day."""
        return [m for m in self.moves if m.on <= upto and self.place_of(m.on) == place]

    def interest(self, place: int, balance: Amount, upto: date) -> tuple[Amount, Amount]:
        """Own and whole interest of a line, each rounded once, less what was taken of it.

        `balance` is the scheduled one before what moves inside the line. Of the line that runs it
        is what it bore so far and the rest on that balance.
        """
        taken = self.taken.get(place, 0)
        own = self.points.interest(self.exact(place, balance, upto, "left")) - taken
        if not self.stretches[place].covers_broken:
            return own, own
        whole = self.exact(place, balance, upto, "left_with_broken")
        return own, self.points.interest(whole) - taken

    def exact(self, place: int, balance: Amount, upto: date, kind: str) -> Amount:
        """The interest of a line before rounding, with what moves inside it."""
        run = self.running
        moves, exact, from_on = (
            self.inside(place, upto),
            Fraction(0),
            self.stretches[place].broken_from,
        )
        if run.place == place:
            exact += run.own if kind == "left" else run.whole
            balance += sum(move.amount for move in moves if move.on <= run.on)
            moves = [move for move in moves if move.on > run.on]
            from_on = run.on
        return exact + self.coming(place, balance, from_on, moves, kind)

    def coming(
        self, place: int, balance: Amount, from_on: date, moves: Sequence[Move], kind: str
    ) -> Amount:
        """Interest of a line from a day on, on what is scheduled less what is set ahead."""
        balance -= self.set_ahead(place)
        if self.terms.recalculate is Recalculate.DAILY_ROUNDED:
            return self.by_days(place, balance, from_on, moves, kind)
        upper = self.factor(place, from_on, kind)
        total: Amount = 0
        for move in sorted(moves):
            lower = self.factor(place, move.on, kind)
            total += max(balance, 0) * (upper - lower)
            balance, upper = balance + move.amount, lower
        return total + max(balance, 0) * upper

    def by_days(
        self, place: int, balance: Amount, from_on: date, moves: Sequence[Move], kind: str
    ) -> Amount:
        """Interest of a line from a day on, each day rounded by itself."""
        total: Amount = 0
        on, end = from_on, self.stretches[place].end
        upper = self.factor(place, on, kind)
        while on < end:
            balance += sum(move.amount for move in moves if move.on == on)
            on += _ONE_DAY
            lower = self.factor(place, on, kind)
            total += self.points.interest(max(balance, 0) * (upper - lower))
            upper = lower
        return total

    def printed_interest(self) -> list[Amount]:
        """Interest as the lines ask it: deferred and spread where the terms say so."""
        asked = self.interest_before_deferral()
        to = min(self.deferring, len(asked) - 1)
        if to > 0:
            deferred = sum(asked[:to], 0)
            asked[:to] = [0] * to
            asked[to] += deferred
        return asked

    def interest_before_deferral(self) -> list[Amount]:
        """Interest as each line bears it, with its share of the broken days."""
        asked = list(self.raw)
        for place, part in enumerate(self.spread_parts):
            asked[place] += part
        return asked

    def spread_from(self, place: int) -> None:
        """Share what broken days still have to bring over the lines from `place` on."""
        if not self.spread:
            return
        parts = self.spread_parts[:place]
        rest = self.spread - sum(parts, 0)
        for _ in range(place, self.count - 1):
            parts.append(min(self.share, rest))
            rest -= parts[-1]
        self.spread_parts = [*parts, rest] if place < self.count else parts

    def before_first(self) -> Amount | None:
        """The interest of line 0, where the broken days stand in a line of their own."""
        stretch = self.stretches[0]
        separate = stretch.terms.broken_period is BrokenPeriod.SEPARATE
        if not separate or not stretch.broken_left(stretch.broken_from):
            return None
        return self.points.interest(self.alone) - self.taken.get(ALONE, 0)

    def broken(self, moves: Sequence[Move]) -> Amount:
        """The interest of the broken days before rounding: as borne so far, then as scheduled."""
        balance = self.flat_run.base if self.terms.interest is Interest.FLAT else self.base
        from_on, exact, run = self.stretches[0].broken_from, Fraction(0), self.broken_run
        inside = sorted(move for move in moves if move.on < self.stretches[0].start)
        if run is not None:
            balance += sum(move.amount for move in inside if move.on <= run.on)
            inside = [move for move in inside if move.on > run.on]
            exact, from_on = exact + run.exact, run.on
        return exact + self.coming(0, balance, from_on, inside, "broken_left")

    def scheduled_from(self, place: int) -> date:
        """The day a line's interest starts; of a bullet the one sum's, from the first day on."""
        if self.terms.repayment is Repayment.BULLET and place == self.count - 1:
            place = self.begun
        if place:
            return self.stretches[place - 1].due_on
        stretch = self.stretches[0]
        separate = stretch.terms.broken_period is BrokenPeriod.SEPARATE
        return stretch.start if separate else stretch.broken_from

    def balances(self) -> list[Amount]:
        """The principal outstanding after each line as scheduled."""
        made, balance, place = [], self.base, 0
        moves = sorted(self.moves)
        for stretch, principal in zip(self.stretches, self.principal, strict=False):
            while place < len(moves) and moves[place].on < stretch.due_on:
                balance += moves[place].amount
                place += 1
            balance -= principal
            made.append(balance)
        return made

    def extend(self, count: int) -> None:
        """Have at least `count` stretches."""
        if count > len(self.stretches):
            more = stretches(self.source, count - self.source_from)
            self.stretches[self.source_from :] = more

    def write(self, place: int, run: Run, raw: list[Amount]) -> None:
        """Put a run in place of the lines from `place` on."""
        self.principal[place:] = run.principal
        self.own[place:] = run.interest
        self.raw[place:] = raw
        self.levels[place:] = [run.level] * len(run.principal)

    def later(self, on: date) -> list[Move]:
        """What joins the balance after a day."""
        return sorted(move for move in self.moves if move.on > on)

    def taken_from(self, place: int) -> int:
        """Interest that was paid in lines of its own, of this line and those after it."""
        return sum(part for at, part in self.taken.items() if at >= place)

    def joins_after(self, place: int) -> bool:
        """Whether a tranche follows in a later line."""
        return any(move.amount > 0 and self.place_of(move.on) > place for move in self.moves)

    def set_ahead(self, place: int) -> int:
        """Principal already set on this line and those after it, where interest follows it."""
        return sum(part for at, part in self.ahead.items() if at >= place)

    @property
    def level_kind(self) -> str:
        """Which part of a year the equal instalment is found from."""
        by_days = self.terms.level_by is LevelBy.DAY_FACTORS
        return "left" if by_days else "level_left"

    def level_factors(self, place: int) -> list[Fraction]:
        """The factors the instalment is found from, of the lines from `place` to the last."""
        kind = self.level_kind
        return [self.factor(at, None, kind) for at in range(place, len(self.stretches))]


def _due_on(stretch: Stretch) -> date:
    return stretch.due_on
