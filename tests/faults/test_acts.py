"""Commands killed wherever they write leave the books whole and are done when asked again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.faults.acts import held, told
from tests.faults.story import endings
from tests.services.branch import founded, prepare
from tests.services.lending import lent

COMMANDS = frozenset({"loan.disburse", "day.close", "loan.foreclose", "loan.write-off"})


@pytest.mark.kill
def test_commands_killed_where_they_write_are_done_when_they_are_asked_again(
    tmp_path: Path,
) -> None:
    tally = told(tmp_path / "books", (endings,), stride=12, only=COMMANDS)
    assert tally.kills.keys() == COMMANDS
    assert tally.total >= 3 * len(tally.kills)


def test_books_that_hold_something_else_would_be_seen(
    fresh_engine: Callable[..., Engine],
) -> None:
    house = founded(fresh_engine(prepare))
    before = held(house.store)
    assert held(house.store) == before
    lent(house)
    assert held(house.store) != before
