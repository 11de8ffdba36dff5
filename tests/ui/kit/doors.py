"""Doors for the desk that need no database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread, current_thread
from typing import Any, TypeVar, cast

from app.commands.base import Command, Done, Topic
from app.ports import Session
from app.queries.base import Query

R = TypeVar("R")
SESSION = Session(station_id=1, branch_id=1, user_id=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Command[str]):
    """A command whose answer is its word."""

    name = "test.say"
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Which(Query[str]):
    """A question whose answer is its word."""

    name = "test.which"
    word: str


@dataclass
class OpenGate:
    """Answers every command with its word, or raises what it was told to."""

    error: Exception | None = None
    before: Callable[[], object] = lambda: None
    keys: list[str] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)

    def run(self, _session: Session, command: Command[R], key: str) -> Done[R]:
        self.before()
        self.keys.append(key)
        self.threads.append(current_thread())
        if self.error is not None:
            raise self.error
        word = cast(Any, command).word
        return Done(word, frozenset({Topic.LOAN}), len(self.keys))


@dataclass
class OpenAsks:
    """Answers every question with its word, after `before(word)`."""

    before: Callable[[str], object] = lambda _word: None

    def ask(self, _session: Session, query: Query[R]) -> R:
        word = cast(Any, query).word
        self.before(word)
        return cast(R, word)


@dataclass
class Notebook:
    """Keys noted and not forgotten."""

    open: list[str] = field(default_factory=list)

    def note(self, _session: Session, _command: Command[Any], key: str) -> None:
        self.open.append(key)

    def forget(self, key: str) -> None:
        self.open.remove(key)
