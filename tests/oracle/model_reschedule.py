"""A reschedule: new lines in the place of those to come, with what is capitalised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.model_book import Entry
from tests.oracle.model_changes import Changes, lifted
from tests.oracle.model_days import Dates
from tests.oracle.model_plan import Extra
from tests.oracle.model_spans import Span
from tests.oracle.model_terms import HEADS, Number, Rest, Terms
from tests.oracle.model_terms import day as day_of
from tests.oracle.model_walk import Move


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reschedule asks for."""

    instalments: int | None
    first_due_on: date | None
    heads: tuple[str, ...]

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Wish:
        """Read an event."""
        first = given.get("first_due_on")
        return cls(
            given.get("instalments"),
            None if first is None else day_of(first),
            tuple(given.get("capitalise") or ()),
        )


class Reschedules(Changes):
    """A book whose lines to come can give way to new ones."""

    def can_reschedule(self, day: date, wish: Wish) -> bool:
        """Whether there is something to reschedule."""
        if wish.first_due_on is not None and wish.first_due_on <= day:
            return False
        if self._running(day) is not None:
            return self.scheduled(day) > 0 or any(on > day for on, _ in self.terms.tranches)
        named = wish.instalments is not None and wish.first_due_on is not None
        return named and self._capital(day, wish) > 0

    def reschedule(self, day: date, wish: Wish) -> None:
        """Find new lines over what is scheduled and capitalised."""
        coming = self.coming(day)
        running = self._running(day)
        balance, rate = self.scheduled(day), self._rate_at(running, day)
        apart = self._apart(coming, day, wish)
        pool = lifted(coming, day)
        gone = pool.forgiven.pop("principal")
        self.base -= gone
        added = self._capitalise(day, wish) + apart - gone
        inside = self._inside(running, day)
        if running is None:
            self.borne_from = max(entry.due_on for entry in self.entries if entry.span)
        self.current = self._rest(
            day, wish, running, balance - sum(int(move.amount) for move in inside), rate
        )
        self.moves = inside
        if added:
            self.moves.append(Move(day, added))
        if self.terms.flat and self.current.rest:  # one sum, over all of the line it falls in
            joined = tuple((one.on, int(one.amount)) for one in self.moves)
            rest = replace(self.current.rest, inside=joined)
            self.current = replace(self.current, principal=balance + added, rest=rest)
            self.moves = []
        later = [Move(on, amount) for on, amount in self.terms.tranches if on > day]
        self.moves += later
        self.anew(day)
        self.lay(day, coming, pool, None)

    def anew(self, day: date) -> None:
        """Note that the lines begin anew."""

    def _running(self, day: date) -> Entry | None:
        lines = [entry for entry in self.coming(day) if entry.span is not None]
        return lines[0] if lines else None

    def _rate_at(self, running: Entry | None, day: date) -> Fraction:
        before = None if running is None or running.span is None else running.span
        rate = self.current.rate
        for move in self.moves:
            if move.rate is not None and (before is None or not _rate_inside(move, before, day)):
                rate = move.rate
        return rate

    def _inside(self, running: Entry | None, day: date) -> list[Move]:
        """What moved the plan in the line that is replaced."""
        if running is None or running.span is None:
            return []
        opens = running.span.opens
        moves = [
            replace(one, keeps=False)
            for one in self.moves
            if opens <= one.on <= day or _rate_inside(one, running.span, day)
        ]
        if running.span.number == 1 and self.current.rest:
            moves += [Move(on, amount) for on, amount in self.current.rest.inside]
        if self.current is self.terms:
            tranches = self.terms.tranches[1:]
            moves += [Move(on, amount) for on, amount in tranches if opens <= on <= day]
        return sorted(moves, key=lambda one: one.on)

    def _rest(
        self, day: date, wish: Wish, running: Entry | None, balance: Number, rate: Fraction
    ) -> Terms:
        lines = [entry for entry in self.coming(day) if entry.span is not None]
        if running is None or running.span is None:
            past = [(one.due_on, one.span.nominal) for one in self.entries if one.span]
            opened, start = max(past)  # unmoved days count on from the unmoved due date
            first = wish.first_due_on
        else:
            start, opened = running.span.start, running.span.opens
            anew = self._begins_anew(wish, running) or self._spreads_anew(wish, running)
            alone = any(entry.zero for entry in self.coming(day))
            if running.span.broken is not None or anew or alone:
                start = self.current.disbursed_on
            if not alone and running.span.number == 1 and self.current.broken == "separate":
                opened = max(opened, start)
            first = wish.first_due_on or running.span.nominal
        fixed = self.current.instalment is not None and wish.instalments is None
        return replace(
            self.terms,
            principal=balance,
            disbursed_on=start,
            rest=self._left(wish, running, opened),
            first_due_on=first,
            instalments=None if fixed else wish.instalments or len(lines),
            instalment=self.terms.instalment if fixed else None,
            rate=rate,
            tranches=(),
            down_percent=None,
            broken=self._broken_rule(wish, running, day),
            grace_principal=0,
            grace_interest=0,
            grace_free=0,
            charges=tuple(one for one in self.terms.charges if one.on == "instalment"),
        )

    def _left(self, wish: Wish, running: Entry | None, opened: date) -> Rest:
        if running is None or running.span is None:
            return Rest(opened, None, 0, (0, 0))
        done = running.span.number - 1
        seed = None
        if wish.first_due_on is None:
            seed = Dates(self.current, self.current.first_due_on).seed(done, running.due_on)
        each, interest = self.spread
        anew = self._begins_anew(wish, running) or self._spreads_anew(wish, running)
        if running.span.broken is not None or anew:
            each = interest = 0  # they are worked out again
        if self.current.rest and self.current.broken != "spread":
            each, interest = self.current.rest.spread[0], interest + self.current.rest.spread[1]
        left = interest - min(interest, each * done)
        return Rest(opened, seed, running.before, (each, left))

    def _stays_alone(self, wish: Wish, day: date) -> bool:
        """Whether broken days keep a line that is not yet due, as all dates stay."""
        return wish.first_due_on is None and any(entry.zero for entry in self.coming(day))

    def _broken_rule(self, wish: Wish, running: Entry | None, day: date) -> str:
        if self._stays_alone(wish, day):
            return "separate"
        again = running is not None and self._spreads_anew(wish, running)
        return "spread" if again else "first-instalment"

    def _begins_anew(self, wish: Wish, running: Entry) -> bool:
        """Whether broken days that were to be spread stand in the first of the new lines."""
        return self._to_be_spread(running) and wish.first_due_on is not None

    def _spreads_anew(self, wish: Wish, running: Entry) -> bool:
        """Whether broken days are spread again, over all of the new lines."""
        return self._to_be_spread(running) and wish.first_due_on is None

    def _to_be_spread(self, running: Entry) -> bool:
        first = running.span is not None and running.span.number == 1
        return first and self.current.broken == "spread"

    def _apart(self, coming: Sequence[Entry], day: date, wish: Wish) -> int:
        """Capitalise charges due by their own dates, in lines to come."""
        total = 0
        for extra in (one for entry in coming for one in entry.extras):
            if extra.due_on <= day and extra.head in wish.heads:
                total += int(extra.amount) - extra.done
                extra.amount = extra.done
        self.base += total
        return total

    def _capital(self, day: date, wish: Wish) -> int:
        coming = sum(entry.left(head, day) for entry in self.coming(day) for head in wish.heads)
        return coming + sum(
            self._part(entry, head)
            for entry in self.entries
            if entry.due_on <= day
            for head in wish.heads
        )

    def _part(self, entry: Entry, head: str) -> int:
        if head == "penalty":
            return 0
        return self.unpaid(entry, head)

    def _capitalise(self, day: date, wish: Wish) -> int:
        total = 0
        for entry in self.entries:
            if entry.due_on > day:
                continue
            entry.whole = entry.whole or entry.principal + entry.interest
            before = total
            for head in wish.heads:
                part = self._part(entry, head)
                total += part
                if head == "principal":
                    entry.principal -= part
                    self.base -= part
                elif head == "interest":
                    entry.interest -= part
                elif part:
                    _cut(entry.extras, head, part)
            if total > before and not any(self.unpaid(entry, head) for head in HEADS):
                entry.settled_on = day
        self.base += total
        return total


def _rate_inside(move: Move, span: Span, day: date) -> bool:
    """Whether a change of the rate is felt by a line: by its unmoved days too."""
    inside = span.opens <= move.on or span.start < move.on
    return move.rate is not None and inside and move.on <= day


def _cut(extras: list[Extra], head: str, part: int) -> None:
    for extra in extras:
        if extra.head == head:
            open_ = min(part, int(extra.amount) - extra.done)
            extra.amount -= open_
            part -= open_
