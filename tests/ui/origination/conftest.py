"""Applications on a real branch that decides by the shipped rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.adapters.decider import ShippedDecider
from tests.databases import Databases
from tests.services.branch import House, founded, prepare
from tests.ui.places import named_people, station
from ui.kit.screen_context import Station


@pytest.fixture
def branch(databases: Databases, tmp_path: Path) -> Iterator[House]:
    """A branch with a manager, an officer and a cashier."""
    with ExitStack() as stack:
        engine = stack.enter_context(databases.fresh("sqlite", tmp_path, prepare, "schema"))
        house = founded(engine, decider=ShippedDecider())
        named_people(house)
        yield house


@pytest.fixture
def officer(qtbot: QtBot, branch: House, tmp_path: Path) -> Station:
    """The officer's station."""
    return station(qtbot, branch, "officer", tmp_path)


@pytest.fixture
def manager(qtbot: QtBot, branch: House, tmp_path: Path) -> Station:
    """The manager's station."""
    return station(qtbot, branch, "manager", tmp_path)
