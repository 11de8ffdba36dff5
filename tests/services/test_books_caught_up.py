"""A quarter of silence, with loans that fall behind: every posting is that of daily openings."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from app.commands.books import JournalLine, PostJournal
from app.commands.settings import SaveAccount
from app.domain.roles import Role
from app.ports import Session
from app.services.verifying import verify
from app.store.balances import moved
from app.store.schema.books import entries, entry_lines
from tests.services.branch import MANY, OPENED, House, user
from tests.services.lending import lent, next_day, receive, today

Posted = tuple[object, ...]
DAYS = 100  # long enough for the class of non-performing loans


def begun(house: House) -> None:
    """Loans of every kind, of which one is paid once, and a voucher."""
    lent(house)
    lent(house, 30_000_00, 12, product="IND-M", rate="22")
    receive(house, lent(house, 20_000_00, 24), 400_00)
    lent(house, 12_000_00, 6, product="FLAT-M", rate="12")
    account = SaveAccount(account_id=None, version=0, code="5100", title="Rent", kind="expense")
    house.run(house.manager, account)
    made = house.run(house.manager, user(Role.MANAGER, sanction_minor=MANY)).user_id
    keeper = Session(house.manager.station_id, house.manager.branch_id, made)
    lines = (JournalLine("5100", 500_00), JournalLine("1200", -500_00))
    house.run(keeper, PostJournal(lines=lines, currency="INR", on=OPENED, reason="Rent"))


def postings(house: House) -> list[Posted]:
    """Every line of every entry by day, kind, product and account."""
    x, e = entry_lines.c, entries.c
    keys = (x.booked_on, e.kind, x.product_id, x.account, x.currency)
    query = (
        select(*keys, func.sum(x.amount_minor), func.count())
        .join(entries, e.id == x.entry_id)
        .group_by(*keys)
        .order_by(*keys)
    )
    with house.store.read() as snapshot:
        return [tuple(row) for row in snapshot.execute(query)]


def test_a_quarter_closed_posts_what_a_hundred_openings_post(
    house: House, second_house: House
) -> None:
    for one in (house, second_house):
        begun(one)
    next_day(house, DAYS)
    for _ in range(DAYS):
        next_day(second_house)
    silent, daily = postings(house), postings(second_house)
    assert silent == daily
    kinds = {row[1] for row in silent}
    assert {"accrual", "disbursement", "receipt", "journal", "opening"} <= kinds
    for back in (0, 1, 30, 90):
        on = today(house) - timedelta(back)
        for one in (house, second_house):
            with one.store.read() as snapshot:
                held = moved(snapshot, one.manager.branch_id, "INR", on)
                assert sum(account.balance for account in held.values()) == 0
    for one in (house, second_house):
        assert verify(one.store, rules=one.tools.rules) == ()
