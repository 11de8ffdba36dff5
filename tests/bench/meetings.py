"""A centre meeting of thirty receipts in one act, beside thirty acts."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.commands.origination import Mode
from app.commands.servicing import ReceiptPart, TakeMeeting
from app.store.engine import open_sqlite
from tests.bench.figures import Figure, interleaved
from tests.databases import KEY
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent, receive, today

RECEIPTS, ROUNDS = 30, 7
AMOUNT = 10_00
MOST_MS = 2.0


def figures() -> list[Figure]:
    """CPU of a receipt in a meeting, and of one alone."""
    with tempfile.TemporaryDirectory() as place:
        engine = open_sqlite(Path(place) / "bench.db", KEY, create=True)
        prepare(engine)
        try:
            return _measured(founded(engine))
        finally:
            engine.dispose()


def _measured(house: House) -> list[Figure]:
    loans = [lent(house) for _ in range(RECEIPTS)]
    command = TakeMeeting(
        centre="Neem centre",
        parts=tuple(ReceiptPart(loan_id, AMOUNT) for loan_id in loans),
        currency="INR",
        received_on=today(house),
        mode=Mode.CASH,
    )

    def alone() -> None:
        for loan_id in loans:
            receive(house, loan_id, AMOUNT)

    works = {"meeting": lambda: house.run(house.cashier, command), "alone": alone}
    took = {name: ms / RECEIPTS for name, ms in interleaved(works, ROUNDS).items()}
    return [
        Figure(
            f"a receipt in a meeting of {RECEIPTS}, SQLCipher, CPU",
            f"{took['meeting']:.2f} ms",
            f"alone {took['alone']:.2f} ms",
            f"{took['alone'] / took['meeting']:.1f}",
            aim=f"<= {MOST_MS:g} ms",
            met=took["meeting"] <= MOST_MS,
        )
    ]
