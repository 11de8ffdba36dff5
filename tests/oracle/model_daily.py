"""A book whose interest follows the days: lines are fixed as they fall due, those to come found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tests.oracle.model_book import Entry, Money
from tests.oracle.model_changes import lifted
from tests.oracle.model_past import BROKEN, Meter, Past, borne, meter_of
from tests.oracle.model_reschedule import Reschedules, Wish
from tests.oracle.model_spans import Spans
from tests.oracle.model_terms import Terms
from tests.oracle.model_walk import Move

ONE = timedelta(days=1)


class Daily(Reschedules):
    """A book that works lines to come out anew as days pass."""

    def __init__(self, terms: Terms) -> None:
        super().__init__(terms)
        if self.past is not None:
            self.past.levels, self.past.bore = list(self.plan.levels), list(self.plan.bore)

    def step(self, day: date) -> None:
        """Note the principal outstanding from a day on."""
        if self.past is not None:
            self.past.steps = [one for one in self.past.steps if one[0] < day]
            self.past.steps.append((day, self.outstanding()))

    def project(self, day: date, after: date) -> None:
        """Find the lines due after a day again, by what is known up to another."""
        coming = self.coming(after)
        if self.past is None or not any(entry.span for entry in coming):
            return
        self._know(self.past, day)
        self.past.ahead = {
            entry.span.number - 1: entry.paid["principal"]
            for entry in coming
            if entry.span and entry.paid["principal"]
        }
        pool = lifted(coming, after)
        gone = pool.forgiven.pop("principal")
        if gone:
            self.moves.append(Move(day, -gone, keeps=True))
            self.base -= gone
        self.lay(after, coming, pool, None, day)

    def fix(self, day: date) -> None:
        """Fix the interest of the line that falls due on a day."""
        past, coming = self.past, self.coming(day - ONE)
        falling = [entry for entry in coming if entry.due_on == day]
        if past is None or not any(entry.zero or entry.span for entry in falling):
            return
        last = [entry for entry in coming if entry.span][-1:]
        bullet = self.terms.repayment == "bullet"
        if not bullet or any(entry.zero or entry in last for entry in falling):
            self.project(day, day - ONE)
            self.step(day)
        if any(entry.span for entry in falling):
            now = [entry for entry in self.entries if entry.due_on == day and entry.span]
            bore = past.bore[len(past.done)] if now else 0
            past.done.append((now[0].principal, bore) if now else (0, 0))

    def change(self, day: date, moves: Sequence[Move], own: Entry | None = None) -> None:
        """Find the lines to come again after a change."""
        if self.past is not None:
            self._know(self.past, day)
            self.past.find = any(not move.keeps for move in moves)
            if self.terms.repayment == "equal-principal":
                self.past.find = any(move.amount and not move.keeps for move in moves)
            self.past.settled = own is not None
        super().change(day, moves, own)

    def reduce(self, money: Money, amount: int, day: date) -> int:
        """Take the interest of the days run, then lower the principal; what is left."""
        coming = self.coming(day)
        if self.past is None or not any(entry.span for entry in coming):
            return super().reduce(money, amount, day)
        taken = min(self.accrued(day), amount)
        forgiven = sum(entry.waived["principal"] for entry in coming)
        owed = int(self.scheduled(day)) - forgiven
        part = min(amount - taken, owed, self.outstanding())
        if taken + part <= 0:
            return amount
        before = [entry for entry in self.entries if entry.due_on <= day]
        number = max((entry.number for entry in before), default=0) + 1
        own = Entry(number, day, part, taken, owed - part, [], until=day)
        self.entries = [*before, own, *coming]
        for head, one in (("principal", part), ("interest", taken)):
            if one:
                own.take(money, head, one, day)
        own.settled_on = day
        place = BROKEN if coming[0].zero else len(self.past.done)
        self.past.taken[place] = self.past.taken.get(place, 0) + taken
        keeps = self.terms.allocation.advance_to == "reduce-term"
        self.change(day, [Move(day, -part, keeps=keeps)], own)
        return amount - part - taken

    def accrued(self, day: date) -> int:
        """Interest of the running line for the days run, less what was taken of it."""
        past, spans = self.past, self._spans()
        assert past is not None
        running = next(entry for entry in self.coming(day) if entry.zero or entry.span)
        meter = self._meter(past)
        if running.zero and spans.broken is not None:
            total = borne(meter, past, spans.broken, day)
            taken = past.taken.get(BROKEN, 0)
        elif self.terms.repayment == "bullet":
            lines = range(len(past.done) + 1)
            total = sum(borne(meter, past, spans[at], day) for at in lines)
            total += self.current.rest.gathered if self.current.rest else 0
            taken = sum(one for at, one in past.taken.items() if at != BROKEN)
        else:
            total = borne(meter, past, spans[len(past.done)], day)
            taken = past.taken.get(len(past.done), 0)
        return max(0, int(self.terms.rounding.interest(total)) - taken)

    def reschedule(self, day: date, wish: Wish) -> None:
        """Replace the lines to come; a bullet brings what it really bore."""
        if self.terms.repayment == "bullet":
            self.project(day, day)
        super().reschedule(day, wish)

    def anew(self, day: date) -> None:
        """Begin the lines anew from the one that runs."""
        if self.past is None:
            return
        place, bullet = len(self.past.done), self.terms.repayment == "bullet"
        kept = {at: one for at, one in self.past.taken.items() if bullet or at == place}
        self._know(self.past, day)
        self.past.done, self.past.levels = [], []
        alone = self.past.taken.get(BROKEN, 0)
        self.past.taken = {0: sum(one for at, one in kept.items() if at != BROKEN)}
        if self.current.broken == "separate":
            self.past.taken[BROKEN] = alone
        elif self.current.rest and self.current.rest.opened_on == self.terms.disbursed_on:
            self.past.taken[0] += alone
        self.past.find = True

    def _know(self, past: Past, day: date) -> None:
        past.on, past.ahead, past.find, past.settled = day, {}, False, False

    def _spans(self) -> Spans:
        terms = self.current
        return Spans(terms, terms.disbursed_on, terms.first_due_on, terms.grace_free)

    def _meter(self, past: Past) -> Meter:
        return meter_of(self.current, sorted(self.moves, key=lambda one: one.on), past)
