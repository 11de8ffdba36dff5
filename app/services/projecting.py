"""One way to change a living loan: a fact, replays before and after, what differs written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.domain.allocation import Head
from app.domain.errors import DayClosed, NotFound
from app.domain.events import Event, EventKind
from app.domain.loan import Position, Projection, projected
from app.domain.playing import Played, follow, play
from app.domain.terms import Terms, terms_of
from app.services.books import About, event_lines, post
from app.services.facts import record
from app.services.work import Work
from app.store.loans import LoanRecord, events_of, lock_loans
from app.store.projections import Place, write_projection

LOAN = "loan"
_KEPT_TERMS = 512


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to a loan, before it has an id. `amount` in minor units.

    `money` is what moves in `account`: above zero it came in, below zero it went back.
    """

    kind: EventKind
    on: date
    amount: int = 0
    head: Head | None = None
    of: int | None = None
    title: str = ""
    money: int = 0
    account: str = ""


@dataclass(slots=True)
class Living:
    """A locked loan while a command changes it: its facts and what they come to."""

    record: LoanRecord
    terms: Terms
    events: list[Event]
    played: Played
    projection: Projection

    @property
    def position(self) -> Position:
        """The latest position."""
        return self.projection.position

    @property
    def place(self) -> Place:
        """Where its projection belongs."""
        return Place(self.record.loan_id, self.record.branch_id, self.record.officer_id)


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
    return {loan_id: living(found, facts[loan_id]) for loan_id, found in records.items()}


def living(found: LoanRecord, events: list[Event]) -> Living:
    """A loan with its facts replayed."""
    terms = terms_from(found.terms, found.currency)
    played = play(terms, events)
    return Living(found, terms, events, played, projected(played))


def apply_event(work: Work, loan: Living, *facts: Fact) -> Sequence[int]:
    """Add facts to a locked loan, each with its entry; write what differs. Returns their ids.

    Raises EventRefused where a fact does not fit the loan's history.
    """
    before = loan.projection
    made = [_add(work, loan, fact) for fact in facts]
    write_projection(work.tx, loan.place, before, loan.projection)
    return made


def _add(work: Work, loan: Living, fact: Fact) -> int:
    before, currency = loan.position, loan.record.currency
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
    )
    event = Event(fact.kind, fact.on, work.day, event_id, fact.amount, fact.head, fact.of)
    newest = max(one.ref for one in loan.events)
    loan.events.append(event)
    loan.played = follow(loan.played, event, newest) or play(loan.terms, loan.events)
    loan.projection = projected(loan.played)
    about = About(
        fact.kind.value,
        currency,
        loan.record.product_id,
        loan.record.loan_id,
        event_id,
        narration=fact.title,
    )
    rules = work.tools.rules
    post(work, about, event_lines(before, loan.position, rules, fact.account, fact.money))
    return event_id


@lru_cache(_KEPT_TERMS)
def terms_from(text: str, currency: str) -> Terms:
    """The terms of a stored document; those of the loans last touched are kept."""
    return terms_of(json.loads(text), currency)
