"""Books of the first release are brought up: nothing changes in them, and everything works.

`golden/first_books.json` was written by the first release itself: every row of a small branch.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Date, Engine, MetaData, Table, insert

from app.adapters.signing import Ed25519Signatures
from app.ports import Session
from app.services.all import REGISTRY
from app.services.asks import Asks
from app.services.gate import Gate
from app.services.work import Tools
from app.store.migrations import HEAD, standing, upgrade
from app.store.store import Store
from tests.services.acting import end, findings, recover, reschedule, trial_balance, write_off
from tests.services.branch import House, KeptDocuments, NoRules, StandingClock, rules, seeds
from tests.services.lending import lent, next_day, receive, shown, today

BOOKS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "first_books.json").read_text("utf-8")
)


def _first(engine: Engine) -> None:
    """The database as the first release left it."""
    upgrade(engine, to=1)
    reflected = MetaData()
    with engine.begin() as connection:
        for name, rows in BOOKS["tables"].items():
            table = Table(name, reflected, autoload_with=connection)
            if name == "meta":
                connection.execute(table.delete())
            for row in rows:
                connection.execute(insert(table).values(**_typed(table, row)))


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if isinstance(table.c[name].type, Date) else value
        for name, value in row.items()
    }


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> House:
    """The branch of the first release, opened by the program of today."""
    engine = fresh_engine(_first, "first")
    assert standing(engine) == 1
    assert upgrade(engine)
    assert standing(engine) == HEAD
    store, clock = Store(engine), StandingClock(datetime.fromisoformat(BOOKS["at"]))
    tools = Tools(decider=NoRules(), documents=KeptDocuments(), rules=rules(), seeds=seeds())
    tables = BOOKS["tables"]
    station, branch_id = tables["stations"][0]["id"], tables["branches"][0]["id"]
    by_role = {row["role"]: row["user_id"] for row in tables["grants"]}
    people = {role: Session(station, branch_id, user_id) for role, user_id in by_role.items()}
    return House(
        store=store,
        gate=Gate(store, clock, tools, REGISTRY),
        asks=Asks(store, clock, tools.rules, Ed25519Signatures(), REGISTRY),
        clock=clock,
        tools=tools,
        manager=people["manager"],
        officer=people["officer"],
        cashier=people["cashier"],
        products={row["code"]: row["id"] for row in tables["products"]},
        keys=count(1000),
    )


def test_the_books_are_whole_and_say_what_they_said(house: House) -> None:
    assert findings(house) == ()
    assert today(house).isoformat() == BOOKS["day"]
    for loan_id, said in BOOKS["loans"].items():
        view = shown(house, int(loan_id))
        assert view.outstanding_minor == said["outstanding"]
        assert view.payoff_minor == said["payoff"]
        assert view.due_today.total_minor == said["due"]


def test_every_old_loan_lives_on(house: House) -> None:
    day = today(house)
    before = trial_balance(house, day)
    plain, penal = map(int, BOOKS["loans"])
    receive(house, penal, 100_00)
    assert findings(house) == ()
    next_day(house, 3)
    assert findings(house) == ()
    reschedule(house, plain, instalments=20)
    write_off(house, penal)
    recover(house, penal, 100_00)
    end(house, plain)
    assert trial_balance(house, day)["4100"] <= before["4100"] < 0
    assert lent(house)
    next_day(house)
    assert findings(house) == ()


def test_a_grant_that_names_no_new_limit_follows_the_old_one(house: House) -> None:
    plain = next(map(int, BOOKS["loans"]))
    assert reschedule(house, plain, instalments=20)
