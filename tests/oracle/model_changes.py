"""Changes of a plan: the lines to come are lifted, found again, and money is set on them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.oracle.model_book import Accounts, Entry, Money, Set, entry_of
from tests.oracle.model_closing import parted
from tests.oracle.model_past import Past
from tests.oracle.model_plan import Extra, Line, Plan, planned
from tests.oracle.model_terms import HEADS, Number, Terms
from tests.oracle.model_walk import Move


class Changes(Accounts):
    """A book whose plan can change."""

    def __init__(self, terms: Terms) -> None:
        super().__init__(terms)
        if terms.recalculate != "never":
            self.past = Past(terms.disbursed_on, terms.recalculate == "daily-rounded")
        self.plan: Plan = planned(terms, past=self.past)
        self.current = terms  # the terms of the lines to come
        self.moves: list[Move] = []
        self.spread = self.plan.spread
        self.over = sum(line.span is not None for line in self.plan.lines)
        self.entries = [entry_of(terms, line) for line in self.plan.lines]

    def coming(self, day: date) -> list[Entry]:
        """The lines not yet due at the end of a day."""
        return [entry for entry in self.entries if entry.due_on > day]

    def scheduled(self, day: date) -> Number:
        """The scheduled balance: the principal of the lines to come that is handed out."""
        later = sum(amount for on, amount in self.terms.tranches if on > day)
        return sum(entry.exact for entry in self.coming(day)) - later

    def reduce(self, money: Money, amount: int, day: date) -> int:
        """Lower the principal by money ahead; what is left."""
        coming = self.coming(day)
        forgiven = sum(entry.waived["principal"] for entry in coming)
        part = min(amount, int(self.scheduled(day)) - forgiven, self.outstanding())
        if part <= 0:
            return amount
        keeps = self.terms.allocation.advance_to == "reduce-term"
        after = self.terms.rounding.printed(self.scheduled(day) - forgiven - part)
        before = [entry for entry in self.entries if entry.due_on <= day]
        number = max((entry.number for entry in before), default=0) + 1
        own = Entry(number, day, part, 0, after, [], until=day)
        self.entries = [*before, own, *coming]
        own.take(money, "principal", part, day)
        own.settled_on = day
        self.change(day, [Move(day, -part, keeps=keeps)], own)
        return amount - part

    def change(self, day: date, moves: Sequence[Move], own: Entry | None = None) -> None:
        """Find the lines to come again and set on them what was set on them before."""
        coming = self.coming(day)
        pool = lifted(coming, day)
        gone = pool.forgiven.pop("principal")
        if gone:
            self.moves.append(Move(day, -gone, keeps=True))
            self.base -= gone
        self.moves += moves
        self.lay(day, coming, pool, own)

    def lay(
        self,
        day: date,
        coming: Sequence[Entry],
        pool: Pool,
        own: Entry | None,
        on: date | None = None,
    ) -> None:
        """Put the lines found again in the place of those due after a day; set money `on`."""
        on = on or day
        kept = [entry for entry in self.entries if entry.due_on <= day]
        fresh = self._found(day, kept)
        self.entries = [*kept, *fresh]
        extras = [one for entry in coming for one in entry.extras if not one.each]
        line = self._place(extras, day, own)
        for one in pool.stays:
            assert line is not None
            line.take(one.money, one.head, one.amount, one.on)
        self._forgive(pool, day)
        held = self.terms.allocation.advance_to == "hold"
        for money in self.monies:
            money.excess += pool.amounts.get(id(money), 0)
            if pool.amounts.get(id(money)) and not held:
                left = self.set_ahead(money, pool.amounts[id(money)], on, day)
                money.excess += left - pool.amounts[id(money)]
        if not held:
            self.set_free(on)

    def _found(self, day: date, kept: Sequence[Entry]) -> list[Entry]:
        begun = any(entry.span is not None for entry in kept)
        plan = planned(self.current, self.moves, self.over if begun else None, self.past)
        if self.past is not None:
            self.past.levels, self.past.bore = list(plan.levels), list(plan.bore)
        self.spread = plan.spread
        if not begun:  # from then on the part of a line stays, whatever becomes of their number
            self.over = sum(line.span is not None for line in plan.lines)
        lines = [line for line in plan.lines if line.due_on > day and line.span is not None]
        lines += [one for one in plan.lines if one.due_on > day and _is_zero(one)]
        lines.sort(key=lambda line: line.due_on)
        while lines and not lines[-1].principal and not lines[-1].interest:
            lines.pop()
        number = max((entry.number for entry in kept), default=0) + 1
        if lines and _is_zero(lines[0]) and not kept:
            number = 0
        entries = []
        for at, line in enumerate(lines):
            line.extras = [one for one in line.extras if one.each]
            entries.append(entry_of(self.terms, line))
            entries[-1].number = number + at
        return entries

    def _place(self, extras: Sequence[Extra], day: date, own: Entry | None) -> Entry | None:
        """Give charges their new lines; the line of those that are due."""
        found: Entry | None = None
        for extra in sorted(extras, key=lambda one: (not one.first, one.due_on)):
            line = self._line_for(extra, day)
            if line is None and own is not None and extra.due_on <= day:
                line = own
            if line is None and extra.first and not extra.amount:
                continue
            if line is None:
                last = self.entries[-1]
                on = max(extra.due_on, day)
                line = Entry(last.number + 1, on, 0, 0, last.balance, [], until=on)
                self.entries.append(line)
            if extra.first:
                extra.due_on = line.due_on
            line.extras.append(extra)
            if extra.due_on <= day:
                found = line
        return found

    def _line_for(self, extra: Extra, day: date) -> Entry | None:
        for entry in self.coming(day):
            fits = not entry.zero or (extra.due_on > self.terms.disbursed_on and not extra.first)
            if fits and (extra.first or extra.due_on <= entry.due_on):
                return entry
        return None

    def _forgive(self, pool: Pool, day: date) -> None:
        for head in HEADS:
            left = pool.forgiven.get(head, 0)
            for entry in self.coming(day):
                part = min(left, self.unpaid(entry, head))
                if part > 0:
                    entry.take(None, head, part, day)
                    left -= part


class Pool:
    """What was set on lines that were lifted."""

    def __init__(self) -> None:
        self.amounts: dict[int, int] = {}
        self.stays: list[Set] = []
        self.forgiven = dict.fromkeys(HEADS, 0)


def lifted(coming: Sequence[Entry], day: date) -> Pool:
    """Take off the lines to come what was set on them."""
    pool, moved = Pool(), list[Set]()
    for entry in coming:
        parted(entry, day, moved, pool.stays)
        for one in list(entry.sets):
            entry.give_back(one)
    for one in moved:
        if one.money is None:
            pool.forgiven[one.head] += one.amount
        else:
            of = id(one.money)
            pool.amounts[of] = pool.amounts.get(of, 0) + one.amount
    return pool


def _is_zero(line: Line) -> bool:
    return line.span is None and line.number == 0
