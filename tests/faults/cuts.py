"""A counter on a shared database whose line is cut: every receipt is there once, and answered."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from threading import Event
from typing import Self

from sqlalchemy import URL, func, select

from app.commands.servicing import ReceiptPosted
from app.services.all import REGISTRY
from app.services.gate import Gate
from app.services.verifying import verify
from app.store.engine import open_postgres
from app.store.schema.loans import receipts
from app.store.store import Store
from tests.databases import Databases, start_postgres
from tests.line import Line, Way
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent, receipt, today
from ui.kit.patience import Patience

WAYS: tuple[Way, ...] = ("up", "torn", "down")
PIECES = 7  # of a receipt on a warm line: three questions, one batch, the commit


@dataclass(frozen=True, slots=True)
class CutTier:
    """Where the line is cut, how often at any moment, and how often it goes silent."""

    pieces: Sequence[int]
    moments: int
    silences: int
    rounds: int = 1  # each on a branch of its own: a loan with thousands of receipts is none


SMALL = CutTier(pieces=(1, 3, 4, 5), moments=4, silences=1)
WHOLE = CutTier(pieces=range(1, 13), moments=50, silences=1, rounds=40)


@dataclass
class CutCounter:
    """A cashier at the far end of a line."""

    house: House
    line: Line
    loan_id: int
    gate: Gate
    store: Store
    amounts: count[int] = field(default_factory=lambda: count(1))
    met: Event = field(default_factory=Event)

    @classmethod
    @contextmanager
    def opened(cls, databases: Databases, folder: Path) -> Iterator[Self]:
        """A branch with a loan, and a line to it. Short deadlines: nobody waits long in a test."""
        with ExitStack() as stack:
            engine = stack.enter_context(databases.fresh("postgresql", folder, prepare, "schema"))
            house = founded(engine)
            loan_id = lent(house, 50_000_00, 104)
            line = stack.enter_context(Line(databases.socket()))
            url = URL.create(
                "postgresql", "postgres", None, "127.0.0.1", line.port, engine.url.database
            )
            far = open_postgres(url, statement_seconds=2, lock_seconds=2, deadline_seconds=2)
            store = Store(far)
            stack.callback(store.close)
            gate = Gate(store, house.clock, house.tools, REGISTRY)
            yield cls(house, line, loan_id, gate, store)

    def post(self, amount: int) -> ReceiptPosted:
        """Post a receipt under the key of its amount, as long as it takes."""
        command = receipt(self.loan_id, amount, today(self.house))
        patience = Patience(self.met.set)
        patience.waits = True
        done = patience.asked(lambda: self.gate.run(self.house.cashier, command, f"r{amount}"))
        return done.result

    def looked_at(self, amount: int, answer: ReceiptPosted) -> None:
        """The receipt is there once, and the same key gives the first answer."""
        assert self.post(amount) == answer
        once = select(func.count()).where(receipts.c.amount_minor == amount)
        with self.house.store.read() as snapshot:
            assert snapshot.scalar(once) == 1, f"the receipt of {amount} is there more than once"

    def whole(self) -> None:
        """Nothing is wrong with the books."""
        assert verify(self.house.store, rules=self.house.tools.rules) == ()


def cut_at(counter: CutCounter, way: Way, piece: int) -> bool:
    """Cut the line at a piece of a receipt; returns whether it came to that."""
    counter.post(next(counter.amounts))  # a warm line
    amount, before = next(counter.amounts), counter.line.cuts
    counter.line.cut_at(way, piece)
    counter.looked_at(amount, counter.post(amount))
    return counter.line.cuts > before


def cut_at_moments(counter: CutCounter, times: int, chance: random.Random) -> int:
    """Cut the line under four cashiers, again and again; returns how many receipts were taken."""
    amounts = [next(counter.amounts) for _ in range(times * 4)]
    pieces = [chance.randint(1, 4 * PIECES) for _ in range(times)]
    with ThreadPoolExecutor(4, "cashier") as pool:
        jobs = [pool.submit(counter.post, amount) for amount in amounts]
        for piece in pieces:
            counter.met.clear()
            counter.line.cut_at(chance.choice(WAYS), piece)
            counter.met.wait(0.2)
        answers = [job.result() for job in jobs]
    for amount, answer in zip(amounts, answers, strict=True):
        counter.looked_at(amount, answer)
    return len({answer.number for answer in answers})


def go_silent(counter: CutCounter) -> None:
    """The line swallows everything from some moment on, and comes back after the deadline."""
    counter.post(next(counter.amounts))
    amount = next(counter.amounts)
    counter.met.clear()
    with ThreadPoolExecutor(1, "cashier") as pool:
        counter.line.mode = "silent"
        job = pool.submit(counter.post, amount)
        assert counter.met.wait(20), "the worker hangs"
        counter.line.cut("ok")
        counter.looked_at(amount, job.result(60))


def everywhere(counter: CutCounter, tier: CutTier) -> tuple[int, int]:
    """Cut at every place of the tier; returns how many there were and how many were met."""
    places = [(way, piece) for way in WAYS for piece in tier.pieces]
    return len(places), sum(cut_at(counter, way, piece) for way, piece in places)


def databases_in(folder: Path) -> Databases:
    """Databases outside a run of tests."""
    return Databases(cache(start_postgres), folder)
