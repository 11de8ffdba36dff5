"""The replay of a loan's facts, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.model_book import Accounts, Entry, Money, Set
from tests.oracle.model_closing import closing_entry, parted
from tests.oracle.model_daily import Daily
from tests.oracle.model_plan import Extra
from tests.oracle.model_reschedule import Wish
from tests.oracle.model_terms import HEADS, Refused, Terms, minor, whole
from tests.oracle.model_walk import Move

Event = Mapping[str, Any]
RANKS = {"opening": -2, "rate": 0, "reschedule": 0, "charge": 1, "waiver": 2, "refund": 4}
NINETY = timedelta(days=90)
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Fact:
    """An event with its place in the document."""

    at: int
    on: date
    kind: str
    given: Event


class Replay(Daily):
    """A loan replayed up to a day; the fact at `newest` is held to what only the last one is."""

    def __init__(self, terms: Terms, facts: Sequence[Fact], digits: int, newest: int) -> None:
        super().__init__(terms)
        self.digits, self.newest = digits, newest
        self.lapsed: set[int] = set()
        self.ended = ""
        self.npa = False
        self.day = self.dealt = terms.disbursed_on
        self.struck: list[tuple[Entry, dict[str, int]]] = []
        self.handed = list(terms.tranches) or [(terms.disbursed_on, int(terms.principal))]
        self.facts = sorted(facts, key=lambda one: (one.on, RANKS.get(one.kind, 3), one.at))

        if any(fact.kind == "opening" for fact in facts):
            self.given, self.entries, self.handed = True, [], []
            self.past = None

    def run(self, until: date) -> None:
        """Replay everything up to the end of a day."""
        if self.given and self.facts[0].kind != "opening":
            raise Refused("before the opening")
        by_day: dict[date, list[Fact]] = {}
        for fact in self.facts:
            if fact.on < self.terms.disbursed_on:
                raise Refused("before the loan")
            by_day.setdefault(fact.on, []).append(fact)
        done = self.terms.disbursed_on - ONE
        while (day := self._next(done, by_day, until)) is not None:
            self._pass_to(day)
            for fact in by_day.get(day, ()):
                self._apply(fact, day)
            self._end_of(day, found=day in by_day or day == until, asked=day not in by_day)
            done = day

    def _next(self, done: date, by_day: Mapping[date, Any], until: date) -> date | None:
        """The next day on which anything can happen; due days change with the plan."""
        days = {*by_day, self.terms.disbursed_on, until}
        parts = len(self.terms.tranches) > 1
        if self.terms.allocation.advance_to == "hold" or self.past is not None or parts:
            days |= {entry.due_on for entry in self.entries}
            days |= {extra.due_on for entry in self.entries for extra in entry.extras}
            days |= {on for on, _ in self.handed}
        return min((day for day in days if done < day <= until), default=None)

    def _pass_to(self, day: date) -> None:
        if day > self.day:
            oldest = self.oldest_due(day - ONE)
            if oldest is not None and oldest + NINETY < day:
                self.npa = True
        self.day = day
        self.accrue(day)
        if not self.ended:
            self.fix(day)
        while self.handed and self.handed[0][0] <= day and not self.ended:
            part = self.handed.pop(0)[1]
            self.base, self.out = self.base + part, self.out + part
            self.dealt = day

    def _end_of(self, day: date, *, found: bool, asked: bool) -> None:
        """End a day; on one that was only `asked` about, and no line's, held money stays held."""
        if self.terms.allocation.advance_to == "hold":
            if not asked or self.dealt == day or self._is_due_day(day):
                self._set_held(day)
        elif len(self.terms.tranches) > 1 or self.past is not None:
            self._set_free(day)
        if (found or self.dealt == day) and not self.ended:
            self.project(day, day)
        self.step(day)
        oldest = self.oldest_due(day)
        if oldest is None:
            self.npa = False
        elif oldest + NINETY <= day:
            self.npa = True
        self.mark(day)

    def _is_due_day(self, day: date) -> bool:
        return any(
            day in (entry.due_on, *(extra.due_on for extra in entry.extras))
            for entry in self.entries
        )

    def _set_held(self, day: date) -> None:
        owed = sum(self.due(entry, head, day) for entry in self.entries for head in HEADS)
        row = Money(None, day, 0)
        for money in self.monies:
            part = min(owed, money.excess - money.used)
            if part > 0:
                part -= self.set_due(row, part, day)
                row.excess -= part
                owed -= part
                money.used += part
        if row.excess:
            self.monies.append(row)

    def _apply(self, fact: Fact, day: date) -> None:
        if self.ended == "write-off" and fact.kind not in ("recovery", "refund"):
            self._lapses(fact, "written off")
            if fact.kind != "receipt":
                return
        getattr(self, "_" + fact.kind.replace("-", "_"))(fact, day)

    def _opening(self, fact: Fact, day: date) -> None:
        """Take the loan over as it stands; what it bore before is in its lines."""
        penal = self.terms.penal
        grace = timedelta(penal.grace_days if penal else 0)
        opens = day
        for given in sorted(fact.given["lines"], key=lambda one: (one["due_on"], one["number"])):
            asked = {head: minor(given.get(head) or "0", self.digits) for head in HEADS}
            due = date.fromisoformat(given["due_on"])
            extras = [Extra(head, asked[head], due) for head in HEADS[2:] if asked[head]]
            line = Entry(given["number"], due, asked["principal"], asked["interest"], 0, extras)
            line.opens, line.until = min(opens, due), day if due < day else date.min
            line.charged = due + grace < day
            self.entries.append(line)
            self.base += line.principal
            opens = max(due, day)
        left = self.base
        for line in self.entries:
            left -= line.principal
            line.balance = left
        excess = minor(fact.given.get("excess") or "0", self.digits)
        if excess:
            self._take_in(Money(fact.at, day, excess, listed=False), day)

    def _lapses(self, fact: Fact, why: str) -> None:
        """Refuse the fact entered last; let an earlier one lapse."""
        if fact.at == self.newest:
            raise Refused(why)
        self.lapsed.add(fact.at)

    def _amount(self, fact: Fact) -> int:
        return minor(fact.given["amount"], self.digits)

    def _owed(self) -> int:
        return sum(self.unpaid(entry, head) for entry in self.entries for head in HEADS)

    def _receipt(self, fact: Fact, day: date) -> None:
        if self._owed() == 0 and self.outstanding() == 0:  # a printed run leaves a little
            self._lapses(fact, "closed")
        self._take_in(Money(fact.at, day, self._amount(fact)), day)

    def _take_in(self, money: Money, day: date) -> None:
        self.monies.append(money)
        left = self.set_due(money, money.amount, day)
        reduces = not self.given and not self.ended
        if left and reduces and self.terms.allocation.advance_to.startswith("reduce"):
            left = self.reduce(money, left, day)
        if left and self.terms.allocation.advance_to != "hold":
            left = self.set_ahead(money, left, day)
        money.excess = left

    def _charge(self, fact: Fact, day: date) -> None:
        self._ask(Extra(fact.given["head"], self._amount(fact), day))
        self._set_free(day)

    def _set_free(self, day: date) -> None:
        if self.terms.allocation.advance_to != "hold":
            self.set_free(day)

    def _ask(self, extra: Extra) -> None:
        day = extra.due_on
        for entry in self.entries:
            if day <= entry.due_on and (not entry.zero or day > self.terms.disbursed_on):
                entry.extras.append(extra)
                entry.settled_on = None
                break
        else:
            last = self.entries[-1]
            self.entries.append(Entry(last.number + 1, day, 0, 0, last.balance, [extra], until=day))

    def _rate(self, fact: Fact, day: date) -> None:
        self._refuse_given()
        if self.ended or not any(entry.span for entry in self.coming(day)):
            self._lapses(fact, "nothing to come")
            return
        self.change(day, [Move(day, rate=Fraction(fact.given["annual_rate"]) / 100)])

    def _reschedule(self, fact: Fact, day: date) -> None:
        self._refuse_given()
        wish = Wish.of(fact.given)
        if self.ended or not self.can_reschedule(day, wish):
            self._lapses(fact, "nothing to come")
            return
        self.reschedule(day, wish)

    def _refuse_given(self) -> None:
        if self.given:
            raise Refused("lines that were given cannot be found again")

    def _waiver(self, fact: Fact, day: date) -> None:
        head, amount = fact.given["head"], self._amount(fact)
        left = amount
        for entry in self.entries:
            part = min(left, self.unpaid(entry, head))
            if part > 0:
                entry.take(None, head, part, day)
                left -= part
        if left:
            self._lapses(fact, "more than is unpaid")

    def _foreclosure(self, fact: Fact, day: date) -> None:
        if self._owed() == 0 or self.ended:
            self._lapses(fact, "closed")
        if self._owed() and not self.ended:
            self.project(day, day)
            self.close(day, self.terms.closure.interest, charged=True)
            self.ended = "foreclosure"
            self.handed.clear()

    def _write_off(self, fact: Fact, day: date) -> None:
        if self._owed() == 0:
            self._lapses(fact, "closed")
            return
        if not self.ended and any(entry.due_on > day for entry in self.entries):
            self.project(day, day)
            self.close(day, self.terms.closure.interest, charged=False)
        self.ended = "write-off"
        for entry in self.entries:
            gone = {head: self.unpaid(entry, head) for head in HEADS}
            self.struck.append((entry, gone))
            for head, amount in gone.items():
                if amount:
                    entry.take(None, head, amount, day)

    def _recovery(self, fact: Fact, day: date) -> None:
        if self.ended != "write-off":
            self._lapses(fact, "not written off")
            self._receipt(fact, day)
            return
        money = Money(fact.at, day, self._amount(fact))
        self.monies.append(money)
        left = money.amount
        for _, gone in self.struck:
            for head in self.terms.allocation.order:
                part = min(left, gone[head])
                gone[head] -= part
                money.split[head] += part
                left -= part
        money.excess = left

    def _refund(self, fact: Fact, day: date) -> None:
        amount = self._amount(fact)
        lack = max(0, amount - self.excess())
        if lack:
            self._lapses(fact, "more than the excess")
            self._ask(Extra("charge", lack, day))
        money = Money(fact.at, day, -amount, excess=lack - amount)
        left = amount - lack
        for one in self.monies:
            part = min(left, one.excess - one.used)
            if part > 0:
                one.used += part
                left -= part
        money.split["charge"] -= lack
        self.monies.append(money)

    def close(self, day: date, rule: str, *, charged: bool) -> None:
        """Replace the lines to come by one that is due now."""
        coming = [entry for entry in self.entries if entry.due_on > day]
        kept = [entry for entry in self.entries if entry.due_on <= day]
        before = self.outstanding()
        pool: list[Set] = []
        stays: list[Set] = []
        for entry in coming:
            parted(entry, day, pool, stays)
        forgiven = {head: sum(entry.waived[head] for entry in coming) for head in HEADS}
        paid = sum(entry.paid["principal"] for entry in coming)
        _emptied(coming, day)
        owed = before + paid - sum(self.unpaid(entry, "principal") for entry in kept)
        principal = max(0, owed + forgiven["principal"])
        closing = closing_entry(self, kept, coming, day, rule, principal)
        self.entries, self.closed = [*kept, closing], True
        _carry(self, closing, stays, forgiven, day)
        if charged and self.terms.closure.percent:
            self._closing_charge(closing, before, day)
        self._set_again(pool, day)

    def _closing_charge(self, closing: Entry, before: int, day: date) -> None:
        mode, closure = self.terms.rounding.mode, self.terms.closure
        net = whole(max(before, 0) * closure.percent, mode)
        tax = whole(net * closure.tax, mode)
        closing.extras.append(Extra("charge", net + tax, day))

    def _set_again(self, pool: list[Set], day: date) -> None:
        amounts: dict[int, int] = {}
        for one in pool:
            if one.money is not None:
                amounts[id(one.money)] = amounts.get(id(one.money), 0) + one.amount
        for money in self.monies:
            free = max(0, money.excess - money.used)
            amount = amounts.get(id(money), 0) + free
            if amount:
                money.excess += self.set_due(money, amount, day) - free


def _carry(
    book: Accounts, closing: Entry, stays: list[Set], forgiven: dict[str, int], day: date
) -> None:
    """Put on the closing line what stays set and what was forgiven ahead."""
    closing.sets = stays
    for one in stays:
        (closing.waived if one.money is None else closing.paid)[one.head] += one.amount
        if one.money is not None:
            one.money.split[one.head] += one.amount
        else:
            forgiven[one.head] -= one.amount
    for head in ("principal", "interest"):
        part = min(forgiven[head], book.unpaid(closing, head))
        if part > 0:
            closing.take(None, head, part, day)


def _emptied(coming: Sequence[Entry], day: date) -> None:
    """Take everything off the lines to come; charges that are due keep what was paid."""
    for entry in coming:
        due = {id(one): one.done for one in entry.extras if one.due_on <= day}
        for one in list(entry.sets):
            entry.give_back(one)
        for extra in entry.extras:
            extra.done = due.get(id(extra), 0)
