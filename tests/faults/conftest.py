"""One founded folder, one library and one process of tellers for the faults of a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.counter import made
from tests.faults.desk import Desk
from tests.faults.library import built


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the faults of a module need."""
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def template(place: Path) -> Path:
    """A founded branch with a loan, to be copied."""
    return made(place / "template")


@pytest.fixture(scope="module")
def library(place: Path) -> Path | None:
    """The library that faults files, where it can be built."""
    return built(place)


@pytest.fixture(scope="module")
def desk(template: Path, place: Path, library: Path | None) -> Iterator[Desk]:
    """Tellers that can be faulted."""
    with Desk(template, place, library) as found:
        yield found


@pytest.fixture
def faulty(desk: Desk, library: Path | None) -> Desk:
    """Tellers whose files can be faulted."""
    if library is None:
        pytest.skip("files cannot be faulted here: there is no C compiler")
    return desk
