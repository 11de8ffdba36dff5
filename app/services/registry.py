"""Which handler carries out which command, and which answers which question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from app.commands.base import Command, Topic
from app.domain.roles import Permission
from app.queries.base import Query
from app.services.work import Reading, Work

R = TypeVar("R")
C = TypeVar("C", bound=Command[Any])
Q = TypeVar("Q", bound=Query[Any])


@dataclass(frozen=True, slots=True)
class UseCase:
    """A command with its handler, permission, topics and answer."""

    command: type[Command[Any]]
    needs: Permission
    changes: frozenset[Topic]
    answer: type[Any]
    in_day: bool
    run: Callable[[Work, Any], Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its handler and permission."""

    query: type[Query[Any]]
    needs: Permission
    run: Callable[[Reading, Any], Any]


@dataclass(frozen=True, slots=True)
class Registry:
    """Every command and question, each exactly once."""

    commands: dict[str, UseCase]
    queries: dict[type[Query[Any]], Answer]

    def use_case(self, command: Command[Any]) -> UseCase:
        """The use-case of a command."""
        return self.commands[command.name]

    def answer(self, query: Query[Any]) -> Answer:
        """The handler of a question."""
        return self.queries[type(query)]


REGISTRY = Registry({}, {})


def use_case(
    command: type[C],
    *,
    needs: Permission,
    changes: set[Topic],
    answer: type[Any],
    in_day: bool = True,
) -> Callable[[Callable[[Work, C], Any]], Callable[[Work, C], Any]]:
    """Register the one handler of `command`. `in_day` False runs without an open business day."""

    def register(run: Callable[[Work, C], Any]) -> Callable[[Work, C], Any]:
        if not command.name or command.name in REGISTRY.commands:
            raise AssertionError(f"registered twice or nameless: {command}")
        REGISTRY.commands[command.name] = UseCase(
            command, needs, frozenset(changes), answer, in_day, run
        )
        return run

    return register


def answers(
    query: type[Q], *, needs: Permission
) -> Callable[[Callable[[Reading, Q], Any]], Callable[[Reading, Q], Any]]:
    """Register the one handler of `query`."""

    def register(run: Callable[[Reading, Q], Any]) -> Callable[[Reading, Q], Any]:
        if query in REGISTRY.queries:
            raise AssertionError(f"registered twice: {query}")
        REGISTRY.queries[query] = Answer(query, needs, run)
        return run

    return register
