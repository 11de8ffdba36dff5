"""Whatever is done, in whatever order: debits are credits, and the books are those of the loans."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.commands.base import Command
from app.commands.books import (
    CloseMonth,
    JournalLine,
    PostJournal,
    ReopenDay,
    ReopenMonth,
    ReverseJournal,
)
from app.commands.branch import CloseDay, OpenDay
from app.commands.servicing import ReverseReceipt
from app.commands.settings import SaveAccount
from app.domain.errors import KistError
from app.domain.roles import Role
from app.ports import Session
from app.queries.admin import ShowBranch
from app.services.verifying import verify
from app.store.balances import moved
from tests.services.branch import MANY, OPENED, House, founded, prepare, user
from tests.services.lending import lent, receive

ACTS = ("lend", "receive", "reverse", "voucher", "take-back", "next", "skip", "reopen", "month")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(1, 40)), min_size=4, max_size=14)


class Life:
    """A branch that does as it is told; what is refused leaves nothing."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.loans: list[int] = []
        self.receipts: list[int] = []
        self.vouchers: list[int] = []
        account = SaveAccount(account_id=None, version=0, code="5100", title="Rent", kind="expense")
        house.run(house.manager, account)
        made = house.run(house.manager, user(Role.MANAGER, sanction_minor=MANY)).user_id
        self.keeper = Session(house.manager.station_id, house.manager.branch_id, made)

    def do(self, act: str, n: int) -> None:
        """One act; the refusals of the house are part of its life."""
        with suppress(KistError, IndexError):
            self._acts()[act](n)

    def _acts(self) -> dict[str, Callable[[int], object]]:
        return {
            "lend": lambda n: self.loans.append(lent(self.house, n * 1_000_00)),
            "receive": self._receive,
            "reverse": lambda n: self._run(
                ReverseReceipt(receipt_id=self._of(self.receipts, n), reason="x")
            ),
            "voucher": self._voucher,
            "take-back": lambda n: self._run(
                ReverseJournal(voucher_id=self._of(self.vouchers, n), reason="x")
            ),
            "next": lambda _n: self._go_on(1),
            "skip": lambda n: self._go_on(n),
            "reopen": lambda _n: self._reopen(),
            "month": self._month,
        }

    def _run(self, command: Command[object]) -> object:
        return self.house.run(self.keeper, command)

    def _of(self, ids: list[int], n: int) -> int:
        return ids[n % len(ids)] if ids else 0

    def _receive(self, n: int) -> None:
        loan = self.loans[n % len(self.loans)]
        self.receipts.append(receive(self.house, loan, n * 37_50).receipt_id)

    def _voucher(self, n: int) -> None:
        lines = (JournalLine("5100", n * 11_11), JournalLine("1200", -n * 11_11))
        on = self.last() - timedelta(n % 5)
        made = self.house.run(
            self.keeper, PostJournal(lines=lines, currency="INR", on=on, reason="x")
        )
        self.vouchers.append(made.voucher_id)

    def last(self) -> date:
        """The open day, else the last one that was closed."""
        branch = self.house.ask(self.house.manager, ShowBranch())
        return branch.business_on or branch.last_closed_on or OPENED

    def _go_on(self, days: int) -> None:
        on = self.last()
        self.house.run(self.house.manager, CloseDay(on=on))
        self.house.clock.move(days=days)
        self.house.run(self.house.manager, OpenDay(on=on + timedelta(days)))

    def _reopen(self) -> None:
        on = self.last()
        self.house.run(self.house.manager, CloseDay(on=on))
        self.house.run(self.house.manager, ReopenDay(on=on, reason="x"))

    def _month(self, n: int) -> None:
        on = OPENED + timedelta(n)
        with suppress(KistError):
            self._run(CloseMonth(on=on))
            return
        self._run(ReopenMonth(on=on, reason="x"))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_life_leaves_whole_books(
    fresh_engine: Callable[..., Engine], steps: list[tuple[str, int]]
) -> None:
    house = founded(fresh_engine(prepare))
    life = Life(house)
    for act, n in [("lend", 10), *steps]:
        life.do(act, n)
    with suppress(KistError):
        house.run(house.manager, CloseDay(on=life.last()))
    with house.store.read() as snapshot:
        held = moved(snapshot, house.manager.branch_id, "INR", life.last())
        assert sum(one.balance for one in held.values()) == 0
        until = moved(snapshot, house.manager.branch_id, "INR", OPENED + timedelta(3))
        assert sum(one.balance for one in until.values()) == 0
    assert verify(house.store, rules=house.tools.rules) == ()
