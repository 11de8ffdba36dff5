"""What every test gets: a home and a keyring of its own, and both databases."""

from __future__ import annotations

import functools
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import settings

if TYPE_CHECKING:  # SQLAlchemy is loaded by the tests that need it, not by all
    from sqlalchemy import Engine

    from app.store.engine import Kind
    from tests.databases import Databases, Prepare

RUN = "KIST_TEST_RUN"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "tests.memory_keyring.MemoryKeyring"
os.environ.setdefault("TZ", "UTC")

LINGER_SECONDS = 2


def pytest_configure(config: pytest.Config) -> None:
    """Give the run one name; workers inherit it."""
    os.environ.setdefault(RUN, uuid4().hex[:12])
    settings.register_profile("kist", deadline=None)  # wall time is noise where tests share a CPU
    settings.load_profile("kist")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the run's PostgreSQL, once, where the run was started."""
    if not hasattr(config, "workerinput"):
        from tests.databases import stop_postgres

        stop_postgres()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own (not made yet) and an empty keyring."""
    folder = tmp_path / "home"
    monkeypatch.setenv("KIST_HOME", str(folder))
    if keyring := sys.modules.get("tests.memory_keyring"):
        keyring.MemoryKeyring.secrets.clear()
    return folder


@pytest.fixture(autouse=True)
def _no_thread_left_running() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(LINGER_SECONDS)
    assert [thread.name for thread in left if thread.is_alive()] == []


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Makes fresh databases of either kind; see tests/databases.py."""
    from tests.databases import Databases, start_postgres

    return Databases(functools.cache(start_postgres), tmp_path_factory.mktemp("templates"))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_kind(request: pytest.FixtureRequest) -> Kind:
    """Every test that takes this runs on both databases."""
    kind: Kind = request.param
    return kind


@pytest.fixture
def fresh_engine(
    databases: Databases, engine_kind: Kind, tmp_path: Path
) -> Iterator[Callable[..., Engine]]:
    """A function that makes engines on new databases; it takes `prepare` and `name`."""
    with ExitStack() as stack:

        def make(prepare: Prepare | None = None, name: str = "empty") -> Engine:
            return stack.enter_context(databases.fresh(engine_kind, tmp_path, prepare, name))

        yield make


@pytest.fixture
def engine(fresh_engine: Callable[..., Engine]) -> Engine:
    """An engine on a new, empty database, once for each kind."""
    return fresh_engine()
