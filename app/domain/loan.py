"""A loan at any day: its terms and its history replayed into a position. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from app.domain import ageing
from app.domain.accounts import Balances
from app.domain.allocation import CHARGE, HEADS, INTEREST, PENALTY, AdvanceTo, Head, Part, Split
from app.domain.book import NOTHING, Book, ReceiptBook
from app.domain.events import Event
from app.domain.payoff import payoff
from app.domain.penalty import grow
from app.domain.playing import Played, SpanState, play
from app.domain.terms import Recalculate, Terms

__all__ = [
    "Allocation",
    "Balances",
    "LinePaid",
    "Part",
    "Position",
    "Projection",
    "ReceiptSplit",
    "Span",
    "due_today",
    "moves_by_day",
    "next_due",
    "position_of",
    "project",
    "projected",
    "replay",
]


class Allocation(NamedTuple):
    """A part of the receipt `ref` set on a head of a line, dated by its value date.

    `due_on` is the line's due date, or that of the dated charge it settles.
    """

    ref: int
    line: int
    head: Head
    on: date
    amount: int
    due_on: date


class LinePaid(NamedTuple):
    """A line of the schedule and what became of it. `balance` is as scheduled.

    `settled_on` is the day its last part was paid or waived; None while anything is unpaid and for
    a line that asks nothing. `capitalised` is what a reschedule made principal of it.
    """

    number: int
    due_on: date
    principal: int
    interest: int
    charge: int
    penalty: int
    balance: int
    paid: Split
    waived: Split
    settled_on: date | None
    scheduled_from: date
    capitalised: Split = Split()

    @property
    def amount(self) -> int:
        """All that the line asks."""
        return self.principal + self.interest + self.charge + self.penalty

    @property
    def unpaid(self) -> Split:
        """What is neither paid nor waived nor capitalised, by head."""
        asked = (self.principal, self.interest, self.charge, self.penalty)
        parts = zip(asked, self.paid, self.waived, self.capitalised, strict=True)
        return Split(*(one - paid - waived - moved for one, paid, waived, moved in parts))


class ReceiptSplit(NamedTuple):
    """What a receipt went to. A reversed one keeps its amount and has no split.

    `kind` is receipt, recovery, refund (amount and excess below zero) or held: money kept in excess
    that was set on a due day, with no `ref` and an amount of 0.
    """

    ref: int | None
    on: date
    amount: int
    principal: int
    interest: int
    charge: int
    penalty: int
    excess: int
    reversed: bool
    parts: tuple[Part, ...]
    kind: str = "receipt"


_NONE = Split()


class Position(NamedTuple):
    """A loan at the end of `as_on`. Arrears are what is due by then (today's dues included).

    `written_off` is what a write-off struck, `recovered` what came in of it since; `asked_back`
    what is owed again because a refund turned out too large; `levied` what events levied, with a
    closure's charge, `levied_tax` the tax among it; `capitalised` what reschedules made principal.
    """

    as_on: date
    lines: tuple[LinePaid, ...]
    receipts: tuple[ReceiptSplit, ...]
    principal_outstanding: int
    arrears: Split
    excess: int
    oldest_unpaid_due_on: date | None
    days_past_due: int
    bucket: str
    asset_class: str
    npa_since_on: date | None
    payoff: int
    status: str
    balances: Balances
    written_off: Split = _NONE
    recovered: Split = _NONE
    asked_back: int = 0
    levied: Split = _NONE
    levied_tax: int = 0
    capitalised: Split = _NONE


class Span(NamedTuple):
    """Days between two events, both inclusive; `to_on` None is open.

    Days past due on a day are day − `next_unsettled_due_on` if positive. `npa_since_on` is set
    where the loan was already NPA when the span began; inside it the class still follows the days.
    """

    from_on: date
    to_on: date | None
    next_unsettled_due_on: date | None
    principal: int
    excess: int
    npa_since_on: date | None


@dataclass(frozen=True, slots=True)
class Projection:
    """The latest knowledge of a loan: position, spans and dated allocations, from one pass."""

    position: Position
    spans: tuple[Span, ...]
    allocations: tuple[Allocation, ...]


# Made a hundred at a time: these leave out the argument handling of a named tuple's own `__new__`.
_line = partial(tuple.__new__, LinePaid)
_part = partial(tuple.__new__, Part)
_receipt = partial(tuple.__new__, ReceiptSplit)
_split_of = partial(tuple.__new__, Split)


def replay(
    terms: Terms,
    events: Sequence[Event],
    as_on: date | None = None,
    known_on: date | None = None,
) -> Position:
    """The position at the end of `as_on` (None: the last event's day), as known on `known_on`.

    `known_on` leaves out what was booked later. Events may come in any order. Raises EventRefused
    for a fact that does not fit: before the disbursement, the reversal of a reversal, money or a
    waiver that was entered last and finds nothing unpaid.
    """
    return position_of(play(terms, events, as_on, known_on))


def project(terms: Terms, events: Sequence[Event]) -> Projection:
    """The latest position with its spans and allocations."""
    return projected(play(terms, events))


def projected(played: Played, earlier: Projection | None = None) -> Projection:
    """The same of what was played already; it stays as it is when the book is played on.

    `earlier` is what stood before receipts that `follow` played: what came of the others is in it.
    """
    spans, book = _spans(played.spans), played.book
    if earlier is None or played.reversed:
        return Projection(position_of(played), spans, _allocations(book))
    known = earlier.position.receipts
    more = [one for one in book.receipts if one.listed][len(known) :]
    receipts = (*known, *_splits(more, book))
    return Projection(
        position_of(played, receipts),
        spans,
        (*earlier.allocations, *_allocations_of(book, more)),
    )


def due_today(position: Position, on: date) -> Split:
    """What is unpaid of all lines due by the end of `on`, by head.

    A charge dated before its line counts with its line.
    """
    unpaid = [line.unpaid for line in position.lines if line.due_on <= on]
    return Split(*(sum(split[head] for split in unpaid) for head in range(4)))


def moves_by_day(terms: Terms) -> bool:
    """Whether figures change on days without an event, so that each day derives the loan anew."""
    kept = terms.allocation.advance_to is AdvanceTo.HOLD or len(terms.tranches) > 1
    return kept or terms.penalty is not None or terms.recalculate is not Recalculate.NEVER


def next_due(position: Position) -> LinePaid | None:
    """The first line with anything unpaid; None once everything is settled."""
    return next((line for line in position.lines if any(line.unpaid)), None)


def position_of(played: Played, receipts: tuple[ReceiptSplit, ...] | None = None) -> Position:
    """The position at the end of what was played; `receipts` where they are known."""
    book, as_on = played.book, played.as_on
    grow(book, as_on)
    next_on = book.next_due_on()
    oldest = next_on if next_on is not None and next_on <= as_on else None
    dpd = ageing.days_past_due(oldest, as_on)
    inherited = played.spans[-1].npa_since_on if played.spans else None
    if book.written_off_on is not None:
        inherited = inherited or book.written_off_on
    npa_since_on = ageing.npa_since(oldest, as_on, inherited)
    return Position(
        as_on=as_on,
        lines=_lines(book),
        receipts=_receipts(played) if receipts is None else receipts,
        principal_outstanding=book.principal,
        arrears=Split._make(book.arrears(as_on)),
        excess=book.excess,
        oldest_unpaid_due_on=oldest,
        days_past_due=dpd,
        bucket=ageing.bucket(dpd),
        asset_class=ageing.asset_class(oldest, as_on, npa_since_on),
        npa_since_on=npa_since_on,
        payoff=payoff(book, as_on),
        status=_status(book, next_on),
        balances=_balances(book),
        written_off=_struck(book),
        recovered=Split._make(book.recovered),
        asked_back=book.asked_back,
        levied=Split(0, 0, book.levied[CHARGE] - book.asked_back, book.levied[PENALTY]),
        levied_tax=book.levied_tax,
        capitalised=_capitalised(book),
    )


def _status(book: Book, next_on: date | None) -> str:
    if book.started_on is None:
        return "not-disbursed"
    if book.written_off_on is not None:
        return "written-off"
    if next_on is not None:
        return "active"
    return "overpaid" if book.excess else "closed"


def _struck(book: Book) -> Split:
    """What was struck: what is left of it, and what was recovered since."""
    sums = [sum(line[head] for line in book.struck) for head in range(4)]
    return Split(*(left + back for left, back in zip(sums, book.recovered, strict=True)))


def _capitalised(book: Book) -> Split:
    if book.plan is None:
        return _NONE
    sums = [sum(line.capitalised[at] for line in book.lines) for at in range(4)]
    return Split(*(one + apart for one, apart in zip(sums, book.apart, strict=True)))


def _balances(book: Book) -> Balances:
    moved = _capitalised(book)
    interest, charge, penalty = (
        sum([line.paid[head] + line.waived[head] for line in book.lines]) + moved[head]
        for head in (INTEREST, CHARGE, PENALTY)
    )
    levied = book.levied
    return Balances(
        principal=book.principal,
        interest_settled=interest,
        charge=levied[CHARGE] - charge,
        penalty=levied[PENALTY] - penalty,
        excess=book.excess,
        recovered=sum(book.recovered),
    )


def _lines(book: Book) -> tuple[LinePaid, ...]:
    made = [
        _line(
            (
                line.number,
                line.due_on,
                *line.asked,
                line.balance,
                _split_of(line.paid),
                _split_of(line.waived),
                line.settled_on,
                line.scheduled_from,
                _NONE if line.capitalised is NOTHING else _split_of(line.capitalised),
            )
        )
        for line in book.lines
    ]
    return tuple(made)


def _allocations(book: Book) -> tuple[Allocation, ...]:
    """What each receipt settled, in the order of the receipts' replay."""
    return _allocations_of(book, book.receipts)


def _allocations_of(book: Book, receipts: Sequence[ReceiptBook]) -> tuple[Allocation, ...]:
    numbers = [line.number for line in book.lines]
    return tuple(
        Allocation(receipt.ref, numbers[due.place], HEADS[head], on, amount, due.due_on)
        for receipt in receipts
        if receipt.ref is not None
        for due, head, amount, on in (*receipt.parts, *receipt.held)
    )


def _receipts(played: Played) -> tuple[ReceiptSplit, ...]:
    """Every receipt in the order of replay; reversed ones by their own date among them."""
    made = _splits([one for one in played.book.receipts if one.listed], played.book)
    made += [
        ReceiptSplit(event.ref, event.on, event.amount, 0, 0, 0, 0, 0, True, (), event.kind.value)
        for event in played.reversed
    ]
    return tuple(sorted(made, key=_receipt_key)) if played.reversed else tuple(made)


def _splits(receipts: Sequence[ReceiptBook], book: Book) -> list[ReceiptSplit]:
    """Rows of money of a book as the position lists them."""
    heads, numbers = HEADS, [line.number for line in book.lines]
    made: list[ReceiptSplit] = []
    for one in receipts:
        parts = [
            _part((numbers[due.place], due.due_on, heads[head], amount))
            for due, head, amount, _ in one.parts
        ]
        (principal, interest, charge, penalty), amount = one.split, one.amount
        excess = amount - principal - interest - charge - penalty
        figures = (amount, principal, interest, charge, penalty, excess)
        made.append(_receipt((one.ref, one.on, *figures, False, tuple(parts), one.kind)))
    return made


def _receipt_key(receipt: ReceiptSplit) -> tuple[date, bool, bool, int]:
    """By day; money given back comes after what came in, held money is set at the end of one."""
    return receipt.on, receipt.ref is None, receipt.kind == "refund", receipt.ref or 0


def _spans(states: Sequence[SpanState]) -> tuple[Span, ...]:
    """The states at the end of each event day, each lasting to the day before the next."""
    one_day = timedelta(1)
    ends = [state.from_on - one_day for state in states[1:]]
    return tuple(
        Span(state.from_on, end, *state[1:])
        for state, end in zip(states, [*ends, None], strict=True)
    )
