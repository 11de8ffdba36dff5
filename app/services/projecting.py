"""One way to change a living loan: a fact, replays before and after, what differs written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from app.commands.codec import encode
from app.domain.accounts import EntryLine, PostingRules
from app.domain.allocation import Head
from app.domain.errors import DayClosed, EventRefused, NotFound
from app.domain.events import Event, EventKind
from app.domain.loan import Position, Projection, moves_by_day, projected
from app.domain.playing import Played, follow, play
from app.domain.terms import Terms, doc_of, terms_of
from app.services.books import About, event_lines, post
from app.services.facts import record
from app.services.work import Work
from app.store.details import NOTHING, Detail, detail_of
from app.store.earning import Earns
from app.store.loan_terms import believed_on
from app.store.loans import LoanRecord, events_of, lock_loans
from app.store.projections import Place, write_projection
from app.store.store import Snapshot

LOAN = "loan"
HELD = "held"  # an entry of what the days moved by themselves: held money set on dues
_KEPT_TERMS = 512


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to a loan, before it has an id. `amount` in minor units.

    `money` is what moves in `account`: above zero it came in, below zero it went back. `of` is the
    event that a reversal voids, and of a reschedule the rate agreed with it. `told` is kept beside
    the fact for people.
    """

    kind: EventKind
    on: date
    amount: int = 0
    head: Head | None = None
    of: int | None = None
    title: str = ""
    money: int = 0
    account: str = ""
    detail: Detail = NOTHING
    told: Any = None
    with_last: bool = False  # agreed together with the fact before it

    def after(self, made: Sequence[int]) -> Fact:
        """The fact with the id of the one that it was agreed with."""
        return replace(self, of=made[-1]) if self.with_last else self

    def event(self, ref: int, booked_on: date) -> Event:
        """The fact as the engine reads it."""
        opening, rate, replan = self.detail.opening, self.detail.annual_rate, self.detail.replan
        return Event(
            kind=self.kind,
            on=self.on,
            booked_on=booked_on,
            ref=ref,
            amount=self.amount,
            head=self.head,
            of=self.of,
            name=self.title,
            opening=opening,
            annual_rate=rate,
            replan=replan,
        )


@dataclass(slots=True)
class Living:
    """A loan on a day while it is changed: its facts and what they come to."""

    record: LoanRecord
    terms: Terms
    events: list[Event]
    day: date
    moves: bool = field(init=False)
    played: Played = field(init=False)
    projection: Projection = field(init=False)

    def __post_init__(self) -> None:
        self.moves = moves_by_day(self.terms)
        self._replay()

    @property
    def position(self) -> Position:
        """The latest position."""
        return self.projection.position

    @property
    def place(self) -> Place:
        """Where its projection belongs."""
        found = self.record
        return Place(
            *(found.loan_id, found.branch_id, found.officer_id, self.moves, self.earns),
            listed_on=found.listed_on,
        )

    @property
    def earns(self) -> Earns | None:
        """How its lines earn; None where it moves with the days."""
        return earns_of(self.terms, self.record.product_id)

    @property
    def next_ref(self) -> int:
        """An id after all that are there, for a fact that is only tried."""
        return max(event.ref for event in self.events) + 1

    def go_to(self, day: date) -> None:
        """Look at the loan at the end of another day."""
        self.day = day
        if self.moves:
            self._replay()

    def take(self, fact: Fact, ref: int, rules: PostingRules) -> tuple[EntryLine, ...]:
        """Let a fact take effect, in memory only; returns its entry. Raises EventRefused."""
        before = self.position
        event = fact.event(ref, self.day)
        newest = max(one.ref for one in self.events)
        self.events.append(event)
        played = None if self.moves else follow(self.played, event, newest)
        self._replay(played)
        lent = fact.amount if fact.kind is EventKind.DISBURSEMENT else 0
        return event_lines(before, self.position, rules, fact.account, fact.money, lent=lent)

    def restate(self, terms: Terms, rules: PostingRules) -> tuple[EntryLine, ...]:
        """Put other terms in the place of the loan's own, in memory only; returns the entry.

        Raises EventRefused where a fact of the history does not fit them.
        """
        before = self.position
        self.fit(terms)
        self.record = replace(self.record, terms=encode(doc_of(terms)))
        return event_lines(before, self.position, rules)

    def fit(self, terms: Terms) -> None:
        """Replay the facts by other terms. Raises EventRefused where one comes to nothing."""
        lapsed = set(self.played.book.lapsed)
        self.terms, self.moves = terms, moves_by_day(terms)
        self._replay()
        for ref in self.played.book.lapsed:
            if ref not in lapsed:
                raise EventRefused(ref=ref, why="lapses")

    def _replay(self, played: Played | None = None) -> None:
        as_on = self.day if self.moves else None
        if played is not None:
            self.played, self.projection = played, projected(played, self.projection)
            return
        self.played = play(self.terms, self.events, as_on)
        self.projection = projected(self.played)


def locked_loans(work: Work, ids: Iterable[int]) -> dict[int, Living]:
    """Lock the loans and replay their facts. Raises NotFound for one that is not in this branch.

    Raises DayClosed where the day was closed while this waited.
    """
    branch_id = work.branch.branch_id
    wanted = tuple(ids)
    records, opened = lock_loans(work.tx, wanted, branch_id)
    for loan_id in wanted:
        if loan_id not in records or records[loan_id].branch_id != branch_id:
            raise NotFound(what=LOAN, id=loan_id)
    if not opened:
        raise DayClosed()
    facts = events_of(work.tx.connection, records)
    return {loan_id: living(found, facts[loan_id], work.day) for loan_id, found in records.items()}


def living(found: LoanRecord, events: list[Event], day: date) -> Living:
    """A loan with its facts replayed; one that moves with the days, to the end of the day."""
    return Living(found, terms_from(found.terms, found.currency), events, day)


def apply_event(work: Work, loan: Living, *facts: Fact) -> Sequence[int]:
    """Add facts to a locked loan, each with its entry; write what differs. Returns their ids.

    Raises EventRefused where a fact does not fit the loan's history.
    """
    before = brought_up(work, loan)
    made: list[int] = []
    for fact in facts:
        made.append(_add(work, loan, fact.after(made)))
    keep(work, loan, before)
    return made


def earns_of(terms: Terms, product_id: int) -> Earns | None:
    """How the lines of a loan earn; None where its figures move with the days."""
    if moves_by_day(terms):
        return None
    how = terms.rounding
    return Earns(product_id, terms.currency, how.mode.value, how.interest_to)


def keep(
    work: Work,
    loan: Living,
    before: Projection,
    *,
    anew: bool = False,
    was: Place | None = None,
) -> None:
    """Write what differs from what stands of a loan in the tables; `anew` its position anyway.

    `was` is its place before, where the terms are others now.
    """
    write_projection(work.tx, loan.place, before, loan.projection, anew=anew, was=was)
    loan.record = replace(loan.record, as_on=loan.day if loan.moves else None)


def brought_up(work: Work, loan: Living) -> Projection:
    """What stands of a loan in the tables; what the days moved since then is posted today."""
    if not loan.moves or loan.record.as_on == loan.day:
        return loan.projection
    stands = projected(play(loan.terms, loan.events, loan.record.as_on))
    post_moved(work, loan, stands.position, loan.day)
    return stands


def post_moved(work: Work, loan: Living, before: Position, on: date) -> None:
    """Post under a day what moved by itself since `before`."""
    found = loan.record
    about = About(HELD, found.currency, found.product_id, found.loan_id, on=on)
    post(work, about, event_lines(before, loan.position, work.tools.rules))


def _add(work: Work, loan: Living, fact: Fact) -> int:
    currency = loan.record.currency
    event_id = record(
        work,
        LOAN,
        loan.record.loan_id,
        fact.kind.value,
        value_on=fact.on,
        head=fact.head.value if fact.head else None,
        amount_minor=fact.amount or None,
        currency=currency,
        of_id=fact.of,
        title=fact.title or None,
        payload=fact.told,
        detail=detail_of(fact.detail),
    )
    lines = loan.take(fact, event_id, work.tools.rules)
    about = About(
        fact.kind.value,
        currency,
        loan.record.product_id,
        loan.record.loan_id,
        event_id,
        narration=fact.title,
    )
    post(work, about, lines)
    return event_id


def terms_of_loan(snapshot: Snapshot, found: LoanRecord, known_on: date | None = None) -> Terms:
    """The terms in force, or those that were believed at the end of a day."""
    text = found.terms
    if known_on is not None:
        text = believed_on(snapshot, [found.loan_id], known_on).get(found.loan_id, text)
    return terms_from(text, found.currency)


@lru_cache(_KEPT_TERMS)
def terms_from(text: str, currency: str) -> Terms:
    """The terms of a stored document; those of the loans last touched are kept."""
    return terms_of(json.loads(text), currency)
