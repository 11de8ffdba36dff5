"""What moved on a loan line by line, its entries, its story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.allocation import Head, Split
from app.domain.events import Event, EventKind
from app.domain.loan import Position, ReceiptSplit, replay
from app.rows.origination import StoryRow
from app.rows.servicing import EntryRow, HeadAmounts, LedgerRow
from app.services.application_views import application_story
from app.services.loan_now import LoanNow
from app.services.stories import whole_story
from app.services.work import Reading
from app.store.ledger import entries_of, event_facts

Row = Mapping[Any, Any]
_LONGEST_STORY = 200
_ORDER = tuple(EventKind)
_OUT = (
    EventKind.DISBURSEMENT,
    EventKind.CHARGE,
    EventKind.REVERSAL,
    EventKind.OPENING,
    EventKind.REFUND,
)
_STEPS = (EventKind.RESCHEDULE, EventKind.WRITE_OFF, EventKind.OPENING)
HELD = "held"


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """What the ledger is made of: the facts in order, and what became of the money.

    `struck` is what a fact struck or capitalised, by head; `held` the money held that was set on
    dues by the days.
    """

    events: Sequence[Event]
    splits: Mapping[int, ReceiptSplit]
    void: frozenset[int | None]
    told: Mapping[int, Row]
    steps: Mapping[int, Position]
    held: Sequence[ReceiptSplit]


def ledger(reading: Reading, now: LoanNow) -> tuple[LedgerRow, ...]:
    """Every fact of the loan by its value date, with the principal outstanding after it."""
    events, position = now.events, now.position
    ordered = sorted(events, key=_order)
    void = frozenset(event.of for event in events if event.kind is EventKind.REVERSAL)
    facts = LedgerFacts(
        events=ordered,
        splits={split.ref: split for split in position.receipts if split.ref is not None},
        void=void,
        told={row["id"]: row for row in event_facts(reading.connection, now.record.loan_id)},
        steps=_steps(now, ordered, void),
        held=[split for split in position.receipts if split.ref is None],
    )
    return tuple(_rows(facts))


def _order(event: Event) -> tuple[date, int, int]:
    return event.on, _ORDER.index(event.kind), event.ref


def _steps(
    now: LoanNow, ordered: Sequence[Event], void: frozenset[int | None]
) -> dict[int, Position]:
    """The position after each fact whose effect on the principal no amount says."""
    standing = [
        event for event in ordered if event.ref not in void and event.kind is not EventKind.REVERSAL
    ]
    return {
        event.ref: replay(now.terms, [*standing[: at + 1], _LATER], event.on)
        for at, event in enumerate(standing)
        if event.kind in _STEPS
    }


# A fact that never takes effect, entered after all others: only what was entered last is refused,
# and what later knowledge made superfluous must not be.
_LATER = Event(EventKind.CHARGE, date.max, date.max, 1 << 62)


def _rows(facts: LedgerFacts) -> Iterator[LedgerRow]:
    outstanding, struck = 0, Split()
    held = list(facts.held)
    for event in facts.events:
        while held and held[0].on < event.on:
            split = held.pop(0)
            outstanding -= split.principal
            yield _held_row(split, outstanding)
        void = event.ref in facts.void
        split_or_none = facts.splits.get(event.ref)
        step = facts.steps.get(event.ref)
        part = Split()
        if step is not None:
            outstanding = step.principal_outstanding
            total = step.written_off
            part, struck = _less(total, struck), total
        elif not void:
            outstanding += _moved(event, split_or_none)
        yield _row(facts, event, part, outstanding)
    for split in held:
        outstanding -= split.principal
        yield _held_row(split, outstanding)


def _row(facts: LedgerFacts, event: Event, struck: Split, outstanding: int) -> LedgerRow:
    told, split = facts.told[event.ref], facts.splits.get(event.ref)
    amount, out = event.amount or struck.total, event.kind in _OUT
    return LedgerRow(
        event_id=event.ref,
        on=event.on,
        booked_on=event.booked_on,
        what=event.kind.value,
        number=told["number"] or "",
        debit_minor=amount if out else 0,
        credit_minor=0 if out else amount,
        split=_heads(event, split, struck),
        excess_minor=split.excess if split else 0,
        outstanding_minor=outstanding,
        reversed=event.ref in facts.void,
        by=told["who"] or "",
        receipt_id=told["receipt_id"] or 0,
        voucher_id=told["voucher_id"] or 0,
        title=told["title"] or "",
    )


def _held_row(split: ReceiptSplit, outstanding: int) -> LedgerRow:
    """Money held that a day set on what fell due."""
    return LedgerRow(
        event_id=0,
        on=split.on,
        booked_on=split.on,
        what=HELD,
        number="",
        debit_minor=0,
        credit_minor=0,
        split=HeadAmounts(split.penalty, split.charge, split.interest, split.principal),
        excess_minor=split.excess,
        outstanding_minor=outstanding,
        reversed=False,
        by="",
    )


def _less(one: Split, two: Split) -> Split:
    return Split(*(a - b for a, b in zip(one, two, strict=True)))


def _moved(event: Event, split: ReceiptSplit | None) -> int:
    """By how much a standing fact moves the principal outstanding."""
    if event.kind is EventKind.DISBURSEMENT:
        return event.amount
    if event.kind is EventKind.WAIVER and event.head is Head.PRINCIPAL:
        return -event.amount
    if split is None or event.kind is EventKind.RECOVERY:  # what was struck is not outstanding
        return 0
    return -split.principal


def _heads(event: Event, split: ReceiptSplit | None, struck: Split) -> HeadAmounts:
    if split is not None:
        return HeadAmounts(split.penalty, split.charge, split.interest, split.principal)
    if event.head is None:
        return HeadAmounts(struck.penalty, struck.charge, struck.interest, struck.principal)
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
    own = whole_story(reading, loan_id, _LONGEST_STORY)
    before = application_story(reading.connection, application_id)
    return tuple(sorted([*own, *before], key=lambda row: row.at, reverse=True))
