"""What moved on a loan line by line, its entries, its story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.allocation import Head
from app.domain.events import Event, EventKind
from app.domain.loan import Position, ReceiptSplit
from app.rows.origination import StoryRow
from app.rows.servicing import EntryRow, HeadAmounts, LedgerRow
from app.services.application_views import application_story
from app.services.stories import story_row
from app.services.work import Reading
from app.store.field import story_of
from app.store.ledger import entries_of, event_facts

Row = Mapping[Any, Any]
_LONGEST_STORY = 200
_ORDER = tuple(EventKind)
_OUT = (EventKind.DISBURSEMENT, EventKind.CHARGE, EventKind.REVERSAL, EventKind.OPENING)


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """What the ledger is made of: the facts in order, and what became of the money."""

    events: Sequence[Event]
    splits: Mapping[int, ReceiptSplit]
    void: frozenset[int | None]
    told: Mapping[int, Row]


def ledger(
    reading: Reading, loan_id: int, events: Sequence[Event], position: Position
) -> tuple[LedgerRow, ...]:
    """Every fact of the loan by its value date, with the principal outstanding after it."""
    facts = LedgerFacts(
        events=sorted(events, key=lambda event: (event.on, _ORDER.index(event.kind), event.ref)),
        splits={split.ref: split for split in position.receipts},
        void=frozenset(event.of for event in events if event.kind is EventKind.REVERSAL),
        told={row["id"]: row for row in event_facts(reading.connection, loan_id)},
    )
    return tuple(_rows(facts))


def _rows(facts: LedgerFacts) -> Iterator[LedgerRow]:
    outstanding = 0
    for event in facts.events:
        void = event.ref in facts.void
        split = facts.splits.get(event.ref)
        if not void:
            outstanding += _moved(event, split)
        told = facts.told[event.ref]
        out = event.kind in _OUT
        yield LedgerRow(
            event_id=event.ref,
            on=event.on,
            booked_on=event.booked_on,
            what=event.kind.value,
            number=told["number"] or "",
            debit_minor=event.amount if out else 0,
            credit_minor=0 if out else event.amount,
            split=_heads(event, split),
            excess_minor=split.excess if split else 0,
            outstanding_minor=outstanding,
            reversed=void,
            by=told["who"] or "",
        )


def _moved(event: Event, split: ReceiptSplit | None) -> int:
    """By how much a standing fact moves the principal outstanding."""
    if event.kind in (EventKind.DISBURSEMENT, EventKind.OPENING):
        return event.amount
    if event.kind is EventKind.WAIVER and event.head is Head.PRINCIPAL:
        return -event.amount
    return -split.principal if split else 0


def _heads(event: Event, split: ReceiptSplit | None) -> HeadAmounts:
    if split is not None:
        return HeadAmounts(split.penalty, split.charge, split.interest, split.principal)
    if event.head is None:
        return HeadAmounts()
    return HeadAmounts(**{f"{event.head.value}_minor": event.amount})


def entry_rows(reading: Reading, loan_id: int) -> tuple[EntryRow, ...]:
    """The legs of the loan's entries, the oldest first."""
    return tuple(
        EntryRow(
            entry_id=row["entry_id"],
            booked_on=row["booked_on"],
            what=row["kind"],
            account=row["account"],
            account_title=row["title"] or "",
            debit_minor=max(row["amount_minor"], 0),
            credit_minor=max(-row["amount_minor"], 0),
            currency=row["currency"],
            narration=row["narration"],
        )
        for row in entries_of(reading.connection, loan_id)
    )


def loan_story(reading: Reading, loan_id: int, application_id: int) -> tuple[StoryRow, ...]:
    """Application, loan, visits and promises as one story, the newest first."""
    own = [story_row(row) for row in story_of(reading.connection, loan_id, _LONGEST_STORY)]
    before = application_story(reading.connection, application_id)
    return tuple(sorted([*own, *before], key=lambda row: row.at, reverse=True))
