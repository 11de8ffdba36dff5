"""The one door to every change: key, permission, day, handler, audit line, one transaction."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, TypeVar

from app.commands.base import Command, Done, Topic
from app.commands.codec import build, canonical, lifted, stored_answer, stored_payload
from app.domain.errors import (
    DayClosed,
    KeyReused,
    KistError,
    NotAllowedNow,
    NotPermitted,
    StoreTrouble,
)
from app.domain.roles import Actor, Permission, actor_of
from app.ports import ANONYMOUS, SYSTEM, Clock, Session
from app.services.registry import Registry, UseCase
from app.services.work import Tools, Work
from app.store.context import Context, Earlier, context_of
from app.store.store import Store
from app.store.tx import LineFacts

R = TypeVar("R")
TRIES = 4  # of one command that other writers came across
_WITHOUT_A_STATION = (Permission.SYSTEM, Permission.ANONYMOUS, Permission.STATION_JOIN)


class Gate:
    """Runs commands. Nothing else in the program opens a writing transaction."""

    def __init__(self, store: Store, clock: Clock, tools: Tools, registry: Registry) -> None:
        self._store, self._clock, self._tools, self._registry = store, clock, tools, registry

    def run(self, session: Session, command: Command[R], key: str) -> Done[R]:
        """Carry out `command` once; the same key again returns the first answer.

        A refusal (KistError) is written as a line of its own and does not use up the key.
        A conflict with another writer (a deadlock, the same key at once) is tried again under the
        same key.
        """
        case = self._registry.use_case(command)
        payload, people = stored_payload(command, self._store.digest.of)
        attempt = _Attempt(session, command, key, case, payload, people)
        try:
            return self._again_on_conflict(attempt)
        except StoreTrouble:
            raise
        except KistError as refusal:
            self._note_refusal(attempt, refusal)
            raise

    def _again_on_conflict(self, attempt: _Attempt) -> Done[Any]:
        for _ in range(TRIES - 1):
            try:
                return self._run(attempt)
            except StoreTrouble as trouble:
                if trouble.params.get("why") != "conflict":
                    raise
        return self._run(attempt)

    def _run(self, attempt: _Attempt) -> Done[Any]:
        session, case = attempt.session, attempt.case
        now = self._clock.now()
        with self._store.begin(session.station_id) as tx:
            context = context_of(
                tx.connection, session.station_id, session.branch_id, session.user_id, attempt.key
            )
            if context.earlier is not None:
                return attempt.answered(context.earlier)
            actor = actor_for(session, context, now)
            _admit(case, actor, context)
            work = Work(
                tx=tx,
                session=session,
                actor=actor,
                now=now,
                tools=self._tools,
                found_branch=context.branch,
                business_on=context.business_on,
                key=attempt.key,
            )
            result = case.run(work, attempt.command)
            number = tx.close(attempt.line(work, "done", stored_answer(result)), attempt.people)
        return Done(result, case.changes, number)

    def _note_refusal(self, attempt: _Attempt, refusal: KistError) -> None:
        """Append a line about a refused attempt; codes only, no values that could name a person."""
        session = attempt.session
        with self._store.begin(session.station_id) as tx:
            context = context_of(
                tx.connection, session.station_id, session.branch_id, session.user_id, None
            )
            if context.branch is None:
                return
            said = {"code": refusal.code, "field": refusal.field, "why": refusal.params.get("why")}
            line = attempt.refused(
                self._clock.now(), context, canonical({k: v for k, v in said.items() if v})
            )
            tx.close(line, attempt.people)


class _Attempt:
    """One call of the gate: what was asked, by whom, under which key."""

    def __init__(
        self,
        session: Session,
        command: Command[Any],
        key: str,
        case: UseCase,
        payload: str,
        people: dict[str, Any],
    ) -> None:
        self.session, self.command, self.key, self.case = session, command, key, case
        self.payload, self.people = payload, people

    def answered(self, earlier: Earlier) -> Done[Any]:
        """The first answer, where the content is the same. Raises KeyReused."""
        before = lifted(type(self.command), earlier.version, json.loads(earlier.payload))
        if earlier.command != self.command.name or canonical(before) != self.payload:
            raise KeyReused()
        result = build(self.case.answer, json.loads(earlier.result))
        return Done(result, frozenset(), earlier.number, again=True)

    def line(self, work: Work, outcome: str, result: str) -> LineFacts:
        """The audit line of a done command; a founding command names the branch it made."""
        return self._line(
            work.now, work.session.branch_id, work.business_on, outcome, result, self.case.changes
        )

    def refused(self, now: datetime, context: Context, result: str) -> LineFacts:
        """The audit line of a refused attempt."""
        return self._line(
            now, self.session.branch_id, context.business_on, "refused", result, frozenset()
        )

    def _line(
        self,
        now: datetime,
        branch_id: int,
        business_on: Any,
        outcome: str,
        result: str,
        topics: frozenset[Topic],
    ) -> LineFacts:
        return LineFacts(
            at=now.isoformat(timespec="milliseconds"),
            branch_id=branch_id,
            business_on=business_on,
            user_id=self.session.user_id,
            key=self.key,
            command=self.command.name,
            command_version=self.command.edition,
            payload=self.payload,
            outcome=outcome,
            result=result,
            topics=",".join(sorted(topics)),
        )


def actor_for(session: Session, context: Context, now: datetime) -> Actor:
    """The actor of a session: the program, nobody yet, or a user with the grants of the day."""
    if session.user_id in (ANONYMOUS, SYSTEM):
        return _built_in(session)
    if context.user_name is None:
        raise NotPermitted(needs=Permission.SESSION.value)
    on = context.business_on or now.date()
    return actor_of(session.user_id, context.user_name, session.branch_id, on, context.grants)


def _built_in(session: Session) -> Actor:
    nobody = session.user_id == ANONYMOUS
    held = Permission.ANONYMOUS if nobody else Permission.SYSTEM
    name = "anonymous" if nobody else "system"
    return Actor(session.user_id, name, session.branch_id, frozenset({held}), {})


def _admit(case: UseCase, actor: Actor, context: Context) -> None:
    """Raise NotPermitted, DayClosed, or that the station has ended, before the handler runs."""
    ended = context.branch is not None and not context.branch.counter_code
    if ended and case.needs not in _WITHOUT_A_STATION:
        raise NotAllowedNow(why="station-ended")
    if not actor.may(case.needs):
        raise NotPermitted(needs=case.needs.value)
    if case.in_day and context.business_on is None:
        raise DayClosed()
