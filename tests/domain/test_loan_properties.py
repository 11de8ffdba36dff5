"""What must hold for any terms and any history."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain import ageing
from app.domain.errors import EventRefused
from app.domain.events import Event, EventKind
from app.domain.loan import Position, Span, project, replay
from app.domain.terms import Terms
from tests.domain.loans import any_terms, histories, receipt, reversal

LOAN = any_terms(events=True)


@st.composite
def lived(draw: st.DrawFn) -> tuple[Terms, list[Event]]:
    """Terms and a history that the engine admits, as it would have grown entry by entry."""
    loan = draw(LOAN)
    admitted: list[Event] = []
    for event in draw(histories(loan)):
        if event.kind is EventKind.REVERSAL and event.of not in {e.ref for e in admitted}:
            continue
        try:
            replay(loan, [*admitted, event])
        except EventRefused:
            continue
        admitted.append(event)
    return loan, admitted


@given(lived())
@settings(max_examples=150, deadline=None)
def test_the_order_of_entry_in_the_list_changes_nothing(case: tuple[Terms, list[Event]]) -> None:
    loan, events = case
    shuffled = events.copy()
    random.Random(len(events)).shuffle(shuffled)
    assert replay(loan, shuffled) == replay(loan, events)


@given(lived())
@settings(max_examples=150, deadline=None)
def test_the_parts_of_the_receipts_are_the_money_received(
    case: tuple[Terms, list[Event]],
) -> None:
    loan, events = case
    position = replay(loan, events)
    for one in position.receipts:
        split = (one.principal, one.interest, one.charge, one.penalty, one.excess)
        assert sum(split) == (0 if one.reversed else one.amount)
        assert min(split) >= 0
        assert sum(part.amount for part in one.parts) == sum(split[:4])
    void = {event.of for event in events}
    money = sum(e.amount for e in events if e.kind is EventKind.RECEIPT and e.ref not in void)
    paid = sum(line.paid.total for line in position.lines)
    assert paid + position.excess == money


@given(lived())
@settings(max_examples=150, deadline=None)
def test_what_is_asked_is_paid_waived_or_unpaid(case: tuple[Terms, list[Event]]) -> None:
    loan, events = case
    position = replay(loan, events)
    unpaid = [line.unpaid for line in position.lines]
    assert all(min(split) >= 0 for split in unpaid)
    assert sum(split.principal for split in unpaid) == position.principal_outstanding
    assert sum(line.principal for line in position.lines) == loan.principal
    assert position.balances.principal == position.principal_outstanding
    late = [
        one
        for one, line in zip(unpaid, position.lines, strict=True)
        if line.due_on <= position.as_on
    ]
    assert position.arrears.principal == sum(split.principal for split in late)
    assert (position.oldest_unpaid_due_on is None) == (position.arrears.total == 0)
    for line in position.lines:
        assert (line.settled_on is not None) == (not any(line.unpaid) and line.amount > 0)


@given(lived())
@settings(max_examples=150, deadline=None)
def test_reversing_everything_gives_the_state_before(case: tuple[Terms, list[Event]]) -> None:
    loan, events = case
    void = {event.of for event in events}
    last, on = events[-1].ref, max(event.on for event in events)
    undone = [
        reversal(on, event.ref, last + at)
        for at, event in enumerate(events[1:], start=1)
        if event.kind is not EventKind.REVERSAL and event.ref not in void
    ]
    undone_position = replay(loan, [*events, *undone], as_on=on)
    untouched = replay(loan, events[:1], as_on=on)
    assert undone_position._replace(receipts=()) == untouched


@given(lived(), st.integers(1, 5000), st.integers(0, 400))
@settings(max_examples=150, deadline=None)
def test_a_receipt_and_its_reversal_leave_no_trace(
    case: tuple[Terms, list[Event]], amount: int, days: int
) -> None:
    loan, events = case
    on = loan.disbursed_on + timedelta(days)
    ref = events[-1].ref + 1
    more = [receipt(on, amount, ref), reversal(on, ref, ref + 1)]
    latest = max(on, *(event.on for event in events))
    with_both = replay(loan, [*events, *more], as_on=latest)
    kept = tuple(one for one in with_both.receipts if one.ref != ref)
    assert with_both._replace(receipts=kept) == replay(loan, events, as_on=latest)


@given(lived(), st.integers(0, 12))
@settings(max_examples=150, deadline=None)
def test_an_earlier_known_on_gives_what_was_believed_then(
    case: tuple[Terms, list[Event]], at: int
) -> None:
    loan, events = case
    known_on = events[min(at, len(events) - 1)].booked_on
    known = [event for event in events if event.booked_on <= known_on]
    as_on = max(event.on for event in events)
    assert replay(loan, events, as_on, known_on) == replay(loan, known, as_on)


@given(lived(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_late_entry_gives_the_figures_of_an_entry_on_its_day(
    case: tuple[Terms, list[Event]], data: st.DataObject
) -> None:
    """Which id a fact has, and when it was booked, changes nothing but names."""
    loan, events = case
    moved = data.draw(st.permutations([event.ref for event in events[1:]]))
    money = (EventKind.RECEIPT, EventKind.FORECLOSURE)
    days = {(event.on, "money" if event.kind in money else event.kind) for event in events}
    assume(len(days) == len(events))  # on one day the order of entry does decide
    new = {1: 1, **dict(zip([event.ref for event in events[1:]], moved, strict=True))}
    renamed = [
        Event(e.kind, e.on, e.on, new[e.ref], e.amount, e.head, new[e.of] if e.of else None)
        for e in events
    ]
    try:
        late = replay(loan, renamed)
    except EventRefused:
        assume(False)
    first = replay(loan, events)
    assert late.lines == first.lines
    assert late.arrears == first.arrears
    assert late.payoff == first.payoff


@given(lived())
@settings(max_examples=100, deadline=None)
def test_spans_agree_with_replay_on_every_day(case: tuple[Terms, list[Event]]) -> None:
    loan, events = case
    projection = project(loan, events)
    assert projection.position == replay(loan, events)
    spans = projection.spans
    assert spans[0].from_on == loan.disbursed_on
    assert spans[-1].to_on is None
    for one, two in pairwise(spans):
        assert one.to_on is not None
        assert one.to_on + timedelta(1) == two.from_on
    for span in spans:
        end = span.to_on or span.from_on + timedelta(200)
        length = (end - span.from_on).days
        for days in {0, 1, 29, 30, 31, 60, 89, 90, 91, length // 2, length}:
            if days <= length:
                _agrees(span, replay(loan, events, span.from_on + timedelta(days)))


def _agrees(span: Span, position: Position) -> None:
    on, next_on = position.as_on, span.next_unsettled_due_on
    oldest = next_on if next_on is not None and next_on <= on else None
    assert position.oldest_unpaid_due_on == oldest
    assert position.days_past_due == ageing.days_past_due(oldest, on)
    assert position.principal_outstanding == span.principal
    assert position.excess == span.excess
    assert position.asset_class == ageing.asset_class(oldest, on, span.npa_since_on)
    assert position.npa_since_on == ageing.npa_since(oldest, on, span.npa_since_on)


@given(lived())
@settings(max_examples=100, deadline=None)
def test_dated_allocations_give_the_arrears_of_any_day(
    case: tuple[Terms, list[Event]],
) -> None:
    loan, events = case
    assume(loan.penalty is None)
    assume(all(e.kind in (EventKind.DISBURSEMENT, EventKind.RECEIPT) for e in events))
    projection = project(loan, events)
    for days in range(0, 400, 17):
        on = loan.disbursed_on + timedelta(days)
        asked = sum(line.principal for line in projection.position.lines if line.due_on <= on)
        due = {line.number for line in projection.position.lines if line.due_on <= on}
        paid = sum(
            one.amount
            for one in projection.allocations
            if one.line in due and one.head == "principal" and one.on <= on
        )
        assert replay(loan, events, on).arrears.principal == asked - paid


@given(lived(), st.integers(0, 500))
@settings(max_examples=150, deadline=None)
def test_paying_the_payoff_closes_the_loan(case: tuple[Terms, list[Event]], days: int) -> None:
    loan, events = case
    on = max(event.on for event in events) + timedelta(days)
    before = replay(loan, events, on)
    assume(before.status == "active")
    ref = events[-1].ref + 1
    closing = Event(EventKind.FORECLOSURE, on, on, ref)
    asked = replay(loan, [*events, closing])
    assert asked.arrears.total - asked.excess == before.payoff
    assert asked.principal_outstanding == asked.arrears.principal
    if asked.arrears.total:
        done = replay(loan, [*events, closing, receipt(on, asked.arrears.total, ref + 1)])
        assert done.status in ("closed", "overpaid")
        assert done.principal_outstanding == 0
        assert done.payoff == -done.excess


@given(LOAN)
@settings(max_examples=100, deadline=None)
def test_money_before_the_disbursement_is_refused(loan: Terms) -> None:
    early = receipt(date(2024, 1, 1), 100, 2)
    with pytest.raises(EventRefused):
        replay(loan, [early])
