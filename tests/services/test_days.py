"""Business days: in order, closed for good, caught up after silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.commands.branch import CloseDay, OpenDay
from app.commands.origination import Mode
from app.commands.servicing import ForecloseLoan, ReverseReceipt
from app.domain.errors import DayClosed, KistError, NotAllowedNow, ValueRefused
from app.queries.servicing import QuoteForeclosure
from app.services.accruals import ACCRUAL
from app.store.days import posted
from app.store.money import balance_of
from app.store.schema.books import entries, entry_lines
from app.store.schema.system import business_days
from app.texts.errors import sentence
from tests.services.branch import OPENED, House
from tests.services.lending import lent, next_day, receipt, receive, shown, today

Booked = tuple[date, int | None, str, int]


def accruals(house: House) -> list[Booked]:
    """Every accrual line: day, product, account, amount."""
    query = (
        select(
            entry_lines.c.booked_on,
            entry_lines.c.product_id,
            entry_lines.c.account,
            entry_lines.c.amount_minor,
        )
        .join(entries, entries.c.id == entry_lines.c.entry_id)
        .where(entries.c.kind == ACCRUAL)
        .order_by(entry_lines.c.booked_on, entry_lines.c.product_id, entry_lines.c.account)
    )
    with house.store.read() as snapshot:
        return [(row[0], row[1], row[2], row[3]) for row in snapshot.execute(query)]


def receivable(house: House) -> int:
    with house.store.read() as snapshot:
        return balance_of(snapshot, house.manager.branch_id, "1310", "INR")


def days(house: House) -> list[tuple[date, str]]:
    query = select(business_days.c.day_on, business_days.c.state).order_by(business_days.c.day_on)
    with house.store.read() as snapshot:
        return [(row[0], row[1]) for row in snapshot.execute(query)]


def test_a_closed_day_takes_no_booking(house: House) -> None:
    loan = lent(house)
    shut = house.run(house.manager, CloseDay(on=OPENED))
    assert shut.business_on == OPENED
    assert [head.split(":")[0] for head in shut.heads] == ["1"]
    with pytest.raises(DayClosed):
        receive(house, loan, 100_00)
    with pytest.raises(DayClosed):
        house.run(house.manager, CloseDay(on=OPENED))


def test_the_next_day_is_later_and_not_ahead_of_the_clock(house: House) -> None:
    for on, error in (
        (OPENED, NotAllowedNow),
        (OPENED + timedelta(1), NotAllowedNow),
    ):
        with pytest.raises(error):
            house.run(house.manager, OpenDay(on=on))
    house.run(house.manager, CloseDay(on=OPENED))
    for on in (OPENED, OPENED - timedelta(1), OPENED + timedelta(1)):
        with pytest.raises(ValueRefused) as refusal:
            house.run(house.manager, OpenDay(on=on))
        assert sentence(refusal.value)
    house.clock.move(days=1)
    assert house.run(house.cashier, OpenDay(on=OPENED + timedelta(1))).caught_up == 0


def test_the_wrong_day_is_not_closed(house: House) -> None:
    with pytest.raises(ValueRefused):
        house.run(house.manager, CloseDay(on=OPENED + timedelta(1)))


def test_each_day_posts_what_it_earned(house: House) -> None:
    loan = lent(house)
    first = shown(house, loan).instalments[0].due.interest_minor
    next_day(house)
    assert accruals(house) == []
    next_day(house)
    ((on, product, account, amount), (_, _, income, other)) = accruals(house)
    assert (on, product, account, income) == (
        OPENED + timedelta(1),
        house.products["JLG-W"],
        "1310",
        "4100",
    )
    assert (amount, other) == (round(first / 7), -amount)
    next_day(house, 6)
    assert receivable(house) == first
    receive(house, loan, 859_00)
    assert receivable(house) == 0


def test_a_week_of_silence_gives_the_same_books_as_seven_openings(
    house: House, second_house: House
) -> None:
    for one in (house, second_house):
        lent(one)
        lent(one, 30_000_00, 12, product="IND-M", rate="22")
        receive(one, lent(one, 20_000_00, 24), 400_00)
        lent(one, 12_000_00, 6, product="FLAT-M", rate="12")
    next_day(house, 17)
    for _ in range(17):
        next_day(second_house)
    assert today(house) == today(second_house)
    assert days(house) == days(second_house)
    assert accruals(house) == accruals(second_house)
    assert {on for on, *_ in accruals(house)} == {OPENED + timedelta(n) for n in range(1, 17)}


def test_an_early_closure_takes_back_what_was_not_earned(house: House) -> None:
    loan = lent(house, 20_000_00, 24)
    next_day(house, 10)
    receive(house, loan, 6_000_00)
    quote = house.ask(house.manager, QuoteForeclosure(loan_id=loan))
    command = ForecloseLoan(
        loan_id=loan,
        quoted_minor=quote.total_minor,
        currency="INR",
        mode=Mode.BANK,
        reference="1",
        payer="Sunita",
    )
    done = house.run(house.manager, command)
    next_day(house)
    assert receivable(house) == 0
    house.run(house.manager, ReverseReceipt(receipt_id=done.receipt_id, reason="not cleared"))
    next_day(house)
    view = shown(house, loan)
    paid = sum(line.paid.interest_minor for line in view.instalments)
    earned = posted_interest(house)
    assert receivable(house) == earned - paid


def posted_interest(house: House) -> int:
    with house.store.read() as snapshot:
        sums = posted(snapshot, house.manager.branch_id, ACCRUAL)
    return sum(amount for (_, _, account), amount in sums.items() if account == "1310")


def test_a_refused_opening_leaves_nothing_behind(house: House) -> None:
    before = days(house)
    with pytest.raises(KistError):
        house.run(house.manager, OpenDay(on=OPENED + timedelta(400)))
    assert days(house) == before


def test_money_back_dated_into_a_closed_day_is_booked_under_the_open_one(house: House) -> None:
    loan = lent(house)
    next_day(house, 3)
    command = receipt(loan, 500_00, OPENED + timedelta(1), reason="found in the bag")
    house.run(house.manager, command)
    row = shown(house, loan).ledger[-1]
    assert (row.on, row.booked_on) == (OPENED + timedelta(1), today(house))
