"""What each fact does to the book of a loan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from app.domain import daily, ending
from app.domain.allocation import HEADS, Head
from app.domain.bearing import accrued_to
from app.domain.book import Book, LineBook
from app.domain.changing import (
    can_change_lines,
    can_change_rate,
    change_lines,
    change_rate,
    plan_in,
    prepay,
)
from app.domain.errors import AmountNotPositive, EventRefused
from app.domain.events import Event, EventKind, Replan
from app.domain.payoff import closure
from app.domain.reading import WHOLE
from app.domain.schedule import DatedCharge, Line, first_charges, lines, schedule
from app.domain.terms import Interest, Terms

_MONEY = (
    EventKind.RECEIPT,
    EventKind.CHARGE,
    EventKind.WAIVER,
    EventKind.RECOVERY,
    EventKind.REFUND,
)
_KEPT_SCHEDULES = 256
_STARTS = (EventKind.DISBURSEMENT, EventKind.OPENING)


def apply(book: Book, event: Event, newest: int) -> None:
    """Let one event take effect. `newest` is the id entered last: it alone can still be refused.

    Money on a loan with nothing unpaid is refused, unless later knowledge made it so.
    """
    if event.kind in _STARTS:
        if book.undisbursed or (book.closed_early and event.kind is EventKind.DISBURSEMENT):
            _hand_out(book, event)
        else:
            _start(book, event)
        return
    if book.started_on is None:
        raise EventRefused(ref=event.ref, why="before-disbursement", on=event.on)
    if event.kind in _MONEY and event.amount <= 0:
        raise AmountNotPositive(field="amount", ref=event.ref, amount=event.amount)
    last = event.ref == newest
    if book.written_off_on is not None and event.kind in _LIVING:
        _after_write_off(book, event, last)
    else:
        _ACTS[event.kind](book, event, last)


def _receive(book: Book, event: Event, last: bool) -> None:
    if not book.principal and book.next_due_on() is None:
        _lapse(book, event, last, "loan-closed")
    take_money(book, event)


def take_money(book: Book, event: Event) -> None:
    """Set a receipt on dues; what is left lowers the principal where the terms say so."""
    receipt = book.receive(event.ref, event.on, event.amount)
    if not book.limited or not receipt.excess or book.closed_early or not book.scheduled:
        return
    if book.terms.allocation.reduces:
        plan = plan_in(book)
        borne = accrued_to(book, plan, event.on) if book.follows_days else 0
        prepay(book, receipt, event.on, borne)
        if receipt.excess:
            book.use_excess(event.on)


def _charge(book: Book, event: Event, _: bool) -> None:
    book.levy(event.on, _head(event, (Head.CHARGE, Head.PENALTY)), event.amount)


def _change_rate(book: Book, event: Event, last: bool) -> None:
    if book.terms.interest is Interest.FLAT:
        raise EventRefused(ref=event.ref, why="rate-of-flat", on=event.on)
    if event.annual_rate is None or event.annual_rate < 0:
        raise EventRefused(ref=event.ref, why="rate-missing", on=event.on)
    _refuse_taken_over(book, event)
    if book.closed_early or not can_change_rate(book, event.on):
        _lapse(book, event, last, "nothing-to-come")
        return
    change_rate(book, event.on, event.annual_rate)


def _reschedule(book: Book, event: Event, last: bool) -> None:
    replan = event.replan or Replan()
    if Head.PENALTY in replan.capitalise:
        raise EventRefused(ref=event.ref, why="penalty-capitalised", on=event.on)
    if replan.first_due_on is not None and replan.first_due_on <= event.on:
        raise EventRefused(ref=event.ref, why="first-due-not-after", on=event.on)
    _refuse_taken_over(book, event)
    if book.closed_early or not can_change_lines(book, event.on, replan):
        _lapse(book, event, last, "nothing-to-come")
        return
    change_lines(book, event.on, replan)


def _refuse_taken_over(book: Book, event: Event) -> None:
    """The lines of a loan that ran elsewhere were given, not found: they cannot be found again."""
    if not book.scheduled:
        raise EventRefused(ref=event.ref, why="taken-over", on=event.on)


def _after_write_off(book: Book, event: Event, last: bool) -> None:
    """Refuse what comes after a write-off; money that was taken before it was known is kept."""
    _lapse(book, event, last, "written-off")
    if event.kind is EventKind.RECEIPT:
        ending.recover(book, event.ref, event.on, event.amount, "receipt")


def _write_off(book: Book, event: Event, last: bool) -> None:
    if book.next_due_on() is None:
        _lapse(book, event, last, "loan-closed")
        return
    if book.follows_days:
        daily.project(book, event.on)
    ending.write_off(book, event.on)


def _recover(book: Book, event: Event, last: bool) -> None:
    if book.written_off_on is None:
        _lapse(book, event, last, "not-written-off")
        take_money(book, event)
        return
    ending.recover(book, event.ref, event.on, event.amount, "recovery")


def _refund(book: Book, event: Event, last: bool) -> None:
    if event.amount > book.excess and last:
        raise EventRefused(ref=event.ref, why="more-than-excess", on=event.on)
    ending.refund(book, event.ref, event.on, event.amount)


def _waive(book: Book, event: Event, last: bool) -> None:
    left = book.waive(_head(event, HEADS), event.amount, event.on)
    if left:
        _lapse(book, event, last, "waiver-above-unpaid")


def _foreclose(book: Book, event: Event, last: bool) -> None:
    """Make everything due on the day: the loan closes when receipts cover it."""
    if book.next_due_on() is None:
        _lapse(book, event, last, "loan-closed")
        return
    if book.follows_days:
        daily.project(book, event.on)
    asked = closure(book, event.on)
    book.close_early(event.on, asked.interest, asked.charge + asked.tax)
    book.levied_tax += asked.tax


def _lapse(book: Book, event: Event, last: bool, why: str) -> None:
    """Refuse what was entered last; anything older fitted when it was entered, and stays."""
    if last:
        raise EventRefused(ref=event.ref, why=why, on=event.on)
    book.lapsed.append(event.ref)


def _start(book: Book, event: Event) -> None:
    """Hand out the loan, or take it over where it stands."""
    if book.started_on is not None:
        raise EventRefused(ref=event.ref, why="already-disbursed", on=event.on)
    book.started_on = event.on
    if event.kind is EventKind.OPENING:
        _open(book, event)
        return
    terms = book.terms
    if event.on != terms.disbursed_on:
        raise EventRefused(ref=event.ref, why="disbursed-on-differs", on=event.on)
    if event.amount not in (0, terms.first_amount):
        raise EventRefused(ref=event.ref, why="disbursed-amount-differs", amount=event.amount)
    _write_schedule(book)
    daily.start(book)


def _hand_out(book: Book, event: Event) -> None:
    """Hand out a further tranche; one that a closed loan never got is left out."""
    if book.closed_early or book.written_off_on is not None:
        book.lapsed.append(event.ref)
        return
    if not 0 < event.amount <= book.undisbursed:
        raise EventRefused(ref=event.ref, why="disbursed-amount-differs", amount=event.amount)
    book.hand_out(book.undisbursed - event.amount, event.amount)


def _write_schedule(book: Book) -> None:
    """Write the lines of the terms, and the charges among them that have dates of their own."""
    terms = book.terms
    book.hand_out(terms.principal - terms.first_amount, terms.first_amount)
    made, dated = _schedule_of(terms)
    book.first_charges = _first_charges(terms) if terms.charges else (0, 0)
    for line in made:
        book.open_line(line)
    place = {line.number: at for at, line in enumerate(made)} if dated else {}
    for one in dated:
        book.date_charge(place[one.number], one.due_on, HEADS.index(one.head), one.amount)


@lru_cache(_KEPT_SCHEDULES)
def _first_charges(terms: Terms) -> tuple[int, int]:
    """What the charges on disbursement that are not deducted bring line 1."""
    return first_charges(terms)


@lru_cache(_KEPT_SCHEDULES)
def _schedule_of(terms: Terms) -> tuple[tuple[Line, ...], tuple[DatedCharge, ...]]:
    """The schedule; those of the loans last replayed are kept, for a loan is replayed in bursts."""
    if not terms.charges:
        return lines(terms), ()
    made = schedule(terms)
    return made.lines, made.dated


def _open(book: Book, event: Event) -> None:
    """Write the unpaid lines of a loan that ran elsewhere, and the money it held in excess."""
    opening = event.opening
    if opening is None or not opening.lines:
        raise EventRefused(ref=event.ref, why="opening-without-lines", on=event.on)
    book.take_lines_as_given()
    given = sorted(opening.lines, key=lambda line: (line.due_on, line.number))
    balance = sum(line.principal for line in given)
    book.principal = balance
    start = event.on
    for number, due_on, principal, interest, charge, penalty in given:
        balance -= principal
        heads = (principal, interest, charge, penalty)
        book.open_line(Line(number, due_on, *heads, balance, min(start, due_on), sum(heads)))
        _bear_from(book, book.lines[-1], event.on)
        start = max(due_on, event.on)
    if opening.excess:
        book.receive(event.ref, event.on, opening.excess).listed = False


def _bear_from(book: Book, line: LineBook, on: date) -> None:
    """Count penal charges from the opening on: what was borne before it stands in the line."""
    penalty = book.terms.penalty
    if penalty is None or line.due_on >= on:
        return
    line.penal_to = on
    if penalty.amount is not None and line.due_on + timedelta(penalty.grace_days) < on:
        line.penal = penalty.amount * (WHOLE + penalty.tax_percent)  # it was charged already


def _head(event: Event, allowed: Sequence[Head]) -> int:
    if event.head is None or event.head not in allowed:
        raise EventRefused(ref=event.ref, why="head-not-allowed", head=event.head)
    return HEADS.index(event.head)


# The events that a written-off loan no longer takes.
_LIVING = frozenset(
    {
        EventKind.RATE,
        EventKind.RESCHEDULE,
        EventKind.CHARGE,
        EventKind.WAIVER,
        EventKind.FORECLOSURE,
        EventKind.RECEIPT,
        EventKind.WRITE_OFF,
    }
)
_ACTS: Mapping[EventKind, Callable[[Book, Event, bool], None]] = MappingProxyType(
    {
        EventKind.RATE: _change_rate,
        EventKind.RESCHEDULE: _reschedule,
        EventKind.CHARGE: _charge,
        EventKind.WAIVER: _waive,
        EventKind.FORECLOSURE: _foreclose,
        EventKind.RECEIPT: _receive,
        EventKind.WRITE_OFF: _write_off,
        EventKind.RECOVERY: _recover,
        EventKind.REFUND: _refund,
    }
)
