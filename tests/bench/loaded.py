"""Branches that were loaded for the benches: opened, and asked as the manager."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.adapters.clock import SteppingClock
from app.bootstrap.demonstrating import open_to_play
from app.bootstrap.program import OpenProgram
from app.ports import Session
from app.queries.base import Query
from app.store.folder import Folder
from app.store.keys import KeyFile
from app.store.listing import listed_days
from app.store.schema.loans import loans
from app.store.schema.system import users
from app.store.store import Store


@dataclass(frozen=True)
class Loaded:
    """An open branch: through its doors, and as a store."""

    program: OpenProgram
    store: Store
    manager: Session
    size: int
    day: date
    clock: SteppingClock

    @property
    def branch_id(self) -> int:
        """The one branch."""
        return self.manager.branch_id

    def ask(self, query: Query[Any]) -> Any:
        """Ask as the manager."""
        return self.program.asks.ask(self.manager, query)


@contextmanager
def opened(folder: Path) -> Iterator[Loaded]:
    """Open a loaded folder."""
    program, clock = open_to_play(folder)
    store = Store(Folder(folder, KeyFile.load(folder).by_open_key()).books())
    try:
        with store.read() as snapshot:
            size = int(snapshot.scalar(select(func.count()).select_from(loans)) or 0)
            ((branch_id, day),) = listed_days(snapshot)
            found = select(users.c.id).where(users.c.login == "meena")
            user_id = int(snapshot.scalar(found) or 0)
        station_id = program.anonymous.station_id
        yield Loaded(program, store, Session(station_id, branch_id, user_id), size, day, clock)
    finally:
        store.close()
        program.close()
