"""A counter with one loan in a data folder, opened again after each fault."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from app.commands.servicing import ReceiptPosted
from app.ports import Session
from app.rows.verify import Finding
from app.services.all import REGISTRY
from app.services.gate import Gate
from app.services.verifying import verify
from app.services.work import Tools
from app.store.folder import Folder
from app.store.schema.loans import receipts
from app.store.store import Store
from tests.services.branch import (
    OPENED,
    KeptDocuments,
    NoRules,
    StandingClock,
    founded,
    prepare,
    rules,
    seeds,
)
from tests.services.lending import lent, receipt

KEY = bytes(range(32))
FACTS = "counter.json"
AT = datetime.combine(OPENED, datetime.min.time(), UTC).replace(hour=6)
STEP = 1  # each receipt has an amount of its own: its n, in paise


@dataclass(frozen=True, slots=True)
class Facts:
    """What is needed to post on the counter again."""

    station_id: int
    branch_id: int
    user_id: int
    loan_id: int


class Counter:
    """An open counter: receipts are known by the n of their key and amount."""

    def __init__(self, folder: Path) -> None:
        """Open what lies in `folder`. Raises StoreTrouble."""
        self.facts = Facts(**json.loads((folder / FACTS).read_text("utf-8")))
        self.store = Store(Folder(folder, KEY).books())
        tools = Tools(decider=NoRules(), documents=KeptDocuments(), rules=rules(), seeds=seeds())
        self.gate = Gate(self.store, StandingClock(AT), tools, REGISTRY)

    def post(self, n: int, on: date = OPENED) -> ReceiptPosted:
        """Post the n-th receipt under its key."""
        facts = self.facts
        session = Session(facts.station_id, facts.branch_id, facts.user_id)
        return self.gate.run(session, receipt(facts.loan_id, n * STEP, on), key_of(n)).result

    def stored(self) -> dict[int, str]:
        """The number of every receipt by its n."""
        with self.store.read() as snapshot:
            rows = snapshot.execute(select(receipts.c.amount_minor, receipts.c.number)).all()
        assert len({amount for amount, _ in rows}) == len(rows), "a receipt was stored twice"
        return {amount // STEP: number for amount, number in rows}

    def findings(self) -> Sequence[Finding]:
        """What the check of the books finds."""
        return verify(self.store, rules=rules())

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()


def key_of(n: int) -> str:
    """The key of the n-th receipt."""
    return f"receipt {n}"


def made(folder: Path) -> Path:
    """Found a branch in `folder`, with one loan that takes many receipts; returns the folder."""
    folder.mkdir()
    books = Folder(folder, KEY).books(create=True, synchronous="OFF")
    prepare(books)
    house = founded(books)
    loan_id = lent(house, 50_000_00, 104)
    who = house.cashier
    facts = Facts(who.station_id, who.branch_id, who.user_id, loan_id)
    (folder / FACTS).write_text(json.dumps(asdict(facts)), "utf-8")
    house.store.close()
    return folder
