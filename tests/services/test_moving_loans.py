"""Loans whose figures move with the days: each opening derives them anew and posts the move."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.commands.branch import CloseDay
from app.services.projecting import HELD
from app.store.schema.books import entries
from app.store.schema.loans import loan_positions
from tests.services.acting import (
    end,
    findings,
    posted_on,
    product,
    reschedule,
    trial_balance,
    undo_receipt,
    write_off,
)
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today

WEEKLY_10K = 859_00
PENAL = {"percent_a_year": "36", "grace_days": 0}
HOLD: dict[str, Any] = {"allocation": {"advance_to": "hold"}}
KINDS: dict[str, dict[str, Any]] = {
    "hold": HOLD,
    "daily": {"recalculate": "daily"},
    "penal": {"penalty": PENAL},
    "all": {**HOLD, "recalculate": "daily", "penalty": PENAL},
    "shorter": {"allocation": {"advance_to": "reduce-term"}, "recalculate": "daily"},
    "smaller": {"allocation": {"advance_to": "reduce-instalment"}},
}


def as_on(house: House, loan_id: int) -> object:
    query = select(loan_positions.c.as_on).where(loan_positions.c.loan_id == loan_id)
    with house.store.read() as snapshot:
        return snapshot.scalar(query)


def moves(house: House) -> list[object]:
    """The days under which something was posted that moved by itself."""
    query = select(entries.c.booked_on).where(entries.c.kind == HELD).order_by(entries.c.id)
    with house.store.read() as snapshot:
        return list(snapshot.execute(query).scalars())


def test_held_money_is_set_on_the_due_day_under_its_date(house: House) -> None:
    loan = lent(house, product=product(house, "T", **HOLD))
    receive(house, loan, 1_000_00)
    assert shown(house, loan).excess_minor == 1_000_00
    day = next_day(house, 7)
    assert moves(house) == [day]
    assert posted_on(house, day)["2100"] == WEEKLY_10K
    view = shown(house, loan)
    assert (view.excess_minor, view.due_today.total_minor) == (1_000_00 - WEEKLY_10K, 0)
    held = view.ledger[-1]
    assert (held.what, held.event_id, held.excess_minor) == ("held", 0, -WEEKLY_10K)
    assert held.outstanding_minor == view.outstanding_minor
    end(house, loan)


def test_days_of_silence_post_what_moved_under_each(house: House, second_house: House) -> None:
    for one in (house, second_house):
        for kind, terms in KINDS.items():
            receive(one, lent(one, product=product(one, kind.upper(), **terms)), 2_000_00)
    next_day(house, 30)
    for _ in range(30):
        next_day(second_house)
    day = today(house)
    assert moves(house) == moves(second_house) != []
    for back in range(25):
        until = day - timedelta(back)
        assert trial_balance(house, until) == trial_balance(second_house, until)
    assert findings(house) == findings(second_house) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_moving_loan_stands_in_the_tables_as_on_the_day(house: House, kind: str) -> None:
    loan = lent(house, product=product(house, "T", **KINDS[kind]))
    day = next_day(house, 9)
    assert as_on(house, loan) == (None if kind == "smaller" else day)
    assert findings(house) == ()
    house.run(house.manager, CloseDay(on=day))
    assert findings(house) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_acts_on_a_moving_loan_leave_whole_books(house: House, kind: str) -> None:
    loan = lent(house, product=product(house, "T", **KINDS[kind]))
    next_day(house, 9)
    first = receive(house, loan, 1_500_00)
    next_day(house, 3)
    receive(house, loan, 300_00, today(house) - timedelta(2))
    assert findings(house) == ()
    next_day(house, 4)
    reschedule(house, loan, instalments=16)
    assert findings(house) == ()
    next_day(house, 8)
    undo_receipt(house, first.receipt_id)
    assert findings(house) == ()
    next_day(house, 8)
    write_off(house, loan)
    end(house, loan)


def test_a_loan_repaid_in_full_moves_no_more(house: House) -> None:
    loan = lent(house, product=product(house, "T", **KINDS["all"]))
    next_day(house, 9)
    while shown(house, loan).status == "active":
        receive(house, loan, 15_000_00)
        next_day(house, 7)
    assert findings(house) == ()
    before = moves(house)
    next_day(house, 20)
    assert moves(house) == before
    assert findings(house) == ()
