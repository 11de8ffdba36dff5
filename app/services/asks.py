"""The one door for reading: grants and branch scope are checked once, here."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from app.domain.accounts import PostingRules
from app.domain.errors import NotPermitted
from app.domain.roles import Permission
from app.ports import Clock, Session, Signatures
from app.queries.base import Query
from app.services.gate import actor_for
from app.services.registry import Registry
from app.services.work import Reading
from app.store.context import context_of
from app.store.engine import roomy
from app.store.store import Store

R = TypeVar("R")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no garbage be looked for: a million rows live to the last answer, which costs a fifth."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


class Asks:
    """Answers questions on one snapshot each."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        rules: PostingRules,
        signatures: Signatures,
        registry: Registry,
    ) -> None:
        self._store, self._clock, self._rules, self._registry = store, clock, rules, registry
        self._signatures = signatures

    def ask(self, session: Session, query: Query[R]) -> R:
        """Answer `query`. Raises NotPermitted, or what the handler refuses."""
        with self._reading(session) as reading:
            return self._answered(reading, query)

    def each(self, session: Session, queries: Iterable[Query[R]]) -> Iterator[R]:
        """Answer questions one after another on one snapshot; what they share is read once."""
        with self._reading(session) as reading, roomy(reading.connection), _uncollected():
            for query in queries:
                yield self._answered(reading, query)

    def _answered(self, reading: Reading, query: Query[R]) -> R:
        answer, actor = self._registry.answer(query), reading.actor
        if answer.needs is not Permission.ANONYMOUS and not actor.may(answer.needs):
            raise NotPermitted(needs=answer.needs.value)
        made: R = answer.run(reading, query)
        return made

    @contextmanager
    def _reading(self, session: Session) -> Iterator[Reading]:
        """One snapshot as whoever asks may see it."""
        now = self._clock.now()
        with self._store.read() as connection:
            context = context_of(
                connection, session.station_id, session.branch_id, session.user_id, None
            )
            actor = actor_for(session, context, now)
            zone = context.branch.time_zone if context.branch else "UTC"
            reading = Reading(
                connection=connection,
                session=session,
                actor=actor,
                now=now,
                today=self._clock.today(zone),
                found_branch=context.branch,
                business_on=context.business_on,
                digest=self._store.digest,
                rules=self._rules,
                signatures=self._signatures,
            )
            try:
                yield reading
            finally:
                reading.kept.clear()  # what is kept may hold what it was read with
