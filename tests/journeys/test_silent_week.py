"""A week of silence, opened at the window: books and overdue list as of daily openings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.queries.field import ListOverdue
from app.services.verifying import verify
from tests.databases import Databases
from tests.journeys.seat import Seat, seated
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent, next_day
from tests.services.test_books_caught_up import postings
from tests.ui.shell.acts import Ctrl, Key
from ui.field.overdue import OverdueScreen
from ui.kit.dialog import Dialog

DAYS = 8  # the last day, and seven after it
LOANS = 4


@pytest.fixture
def houses(databases: Databases, tmp_path: Path) -> Iterator[tuple[House, House]]:
    """Two branches that are the same until the evening before the silence."""
    with ExitStack() as stack:
        made = []
        for name in ("silent", "daily"):
            (tmp_path / name).mkdir()
            fresh = databases.fresh("sqlite", tmp_path / name, prepare, "schema")
            house = founded(stack.enter_context(fresh))
            for _one in range(LOANS):
                lent(house)
            made.append(house)
        yield made[0], made[1]


@pytest.fixture
def seat(
    qtbot: QtBot, qapp: QApplication, houses: tuple[House, House], home: Path, tmp_path: Path
) -> Iterator[Seat]:
    """The window on the first."""
    with seated(qtbot, qapp, houses[0], home, tmp_path / "papers") as made:
        yield made


def test_a_week_of_silence_is_caught_up_by_one_opening(
    seat: Seat, houses: tuple[House, House]
) -> None:
    silent, daily = houses
    for _day in range(DAYS):
        next_day(daily)
    seat.sit("meena")
    press_day_key(seat)
    seat.until(lambda: not seat.place.station.day_is_open)
    silent.clock.move(days=DAYS)
    seat.place.station.refresh()
    seat.until(lambda: seat.place.station.desk.idle)
    press_day_key(seat)
    seat.until(lambda: seat.place.station.day_is_open)
    assert postings(silent) == postings(daily)
    overdue = seat.go(OverdueScreen, "overdue")
    seat.until(lambda: overdue.model.count == LOANS)
    shown = [(row.dpd, row.bucket, row.arrears_minor) for row in overdue.model.rows()]
    rows = daily.ask(daily.manager, ListOverdue()).rows
    assert shown == [(row.dpd, row.bucket, row.arrears_minor) for row in rows]
    assert {dpd for dpd, _bucket, _minor in shown} == {1}
    assert verify(silent.store, rules=silent.tools.rules) == ()
    seat.say("a week of silence: opened by F2 and Ctrl+A")


def press_day_key(seat: Seat) -> None:
    """F2 asks, Ctrl+A does it once it was read."""
    seat.press(Key.Key_F2)
    dialog = seat.asked(Dialog)
    seat.until(dialog._act.isEnabled)
    seat.press(Key.Key_A, Ctrl)
    seat.gone(dialog)
