"""The walk over the lines of a declining loan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from tests.oracle.model_spans import Span, Spans
from tests.oracle.model_terms import Number, Refused, Terms

MOST_LINES = 5000


@dataclass(frozen=True, slots=True)
class Move:
    """What changes a plan on a day: principal that joins it (or leaves), or a new rate."""

    on: date
    amount: Number = 0
    rate: Fraction | None = None
    keeps: bool = False  # the instalment stays as it was


@dataclass(slots=True)
class Row:
    """A line as the walk leaves it."""

    number: int
    due_on: date
    principal: Number
    interest: Number
    balance: Number
    own: Number = 0  # the line's interest before any grace
    before: Number = 0  # interest of earlier lines that was not asked yet


@dataclass(slots=True)
class State:
    """Where the walk stands."""

    balance: Number
    rate: Fraction
    level: Number = 0
    carried: Number = 0  # interest of grace, not yet asked
    gathered: Number = Fraction(0)  # interest of a bullet
    settled_first: bool = False


class Walk:
    """Declining balance over the spans of a plan."""

    def __init__(self, terms: Terms, spans: Spans, count: int | None) -> None:
        self.terms, self.spans, self.count = terms, spans, count
        self.round = terms.rounding
        self.level: Number = 0  # the instalment, or the share of principal, found last
        self.more = False  # whether moves are still to come
        self.rates: list[tuple[date, Fraction, Fraction]] = []  # day, rate before, rate after

    def rows(self, state: State, moves: Sequence[Move]) -> list[Row]:
        """All lines, `state` being that of the day of disbursement."""
        rows: list[Row] = []
        moves = sorted(moves, key=lambda move: move.on)
        index, taken = 0, 0
        state.settled_first = self.terms.rest is not None
        if self.leveled:
            state.level = self._level(index, state, [])
        while True:
            span = self.spans[index]
            here: list[Move] = []
            while taken < len(moves) and moves[taken].on < span.due:
                here.append(moves[taken])
                taken += 1
            self.more = taken < len(moves)
            if here:
                state.settled_first = True  # what is found again goes without it
                if index and self.terms.repayment == "bullet":
                    state.gathered += self._belated(self.spans[index - 1], state, here)
                self._note(state.rate, here)
                self._change(index, state, here)
            rows.append(self._row(index, state, here))
            index += 1
            if self._over(index, state, more=taken < len(moves)):
                if taken < len(moves) and any(move.amount for move in moves[taken:]):
                    raise Refused("a tranche after the last due date")
                self.level = self.terms.instalment or state.level
                return rows

    def _belated(self, span: Span, state: State, here: Sequence[Move]) -> Number:
        """What a new rate changes of the days of a line after its moved due date."""
        more, rate = Fraction(0), state.rate
        for move in here:
            if move.rate is not None:
                more += state.balance * (move.rate - rate) * span.from_day(move.on)
                rate = move.rate
        return more

    def _note(self, rate: Fraction, here: Sequence[Move]) -> None:
        for move in here:
            if move.rate is not None:
                self.rates.append((move.on, rate, move.rate))
                rate = move.rate

    def _early(self, span: Span) -> list[tuple[date, Fraction, Fraction]]:
        """Changes of the rate before the line opens that its unmoved days still feel."""
        if span.start >= span.opens or span.number == 1:
            return []
        return [one for one in self.rates if span.start_of_counting < one[0] < span.opens]

    def _factor(self, span: Span, rate: Fraction) -> Fraction:
        factor = rate * span.level_years
        for on, before, after in self._early(span):
            factor += (before - after) * (span.level_years - span.level_from_day(on))
        return factor

    @property
    def leveled(self) -> bool:
        """Whether lines are equal instalments found from factors."""
        return self.terms.repayment == "equal-instalments" and self.terms.instalment is None

    @property
    def _residue_first(self) -> bool:
        return self.terms.rounding.residue == "first" and not self.round.exact

    def _over(self, index: int, state: State, *, more: bool) -> bool:
        if self.count is not None and index >= self.count:
            return True
        if index >= MOST_LINES:
            raise Refused("never repays")
        return state.balance == 0 and not more

    def _change(self, index: int, state: State, here: list[Move]) -> None:
        while here and (here[-1].keeps or not (self.leveled or here[-1].amount)):
            here = here[:-1]
        if self.leveled and here:
            state.level = self._level(index, state, here)
        elif self.terms.repayment == "equal-principal" and any(move.amount for move in here):
            total = state.balance + sum(move.amount for move in here)
            state.level = self._share(index, total)

    def _share(self, index: int, balance: Number) -> Number:
        assert self.count is not None
        lines = self.count - max(index, self.terms.grace_principal)
        return self.round.instalment(Fraction(balance) / lines)

    def _level(self, index: int, state: State, here: list[Move]) -> Number:
        level = self.round.instalment(self._exact_level(index, state, here))
        if self.terms.rounding.residue == "relevel" and not self.round.exact:
            level = self._relevel(index, state, here, level)
        return level

    def _exact_level(self, index: int, state: State, here: list[Move]) -> Fraction:
        assert self.count is not None
        start = max(index, self.terms.grace_principal)
        rate = here_rate(state.rate, here)
        growth, weight = Fraction(1), Fraction(0)
        for number in range(self.count - 1, start, -1):
            weight += growth
            growth *= 1 + self._factor(self.spans[number], rate)
        weight += growth
        if index < start:
            grown = Fraction(state.balance + sum(move.amount for move in here))
            growth *= 1 + self._factor(self.spans[start], rate)
            return grown * growth / weight
        return self._grown(self.spans[index], state, here) * growth / weight

    def _grown(self, span: Span, state: State, here: list[Move]) -> Fraction:
        left, rate, balance = span.level_years, state.rate, Fraction(state.balance)
        grown = Fraction(0)
        for on, was, became in self._early(span):
            grown += balance * (was - became) * (left - span.level_from_day(on))
        for move in here:
            stop = span.level_from_day(move.on)
            grown += balance * rate * (left - stop)
            left, balance = stop, balance + move.amount
            rate = rate if move.rate is None else move.rate
        return grown + balance * (1 + rate * left)

    def _relevel(self, index: int, state: State, here: list[Move], level: Number) -> Number:
        assert self.count is not None
        lines = self.count - max(index, self.terms.grace_principal)
        off: Fraction = Fraction(self._last(index, state, here, level) - level)
        if abs(off) <= lines // 2:
            return level
        moved = level + self.round.instalment(off / lines)
        if moved <= 0:
            return level
        left = Fraction(self._last(index, state, here, moved) - moved)
        return moved if abs(left) < abs(off) else level

    def _last(self, index: int, state: State, here: list[Move], level: Number) -> Number:
        trial = replace(state, level=level, carried=0, settled_first=True)
        row = self._row(index, trial, here)
        while not self._over(index + 1, trial, more=False):
            index += 1
            row = self._row(index, replace_carried(trial), [])
        return row.principal + row.interest

    def _row(self, index: int, state: State, here: list[Move]) -> Row:
        span, terms = self.spans[index], self.terms
        exact, plain = self._interest(span, state, here)
        state.balance += sum(move.amount for move in here)
        state.rate = here_rate(state.rate, here)
        before = state.gathered if terms.repayment == "bullet" else state.carried
        if terms.repayment == "bullet":
            state.gathered += exact
            ends = self._final(index) or (state.balance == 0 and not self.more)
            own = asked = self.round.interest(state.gathered) - self._less(index) if ends else 0
        else:
            own = asked = self.round.interest(exact) - self._less(index)
        borne = exact if terms.repayment == "bullet" else asked
        if terms.repayment == "equal-instalments" and span.broken:
            own = self.round.interest(plain) - self._less(index)
        principal = self._principal(index, state, own)
        if terms.repayment != "bullet":
            ends = principal == state.balance and not self.more
            asked = self._graced(index, state, asked, ends=ends)
        state.balance -= principal
        return Row(span.number, span.due, principal, asked, state.balance, borne, before)

    def _less(self, _index: int) -> int:
        """Interest of a line that was paid in a line of its own."""
        return 0

    def _interest(self, span: Span, state: State, here: list[Move]) -> tuple[Number, Number]:
        left, plain_left = span.whole, span.years
        rate, balance = state.rate, Fraction(state.balance)
        total = plain = Fraction(0)
        for move in here:
            stop, plain_stop = span.whole_from_day(move.on), span.from_day(move.on)
            total += balance * rate * (left - stop)
            plain += balance * rate * (plain_left - plain_stop)
            left, plain_left, balance = stop, plain_stop, balance + move.amount
            rate = rate if move.rate is None else move.rate
        for on, before, after in self._early(span):
            more = state.balance * (before - after) * (span.years - span.from_day(on))
            total, plain = total + more, plain + more
        return total + balance * rate * left, plain + balance * rate * plain_left

    def _graced(self, index: int, state: State, asked: Number, *, ends: bool) -> Number:
        if index < self.terms.grace_interest and not ends:
            state.carried += asked
            return 0
        asked += state.carried
        state.carried = 0
        return asked

    def _final(self, index: int) -> bool:
        return self.count is not None and index + 1 >= self.count

    def _principal(self, index: int, state: State, own: Number) -> Number:
        terms = self.terms
        if self._final(index):
            return state.balance
        if index < terms.grace_principal or terms.repayment in ("bullet", "interest-only"):
            return 0
        if terms.repayment == "equal-principal":
            return min(state.level, state.balance)
        if terms.instalment is not None and terms.instalment < own:
            raise Refused("the instalment does not cover the interest")
        level = state.level if terms.instalment is None else terms.instalment
        if self.leveled and level and not state.settled_first and self._residue_first:
            return self._first_of_residue(index, state)
        return max(0, min(level - own, state.balance))

    def _first_of_residue(self, index: int, state: State) -> Number:
        assert self.count is not None
        state.settled_first = True
        value, discount = Fraction(0), Fraction(1)
        for number in range(index + 1, self.count):
            discount /= 1 + self._factor(self.spans[number], state.rate)
            value += discount
        after = self.round.currency(value * state.level)
        return max(0, min(state.balance, state.balance - after))


def here_rate(rate: Fraction, here: Sequence[Move]) -> Fraction:
    """The rate after the moves of a line."""
    for move in here:
        rate = rate if move.rate is None else move.rate
    return rate


def replace_carried(state: State) -> State:
    """Drop the interest of grace: a trial looks at instalments alone."""
    state.carried = 0
    return state
