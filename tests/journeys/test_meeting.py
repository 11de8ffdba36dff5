"""A centre's meeting through the whole window: keyed, counted by note, booked, and only once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.queries.servicing import ShowTill
from app.services.verifying import verify
from tests.databases import Databases
from tests.journeys.seat import SAYS, Seat, pieces_of, seated
from tests.services.branch import House, founded, prepare
from tests.services.meeting import CENTRE, met, view
from tests.ui.shell.acts import Ctrl, Key, dialogs
from ui.servicing.meeting import MeetingScreen
from ui.servicing.meeting_count import CountDialog

MEMBERS = 30 if os.environ.get(SAYS) else 12
MOST_KEYS = 60  # two minutes at one key in two seconds


@pytest.fixture
def house(databases: Databases, tmp_path: Path) -> Iterator[House]:
    """A centre on the day its first instalments fall due."""
    with ExitStack() as stack:
        engine = stack.enter_context(databases.fresh("sqlite", tmp_path, prepare, "schema"))
        made = founded(engine)
        met(made, MEMBERS)
        yield made


@pytest.fixture
def seat(
    qtbot: QtBot, qapp: QApplication, house: House, home: Path, tmp_path: Path
) -> Iterator[Seat]:
    """The window on it."""
    with seated(qtbot, qapp, house, home, tmp_path / "papers") as made:
        yield made


def test_a_meeting_is_keyed_counted_and_booked_once(seat: Seat) -> None:
    seat.sit("cashier1")
    screen = seat.go(MeetingScreen, "meeting")
    keys = seat.keys
    find_the_centre(seat, screen)
    paid = key_the_rows(seat, screen)
    seat.press(Key.Key_A, Ctrl)
    dialog = seat.asked(CountDialog)
    seat.count(*pieces_of(paid))
    seat.gone(dialog)
    seat.until(lambda: screen.keyed is None)
    assert seat.keys - keys <= MOST_KEYS
    keys = seat.keys - keys
    till = seat.house.ask(seat.house.cashier, ShowTill())
    assert till.received_minor == paid
    assert [held.total_minor for held in view(seat.house).held] == [paid]
    seat.until(lambda: len(list(seat.folder.glob("*.pdf"))) == MEMBERS - 1)
    keyed_again_is_refused(seat, screen)
    assert seat.house.ask(seat.house.cashier, ShowTill()).received_minor == paid
    assert verify(seat.house.store, rules=seat.house.tools.rules) == ()
    seat.say(f"{MEMBERS} members keyed, counted and booked: {keys} keys")


def find_the_centre(seat: Seat, screen: MeetingScreen) -> None:
    """Some letters, and Enter on the one that is marked."""
    seat.until(screen.choose.box.hasFocus)
    seat.write(CENTRE[:4])
    seat.until(lambda: screen.choose.table.current() is not None)
    seat.press(Key.Key_Return)
    seat.until(lambda: screen.keyed is not None)
    seat.until(screen.grid.edit.hasFocus)


def key_the_rows(seat: Seat, screen: MeetingScreen) -> int:
    """The second stayed away, the fourth paid a part, everybody else what was due."""
    assert screen.keyed is not None
    due = screen.keyed.lines[0].member.due_minor
    seat.press(Key.Key_Return)
    seat.press(Key.Key_Space)
    seat.enter("", "", "500")
    paid = (MEMBERS - 2) * due + 500_00
    assert screen.keyed.total_minor == paid
    return paid


def keyed_again_is_refused(seat: Seat, screen: MeetingScreen) -> None:
    """The rows that paid stand as taken: with nothing more to take, no count is asked for."""
    if screen.keyed is None:
        find_the_centre(seat, screen)
    assert screen.keyed is not None
    for at, line in enumerate(screen.keyed.lines):
        if not line.taken and line.paid_minor:
            screen.grid.go(at)
            seat.press(Key.Key_Space)
    seat.press(Key.Key_A, Ctrl)
    seat.until(screen.banner.isVisible)
    assert dialogs(seat.shell) == []
