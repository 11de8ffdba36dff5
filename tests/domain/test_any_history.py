"""What holds of any terms and any history: of every kind of event, in any order."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from random import Random

from app.domain.calculation import Calculation
from app.domain.errors import EventRefused
from app.domain.events import Event, EventKind
from app.domain.loan import Position, project, replay
from tests.domain.histories import lived

CASES = 420
_MONEY = (EventKind.RECEIPT, EventKind.RECOVERY)


@cache
def cases(count: int = CASES) -> tuple[Calculation, ...]:
    """The histories of the first seeds that make a loan."""
    made = map(lived, range(count))
    return tuple(one for one in made if one is not None)


@cache
def ends() -> tuple[tuple[Calculation, Position], ...]:
    """The histories with the position each comes to."""
    return tuple((case, replay(*case)) for case in cases())


def standing(case: Calculation) -> list[Event]:
    """The events that were not reversed, without the reversals."""
    void = {event.of for event in case.events if event.kind is EventKind.REVERSAL}
    return [e for e in case.events if e.ref not in void and e.kind is not EventKind.REVERSAL]


def test_the_seeds_make_histories_of_every_kind() -> None:
    kinds = [event.kind for case in cases() for event in standing(case)]
    missing = set(EventKind) - set(kinds) - {EventKind.OPENING, EventKind.REVERSAL}
    assert missing == set()
    assert len(kinds) > 700


def test_no_part_is_below_zero_and_heads_add_up() -> None:
    for _, position in ends():
        for line in position.lines:
            asked = (line.principal, line.interest, line.charge, line.penalty)
            assert min(*asked, *line.paid, *line.waived, *line.unpaid) >= 0
        assert min(position.principal_outstanding, position.excess, *position.arrears) >= 0
        for row in position.receipts:
            heads = row.principal + row.interest + row.charge + row.penalty + row.excess
            assert row.reversed or heads == row.amount


def test_the_rows_of_money_add_up_to_what_came_in_less_what_went_back() -> None:
    for case, position in ends():
        facts = standing(case)
        came = sum(event.amount for event in facts if event.kind in _MONEY)
        back = sum(event.amount for event in facts if event.kind is EventKind.REFUND)
        live = [row for row in position.receipts if not row.reversed]
        assert sum(row.amount for row in live) == came - back
        assert sum(row.excess for row in live) == position.excess


def test_principal_handed_out_is_repaid_outstanding_forgiven_or_struck() -> None:
    for case, position in ends():
        paid = sum(line.paid.principal for line in position.lines)
        waived = sum(line.waived.principal for line in position.lines)
        moved = position.capitalised.interest + position.capitalised.charge
        handed = _handed_out(case, position)
        # principal forgiven ahead of a change of plan has left its lines
        changed = any(event.kind is EventKind.WAIVER for event in standing(case))
        left = handed + moved - paid - waived - position.principal_outstanding
        assert left >= 0 if changed else left == 0


def _handed_out(case: Calculation, position: Position) -> int:
    """What was handed out: a loan that was closed never gets what was still to come."""
    end = [e.on for e in standing(case) if e.kind in (EventKind.FORECLOSURE, EventKind.WRITE_OFF)]
    closed = any(line.due_on in end for line in position.lines) or position.status == "written-off"
    given = [e for e in case.events if e.kind is EventKind.DISBURSEMENT]
    return sum(e.amount for e in given if not (closed and end and e.on > min(end)))


def test_due_dates_and_numbers_follow_each_other() -> None:
    for _, position in ends():
        lines = position.lines
        assert all(one.number < two.number for one, two in pairwise(lines))
        assert all(one.due_on <= two.due_on for one, two in pairwise(lines))


def test_the_order_of_the_list_changes_nothing() -> None:
    for at, (case, position) in enumerate(ends()):
        shuffled = list(case.events)
        Random(at).shuffle(shuffled)
        assert replay(case.terms, shuffled) == position


def test_reversing_every_event_gives_the_loan_that_was_handed_out() -> None:
    for case in cases():
        given = [event for event in case.events if event.kind is EventKind.DISBURSEMENT]
        later = max(event.on for event in case.events)
        void = [
            Event(EventKind.REVERSAL, later, later, 1000 + at, of=event.ref)
            for at, event in enumerate(standing(case))
            if event.kind is not EventKind.DISBURSEMENT
        ]
        undone = replay(case.terms, [*case.events, *void], later)
        fresh = replay(case.terms, given, later)
        assert undone._replace(receipts=()) == fresh._replace(receipts=())


def test_what_was_booked_later_is_not_known_yet() -> None:
    for case in cases():
        booked = sorted({event.booked_on for event in case.events})
        known_on = booked[len(booked) // 2]
        known = [event for event in case.events if event.booked_on <= known_on]
        if any(event.of is not None and event.of not in _refs(known) for event in known):
            continue
        as_on = max(event.on for event in case.events)
        assert replay(case.terms, case.events, as_on, known_on) == replay(case.terms, known, as_on)


def _refs(events: list[Event]) -> set[int]:
    return {event.ref for event in events}


def test_a_receipt_entered_late_counts_as_if_it_were_entered_on_its_day() -> None:
    for case, position in ends():
        prompt = [event._replace(booked_on=event.on) for event in case.events]
        assert replay(case.terms, prompt) == position


def test_a_receipt_split_in_two_on_its_day_leaves_the_same_loan() -> None:
    compared = 0
    for case, position in ends():
        used = {row.ref for row in position.receipts if not row.excess}
        receipts = [
            event
            for event in standing(case)
            if event.kind in _MONEY and event.amount > 1 and event.ref in used
        ]
        if not receipts:
            continue
        whole = receipts[-1]
        parts = _in_two(list(case.events), whole)
        try:
            two = replay(case.terms, parts)
        except EventRefused as refused:  # the first part alone closed the loan
            if refused.params["why"] != "loan-closed":
                raise
            continue
        assert _figures(position) == _figures(two)
        compared += 1
    assert compared > 50


def _in_two(events: list[Event], whole: Event) -> list[Event]:
    """The same events with one in two parts; places are doubled to make room between them."""
    made = []
    for event in events:
        of = None if event.of is None else event.of * 2
        doubled = event._replace(ref=event.ref * 2, of=of)
        if event is whole:
            part = event.amount // 3 + 1
            made.append(doubled._replace(amount=part))
            made.append(doubled._replace(ref=doubled.ref + 1, amount=event.amount - part))
        else:
            made.append(doubled)
    return made


def _figures(position: Position) -> tuple[object, ...]:
    """What the borrower owes and holds, and the dues still open."""
    dues = [(line.due_on, line.unpaid) for line in position.lines if any(line.unpaid)]
    return (
        position.principal_outstanding,
        position.arrears,
        position.excess,
        position.days_past_due,
        position.payoff,
        position.status,
        dues,
    )


def test_a_projection_ends_where_the_position_stands() -> None:
    for case, position in ends():
        made = project(case.terms, case.events)
        assert made.position == position
        last = made.spans[-1]
        assert (last.principal, last.excess) == (
            made.position.principal_outstanding,
            made.position.excess,
        )
        one_day = timedelta(1)
        assert all(one.to_on == two.from_on - one_day for one, two in pairwise(made.spans))
        assert all(isinstance(one.from_on, date) for one in made.spans)
