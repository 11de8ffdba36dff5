"""One branch at work for all tests of every screen, and a window on it for each of its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.domain.roles import Role
from app.queries.admin import ShowBranch, WhoAmI
from app.queries.servicing import ListLoans
from tests.databases import Databases
from tests.services.branch import House, founded, prepare
from tests.services.portfolio import worked
from tests.ui.places import HouseProgram, named_people
from ui.kit.router import Screen
from ui.kit.tasks import Desk
from ui.main import load_screen
from ui.shell.workplace import Workplace

WIDTH, HEIGHT = 1366, 768


@pytest.fixture(scope="module")
def house(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A branch with people, loans and visits, made once a module: nothing here writes to it."""
    folder = tmp_path_factory.mktemp("every")
    with ExitStack() as stack:
        engine = stack.enter_context(databases.fresh("sqlite", folder, prepare, "schema"))
        made = founded(engine)
        named_people(made)
        worked(made)
        yield made


@dataclass
class Seat:
    """A person's window, with what its screens are opened on."""

    qtbot: QtBot
    place: Workplace
    loan_id: int

    def open(self, name: str) -> Screen:
        """Open a screen in the active window and wait until it shows what it asked for."""
        self.place.activateWindow()
        self.qtbot.waitUntil(self.place.isActiveWindow)
        params: dict[str, Any] = {"loan_id": self.loan_id} if name in {"loan", "counter"} else {}
        self.place.router.go(name, **params)
        self.rest()
        screen = self.place.router.current
        assert screen is not None
        return screen

    def rest(self) -> None:
        """Wait until every answer is there and laid out."""
        desk = self.place.station.desk
        for _twice in range(2):
            self.qtbot.waitUntil(lambda: desk.idle, timeout=10_000)
            self.qtbot.wait(20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


Sit = Callable[[Role], Seat]


@pytest.fixture
def sit(qtbot: QtBot, house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sit]:
    """Somebody sits down before a window of the usual size."""
    ends: list[Callable[[], None]] = []

    def sit_down(role: Role) -> Seat:
        session = {
            Role.MANAGER: house.manager,
            Role.OFFICER: house.officer,
            Role.CASHIER: house.cashier,
        }[role]
        program = HouseProgram(house, tmp_path_factory.mktemp("station"))
        desk = Desk(program.gate, program.asks, session, program.notes)
        me, branch = house.ask(session, WhoAmI()), house.ask(session, ShowBranch())
        place = Workplace(desk, program, me, branch, load_screen)
        qtbot.addWidget(place)
        place.resize(WIDTH, HEIGHT)
        with qtbot.waitActive(place):
            place.show()
        ends.extend((desk.close, program.close))
        some = house.ask(house.manager, ListLoans(limit=1, status="active")).rows
        return Seat(qtbot, place, some[0].loan_id)

    yield sit_down
    for end in ends:
        end()
