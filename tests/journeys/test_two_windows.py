"""Two PCs on one PostgreSQL: each sees what the other books, and a cut line is waited out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, insert

from app.adapters.vault import KeyringVault
from app.bootstrap.launching import LocalLauncher
from app.bootstrap.program import World
from app.commands.servicing import PostReceipt, ReceiptPart
from app.ports.program import SharedAddress, Tls
from app.queries.servicing import ShowLoan
from app.rows.facts import Mode
from app.rows.servicing import LoanView
from app.services.verifying import verify
from app.store.keys import KeyFile
from app.store.schema.system import meta
from app.store.store import KEYS
from tests.databases import Databases
from tests.journeys.conftest import LIGHT, MORNING, Walking
from tests.line import Line
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent
from tests.ui.places import PASSWORD, give_passwords
from tests.ui.shell.acts import active, page_of, sign_in
from ui.kit.line import LineWatch
from ui.kit.look import Look
from ui.main import load_screen, load_shell
from ui.servicing.counter import CounterScreen
from ui.servicing.loan import LoanScreen
from ui.shell.opening import Loaders, Opening
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.window import Window
from ui.shell.workplace import Workplace

LOOKS = 3  # at two a second: within two seconds


@dataclass
class Pc:
    """A window of its own, on a station of its own."""

    qtbot: QtBot
    shell: Shell
    place: Workplace

    @property
    def watch(self) -> LineWatch:
        watch = self.shell._line
        assert watch is not None
        return watch

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=20_000)

    def open_loan(self, loan_id: int) -> LoanScreen:
        self.place.router.go("loan", loan_id=loan_id)
        screen = self.place.router.current
        assert isinstance(screen, LoanScreen)
        self.until(lambda: screen.loan is not None)
        return screen

    def open_counter(self) -> CounterScreen:
        self.place.router.go("counter")
        screen = self.place.router.current
        assert isinstance(screen, CounterScreen)
        self.until(lambda: screen.till.till is not None)
        return screen


@pytest.fixture
def line(databases: Databases) -> Iterator[Line]:
    """The line of the second PC."""
    with Line(databases.socket()) as open_line:
        yield open_line


@pytest.fixture
def house(databases: Databases, tmp_path: Path) -> Iterator[House]:
    """A branch in PostgreSQL whose people can sign in."""
    with databases.fresh("postgresql", tmp_path, prepare, "schema") as engine:
        made = founded(engine)
        _be_shared(engine)
        give_passwords(made)
        yield made


@pytest.fixture
def pcs(
    qtbot: QtBot, qapp: QApplication, house: House, line: Line, databases: Databases, tmp_path: Path
) -> Iterator[list[Pc]]:
    """Two windows, each signed in as a cashier at a counter of its own."""
    database = str(house.store.engine.url.database)
    with Line(databases.socket()) as steady, ExitStack() as stack:
        pcs = []
        for counter, way in (("2", steady), ("3", line)):
            address = SharedAddress("127.0.0.1", way.port, database, "postgres", Tls.OFF)
            folder = tmp_path / counter
            launcher = LocalLauncher(
                folder, world=World(Walking(MORNING), KeyringVault(), LIGHT, "tester")
            )
            launcher.join(address, "meena", PASSWORD, counter).close()
            pcs.append(_opened(qtbot, qapp, folder, launcher))
            stack.callback(pcs[-1].shell.close)
        yield pcs


def test_each_pc_sees_what_the_other_books_without_a_word(
    qtbot: QtBot, house: House, pcs: list[Pc]
) -> None:
    loan_id = lent(house)
    for giver, seer in (pcs, reversed(pcs)):
        shown = seer.open_loan(loan_id)
        before = booked(shown.loan)
        counter = giver.open_counter()
        with qtbot.waitSignal(counter.poster.posted, timeout=20_000):
            counter.poster.post(_receipt(house, loan_id, 500_00), prints=False)
        looks = seer.watch.looks
        seer.until(partial(_is_booked, shown, before + 1))
        assert seer.watch.looks - looks <= LOOKS
    assert giver.place.top.line.text().startswith("Shared · ")


def test_a_cut_line_is_shown_waited_out_and_the_receipt_taken_once(
    qtbot: QtBot, house: House, pcs: list[Pc], line: Line
) -> None:
    loan_id = lent(house)
    steady, cut = pcs
    shown = steady.open_loan(loan_id)
    before = booked(shown.loan)
    counter = cut.open_counter()
    line.cut_at("down", 3, then="refuse")
    counter.poster.post(_receipt(house, loan_id, 700_00), prints=False)
    top = cut.place.top.line
    cut.until(lambda: top.text() == "Cut off · 1 waiting")
    assert "Checking" in cut.place.line_banner.text()
    assert counter.banner.text() == ""  # nothing failed
    line.cut("ok")
    cut.until(lambda: not counter.poster.busy)
    cut.until(lambda: top.text().startswith("Shared"))
    assert cut.place.line_banner.isHidden()
    steady.until(partial(_is_booked, shown, before + 1))
    assert booked(house.ask(house.cashier, ShowLoan(loan_id=loan_id))) == before + 1
    assert verify(house.store, rules=house.tools.rules) == ()


def _opened(qtbot: QtBot, qapp: QApplication, folder: Path, launcher: LocalLauncher) -> Pc:
    loaders = Loaders(lambda: launcher, load_shell, load_screen)
    shell = Shell(qapp, Window(), Opening(folder), loaders, Look())
    qtbot.addWidget(shell.window)
    shell.window.resize(1366, 768)
    with qtbot.waitActive(shell.window):
        shell.window.show()
    shell.begin()
    page_of(qtbot, shell, SignInPage)
    active(qtbot, shell)
    return Pc(qtbot, shell, sign_in(qtbot, shell, "cashier1"))


def _be_shared(engine: Engine) -> None:
    """Give the database the mark that a shared one has: the wraps of its key."""
    keys = KeyFile.new().text().decode()
    with engine.begin() as connection:
        connection.execute(insert(meta), [{"name": KEYS, "value": keys}])


def _receipt(house: House, loan_id: int, amount: int) -> PostReceipt:
    return PostReceipt(
        parts=(ReceiptPart(loan_id, amount),),
        amount_minor=amount,
        currency="INR",
        received_on=MORNING.date(),
        mode=Mode.CASH,
        payer=f"Sunita Devi {uuid4().hex[:4]}",
    )


def booked(view: LoanView | None) -> int:
    """How many facts a loan has."""
    return 0 if view is None else len(view.ledger)


def _is_booked(screen: LoanScreen, count: int) -> bool:
    return booked(screen.loan) == count
