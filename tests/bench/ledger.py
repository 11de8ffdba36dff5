"""A loan of 700 facts as its page asks for it: replay, ledger, the whole answer."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from app.commands.servicing import ChargeLoan, ReverseReceipt
from app.domain.allocation import Head
from app.queries.servicing import ShowLoan
from app.services.loan_ledger import ledger
from app.services.loan_now import LoanNow, as_on_day
from app.store.engine import open_sqlite
from app.store.loans import events_of, loans_by_id
from app.store.store import Snapshot
from tests.bench.figures import Figure, cpu_ms
from tests.databases import KEY
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent, next_day, receive, today

FACTS = 700
A_WEEK = 7
ROUNDS = 40
MOST_MS, MOST_PAGE_MS = 5.0, 50.0


def figures() -> list[Figure]:
    """CPU of replay, of replay with the ledger, and of the page through the gate."""
    with tempfile.TemporaryDirectory() as place:
        engine = open_sqlite(Path(place) / "bench.db", KEY, create=True)
        prepare(engine)
        try:
            return _measured(founded(engine))
        finally:
            engine.dispose()


def _measured(house: House) -> list[Figure]:
    loan_id = _old_loan(house)
    with house.store.read() as snapshot:
        now = _now(house, snapshot, loan_id)
        reading: Any = SimpleNamespace(connection=snapshot)
        right = len(ledger(reading, now)) == len(now.events) >= FACTS
        replayed = cpu_ms(lambda: as_on_day(now.record, now.events, now.day), ROUNDS)
        both = cpu_ms(lambda: ledger(reading, as_on_day(now.record, now.events, now.day)), ROUNDS)
    page = cpu_ms(lambda: house.ask(house.manager, ShowLoan(loan_id=loan_id)), ROUNDS)
    return [
        Figure(f"a loan with {FACTS} facts: replay to the day", f"{replayed:.2f} ms"),
        Figure(
            "the same, replay and ledger with its facts read",
            f"{both:.2f} ms",
            aim=f"<= {MOST_MS:g} ms",
            met=right and both <= MOST_MS,
        ),
        Figure(
            "the same, its whole page through the gate",
            f"{page:.2f} ms",
            aim=f"<= {MOST_PAGE_MS:g} ms",
            met=right and page <= MOST_PAGE_MS,
        ),
    ]


def _now(house: House, snapshot: Snapshot, loan_id: int) -> LoanNow:
    record = loans_by_id(snapshot, [loan_id])[loan_id]
    return as_on_day(record, events_of(snapshot, [loan_id])[loan_id], today(house))


def _old_loan(house: House) -> int:
    """A weekly loan on which seven facts a week were entered: receipts, charges, reversals."""
    chance = random.Random(FACTS)
    loan_id = lent(house, 500_000_00, 104)
    standing: list[int] = []
    for place in range(FACTS - 1):
        if place % A_WEEK == 0:
            next_day(house, A_WEEK)
        kind = chance.randrange(20)
        if kind == 0 and standing:
            void = standing.pop(chance.randrange(len(standing)))
            house.run(house.manager, ReverseReceipt(receipt_id=void, reason="mistake"))
        elif kind == 1:
            house.run(house.manager, _charge(loan_id))
        else:
            amount = chance.choice([200_00, 500_00, 800_00])
            standing.append(receive(house, loan_id, amount).receipt_id)
    return loan_id


def _charge(loan_id: int) -> ChargeLoan:
    return ChargeLoan(
        loan_id=loan_id,
        title="visit",
        head=Head.CHARGE,
        amount_minor=20_00,
        currency="INR",
        reason="visit",
    )
