"""Interest of a borrower who does not perform is no income until it comes in."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from app.services.suspense import SUSPENSE
from app.store.schema.books import entries, entry_lines
from tests.services.acting import findings, posted_on, trial_balance, write_off
from tests.services.branch import House
from tests.services.lending import disburse, lent, next_day, receive, sanctioned, shown, today

INCOME, HELD, RECEIVABLE = "4100", "2300", "1310"
WEEKLY = 859_00
LONG = 97  # days after the first due date, a week after the loan: an NPA by then


def close(house: House) -> date:
    """Close the open day and open the next; returns the day closed."""
    day = today(house)
    next_day(house)
    return day


def balances(house: House, day: date) -> tuple[int, int, int]:
    """Interest receivable, in suspense, and income so far, each as people read it."""
    found = trial_balance(house, day)
    return found.get(RECEIVABLE, 0), -found.get(HELD, 0), -found.get(INCOME, 0)


def second_loan(house: House, loan: int, instalments: int = 50) -> int:
    """Another loan of the same borrower."""
    party_id = shown(house, loan).party_id
    return disburse(house, sanctioned(house, instalments=instalments, party_id=party_id))


def test_interest_that_was_not_received_leaves_income_on_the_day_a_loan_becomes_an_npa(
    house: House,
) -> None:
    lent(house)
    next_day(house, LONG)
    receivable, held, income = balances(house, close(house) - timedelta(1))
    assert (held, income) == (0, receivable)
    assert receivable > 0
    day = today(house) - timedelta(1)
    receivable, held, income = balances(house, day)
    assert (held, income) == (receivable, 0)
    assert posted_on(house, day)[HELD] == -receivable
    assert findings(house) == ()


def test_interest_received_is_income_when_it_comes_and_the_rest_when_all_arrears_are_paid(
    house: House,
) -> None:
    loan = lent(house)
    next_day(house, LONG + 3)
    owed = balances(house, today(house) - timedelta(1))[1]
    receive(house, loan, WEEKLY)
    paid = shown(house, loan).ledger[-1].split.interest_minor
    day = close(house)
    assert balances(house, day) == (owed - paid, owed - paid, paid)
    view = shown(house, loan)
    assert view.asset_class == "npa"
    receive(house, loan, view.arrears.total_minor)
    assert balances(house, close(house))[1] == 0
    assert shown(house, loan).asset_class != "npa"
    assert findings(house) == ()


def test_a_second_loan_of_the_borrower_is_taken_along_and_keeps_the_first_an_npa(
    house: House,
) -> None:
    first = lent(house, instalments=50)
    next_day(house, 21)
    second = second_loan(house, first)
    for _ in range(11):
        next_day(house, 7)
        receive(house, second, shown(house, second).due_today.total_minor)
    next_day(house, 1)
    receivable, held, _ = balances(house, today(house) - timedelta(1))
    assert shown(house, second).asset_class == "npa"
    assert held == receivable
    next_day(house, 10)  # the second is late now as well
    receive(house, first, shown(house, first).arrears.total_minor)
    receivable, held, _ = balances(house, close(house))
    assert 0 < held == receivable
    assert shown(house, first).asset_class == "npa"
    receive(house, second, shown(house, second).arrears.total_minor)
    assert balances(house, close(house))[1] == 0
    assert {shown(house, loan).asset_class for loan in (first, second)} <= {"standard", "sma-0"}
    assert findings(house) == ()


def test_silence_gives_the_same_suspense_as_opening_every_day(
    house: House, second_house: House
) -> None:
    for one in (house, second_house):
        lent(one)
        lent(one, 30_000_00, 12, product="IND-M", rate="22")
    next_day(house, 124)
    next_day(second_house, 116)
    for _ in range(8):
        next_day(second_house)
    assert suspended(house) == suspended(second_house)
    assert len(suspended(house)) > len({day for day, *_ in suspended(house)}) > 1


def suspended(house: House) -> list[tuple[date, str, int]]:
    """Every line of a suspense entry."""
    x = entry_lines.c
    query = (
        select(x.booked_on, x.account, x.amount_minor)
        .join(entries, entries.c.id == x.entry_id)
        .where(entries.c.kind == SUSPENSE)
        .order_by(x.booked_on, x.account, x.product_id)
    )
    with house.store.read() as snapshot:
        return [(row[0], row[1], row[2]) for row in snapshot.execute(query)]


def test_what_is_given_up_leaves_suspense(house: House) -> None:
    loan = lent(house)
    next_day(house, LONG + 2)
    assert balances(house, today(house) - timedelta(1))[1] > 0
    write_off(house, loan)
    assert balances(house, close(house))[1] == 0
    assert findings(house) == ()
