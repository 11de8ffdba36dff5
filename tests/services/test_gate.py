"""The one gate: once per key, permissions, refusals written down, a chain that holds."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from app.commands.branch import OpenBranch
from app.commands.products import SaveProduct
from app.commands.users import GrantFacts, SaveUser, SetPassword
from app.domain.errors import KeyReused, NotAllowedNow, NotPermitted, StaleVersion
from app.domain.roles import Role
from app.queries.admin import ListUsers, ShowBranch, WhoAmI
from app.store.hashing import line_hash
from app.store.schema.system import audit, personal_values, users
from tests.services.branch import OPENED, House, founding, user


def lines(house: House) -> list[dict[str, object]]:
    with house.store.read() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.number)).mappings()
        return [dict(row) for row in rows]


def count_users(house: House) -> int:
    with house.store.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(users)) or 0)


def test_the_same_key_gives_the_first_answer(house: House) -> None:
    asked = SaveUser(
        full_name="Ravi", login="ravi", grants=(GrantFacts(Role.CASHIER),), password_hash="h"
    )
    first = house.done(house.manager, asked, "once")
    again = house.done(house.manager, asked, "once")
    assert again.result == first.result
    assert again.again
    assert not again.changed
    assert count_users(house) == 4


def test_the_same_key_with_other_content_is_refused(house: House) -> None:
    house.run(house.cashier, SetPassword(password_hash="a"), "once")
    with pytest.raises(KeyReused):
        house.run(
            house.cashier,
            SaveUser(full_name="x", login="x", grants=(), password_hash="h"),
            "once",
        )


def test_a_key_belongs_to_its_user(house: House) -> None:
    house.run(house.cashier, SetPassword(password_hash="a"), "mine")
    assert not house.done(house.officer, SetPassword(password_hash="a"), "mine").again


def test_without_the_permission_nothing_is_written_but_the_refusal(house: House) -> None:
    before = count_users(house)
    with pytest.raises(NotPermitted):
        house.run(house.cashier, user(Role.MANAGER), "k")
    last = lines(house)[-1]
    assert count_users(house) == before
    assert last["outcome"] == "refused"
    assert json.loads(str(last["result"])) == {"code": "not-permitted"}


def test_a_refusal_does_not_use_up_the_key(house: House) -> None:
    with pytest.raises(StaleVersion):
        house.run(house.manager, _renamed(house, version=7), "k")
    assert house.run(house.manager, _renamed(house, version=1), "k").version == 2


def test_the_chain_is_whole_and_starts_at_nothing(house: House) -> None:
    previous = "0" * 64
    for number, line in enumerate(lines(house), start=1):
        assert line["number"] == number
        assert line["previous"] == previous
        assert line["hash"] == line_hash(line)
        previous = str(line["hash"])


def test_secrets_and_names_stay_out_of_the_lines(house: House) -> None:
    text = json.dumps(lines(house), default=str)
    assert "password_hash" not in text
    assert "Meena Khanna" not in text
    with house.store.read() as connection:
        kept = connection.execute(select(personal_values.c.value)).scalars().all()
    assert '"Meena Khanna"' in kept


def test_a_second_founding_is_refused(house: House) -> None:
    with pytest.raises(NotAllowedNow):
        house.run(house.anonymous, founding(OPENED, branch_code="LKO"))


def test_the_last_manager_stays(house: House) -> None:
    row = next(u for u in house.ask(house.manager, ListUsers()) if u.login == "meena")
    change = SaveUser(
        user_id=row.user_id,
        version=row.version,
        full_name=row.full_name,
        login=row.login,
        grants=(GrantFacts(Role.CASHIER),),
        password_hash="",
    )
    with pytest.raises(NotAllowedNow):
        house.run(house.manager, change)


def test_the_branch_and_the_user_say_who_they_are(house: House) -> None:
    here = house.ask(house.anonymous, ShowBranch())
    me = house.ask(house.cashier, WhoAmI())
    assert (here.code, here.business_on, here.recovery_confirmed) == ("STP", OPENED, True)
    assert me.roles == ("cashier",)
    assert "receipt.post" in me.permissions
    assert "user.manage" not in me.permissions


def test_a_question_needs_its_permission(house: House) -> None:
    with pytest.raises(NotPermitted):
        house.ask(house.cashier, ListUsers())


def test_every_command_and_its_name_once() -> None:
    assert OpenBranch.name == "branch.open"
    assert SaveProduct.name != OpenBranch.name


def _renamed(house: House, version: int) -> SaveUser:
    row = next(u for u in house.ask(house.manager, ListUsers()) if u.login == "cashier1")
    return SaveUser(
        user_id=row.user_id,
        version=version,
        full_name="Sunita Verma",
        login="cashier1",
        grants=row.grants,
        password_hash="",
    )
