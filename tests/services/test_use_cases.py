"""Each role can do exactly what the table says, below the screens; every command survives paper."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.commands.base import Command
from app.commands.codec import decode, encode, lifted
from app.domain.errors import KistError, NotPermitted
from app.domain.roles import Role
from app.ports import Session
from app.queries.base import Query
from app.services.all import REGISTRY
from tests.services.branch import House

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "use_cases.json").read_text("utf-8"))
COMMANDS = sorted(REGISTRY.commands)
QUERIES = {query.name: query for query in REGISTRY.queries}


def sample(kind: Any) -> Any:
    """A smallest value of a type: enough to be carried to the door."""
    origin, arguments = get_origin(kind), get_args(kind)
    if NoneType in arguments:
        return None
    if origin in (tuple, frozenset):
        return origin()
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: sample(hints[field.name]) for field in fields(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    plain: dict[Any, Any] = {
        int: 1,
        str: "x",
        bool: False,
        date: date(2026, 1, 5),
        datetime: datetime(2026, 1, 5, tzinfo=UTC),
    }
    return plain[kind]


def session_of(house: House, who: str) -> Session:
    sessions = {
        Role.MANAGER.value: house.manager,
        Role.OFFICER.value: house.officer,
        Role.CASHIER.value: house.cashier,
        "anonymous": house.anonymous,
        "system": house.system,
    }
    return sessions[who]


EVERYBODY = ("manager", "officer", "cashier", "anonymous", "system")


def test_the_table_names_every_command_and_question() -> None:
    assert sorted(GOLDEN["commands"]) == COMMANDS
    assert sorted(GOLDEN["queries"]) == sorted(QUERIES)


def may(house: House, who: str, command: Command[Any]) -> bool:
    try:
        house.run(session_of(house, who), command)
    except NotPermitted:
        return False
    except KistError:
        return True  # let in, and refused for another reason
    return True


@pytest.mark.parametrize("name", COMMANDS)
def test_each_role_may_do_what_the_table_says(name: str, house: House) -> None:
    command = sample(REGISTRY.commands[name].command)
    allowed = {who for who in EVERYBODY if may(house, who, command)}
    assert allowed == set(GOLDEN["commands"][name])


def may_ask(house: House, who: str, query: Query[Any]) -> bool:
    try:
        house.ask(session_of(house, who), query)
    except NotPermitted:
        return False
    except KistError:
        return True
    return True


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_each_role_may_ask_what_the_table_says(name: str, house: House) -> None:
    query = sample(QUERIES[name])
    allowed = {who for who in EVERYBODY if may_ask(house, who, query)}
    wanted = set(GOLDEN["queries"][name])
    assert allowed == (set(EVERYBODY) if wanted == {"anonymous"} else wanted)


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.mark.parametrize("name", COMMANDS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_every_command_comes_back_from_its_text(name: str, data: st.DataObject) -> None:
    kind = REGISTRY.commands[name].command
    st.register_type_strategy(str, TEXT)
    command = data.draw(st.from_type(kind))
    text = encode(command)
    assert encode(decode(kind, text)) == text
    assert lifted(kind, kind.edition, json.loads(text)) == json.loads(text)
