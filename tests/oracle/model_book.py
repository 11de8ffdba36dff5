"""The book of one loan: what each line asks, what was set on it, and by which money."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.model_past import Past
from tests.oracle.model_plan import Extra, Line
from tests.oracle.model_spans import Span
from tests.oracle.model_terms import HEADS, Number, Penal, Terms, whole

Heads = dict[str, int]


def nothing() -> Heads:
    """Zero under every head."""
    return {"principal": 0, "interest": 0, "charge": 0, "penalty": 0}


@dataclass(slots=True)
class Money:
    """A receipt, a recovery or a refund as it stands in the answer."""

    event: int | None
    on: date
    amount: int
    split: Heads = field(default_factory=nothing)
    excess: int = 0
    used: int = 0
    reversed: bool = False
    listed: bool = True  # held by an opening: money, but no receipt


@dataclass(slots=True)
class Set:
    """Money of a receipt set on a line; forgiven where there is no receipt."""

    money: Money | None
    head: str
    amount: int
    on: date
    extra: Extra | None = None  # the charge it settles


@dataclass(slots=True)
class Entry:
    """A line of the book."""

    number: int
    due_on: date
    principal: int
    interest: int
    balance: int
    extras: list[Extra]
    span: Span | None = None
    own: Number = 0
    before: Number = 0
    sets: list[Set] = field(default_factory=list)
    paid: Heads = field(default_factory=nothing)
    waived: Heads = field(default_factory=nothing)
    raw: Fraction = Fraction(0)
    until: date = date.min
    late: bool = False
    settled_on: date | None = None
    whole: int = 0  # its principal and interest before any of it was capitalised
    zero: bool = False  # line 0: a down payment or broken days
    opens: date | None = None  # of a line that was given: from when its interest counts
    charged: bool = False  # its one penal amount was asked elsewhere
    exact: Number = 0  # its principal before it was printed
    rounded: int = 0  # what rounding the whole amount adds to its rounded parts

    def extra(self, head: str) -> int:
        """Charges under a head."""
        return sum(int(one.amount) for one in self.extras if one.head == head)

    def take(
        self,
        money: Money | None,
        head: str,
        amount: int,
        on: date,
        after: date = date.min,
    ) -> None:
        """Set money on the line, of its charges on those due after a day, or forgive."""
        left = amount
        for extra in sorted(self.extras, key=lambda one: one.due_on):
            part = min(left, int(extra.amount) - extra.done) if extra.head == head else 0
            if part > 0 and extra.due_on > after:
                extra.done += part
                self.sets.append(Set(money, head, part, on, extra))
                left -= part
        if left:
            self.sets.append(Set(money, head, left, on))
        if money is None:
            self.waived[head] += amount
        else:
            self.paid[head] += amount
            money.split[head] += amount

    def left(self, head: str, by: date) -> int:
        """What is unpaid of the charges that are due by a day."""
        return sum(
            int(one.amount) - one.done
            for one in self.extras
            if one.head == head and one.due_on <= by
        )

    def give_back(self, one: Set) -> None:
        """Take back what was set."""
        self.sets.remove(one)
        if one.extra is not None:
            one.extra.done -= one.amount
        if one.money is None:
            self.waived[one.head] -= one.amount
        else:
            self.paid[one.head] -= one.amount
            one.money.split[one.head] -= one.amount


class Accounts:
    """Entries in order, asked and unpaid by head, penal charges by the day."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.entries: list[Entry] = []
        self.monies: list[Money] = []
        self.base = 0
        self.given = False  # lines of a loan that ran elsewhere
        self.handed: list[tuple[date, int]] = []  # tranches still to come
        self.out = 0  # of the tranches: handed out so far
        self.closed = False
        self.past: Past | None = None  # where interest follows the days
        self.borne_from: date | None = None  # where the interest of a bullet began anew

    def accrued(self, day: date) -> int:
        """Interest of the running line for the days run, where it follows them."""
        raise NotImplementedError

    def derived(self, entry: Entry) -> int:
        """The penal charge of a line with its tax, as far as it has accrued."""
        penal = self.terms.penal
        if penal is None:
            return 0
        mode = self.terms.rounding.mode
        if penal.amount is not None:
            net = penal.amount if entry.late and not entry.charged else 0
        else:
            net = whole(entry.raw, mode)
        if penal.cap is not None:
            net = min(
                net, whole((entry.whole or entry.principal + entry.interest) * penal.cap, mode)
            )
        return net + whole(net * penal.tax, mode)

    def accrue(self, day: date) -> None:
        """Let penal charges run to a day."""
        penal = self.terms.penal
        if penal is None:
            return
        for entry in self.entries:
            start = max(entry.until, entry.due_on + timedelta(days=penal.grace_days))
            if start < day:
                base = self.overdue(entry, penal)
                if penal.amount is not None:
                    base = self._behind(entry)
                if base > 0:
                    entry.late = True
                    if penal.percent is not None:
                        entry.raw += base * penal.percent * Fraction((day - start).days, 365)
                entry.until = day

    def _behind(self, entry: Entry) -> int:
        return self.unpaid(entry, "principal") + self.unpaid(entry, "interest")

    def overdue(self, entry: Entry, penal: Penal) -> int:
        """The base of the penal charge."""
        base = entry.principal - entry.paid["principal"] - entry.waived["principal"]
        if penal.of == "overdue-instalment":
            base += entry.interest - entry.paid["interest"] - entry.waived["interest"]
        return base

    def asked(self, entry: Entry, head: str) -> int:
        """All a line asks under a head."""
        if head == "principal":
            return entry.principal
        if head == "interest":
            return entry.interest
        return entry.extra(head) + (self.derived(entry) if head == "penalty" else 0)

    def unpaid(self, entry: Entry, head: str) -> int:
        """What is left of it."""
        return self.asked(entry, head) - entry.paid[head] - entry.waived[head]

    def due(self, entry: Entry, head: str, day: date) -> int:
        """What is unpaid of what is due on a day."""
        if entry.due_on <= day:
            return self.unpaid(entry, head)
        if head in ("principal", "interest"):
            return 0
        return entry.left(head, day)

    def outstanding(self) -> int:
        """Principal handed out and not come back."""
        gone = sum(entry.paid["principal"] + entry.waived["principal"] for entry in self.entries)
        return self.base - gone

    def more_to_hand_out(self) -> bool:
        """Whether a part of the loan is still to come, known or not."""
        parts = sum(amount for _, amount in self.terms.tranches[1:])
        return bool(parts) and not self.closed and self.out < self.terms.principal

    def excess(self) -> int:
        """Money held."""
        return sum(money.excess for money in self.monies if not money.reversed)

    def set_due(self, money: Money, amount: int, day: date) -> int:
        """Set money on what is due; what is left."""
        order, entries = self.terms.allocation.order, self.entries
        if self.terms.allocation.across == "instalment":
            pairs = [(entry, head) for entry in entries for head in order]
        else:
            pairs = [(entry, head) for head in order for entry in entries]
        for entry, head in pairs:
            part = min(amount, self.due(entry, head, day))
            if head == "principal" and self.more_to_hand_out():
                part = min(part, self.outstanding())
            if part > 0:
                entry.take(money, head, part, day)
                amount -= part
                if not amount:
                    break
        return amount

    def set_ahead(self, money: Money, amount: int, day: date, after: date | None = None) -> int:
        """Set money on lines to come, those due after a day; what is left."""
        way, after = self.terms.allocation.advance_to, after or day
        coming = [entry for entry in self.entries if entry.due_on > after]
        if way == "last":
            coming.reverse()
        for entry in coming:
            for head in self.terms.allocation.advance_order:
                part = min(amount, self.unpaid(entry, head) - self.due(entry, head, after))
                if head == "principal" and self.more_to_hand_out():
                    part = min(part, self.outstanding())
                if part > 0:
                    entry.take(money, head, part, day, after)
                    amount -= part
            if not amount:
                break
        return amount

    def set_free(self, day: date) -> None:
        """Let money held settle what it can, the oldest first."""
        for money in self.monies:
            free = money.excess - money.used
            if free > 0:
                left = self.set_due(money, free, day)
                left = self.set_ahead(money, left, day) if left else 0
                money.excess += left - free

    def mark(self, day: date) -> None:
        """Note which lines are settled."""
        for entry in self.entries:
            if any(self.unpaid(entry, head) for head in HEADS):
                entry.settled_on = None
            elif entry.settled_on is None and entry.sets:
                entry.settled_on = day

    def oldest_due(self, day: date) -> date | None:
        """The oldest day of what is due by a day and unpaid."""
        found: date | None = None
        for entry in self.entries:
            for head in HEADS:
                if self.due(entry, head, day) > 0:
                    on = self._since(entry, head, day)
                    found = on if found is None or on < found else found
        return found

    def _since(self, entry: Entry, head: str, day: date) -> date:
        if head not in ("charge", "penalty"):
            return entry.due_on
        open_on = [
            extra.due_on
            for extra in entry.extras
            if extra.head == head and extra.done < extra.amount and extra.due_on <= day
        ]
        return min(open_on, default=entry.due_on)


def entry_of(terms: Terms, line: Line) -> Entry:
    """A line of the plan put into the book, in the figures printed."""
    show = terms.rounding.printed
    parts = [line.principal, line.interest, *(one.amount for one in line.extras)]
    heads = [line.principal, line.interest]
    heads += [sum(e.amount for e in line.extras if e.head == h) for h in ("charge", "penalty")]
    return Entry(
        number=line.number,
        due_on=line.due_on,
        principal=show(line.principal),
        interest=show(line.interest),
        balance=show(line.balance),
        extras=_shown(terms, line),
        span=line.span,
        exact=line.principal,
        own=line.own,
        before=line.before,
        zero=line.span is None and line.number == 0,
        rounded=show(sum(parts)) - sum(map(show, heads)),
    )


def _shown(terms: Terms, line: Line) -> list[Extra]:
    """Charges in printed figures: their sum as one figure, dated ones each by itself."""
    show = terms.rounding.printed
    extras = [replace(one, amount=show(one.amount)) for one in line.extras]
    for head in ("charge", "penalty"):
        exact = sum(one.amount for one in line.extras if one.head == head)
        more = show(exact) - sum(int(one.amount) for one in extras if one.head == head)
        with_line = [one for one in extras if one.head == head and one.due_on == line.due_on]
        if more and with_line:
            with_line[-1].amount += more
        elif more:
            extras.append(Extra(head, more, line.due_on))
    return extras


def money_of(value: Number) -> int:
    """A whole number of minor units."""
    return int(value)
