"""A founded branch on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from tests.services.branch import House, founded, prepare
from tests.services.lock_order import LockOrder


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> Iterator[House]:
    """A branch with its people, on the database of this test; locks are taken in order there."""
    engine = fresh_engine(prepare)
    order = LockOrder(engine)
    yield founded(engine)
    assert order.late == []
    order.end()


@pytest.fixture
def second_house(fresh_engine: Callable[..., Engine]) -> House:
    """Another branch in a database of its own, founded the same way."""
    return founded(fresh_engine(prepare))
