"""A real branch in an encrypted file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.databases import Databases
from tests.services.branch import House, founded, prepare
from tests.ui.places import named_people


@pytest.fixture
def branch(databases: Databases, tmp_path: Path) -> Iterator[House]:
    """A branch with a manager, an officer and a cashier."""
    with ExitStack() as stack:
        engine = stack.enter_context(databases.fresh("sqlite", tmp_path, prepare, "schema"))
        made = founded(engine)
        named_people(made)
        yield made
