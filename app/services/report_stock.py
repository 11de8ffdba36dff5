"""All loans of a branch at the end of a day, as known until another: what reports stand on.

Read in a few scans. Loans of which something was booked later than is to be known, and late ones
whose charges or changes only their facts tell, are replayed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any

from app.domain.ageing import asset_class, bucket, days_past_due
from app.domain.allocation import PRINCIPAL, Head
from app.domain.events import Event
from app.domain.penalty import grow
from app.domain.playing import play
from app.domain.terms import Terms
from app.services.projecting import terms_from
from app.services.work import Reading
from app.store.loan_terms import believed_on
from app.store.loans import events_of
from app.store.past import told_later
from app.store.report_flows import money_set
from app.store.report_stock import (
    OVER_90,
    OVER_180,
    Dims,
    Rows,
    Scope,
    Stood,
    Unpaid,
    dims,
    dims_of,
    open_lines,
    parts_of,
    set_after,
    states_now,
    states_on,
    told_by_facts,
    unpaid_now,
)
from app.store.reports import moving

_ONE_DAY = timedelta(1)
_PRINCIPAL = Head.PRINCIPAL.value
MONEY, OPEN = "set", "open"  # what money since a day, and open lines, are kept under
_NONE = Unpaid()
Mapped = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Stock:
    """The running loans at the end of `day`; of the open day, as they stand.

    `retold` are the loans that were replayed because something was booked later.
    """

    day: date
    ended: bool
    loans: tuple[Stood, ...]
    unpaid: Mapping[int, Unpaid]
    retold: frozenset[int]
    ages: dict[date | None, tuple[int, str]] = field(default_factory=dict, compare=False)

    def age(self, oldest_on: date | None) -> tuple[int, str]:
        """Days past due and their bucket, found once for each day that anything was due on."""
        found = self.ages.get(oldest_on)
        if found is None:
            dpd = days_past_due(oldest_on, self.day)
            found = self.ages[oldest_on] = (dpd, bucket(dpd))
        return found

    def owed(self, loan: Stood) -> Unpaid:
        """What is unpaid of a loan."""
        return self.unpaid.get(loan.loan_id, _NONE)

    def dpd(self, loan: Stood) -> int:
        """Days past due."""
        return self.age(loan.oldest_on)[0]

    def bucket(self, loan: Stood) -> str:
        """The bucket of its days past due."""
        return self.age(loan.oldest_on)[1]

    def class_of(self, loan: Stood) -> str:
        """The asset class of the loan alone; of a day that has ended, as at its end."""
        oldest = loan.oldest_on
        if not self.ended and oldest is not None and oldest >= self.day:
            oldest = None
        return asset_class(oldest, self.day, loan.npa_since_on)

    def late(self) -> Iterator[Stood]:
        """Loans of which something was due before the day."""
        return (loan for loan in self.loans if loan.oldest_on and loan.oldest_on < self.day)


def stock(reading: Reading, scope: Scope, day: date, known_on: date) -> Stock:
    """The loans at the end of a day as known until another. Read once for all that ask."""
    known_on = min(known_on, reading.day)
    key = ("stock", scope, day, known_on)
    return reading.once(key, lambda: _stock(reading, scope, day, known_on))


def _stock(reading: Reading, scope: Scope, day: date, known_on: date) -> Stock:
    connection = reading.connection
    if day >= reading.day:
        states = states_now(connection, scope.branch_id)
        unpaid = unpaid_now(connection, scope, day)
        return Stock(day, False, tuple(_stood(reading, scope, states)), unpaid, frozenset())
    retold = later_told(reading, scope, day, known_on)
    known = _replayed(reading, scope, retold, day, known_on)
    every = [
        one
        for one in _stood(reading, scope, states_on(connection, day))
        if one.loan_id not in retold
    ]
    late = {one.loan_id for one in every if one.oldest_on and one.oldest_on <= day}
    again = late & told_by_facts_alone(reading, scope)
    played = _replayed(reading, scope, again, day, None)
    unpaid = _unpaid(reading, day, late - again)
    loans = [one for one in every if one.loan_id not in played]
    for stood, owed in (*played.values(), *known.values()):
        if stood.oldest_on is not None:
            loans.append(stood)
            unpaid[stood.loan_id] = owed
    return Stock(day, True, tuple(loans), unpaid, retold)


def _unpaid(reading: Reading, day: date, late: Collection[int]) -> dict[int, Unpaid]:
    """What was unpaid of late loans at the end of a past day: what is open, and was set since."""
    made: dict[int, list[int]] = {}
    over_90, over_180 = day - OVER_90, day - OVER_180
    rows = chain(_open_by(reading, day), _set_after(reading, day))
    for loan_id, due_on, amount, principal in rows:
        if due_on > day or loan_id not in late:
            continue
        sums = made.get(loan_id)
        if sums is None:
            sums = made[loan_id] = [0] * len(Unpaid._fields)
        if due_on == day:
            sums[1] += amount
            continue
        sums[0] += amount
        sums[2] += principal
        if due_on <= over_90:
            sums[3] += amount
            sums[4] += amount if due_on <= over_180 else 0
    return {loan_id: Unpaid._make(sums) for loan_id, sums in made.items()}


def _open_by(reading: Reading, day: date) -> Rows:
    """The lines open now that were due by a day; read once for the days before too."""
    known = [key[1] for key in reading.kept if key[0] == OPEN and key[1] >= day]
    until = max(known, default=day)
    return reading.once((OPEN, until), lambda: open_lines(reading.connection, until))


def _set_after(reading: Reading, day: date) -> Iterator[tuple[int, date, int, int]]:
    """What was set since on dues up to a day: of money that was read already, or asked for."""
    since = [key[1] for key in reading.kept if key[0] == MONEY and key[1] <= day + _ONE_DAY]
    if not since:
        yield from set_after(reading.connection, day)
        return
    for loan_id, _event, head, on, due_on, amount in reading.kept[MONEY, max(since)]:
        if on > day >= due_on:
            yield loan_id, due_on, amount, amount if head == _PRINCIPAL else 0


def money_since(reading: Reading, first: date) -> Rows:
    """The money set on dues since a day, read once."""
    return reading.once((MONEY, first), lambda: money_set(reading.connection, first))


def _stood(reading: Reading, scope: Scope, states: Rows) -> Iterator[Stood]:
    """The running loans of the branch with what they are grouped by."""
    known = dims_of_branch(reading, scope)
    for state in states:
        one = known.get(state[0])
        if one is not None:
            yield Stood._make((*one, *state[1:]))


def dims_of_branch(reading: Reading, scope: Scope) -> Mapping[int, Dims]:
    """What every loan of the branch is grouped by, read once."""
    return reading.once(("dims", scope), lambda: dims(reading.connection, scope))


def told_by_facts_alone(reading: Reading, scope: Scope) -> frozenset[int]:
    """The loans whose past only their facts tell, read once."""
    key = ("facts", scope)
    told = reading.once(key, lambda: told_by_facts(reading.connection, scope.branch_id))
    return told | moving_loans(reading, scope)


def moving_loans(reading: Reading, scope: Scope) -> frozenset[int]:
    """The loans whose lines move with the days, read once."""
    return reading.once(("moves", scope), lambda: moving(reading.connection, scope))


def later_told(reading: Reading, scope: Scope, day: date, known_on: date) -> frozenset[int]:
    """Loans with a fact booked after `known_on` that changes how they stood at the end of a day."""
    if known_on >= reading.day:
        return frozenset()
    return told_later(reading.connection, scope.branch_id, day, known_on)


Anew = dict[int, tuple[Stood, Unpaid]]


def _replayed(
    reading: Reading, scope: Scope, ids: Collection[int], day: date, known_on: date | None
) -> Anew:
    """Loans from their facts; those that nobody knew of are left out."""
    made: Anew = {}
    for row, terms, facts in lives(reading, scope, ids, known_on):
        one = _from_facts(row, terms, facts, day, known_on)
        if one is not None:
            made[row["loan_id"]] = one
    return made


def lives(
    reading: Reading, scope: Scope, ids: Collection[int], known_on: date | None
) -> Iterator[tuple[Mapped, Terms, list[Event]]]:
    """Some loans one by one: what they are grouped by, their terms as believed, their facts."""
    for some in parts_of(ids):
        facts = events_of(reading.connection, some)
        then = believed_on(reading.connection, some, known_on) if known_on else {}
        for row in dims_of(reading.connection, scope, some):
            terms = terms_from(then.get(row["loan_id"], row["terms"]), row["currency"])
            yield row, terms, facts[row["loan_id"]]


def _from_facts(
    row: Mapped, terms: Terms, facts: list[Event], day: date, known_on: date | None
) -> tuple[Stood, Unpaid] | None:
    played = play(terms, facts, day, known_on)
    book = played.book
    if not played.spans:
        return None
    grow(book, day)
    before, by = book.arrears(day - _ONE_DAY), book.arrears(day)
    owed = Unpaid(
        before_minor=sum(before),
        due_minor=sum(by) - sum(before),
        principal_minor=before[PRINCIPAL],
        over_90_minor=sum(book.arrears(day - OVER_90)),
        over_180_minor=sum(book.arrears(day - OVER_180)),
    )
    who = (row[name] for name in Stood._fields[:5])
    state = (book.principal, book.next_due_on(), played.spans[-1].npa_since_on)
    stood = Stood._make((*who, *state))
    return stood, owed
