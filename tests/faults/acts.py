"""Kills every command at every place where it writes, and asks it again under its key."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, event, select

from app.adapters.decider import ShippedDecider
from app.commands.base import Command, Done
from app.ports import Session
from app.services.gate import Gate
from app.services.verifying import verify
from app.store.folder import Folder
from app.store.schema import metadata
from app.store.store import Store
from tests.services.branch import House, StandingClock, founded, prepare, rules

R = TypeVar("R")
KEY = bytes(range(32))
WRITES = ("INSERT", "UPDATE", "DELETE")
BEFORE_THE_ANSWER = -1


@dataclass
class Tally:
    """What was tried: kills by command."""

    kills: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All kills."""
        return sum(self.kills.values())


class KillingGate(Gate):
    """Carries commands out; before the first of each name it kills it wherever it writes.

    That happens on copies of the books. `stride` leaves out places: of each `stride` one is tried;
    `only` leaves out commands.
    """

    def __init__(
        self, house: House, folder: Path, tally: Tally, stride: int, only: frozenset[str]
    ) -> None:
        super().__init__(house.store, house.clock, house.tools, house.gate._registry)
        self._house, self._folder, self._tally, self._stride = house, folder, tally, stride
        self._only = only

    def run(self, session: Session, command: Command[R], key: str) -> Done[R]:
        """Kill it on copies first, where its name is new; then carry it out."""
        wanted = not self._only or command.name in self._only
        if wanted and command.name not in self._tally.kills:
            self._everywhere(lambda gate: gate.run(session, command, key), command.name)
        return super().run(session, command, key)

    def _everywhere(self, act: Callable[[Gate], Any], name: str) -> None:
        trial = self._folder.with_name("trial")
        places, whole = self._measured(trial, act)
        tried = [*range(1, places + 1, self._stride), places + 1, BEFORE_THE_ANSWER]
        for place in tried:
            self._tried(trial, act, place, whole)
        self._tally.kills[name] = len(tried)

    def _measured(self, trial: Path, act: Callable[[Gate], Any]) -> tuple[int, str]:
        """How many writes it makes, and what the books hold after it."""
        with self._books(trial) as (store, gate):
            seen = _Places(store.engine)
            act(gate)
            return seen.count, held(store)

    def _tried(self, trial: Path, act: Callable[[Gate], Any], place: int, whole: str) -> None:
        """Kill it at one place; the books are whole, and the same key brings it to its end."""
        shutil.rmtree(trial, ignore_errors=True)
        shutil.copytree(self._folder, trial)
        child = os.fork()
        if child == 0:
            self._die(trial, act, place)
        status = os.waitpid(child, 0)[1]
        assert os.WIFSIGNALED(status), f"place {place} was not reached: {status}"
        assert os.WTERMSIG(status) == signal.SIGKILL
        with _Open(trial, self._house.clock, self._gate_of) as (store, gate):
            assert verify(store, rules=rules()) == (), f"the books are not whole after {place}"
            act(gate)
            assert held(store) == whole, f"after {place} the books hold something else"

    def _die(self, trial: Path, act: Callable[[Gate], Any], place: int) -> None:
        try:
            with _Open(trial, self._house.clock, self._gate_of) as (store, gate):
                _Places(store.engine, place)
                act(gate)
                if place == BEFORE_THE_ANSWER:
                    os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)

    def _books(self, trial: Path) -> _Open:
        shutil.rmtree(trial, ignore_errors=True)
        shutil.copytree(self._folder, trial)
        return _Open(trial, self._house.clock, self._gate_of)

    def _gate_of(self, store: Store, clock: StandingClock) -> Gate:
        return Gate(store, clock, self._house.tools, self._registry)


class _Open:
    """Books that are open for a while, under a clock that stands where the story is."""

    def __init__(
        self, folder: Path, clock: StandingClock, gate: Callable[[Store, StandingClock], Gate]
    ) -> None:
        self._folder, self._clock, self._gate = folder, clock, gate

    def __enter__(self) -> tuple[Store, Gate]:
        self._store = Store(Folder(self._folder, KEY).books(synchronous="OFF"))
        return self._store, self._gate(self._store, StandingClock(self._clock.now()))

    def __exit__(self, *_how: object) -> None:
        self._store.close()


class _Places:
    """Counts the writes of a transaction and ends the process before one of them, if asked.

    The place after the last write is the commit.
    """

    def __init__(self, engine: Engine, deadly: int = 0) -> None:
        self.count, self._deadly = 0, deadly
        event.listen(engine, "before_cursor_execute", self._on_statement)
        event.listen(engine, "commit", self._on_commit)

    def _on_statement(self, *about: Any) -> None:
        if str(about[2]).lstrip().upper().startswith(WRITES):
            self._at()

    def _on_commit(self, _connection: Any) -> None:
        if self._deadly == self.count + 1:
            self._at()

    def _at(self) -> None:
        self.count += 1
        if self.count == self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)


def held(store: Store) -> str:
    """Everything that the books hold, as a digest."""
    digest = hashlib.sha256()
    with store.read() as snapshot:
        for table in metadata.sorted_tables:
            for row in snapshot.execute(select(table).order_by(*table.primary_key.columns)):
                digest.update(repr(tuple(row)).encode())
            digest.update(table.name.encode())
    return digest.hexdigest()


def missing(tally: Tally, names: Iterable[str]) -> list[str]:
    """Commands that the story did not come to."""
    return sorted(set(names) - set(tally.kills))


def told(
    folder: Path,
    story: Iterable[Callable[[House], None]],
    *,
    stride: int = 1,
    only: frozenset[str] = frozenset(),
) -> Tally:
    """Found a branch in `folder`, tell the story on it, and kill each command as it comes."""
    tally = Tally()
    folder.mkdir()
    engine = Folder(folder, KEY).books(create=True, synchronous="OFF")
    prepare(engine)
    house = founded(engine, decider=ShippedDecider())
    house.gate = KillingGate(house, folder, tally, stride, only)
    try:
        for chapter in story:
            chapter(house)
    finally:
        house.store.close()
    return tally
