"""A correction that touches a closed day posts today's difference and never rewrites the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.commands.acts import wanted
from app.commands.base import Command
from app.commands.servicing import ReverseReceipt
from app.queries.servicing import PreviewAct
from app.services.accruals import ACCRUAL
from app.store.days import posted
from app.store.schema.books import entries
from tests.services.acting import (
    findings,
    posted_on,
    product,
    rate,
    reschedule,
    trial_balance,
    undo,
    undo_receipt,
    write_off,
)
from tests.services.branch import OPENED, House
from tests.services.lending import lent, next_day, receipt, receive, shown, today

WEEKLY_10K = 859_00


def lived(house: House, code: str) -> tuple[int, list[int]]:
    """A loan of five weeks, each receipt on its day; returns it with the receipts."""
    loan = lent(house, product=code)
    receipts = []
    for _ in range(5):
        next_day(house, 7)
        receipts.append(receive(house, loan, WEEKLY_10K).receipt_id)
    next_day(house, 3)
    return loan, receipts


def late_receipt(house: House, loan: int, _receipts: list[int]) -> None:
    day = today(house)
    command = receipt(loan, 500_00, day - timedelta(6), reason="found in the drawer")
    house.run(house.cashier, command)


def old_reversal(house: House, _loan: int, receipts: list[int]) -> None:
    undo_receipt(house, receipts[0])


def earlier_rate(house: House, loan: int, _receipts: list[int]) -> None:
    rate(house, loan, "12", on=today(house) - timedelta(6))


def earlier_plan(house: House, loan: int, _receipts: list[int]) -> None:
    reschedule(house, loan, on=today(house) - timedelta(6), instalments=20)


CORRECTIONS = (late_receipt, old_reversal, earlier_rate, earlier_plan)
Correct = Callable[[House, int, list[int]], None]
PENAL = {"percent_a_year": "36", "grace_days": 0}


@pytest.mark.parametrize("correct", CORRECTIONS)
@pytest.mark.parametrize("terms", [{}, {"penalty": PENAL}, {"recalculate": "daily"}])
def test_a_closed_day_stays_as_it_was(
    house: House, correct: Correct, terms: dict[str, Any]
) -> None:
    code = product(house, "T", **terms)
    loan, receipts = lived(house, code)
    day = today(house)
    closed = day - timedelta(1)
    before = trial_balance(house, closed)
    per_day = {on: posted_on(house, on) for on in days_of(day)}
    correct(house, loan, receipts)
    assert trial_balance(house, closed) == before
    assert sum(posted_on(house, day).values()) == 0
    assert posted_on(house, day) != {}
    next_day(house)
    for on, moved in per_day.items():
        if on < day:
            assert posted_on(house, on) == moved
    assert trial_balance(house, closed) == before
    assert findings(house) == ()


def days_of(until: date) -> list[date]:
    return [OPENED + timedelta(n) for n in range((until - OPENED).days + 1)]


def same_books(house: House, right: House) -> None:
    """After the day has ended, both branches hold the same in every account."""
    for one in (house, right):
        next_day(one)
    until = today(house) - timedelta(1)
    assert today(right) - timedelta(1) == until
    assert trial_balance(house, until) == trial_balance(right, until)


@pytest.mark.parametrize("terms", [{}, {"penalty": PENAL}])
def test_after_an_old_reversal_the_books_are_as_if_it_had_never_come(
    house: House, second_house: House, terms: dict[str, Any]
) -> None:
    loan, receipts = lived(house, product(house, "T", **terms))
    old_reversal(house, loan, receipts)
    right = second_house
    other = lent(right, product=product(right, "T", **terms))
    for week in range(5):
        next_day(right, 7)
        if week:
            receive(right, other, WEEKLY_10K)
    next_day(right, 3)
    same_books(house, right)


@pytest.mark.parametrize("terms", [{}, {"penalty": PENAL}])
def test_after_a_late_receipt_the_books_are_as_if_it_had_come_on_its_day(
    house: House, second_house: House, terms: dict[str, Any]
) -> None:
    loan, receipts = lived(house, product(house, "T", **terms))
    late_receipt(house, loan, receipts)
    right = second_house
    other = lent(right, product=product(right, "T", **terms))
    for _ in range(4):
        next_day(right, 7)
        receive(right, other, WEEKLY_10K)
    next_day(right, 4)
    receive(right, other, 500_00)
    next_day(right, 3)
    receive(right, other, WEEKLY_10K)
    next_day(right, 3)
    same_books(house, right)


def accrued(house: House) -> int:
    """All interest posted by the day."""

    with house.store.read() as snapshot:
        found = posted(snapshot, house.manager.branch_id, ACCRUAL)
    return sum(amount for (_, _, account), amount in found.items() if account == "1310")


@pytest.mark.parametrize(
    "act",
    [
        lambda house, loan: rate(house, loan, "12"),
        lambda house, loan: reschedule(house, loan, instalments=30),
        write_off,
        lambda house, loan: undo(house, loan, rate(house, loan, "12")),
    ],
)
def test_what_was_earned_is_what_the_engine_says_after_any_change(
    house: House, act: Callable[[House, int], int]
) -> None:
    loan, _ = lived(house, "JLG-W")
    act(house, loan)
    next_day(house)
    assert findings(house) == ()
    lines = shown(house, loan).instalments
    until = today(house) - timedelta(1)
    whole = sum(line.due.interest_minor for line in lines if line.due_on <= until)
    running = next((line for line in lines if line.due_on > until), None)
    most = whole + (running.due.interest_minor if running else 0)
    assert whole <= accrued(house) <= most


def test_a_preview_writes_no_entry(house: House) -> None:
    loan, receipts = lived(house, "JLG-W")
    command: Command[object] = ReverseReceipt(receipt_id=receipts[0], reason="x")
    with house.store.read() as snapshot:
        before = len(snapshot.execute(select(entries.c.id)).all())

    said = house.ask(house.manager, PreviewAct(loan_id=loan, act=wanted(command)))
    assert said.entries
    with house.store.read() as snapshot:
        assert len(snapshot.execute(select(entries.c.id)).all()) == before
