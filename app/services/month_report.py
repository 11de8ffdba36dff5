"""The month of a branch in figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from app.domain.ageing import Portion
from app.domain.events import Event, EventKind
from app.domain.penalty import grow
from app.domain.playing import play
from app.domain.terms import Terms
from app.reports.month import INDICATORS
from app.rows.reports import CollectionRow, MonthRow
from app.services.overdue import arrears_rate_bp, basis_points, par30_bp, sums_of
from app.services.portfolio import Portfolio, portfolio
from app.services.projecting import terms_from
from app.services.receipt_report import collection_rows
from app.services.work import Reading
from app.store.field import DONE, count_visits, loan_terms
from app.store.loans import events_of
from app.store.promises import promise_counts
from app.store.reports import (
    Period,
    closed_loans,
    fell_due,
    moving,
    paid_out,
    refunded,
    rescheduled,
    struck,
    waived,
)
from app.texts import translated


def month_rows(reading: Reading, period: Period) -> tuple[MonthRow, ...]:
    """Every indicator of the period, in the order of its declaration."""
    at_end = portfolio(reading, period.last, period.officer_id)
    figures = {
        **_lent(reading, period),
        **_collected(collection_rows(reading, period)),
        "refunded": refunded(reading.connection, period),
        **_demand(reading, period, at_end),
        **_standing(at_end),
        **_field(reading, period),
    }
    return tuple(
        MonthRow(
            section=translated(one.section),
            indicator=translated(one.title),
            kind=one.kind.value,
            value=figures[one.key],
            definition=translated(one.definition),
        )
        for one in INDICATORS
    )


def asked_by(terms: Terms, facts: list[Event], period: Period) -> int:
    """What fell due of one loan in the period, paid or not, as known at the end of it.

    A charge levied on a loan falls due on its own date, before the line that it stands in.
    """
    book = play(terms, facts, period.last, period.last).book
    due_on = [line.due_on for line in book.lines]
    total = sum(
        sum(line.asked) for line in book.lines if period.first <= line.due_on <= period.last
    )
    known = [event for event in facts if event.booked_on <= period.last]
    void = {event.of for event in known if event.kind is EventKind.REVERSAL}
    for event in known:
        if event.kind is not EventKind.CHARGE or event.ref in void or event.on > period.last:
            continue
        holding = min((on for on in due_on if on >= event.on), default=None)
        if holding is None:
            continue
        counted = period.first <= holding <= period.last
        falls = period.first <= event.on <= period.last
        total += (falls - counted) * event.amount
    return total


def _lent(reading: Reading, period: Period) -> dict[str, int]:
    count, principal = paid_out(reading.connection, period)
    return {"disbursed_count": count, "disbursed": principal}


def _collected(rows: tuple[CollectionRow, ...]) -> dict[str, int]:
    back = sum(row.amount_minor for row in rows if row.recovery)
    rows = tuple(row for row in rows if not row.recovery)
    return {
        "recovered": back,
        "collected": sum(row.amount_minor for row in rows),
        "principal": sum(row.principal_minor for row in rows),
        "interest": sum(row.interest_minor for row in rows),
        "charge": sum(row.charge_minor for row in rows),
        "penalty": sum(row.penalty_minor for row in rows),
        "excess": sum(row.excess_minor for row in rows),
    }


def _demand(reading: Reading, period: Period, at_end: Portfolio) -> dict[str, int]:
    """Arrears at the start + what fell due = what was paid or given up + the balance."""
    connection, gone = reading.connection, reading.rules.contra["write-off"].values()
    opening = portfolio(reading, period.before, period.officer_id).unpaid_minor
    moved = moving(connection, period)
    again = at_end.retold | moved
    demand = fell_due(connection, period, again)
    demand += _replayed_demand(reading, period, again, moved)
    forgiven, lost = waived(connection, period), struck(connection, period, tuple(gone))
    joined = _capitalised(reading, period)
    closing = at_end.unpaid_minor
    settled = opening + demand - forgiven - lost - joined - closing
    return {
        "opening": opening,
        "demand": demand,
        "settled": settled,
        "waived": forgiven,
        "struck": lost,
        "capitalised": joined,
        "closing": closing,
        "efficiency": basis_points(Portion(settled, opening + demand)),
    }


def _replayed_demand(
    reading: Reading, period: Period, again: frozenset[int], moved: frozenset[int]
) -> int:
    """The demand of loans told of later, and of those whose lines move with the days."""
    return sum(
        risen(terms, facts, period) if loan_id in moved else asked_by(terms, facts, period)
        for loan_id, terms, facts in _loans(reading, again)
    )


def _capitalised(reading: Reading, period: Period) -> int:
    """What reschedules of the period made principal."""
    found = _loans(reading, rescheduled(reading.connection, period))
    return sum(
        _joined(terms, facts, period.last) - _joined(terms, facts, period.before)
        for _loan_id, terms, facts in found
    )


def _joined(terms: Terms, facts: list[Event], day: date) -> int:
    lines = play(terms, facts, day, day).book.lines
    return sum(sum(line.capitalised) for line in lines)


def risen(terms: Terms, facts: list[Event], period: Period) -> int:
    """By how much all that was ever due of a loan has risen in the period."""
    return _due_ever(terms, facts, period.last) - _due_ever(terms, facts, period.before)


def _due_ever(terms: Terms, facts: list[Event], day: date) -> int:
    if not any(event.on <= day and event.booked_on <= day for event in facts):
        return 0
    book = play(terms, facts, day, day).book
    grow(book, day)
    return sum(sum(due.asked) for due in book.dues if due.due_on <= day)


def _loans(reading: Reading, ids: frozenset[int]) -> Iterator[tuple[int, Terms, list[Event]]]:
    """Some loans with their terms and facts."""
    if not ids:
        return
    texts, facts = loan_terms(reading.connection, ids), events_of(reading.connection, ids)
    for loan_id, (text, currency) in texts.items():
        yield loan_id, terms_from(text, currency), facts[loan_id]


def _standing(at_end: Portfolio) -> Mapping[str, int]:
    sums = sums_of(stands for _row, stands in at_end.late)
    whole = at_end.running.outstanding_minor
    return {
        "outstanding": whole,
        "loans": at_end.running.loans,
        "borrowers": at_end.running.borrowers,
        "late_loans": sum(one.loans for one in sums.values()),
        "late": sum(one.arrears_minor for one in sums.values()),
        "arrears_rate": arrears_rate_bp(sums, whole),
        "par30": par30_bp(sums, whole),
    }


def _field(reading: Reading, period: Period) -> dict[str, int]:
    scope = (reading.connection, period.branch_id)
    first, last, officer_id = period.first, period.last, period.officer_id
    ended = last < reading.day
    promised = promise_counts(*scope, officer_id, first, last, day_ended=ended)
    return {
        "closed": closed_loans(reading.connection, period),
        "promises_made": promised.get("made", 0),
        "promises_kept": promised.get("kept", 0),
        "promises_broken": promised.get("broken", 0),
        "visits": count_visits(*scope, DONE, first, last, officer_id),
    }
