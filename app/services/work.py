"""What a handler is given: the transaction or snapshot, who asks, where and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from app.domain.accounts import PostingRules
from app.domain.errors import DayClosed, LimitExceeded, NotFound, NotPermitted
from app.domain.roles import Actor, Limit, Permission
from app.ports import Decider, Documents, Session, Signatures
from app.store.context import Branch
from app.store.hashing import Digester
from app.store.store import Snapshot
from app.store.tx import Tx

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seeds:
    """What a new branch starts with, read from the shipped files by bootstrap."""

    products: tuple[Mapping[str, Any], ...]  # ProductFacts as plain values


@dataclass(frozen=True, slots=True)
class Tools:
    """What handlers use of the outside world, put in by bootstrap."""

    decider: Decider
    documents: Documents
    rules: PostingRules
    seeds: Seeds


@dataclass(frozen=True, slots=True)
class Work:
    """One command being carried out."""

    tx: Tx
    session: Session
    actor: Actor
    now: datetime
    tools: Tools
    found_branch: Branch | None
    business_on: date | None
    key: str

    @property
    def branch(self) -> Branch:
        """The branch of the session."""
        if self.found_branch is None:
            raise NotFound(what="branch", id=self.session.branch_id)
        return self.found_branch

    @property
    def day(self) -> date:
        """The open business day. Raises DayClosed."""
        if self.business_on is None:
            raise DayClosed()
        return self.business_on

    @property
    def at(self) -> str:
        """This instant in UTC as stored."""
        return self.now.isoformat(timespec="milliseconds")

    def with_branch(self, branch: Branch, business_on: date) -> Work:
        """The same work in the branch that was founded in this very transaction."""
        return replace(self, found_branch=branch, business_on=business_on)

    def within(self, limit: Limit, amount: int) -> None:
        """Raise LimitExceeded where the actor may not do this amount alone."""
        if amount > self.actor.limit(limit):
            raise LimitExceeded(
                limit=limit.value,
                amount=amount,
                limit_minor=self.actor.limit(limit),
                currency=self.branch.currency,
            )

    def require(self, permission: Permission) -> None:
        """Raise NotPermitted where the permission is not held."""
        if not self.actor.may(permission):
            raise NotPermitted(needs=permission.value)


@dataclass(frozen=True, slots=True)
class Reading:
    """One question being answered, on one snapshot."""

    connection: Snapshot
    session: Session
    actor: Actor
    now: datetime
    today: date  # calendar date at the branch
    found_branch: Branch | None
    business_on: date | None
    digest: Digester
    rules: PostingRules
    signatures: Signatures
    kept: dict[Any, Any] = field(default_factory=dict)  # read once for several questions

    @property
    def branch(self) -> Branch:
        """The branch of the session."""
        if self.found_branch is None:
            raise NotFound(what="branch", id=self.session.branch_id)
        return self.found_branch

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` reads, read once while this snapshot is asked."""
        if key not in self.kept:
            self.kept[key] = make()
        made: T = self.kept[key]
        return made

    @property
    def day(self) -> date:
        """The day to show figures for: the open business day, else the calendar date."""
        return self.business_on or self.today
