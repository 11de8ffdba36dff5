"""The line is cut after the commit: what is sent again takes the money once."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.commands.base import Command, Done
from app.commands.servicing import PostReceipt, ReceiptPart
from app.domain.errors import StoreTrouble
from app.ports import Session
from app.queries.servicing import ShowTill
from app.rows.facts import Mode
from tests.services.branch import House
from tests.services.lending import lent, today
from tests.ui.places import station
from ui.servicing.receipt_post import ReceiptPoster

R = TypeVar("R")


class CutOnce:
    """A gate whose first answer never comes back, though the command was carried out."""

    def __init__(self, house: House) -> None:
        self._house, self.cut = house, True

    def run(self, session: Session, command: Command[R], key: str) -> Done[R]:
        done = self._house.gate.run(session, command, key)
        if self.cut:
            self.cut = False
            raise StoreTrouble(why="gone")
        return done


@pytest.mark.parametrize("amount", [500_00, 700_00])
def test_a_receipt_typed_again_after_a_cut_line_is_taken_once(
    qtbot: QtBot, branch: House, amount: int
) -> None:
    loan = lent(branch, 10_000_00, 12)
    place = station(qtbot, branch, "cashier")
    place.desk.open(CutOnce(branch), branch.asks)
    owner = QObject(place)
    poster = ReceiptPoster(place, owner)

    def receipt(minor: int) -> PostReceipt:
        return PostReceipt(
            parts=(ReceiptPart(loan, minor),),
            amount_minor=minor,
            currency="INR",
            received_on=today(branch),
            mode=Mode.CASH,
            payer="Sunita Devi",
        )

    with qtbot.waitSignal(poster.refused):
        poster.post(receipt(500_00), prints=False)
    poster.forget()  # Esc, and the form is filled in anew
    poster.post(receipt(amount), prints=False)
    qtbot.waitUntil(lambda: not poster.busy)
    taken = [row.amount_minor for row in branch.ask(branch.cashier, ShowTill()).receipts]
    assert sorted(taken) == sorted({500_00, amount})
