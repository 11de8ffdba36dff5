"""A founded branch on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from tests.services.branch import House, founded, prepare


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> House:
    """A branch with its people, on the database of this test."""
    return founded(fresh_engine(prepare))


@pytest.fixture
def second_house(fresh_engine: Callable[..., Engine]) -> House:
    """Another branch in a database of its own, founded the same way."""
    return founded(fresh_engine(prepare))
