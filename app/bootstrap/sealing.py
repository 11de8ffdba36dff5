"""Keeps the chain heads outside the database whenever a day or a month is closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from app.commands.base import Command, Done
from app.commands.books import SpanClosed
from app.commands.branch import DayShut
from app.ports import Gate, Session, Vault
from app.store.local import Head, Local

R = TypeVar("R")
SEAL = "seal"


class SealingGate:
    """The gate, with the heads of a closed day or month kept in local.db and in the vault."""

    def __init__(
        self, gate: Gate, heads: Callable[[], Sequence[str]], local: Local, vault: Vault, name: str
    ) -> None:
        self._gate, self._heads = gate, heads
        self._local, self._vault, self._name = local, vault, name

    def run(self, session: Session, command: Command[R], key: str) -> Done[R]:
        """Carry out the command; see the gate."""
        done = self._gate.run(session, command, key)
        if isinstance(done.result, DayShut | SpanClosed):
            self._seal()
        return done

    def _seal(self) -> None:
        """Keep the heads as they are now: the line that closed it included."""
        heads = self._heads()
        for text in heads:
            self._local.keep_head(head_of(text))
        if self._vault.available():
            self._vault.put(seal_name(self._name), "\n".join(heads).encode())


def seal_name(name: str) -> str:
    """The vault's entry for the seal of a database."""
    return f"{SEAL} {name}"


def head_of(text: str) -> Head:
    """A head from its "station:number:hash"."""
    station, number, chained = text.split(":")
    return Head(int(station), int(number), chained)


def kept_heads(local: Local, vault: Vault, name: str) -> dict[int, tuple[int, str]]:
    """The furthest head of each station kept outside the database: station → number, hash."""
    found = list(local.heads())
    sealed = vault.get(seal_name(name)) if vault.available() else None
    if sealed:
        found += [head_of(line) for line in sealed.decode().splitlines()]
    furthest: dict[int, tuple[int, str]] = {}
    for head in sorted(found, key=lambda one: one.number):
        furthest[head.station_id] = (head.number, head.hash)
    return furthest
