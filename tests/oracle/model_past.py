"""The walk over a loan whose interest follows the principal really outstanding, day by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.model_spans import Broken, Span, Spans
from tests.oracle.model_terms import Number, Refused, Rounding, Terms
from tests.oracle.model_walk import Move, Row, State, Walk, here_rate

Years = Callable[[date], Fraction]
ONE = timedelta(days=1)
BROKEN = -1  # the place of line 0 in what was taken


@dataclass(slots=True)
class Past:
    """What is known of the loan up to a day."""

    on: date
    rounded: bool  # each day's interest by itself
    steps: list[tuple[date, int]] = field(default_factory=list)  # outstanding from a day on
    done: list[tuple[Number, Number]] = field(default_factory=list)  # of lines fixed: asked
    levels: list[Number] = field(default_factory=list)  # by line, as found last
    bore: list[Number] = field(default_factory=list)  # by line, as worked out last
    ahead: dict[int, int] = field(default_factory=dict)  # principal set on lines to come
    taken: dict[int, int] = field(default_factory=dict)  # interest paid in lines of their own
    find: bool = False  # the instalment is to be found again
    settled: bool = False  # the interest of the days run was taken

    def ahead_from(self, index: int) -> int:
        """Principal already set on a line and those after it."""
        return sum(part for at, part in self.ahead.items() if at >= index)


@dataclass(frozen=True, slots=True)
class Meter:
    """Interest of a balance over days."""

    rates: Sequence[tuple[date, Fraction]]
    rounding: Rounding
    rounded: bool

    def rate(self, on: date) -> Fraction:
        """The rate a day bears."""
        return [rate for day, rate in self.rates if day <= on][-1]

    def total(
        self, pieces: Sequence[tuple[date, Number]], end: date | None, left: Years, days: Days
    ) -> Number:
        """Interest of balances, each from its day on, up to `end`."""
        total: Number = Fraction(0)
        cuts = sorted({day for day, _ in pieces} | {day for day, _ in self.rates[1:]})
        cuts = [day for day in cuts if day >= pieces[0][0] and (end is None or day < end)]
        for at, day in enumerate(cuts):
            stop = cuts[at + 1] if at + 1 < len(cuts) else end
            balance = [amount for on, amount in pieces if on <= day][-1]
            if balance:
                total += self._stretch(balance * self.rate(day), (day, stop), left, days)
        return total

    def _stretch(
        self, yearly: Number, span: tuple[date, date | None], left: Years, days: Days
    ) -> Number:
        day, stop = span
        if not self.rounded:
            return yearly * (left(day) - (left(stop) if stop else 0))
        total: Number = 0
        day, last = max(day, days[0]), min(stop or days[1], days[1])
        while day < last:
            total += self.rounding.interest(yearly * (left(day) - left(day + ONE)))
            day += ONE
        return total


Days = tuple[date, date]


def days_of(span: Span) -> Days:
    """The first and the last day a line can bear anything."""
    start = span.broken.start if span.broken else span.start_of_counting
    moved = span.day_count.startswith("actual")
    return start, span.due if moved else span.nominal


def meter_of(terms: Terms, moves: Sequence[Move], past: Past) -> Meter:
    """The rates of a plan by their days."""
    rates = [(date.min, terms.rate)]
    rates += [(move.on, move.rate) for move in moves if move.rate is not None]
    return Meter(rates, terms.rounding, past.rounded)


def borne(meter: Meter, past: Past, span: Span | Broken, upto: date) -> Number:
    """What a line, or broken days, really bore up to a day, before rounding."""
    pieces = [one for one in past.steps if one[0] < upto]
    if not pieces:
        return 0
    if isinstance(span, Broken):
        return meter.total(pieces, upto, span.from_day, (span.start, span.end))
    return meter.total(pieces, upto, span.whole_from_day, days_of(span))


def of_broken(
    meter: Meter, past: Past, broken: Broken, first: Number, moves: Sequence[Move]
) -> Number:
    """The interest of broken days: as borne so far, then as scheduled."""
    pieces: list[tuple[date, Number]] = [one for one in past.steps if one[0] < past.on]
    pieces += _scheduled(first, past, 0, moves, past.on if pieces else date.min)
    return meter.total(pieces, None, broken.from_day, (broken.start, broken.end))


def _scheduled(
    balance: Number, past: Past, index: int, here: Sequence[Move], start: date
) -> list[tuple[date, Number]]:
    """The scheduled balance less what is set ahead, from a day on."""
    balance -= past.ahead_from(index)
    balance += sum(move.amount for move in here if move.on <= start)
    pieces = [(start, max(balance, 0))]
    for move in here:
        if move.on > start:
            balance += move.amount
            pieces.append((move.on, max(balance, 0)))
    return pieces


class DailyWalk(Walk):
    """Lines that fell due as they were fixed, then those to come."""

    def __init__(self, terms: Terms, spans: Spans, count: int | None, past: Past) -> None:
        super().__init__(terms, spans, count)
        self.past = past
        self.meter: Meter = meter_of(terms, (), past)
        self.levels: list[Number] = []
        self._settled = False

    def rows(self, state: State, moves: Sequence[Move]) -> list[Row]:
        """All lines, `state` being that of the day of disbursement."""
        moves = sorted(moves, key=lambda move: move.on)
        self.meter = meter_of(self.terms, moves, self.past)
        state.settled_first = True
        rows: list[Row] = []
        taken = 0
        while True:
            index = len(rows)
            here = [move for move in moves[taken:] if move.on < self.spans[index].due]
            taken += len(here)
            self.more = taken < len(moves)
            self._note(state.rate, here)
            if index < len(self.past.done):
                rows.append(self._known(index, state, here))
                continue
            self._leveled(index, state, here)
            rows.append(self._row(index, state, here))
            if self._over(len(rows), state, more=self.more):
                if any(move.amount for move in moves[taken:]):
                    raise Refused("a tranche after the last due date")
                self.level = self.terms.instalment or state.level
                return rows

    def _known(self, index: int, state: State, here: Sequence[Move]) -> Row:
        principal, asked = self.past.done[index]
        span, bullet = self.spans[index], self.terms.repayment == "bullet"
        before = state.gathered if bullet else state.carried
        if bullet:
            asked = self._interest(span, state, list(here))[0]
            state.gathered += asked
        state.balance += sum(move.amount for move in here)
        state.rate = here_rate(state.rate, here)
        if not bullet:
            ends = principal == state.balance and not self.more
            self._graced(index, state, asked, ends=ends)
        state.balance -= principal
        self.levels.append(self.past.levels[min(index, len(self.past.levels) - 1)])
        return Row(span.number, span.due, principal, asked, state.balance, asked, before)

    def _leveled(self, index: int, state: State, here: list[Move]) -> None:
        """The instalment of a line: as it was, or found again."""
        past = self.past
        if index > len(past.done):
            if here:
                self._change(index, state, here)
        else:
            known = [move for move in here if move.on <= past.on]
            if past.levels:
                state.level = past.levels[min(index, len(past.levels) - 1)]
            elif self.leveled:
                state.level = self._level(index, state, [])
            if past.find:
                self._settled = past.settled
                self._change(index, state, known)
                self._settled = False
            if len(known) < len(here):
                self._change(index, state, here)
        self.levels.append(state.level)

    def _grown(self, span: Span, state: State, here: list[Move]) -> Fraction:
        if not self._settled:
            return super()._grown(span, state, here)
        balance = Fraction(state.balance) + sum(move.amount for move in here)
        rate = here_rate(state.rate, here)
        return balance * (1 + rate * span.level_from_day(self.past.on))

    def _interest(self, span: Span, state: State, here: list[Move]) -> tuple[Number, Number]:
        past, index = self.past, span.number - 1
        pieces: list[tuple[date, Number]] = []
        if index <= len(past.done):
            pieces += [one for one in past.steps if one[0] < past.on]
        start = past.on if pieces else date.min
        pieces += _scheduled(state.balance, past, index, here, start)
        days = days_of(span)
        whole = self.meter.total(pieces, None, span.whole_from_day, days)
        if span.broken is None:
            return whole, whole
        return whole, self.meter.total(pieces, None, span.from_day, days)

    def _less(self, index: int) -> int:
        if self.terms.repayment == "bullet":
            return sum(one for at, one in self.past.taken.items() if at != BROKEN)
        return self.past.taken.get(index, 0)

    def _principal(self, index: int, state: State, own: Number) -> Number:
        """The instalment less interest; a line in arrears may bear more than the instalment."""
        amount = self.terms.instalment
        if amount is None or index < self.terms.grace_principal or not self.past.steps:
            return super()._principal(index, state, own)
        return max(0, min(amount - own, state.balance))
