"""Several cashiers at once, on the same loan and on different ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count

from sqlalchemy import func, select

from app.commands.branch import CloseDay, RegisterStation
from app.commands.servicing import PostReceipt, ReceiptPart, ReceiptPosted
from app.domain.errors import DayClosed, KistError, StoreTrouble
from app.ports import Session
from app.services.verifying import heads_of, verify
from app.store.schema.loans import receipts
from app.store.schema.system import audit, stations
from tests.services.branch import House
from tests.services.lending import lent, receipt, shown, today
from tests.services.lock_order import CHAINS, LockOrder

CASHIERS, EACH = 4, 6


def counters(house: House, number: int) -> list[Session]:
    """Sessions of the cashier at `number` counters, each a station of its own."""
    made = [house.cashier]
    for code in range(2, number + 1):
        station = house.run(house.system, RegisterStation(counter_code=str(code))).station_id
        made.append(Session(station, house.cashier.branch_id, house.cashier.user_id))
    return made


def at_once(house: House, work: list[tuple[Session, PostReceipt, str]]) -> list[ReceiptPosted]:
    """Post from as many threads as there are cashiers; nobody waits for another's answer."""

    def post(one: tuple[Session, PostReceipt, str]) -> ReceiptPosted:
        return house.gate.run(*one).result

    with ThreadPoolExecutor(CASHIERS) as pool:
        return list(pool.map(post, work))


def test_cashiers_on_one_loan_come_to_what_one_after_the_other_would(
    house: House, second_house: House
) -> None:
    keys = count(1)
    loan, other = lent(house, 20_000_00, 24), lent(second_house, 20_000_00, 24)
    command = receipt(loan, 123_00, today(house))
    work = [
        (session, command, f"c{next(keys)}")
        for session in counters(house, CASHIERS)
        for _ in range(EACH)
    ]
    posted = at_once(house, work)
    assert len({one.number for one in posted}) == CASHIERS * EACH
    for _ in range(CASHIERS * EACH):
        second_house.run(second_house.cashier, receipt(other, 123_00, today(house)))
    one, two = shown(house, loan), shown(second_house, other)
    assert one.instalments == two.instalments
    assert verify(house.store, rules=house.tools.rules) == ()


def test_cashiers_on_different_loans_number_without_a_gap(house: House) -> None:
    loans = [lent(house) for _ in range(CASHIERS)]
    keys = count(1)
    work = [
        (session, receipt(loan, 50_00, today(house)), f"d{next(keys)}")
        for session, loan in zip(counters(house, CASHIERS), loans, strict=True)
        for _ in range(EACH)
    ]
    numbers = sorted(one.number for one in at_once(house, work))
    assert numbers == [
        f"STP-{counter}-2526-{serial:06d}"
        for counter in range(1, CASHIERS + 1)
        for serial in range(1, EACH + 1)
    ]
    assert verify(house.store, rules=house.tools.rules) == ()


def test_one_counter_in_several_threads_numbers_without_a_gap(house: House) -> None:
    loan = lent(house)
    keys = count(1)
    work = [
        (house.cashier, receipt(loan, 50_00, today(house)), f"e{next(keys)}")
        for _ in range(CASHIERS * EACH)
    ]
    serials = sorted(int(one.number[-6:]) for one in at_once(house, work))
    assert serials == list(range(1, CASHIERS * EACH + 1))


def test_the_same_key_sent_at_once_posts_once(house: House) -> None:
    loan = lent(house)
    command = receipt(loan, 75_00, today(house))
    posted = at_once(house, [(house.cashier, command, "the same")] * CASHIERS * 2)
    assert len({one.receipt_id for one in posted}) == 1
    with house.store.read() as snapshot:
        assert snapshot.scalar(select(func.count()).select_from(receipts)) == 1
    assert verify(house.store, rules=house.tools.rules) == ()


def test_a_refusal_among_many_leaves_no_gap(house: House) -> None:
    loan = lent(house, 5_000_00)
    keys = count(1)

    def post(amount: int) -> str:
        try:
            command = receipt(loan, amount, today(house))
            return house.gate.run(house.cashier, command, f"f{next(keys)}").result.number
        except StoreTrouble:
            raise
        except KistError as refusal:
            return refusal.code

    with ThreadPoolExecutor(CASHIERS) as pool:
        said = list(pool.map(post, [2_500_00] * 12))
    numbers = sorted(one for one in said if one.startswith("STP"))
    assert len(numbers) < 12
    assert [int(number[-6:]) for number in numbers] == list(range(1, len(numbers) + 1))
    assert verify(house.store, rules=house.tools.rules) == ()


def test_no_receipt_slips_into_a_day_that_is_being_closed(house: House) -> None:
    loan = lent(house, 20_000_00, 24)
    keys = count(1)
    sessions = counters(house, CASHIERS)

    def post(session: Session) -> bool:
        for _ in range(EACH):
            try:
                command = receipt(loan, 10_00, today(house))
                house.gate.run(session, command, f"g{next(keys)}")
            except DayClosed:
                return False
        return True

    with ThreadPoolExecutor(CASHIERS + 1) as pool:
        jobs = [pool.submit(post, session) for session in sessions]
        seal = house.gate.run(house.manager, CloseDay(on=today(house)), "close").result.heads
        for job in jobs:
            job.result()
    query = select(audit.c.station_id, func.max(audit.c.number)).where(
        audit.c.command == "receipt.post", audit.c.outcome == "done"
    )
    with house.store.read() as snapshot:
        last = {row[0]: row[1] for row in snapshot.execute(query.group_by(audit.c.station_id))}
    heads = heads_of(seal)
    assert all(number <= heads[station][0] for station, number in last.items())
    assert verify(house.store, rules=house.tools.rules, kept_heads=heads) == ()


def test_receipts_over_the_same_loans_in_any_order_do_not_wait_in_a_circle(house: House) -> None:
    loans = [lent(house) for _ in range(3)]
    sessions, keys = counters(house, CASHIERS), count(1)
    work = []
    for turn in range(EACH):
        for place, session in enumerate(sessions):
            order = loans if (turn + place) % 2 else loans[::-1]
            parts = tuple(ReceiptPart(loan, 10_00) for loan in order)
            command = replace(receipt(loans[0], 30_00, today(house)), parts=parts)
            work.append((session, command, f"h{next(keys)}"))
    posted = at_once(house, work)
    assert len({one.number for one in posted}) == CASHIERS * EACH
    assert verify(house.store, rules=house.tools.rules) == ()


def test_a_lock_after_the_own_chain_would_be_seen(second_house: House) -> None:
    if second_house.store.engine.dialect.name == "sqlite":
        return  # one writer at a time: nothing is locked by rows
    order = LockOrder(second_house.store.engine)
    second_house.run(second_house.cashier, receipt(lent(second_house), 50_00, today(second_house)))
    assert order.locked[-1] == CHAINS
    assert order.late == []
    with second_house.store.begin(second_house.cashier.station_id) as tx:
        tx.new_id()
        tx.locked(stations, second_house.cashier.station_id)
    assert order.late == ["stations"]
    order.end()
