"""A founded branch for tests: gate, asks, clock, people with roles, on either database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import Engine

from app.adapters.clock import FixedClock
from app.adapters.signing import Ed25519Signatures
from app.commands.base import Command, Done
from app.commands.branch import ConfirmRecoveryCode, OpenBranch
from app.commands.users import GrantFacts, SaveUser
from app.domain.accounts import PostingRules, posting_rules_of
from app.domain.errors import InputMissing, NotFound
from app.domain.roles import Role
from app.paths import resources
from app.ports import ANONYMOUS, SYSTEM, Decider, Session
from app.queries.admin import ListProducts
from app.queries.base import Query
from app.services.all import REGISTRY
from app.services.asks import Asks
from app.services.gate import Gate
from app.services.work import Seeds, Tools
from app.store.create import create
from app.store.hashing import sha256
from app.store.store import Store

R = TypeVar("R")
DIGEST_KEY = bytes(range(32, 64))
OPENED = date(2026, 1, 5)  # a Monday
MANY = 10**10


class StandingClock(FixedClock):
    """A clock that stands until it is moved."""

    def move(self, **by: int) -> None:
        self.go_on(timedelta(**by))


class KeptDocuments:
    """Bytes by hash, in memory: outside the gate, so no part of what is tested here."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        name = sha256(data.hex())
        self._kept[name] = data
        return name

    def get(self, sha256: str) -> bytes:
        if sha256 not in self._kept:
            raise NotFound(what="document")
        return self._kept[sha256]


class NoRules:
    """For tests that decide nothing."""

    def decide(self, rule_set: str, on: date, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        raise InputMissing(name=f"{rule_set} {on} {len(inputs)}")


@dataclass
class House:
    """A branch with a manager, an officer and a cashier, and what tests need of it."""

    store: Store
    gate: Gate
    asks: Asks
    clock: StandingClock
    tools: Tools
    manager: Session
    officer: Session
    cashier: Session
    products: dict[str, int] = field(default_factory=dict)
    keys: count[int] = field(default_factory=lambda: count(1))

    @property
    def anonymous(self) -> Session:
        return Session(self.manager.station_id, self.manager.branch_id, ANONYMOUS)

    @property
    def system(self) -> Session:
        return Session(self.manager.station_id, self.manager.branch_id, SYSTEM)

    def run(self, session: Session, command: Command[R], key: str = "") -> R:
        """Carry out a command under a fresh key (or the given one)."""
        return self.done(session, command, key).result

    def done(self, session: Session, command: Command[R], key: str = "") -> Done[R]:
        """The same with the whole answer of the gate."""
        self.clock.move(seconds=1)
        return self.gate.run(session, command, key or f"k{next(self.keys)}")

    def ask(self, session: Session, query: Query[R]) -> R:
        return self.asks.ask(session, query)


def rules() -> PostingRules:
    """The shipped posting rules."""
    text = (resources() / "accounts" / "lender.json").read_text("utf-8")
    return posting_rules_of(json.loads(text))


def seeds() -> Seeds:
    """The shipped products."""
    text = (resources() / "products" / "india.json").read_text("utf-8")
    return Seeds(products=tuple(json.loads(text)))


def prepare(engine: Engine) -> None:
    """The schema, for fixtures that copy it."""
    create(engine, DIGEST_KEY)


def founded(
    engine: Engine,
    *,
    opened_on: date = OPENED,
    decider: Decider | None = None,
    tills: bool = False,
) -> House:
    """Found a branch in a prepared database, with the recovery code confirmed."""
    store = Store(engine)
    clock = StandingClock(
        datetime.combine(opened_on, datetime.min.time(), UTC) + timedelta(hours=4)
    )
    tools = Tools(
        decider=decider or NoRules(), documents=KeptDocuments(), rules=rules(), seeds=seeds()
    )
    gate = Gate(store, clock, tools, REGISTRY)
    asks = Asks(store, clock, tools.rules, Ed25519Signatures(), REGISTRY)
    opened = gate.run(Session(1, 0, ANONYMOUS), founding(opened_on, tills=tills), "found").result
    manager = Session(opened.station_id, opened.branch_id, opened.user_id)
    gate.run(manager, ConfirmRecoveryCode(), "confirm")
    people = {
        role: Session(
            manager.station_id,
            manager.branch_id,
            gate.run(manager, user(role), f"user {role}").result.user_id,
        )
        for role in (Role.OFFICER, Role.CASHIER)
    }
    products = {row.product.code: row.product_id for row in asks.ask(manager, ListProducts())}
    return House(
        store=store,
        gate=gate,
        asks=asks,
        clock=clock,
        tools=tools,
        manager=manager,
        officer=people[Role.OFFICER],
        cashier=people[Role.CASHIER],
        products=products,
    )


def founding(opened_on: date, **changes: Any) -> OpenBranch:
    """The founding command of the test branch, Sitapur, with 50,000 in cash and 10 lakh in bank."""
    facts: dict[str, Any] = {
        "branch_code": "STP",
        "branch_name": "Sitapur",
        "lender_name": "Gomti Sahayog Finance",
        "currency": "INR",
        "time_zone": "Asia/Kolkata",
        "state": "UP",
        "opened_on": opened_on,
        "cash_minor": 50_000_00,
        "bank_minor": 10_00_000_00,
        "user_name": "Meena Khanna",
        "login": "meena",
        "password_hash": "x",
        **changes,
    }
    return OpenBranch(**facts)


def user(role: Role, **limits: Any) -> SaveUser:
    """A user of one role with wide limits unless said."""
    wide = {
        "sanction_minor": 0,
        "disburse_minor": MANY,
        "reverse_minor": MANY,
        "waive_minor": 0,
        "backdate_days": 7,
    }
    grant = GrantFacts(role=role, **{**wide, **limits})
    return SaveUser(
        full_name=f"{role.value.title()} One",
        login=f"{role.value}1",
        grants=(grant,),
        password_hash="x",
    )
