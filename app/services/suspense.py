"""Interest of borrowers who do not perform: earned, not received, so not income.

RBI IRACP Directions: income of an NPA is recognised when it is received, and what was recognised
before and is unrealised is reversed. Posted by the day as the rest: what is not received at the
end of the day, of every borrower who is an NPA then, less what stands in suspense already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from app.domain.accounts import suspense_entry
from app.domain.borrower import Arrears, npa_since
from app.domain.loan import Position, position_of
from app.domain.playing import SpanState, play
from app.domain.terms import Terms
from app.services.books import About, post
from app.services.earned import not_received, run_to
from app.services.projecting import Living, living
from app.services.work import Work
from app.store.arrears import ACTIVE
from app.store.borrowers import (
    Borrowed,
    Spans,
    arrears_spans,
    borrowed,
    due_less_paid,
    late_now,
    maybe_npas,
    running_of,
)
from app.store.days import posted
from app.store.loans import events_of, loans_by_id
from app.store.store import Snapshot

SUSPENSE = "suspense"
Pool = tuple[int, str]  # product and currency
_ONE_DAY = timedelta(1)


@dataclass
class Suspense:
    """Posts day after day, up to `until`; `moving` are the loans that move with the days."""

    work: Work
    until: date
    moving: Sequence[Living]
    _loans: dict[int, list[Borrowed]] = field(default_factory=dict)
    _replayed: dict[int, Living] = field(default_factory=dict)

    def post(self, on: date) -> None:
        """Bring the suspense account of each product to the day, under its date."""
        rules = self.work.tools.rules
        held = self._held(on)
        for pool in sorted({*held, *self._posted}):
            move = held.get(pool, 0) - self._posted.get(pool, 0)
            post(
                self.work,
                About(SUSPENSE, pool[1], pool[0], on=on),
                suspense_entry(move, rules),
            )
            self._posted[pool] = held.get(pool, 0)

    def npas(self, on: date) -> dict[int, date]:
        """The borrowers who are NPAs at the end of a day, and since when."""
        spans: dict[int, list[Arrears]] = {
            party_id: [span for loan_id, span in kept if loan_id not in self._moves]
            for party_id, kept in self._spans.items()
        }
        for loan in self.moving:
            played = play(loan.terms, loan.events, on)
            spans.setdefault(loan.record.party_id, []).extend(with_arrears(played.spans, on))
        found = {party_id: npa_since(kept, on) for party_id, kept in spans.items()}
        return {party_id: since for party_id, since in found.items() if since is not None}

    def loans_of(self, parties: Collection[int]) -> list[Borrowed]:
        """The running loans of these borrowers, read once."""
        unknown = [one for one in parties if one not in self._loans]
        if unknown:
            self._loans |= {party_id: [] for party_id in unknown}
            for loan in borrowed(self._connection, self._branch_id, unknown):
                self._loans[loan.party_id].append(loan)
        return [loan for party_id in parties for loan in self._loans[party_id]]

    def _held(self, on: date) -> dict[Pool, int]:
        """What belongs into suspense at the end of a day, by product and currency."""
        loans = self.loans_of(self.npas(on))
        held: dict[Pool, int] = defaultdict(int)
        plain = {one.loan_id for one in loans if one.plain and one.loan_id not in self._moves}
        unreceived = due_less_paid(self._connection, plain, on)
        for loan_id, line in running_of(self._connection, plain, on):
            unreceived[loan_id] += run_to(line, on)
        for loan in loans:
            amount = unreceived.get(loan.loan_id, 0)
            if loan.loan_id not in plain:
                amount = self._replayed_to(loan.loan_id, on)
            held[loan.product_id, loan.currency] += max(amount, 0)
        return held

    def _replayed_to(self, loan_id: int, on: date) -> int:
        """Interest not received of a loan that its facts alone tell."""
        loan = self._moves.get(loan_id) or self._replayed.get(loan_id)
        if loan is None:
            found = loans_by_id(self._connection, [loan_id])[loan_id]
            facts = events_of(self._connection, [loan_id])[loan_id]
            loan = self._replayed[loan_id] = living(found, facts, on)
        as_it_is = loan.day == on
        position = loan.position if as_it_is else position_of(play(loan.terms, loan.events, on))
        return suspended_of(position, loan.terms, on)

    @cached_property
    def _moves(self) -> Mapping[int, Living]:
        return {loan.record.loan_id: loan for loan in self.moving}

    @cached_property
    def _spans(self) -> Spans:
        """Of who is late on the last day and ever was an NPA; nothing happens until then."""
        late = late_now(self._branch_id, self.until)
        some = maybe_npas(self._connection, self._branch_id, self.until, late)
        moving = {loan.record.party_id for loan in self.moving}
        return arrears_spans(self._connection, self._branch_id, self.until, {*some, *moving})

    @cached_property
    def _posted(self) -> dict[Pool, int]:
        """What stands in suspense by what was posted so far, read once."""
        account = self.work.tools.rules.suspense
        found = posted(self._connection, self._branch_id, SUSPENSE)
        return {key[:2]: -amount for key, amount in found.items() if key[2] == account}

    @property
    def _branch_id(self) -> int:
        return self.work.branch.branch_id

    @property
    def _connection(self) -> Snapshot:
        return self.work.tx.connection


def with_arrears(states: Sequence[SpanState], day: date) -> list[Arrears]:
    """The spans of a loan that end with arrears, up to the end of a day."""
    made: list[Arrears] = []
    for place, state in enumerate(states):
        after = states[place + 1].from_on if place + 1 < len(states) else None
        to_on = None if after is None else after - _ONE_DAY
        due_on = state.next_unsettled_due_on
        if due_on is not None and due_on <= (to_on or day):
            made.append(Arrears(state.from_on, to_on, due_on, state.npa_since_on))
    return made


def suspended_of(position: Position, terms: Terms, on: date) -> int:
    """What of a loan belongs into suspense at the end of a day if its borrower is an NPA."""
    return max(not_received(position, terms, on), 0) if position.status == ACTIVE else 0
