"""What was opened last is offered first, and is there again after the next sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.databases import Databases
from tests.services.branch import House, founded, prepare
from tests.ui.places import station
from ui.kit.router import Screen
from ui.kit.screen_context import Station
from ui.shell.recents import MOST, Recents


@pytest.fixture
def branch(databases: Databases, tmp_path: Path) -> Iterator[House]:
    """A branch."""
    with ExitStack() as stack:
        yield founded(stack.enter_context(databases.fresh("sqlite", tmp_path, prepare, "schema")))


@pytest.fixture
def manager(qtbot: QtBot, branch: House, tmp_path: Path) -> Station:
    """The manager's station, which has a screen of loans."""
    made = station(qtbot, branch, "manager", tmp_path)
    made.router.register("loan", lambda: Screen(made.desk, made.router))
    return made


def begun(qtbot: QtBot, at: Station) -> Recents:
    """What was opened, read from the settings."""
    recents = Recents(at)
    qtbot.waitUntil(lambda: at.desk.idle)
    return recents


def titles(recents: Recents) -> list[str]:
    return [hit.text for hit in recents.hits()]


def test_the_latest_stands_first_once_and_few_are_kept(qtbot: QtBot, manager: Station) -> None:
    recents = begun(qtbot, manager)
    for number in range(MOST + 2):
        recents.note("loan", {"loan_id": number}, f"Rekha · {number}")
    recents.note("loan", {"loan_id": 5}, "Rekha · 5")
    assert titles(recents)[:2] == ["Rekha · 5", f"Rekha · {MOST + 1}"]
    assert len(titles(recents)) == len(set(titles(recents))) == MOST


def test_it_is_kept_and_opens_again(qtbot: QtBot, manager: Station) -> None:
    begun(qtbot, manager).note("loan", {"loan_id": 7}, "Rekha · 7")
    qtbot.waitUntil(lambda: manager.desk.idle)
    again = begun(qtbot, manager)
    assert titles(again) == ["Rekha · 7"]
    again.hits()[0].run()
    assert manager.router.name == "loan"
    shown = manager.router.current
    assert shown is not None
    assert shown.about == {"loan_id": 7}


def test_what_has_no_name_yet_or_may_not_be_seen_is_left_out(
    qtbot: QtBot, manager: Station
) -> None:
    recents = begun(qtbot, manager)
    recents.note("loan", {"loan_id": 1}, "Loan")
    recents.note("settings", {}, "Settings")
    recents.note("application", {"application_id": 3}, "Guddi")
    assert titles(recents) == []


@pytest.mark.parametrize("kept", ["{", "3", '[{"place": "loan"}]', '[{"place": "x", "id": 1}]'])
def test_rubbish_in_the_settings_is_nothing(qtbot: QtBot, manager: Station, kept: str) -> None:
    manager.settings.set(f"recent.{manager.me.user_id}", kept)
    assert titles(begun(qtbot, manager)) == []
