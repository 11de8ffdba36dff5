"""What moved on a loan line by line, its entries, its story."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType

from app.domain.allocation import Head, Split
from app.domain.events import Event, EventKind
from app.domain.loan import Position, ReceiptSplit, replay
from app.rows.origination import StoryRow
from app.rows.servicing import EntryRow, HeadAmounts, LedgerRow
from app.services.application_views import application_story
from app.services.loan_now import LoanNow
from app.services.stories import whole_story
from app.services.work import Reading
from app.store.ledger import EventTold, entries_of, event_facts

NOTHING = Split()
_LONGEST_STORY = 200
# The kinds by their place in a day, and as a row names them: looked up for every fact.
_PLACES = MappingProxyType({kind: place for place, kind in enumerate(EventKind)})
_NAMES = MappingProxyType({kind: kind.value for kind in EventKind})
_OUT = frozenset(
    {
        EventKind.DISBURSEMENT,
        EventKind.CHARGE,
        EventKind.REVERSAL,
        EventKind.OPENING,
        EventKind.REFUND,
    }
)
_STEPS = frozenset({EventKind.RESCHEDULE, EventKind.WRITE_OFF, EventKind.OPENING})
_REVERSAL, _RECOVERY = EventKind.REVERSAL, EventKind.RECOVERY
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
    told: Mapping[int, EventTold]
    steps: Mapping[int, Position]
    held: Sequence[ReceiptSplit]


def ledger(reading: Reading, now: LoanNow) -> tuple[LedgerRow, ...]:
    """Every fact of the loan by its value date, with the principal outstanding after it."""
    events, receipts = now.events, now.position.receipts
    ordered = _ordered(events)
    void = frozenset([event.of for event in events if event.kind is _REVERSAL])
    facts = LedgerFacts(
        events=ordered,
        splits={split.ref: split for split in receipts if split.ref is not None},
        void=void,
        told={row[0]: row for row in event_facts(reading.connection, now.record.loan_id)},
        steps=_steps(now, ordered, void),
        held=[split for split in receipts if split.ref is None],
    )
    return tuple(_rows(facts))


def _ordered(events: Sequence[Event]) -> list[Event]:
    """By value date, on one day by kind, then in the order of entry."""
    keyed = [(event.on, _PLACES[event.kind], event.ref, event) for event in events]
    keyed.sort()
    return [event for *_, event in keyed]


def _steps(
    now: LoanNow, ordered: Sequence[Event], void: frozenset[int | None]
) -> dict[int, Position]:
    """The position after each fact whose effect on the principal no amount says."""
    if not any(event.kind in _STEPS for event in ordered):
        return {}
    standing = [event for event in ordered if event.ref not in void and event.kind is not _REVERSAL]
    return {
        event.ref: replay(now.terms, [*standing[: at + 1], _LATER], event.on)
        for at, event in enumerate(standing)
        if event.kind in _STEPS
    }


# A fact that never takes effect, entered after all others: only what was entered last is refused,
# and what later knowledge made superfluous must not be.
_LATER = Event(EventKind.CHARGE, date.max, date.max, 1 << 62)


def _rows(facts: LedgerFacts) -> Iterator[LedgerRow]:
    outstanding, struck = 0, NOTHING
    held, splits, steps, void = deque(facts.held), facts.splits, facts.steps, facts.void
    for event in facts.events:
        while held and held[0].on < event.on:
            kept = held.popleft()
            outstanding -= kept.principal
            yield _held_row(kept, outstanding)
        ref, part = event.ref, NOTHING
        split = splits.get(ref)
        if ref in steps:
            outstanding, total = steps[ref].principal_outstanding, steps[ref].written_off
            part, struck = _less(total, struck), total
        elif ref not in void:
            outstanding += _moved(event, split)
        yield _row(facts, event, split, part, outstanding)
    for kept in held:
        outstanding -= kept.principal
        yield _held_row(kept, outstanding)


# Made a hundred at a time: these leave out the argument handling of a named tuple's own `__new__`.
_ledger_row, _entry_row = partial(tuple.__new__, LedgerRow), partial(tuple.__new__, EntryRow)


def _row(
    facts: LedgerFacts, event: Event, split: ReceiptSplit | None, struck: Split, outstanding: int
) -> LedgerRow:
    ref, kind = event.ref, event.kind
    _, title, who, number, receipt_id, voucher_id = facts.told[ref]
    amount = event.amount or struck.total
    sides = (amount, 0) if kind in _OUT else (0, amount)
    excess, heads = (split.excess if split else 0), _heads(event, split, struck)
    what = (ref, event.on, event.booked_on, _NAMES[kind], number)
    stands = (excess, outstanding, ref in facts.void)
    return _ledger_row((*what, *sides, heads, *stands, who, receipt_id, voucher_id, title))


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
    kind = event.kind
    if split is not None:
        return 0 if kind is _RECOVERY else -split.principal  # what was struck is not outstanding
    if kind is EventKind.DISBURSEMENT:
        return event.amount
    if kind is EventKind.WAIVER and event.head is Head.PRINCIPAL:
        return -event.amount
    return 0


def _heads(event: Event, split: ReceiptSplit | None, struck: Split) -> HeadAmounts:
    if split is not None:
        return HeadAmounts(split.penalty, split.charge, split.interest, split.principal)
    if event.head is None:
        return HeadAmounts(struck.penalty, struck.charge, struck.interest, struck.principal)
    return HeadAmounts(**{f"{event.head.value}_minor": event.amount})


def entry_rows(reading: Reading, loan_id: int) -> tuple[EntryRow, ...]:
    """The legs of the loan's entries, the oldest first."""
    return tuple(
        [
            _entry_row((entry_id, on, kind, account, title, max(leg, 0), max(-leg, 0), unit, note))
            for entry_id, on, kind, account, title, leg, unit, note in entries_of(
                reading.connection, loan_id
            )
        ]
    )


def loan_story(reading: Reading, loan_id: int, application_id: int) -> tuple[StoryRow, ...]:
    """Application, loan, visits and promises as one story, the newest first."""
    own = whole_story(reading, loan_id, _LONGEST_STORY)
    before = application_story(reading.connection, application_id)
    return tuple(sorted([*own, *before], key=lambda row: row.at, reverse=True))
