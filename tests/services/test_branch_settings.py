"""The branch is changed at its version; nobody changes the own grants alone."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.commands.branch import RegisterStation
from app.commands.settings import CloseStation, SaveBranch
from app.commands.users import GrantFacts, SaveUser
from app.domain.errors import NotAllowedNow, NotPermitted, StaleVersion, ValueRefused
from app.domain.roles import Role
from app.queries.admin import ListUsers, ShowBranch
from app.queries.settings import ShowBranchSettings
from app.rows.admin import UserRow
from app.rows.settings import StationRow
from tests.services.branch import OPENED, House, user


def branch(house: House, **changes: Any) -> SaveBranch:
    found = house.ask(house.manager, ShowBranchSettings())
    same = {item.name: getattr(found, item.name) for item in fields(SaveBranch)}
    return SaveBranch(**{**same, **changes})


def row_of(house: House, login: str) -> UserRow:
    return next(row for row in house.ask(house.manager, ListUsers()) if row.login == login)


def change(row: UserRow, **changes: Any) -> SaveUser:
    facts = SaveUser(
        user_id=row.user_id,
        version=row.version,
        full_name=row.full_name,
        login=row.login,
        grants=row.grants,
        password_hash="",
    )
    return replace(facts, **changes)


def test_the_branch_is_renamed_at_its_version(house: House) -> None:
    first = branch(house, branch_name=" Sitapur  Road ", address="12 Station Road\n\nSitapur")
    assert house.run(house.manager, first).version == 3
    found = house.ask(house.manager, ShowBranchSettings())
    assert (found.branch_name, found.address) == ("Sitapur Road", "12 Station Road\nSitapur")
    assert house.ask(house.manager, ShowBranch()).name == "Sitapur Road"
    with pytest.raises(StaleVersion):
        house.run(house.manager, first)
    with pytest.raises(NotPermitted):
        house.run(house.officer, branch(house))


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("branch_name", " ", "empty"),
        ("time_zone", "Asia/Atlantis", "time-zone"),
        ("language", "xx", "not-a-choice"),
        ("currency", "USD", "money-booked"),
        ("address", "a\n" * 7, "too-many-lines"),
    ],
)
def test_what_a_branch_cannot_be_is_refused_at_its_field(
    house: House, field: str, value: str, why: str
) -> None:
    with pytest.raises(ValueRefused) as refused:
        house.run(house.manager, branch(house, **{field: value}))
    assert (refused.value.field, refused.value.params["why"]) == (field, why)


def test_stations_say_when_they_were_last_seen(house: House) -> None:
    (station,) = house.ask(house.manager, ShowBranchSettings()).stations
    assert (station.counter_code, station.here, station.closed_at) == ("1", True, None)
    assert station.last_seen_at is not None
    assert station.last_seen_at.date() == OPENED


def test_a_station_is_closed_from_another_one_and_books_nothing_more(house: House) -> None:
    other = house.run(house.system, RegisterStation(counter_code="2")).station_id
    assert house.run(house.manager, closing(other)).counter_code == "2"
    (closed,) = (row for row in stations(house) if row.station_id == other)
    assert closed.closed_at is not None
    with pytest.raises(NotAllowedNow) as again:
        house.run(house.manager, closing(other))
    assert again.value.params["why"] == "station-closed"
    with pytest.raises(NotAllowedNow) as ended:
        house.run(replace(house.manager, station_id=other), branch(house, branch_name="There"))
    assert ended.value.params["why"] == "station-ended"


def test_the_own_station_stays_open_and_a_reason_is_asked(house: House) -> None:
    here = house.manager.station_id
    with pytest.raises(NotAllowedNow) as refused:
        house.run(house.manager, closing(here))
    assert refused.value.params["why"] == "station-is-here"
    with pytest.raises(ValueRefused):
        house.run(house.manager, replace(closing(here), reason=" "))
    with pytest.raises(NotPermitted):
        house.run(house.officer, closing(here))


def test_a_station_with_cash_in_its_till_stays_open(house: House) -> None:
    other = house.run(house.system, RegisterStation(counter_code="2")).station_id
    with pytest.raises(NotAllowedNow) as refused:
        house.run(replace(house.manager, station_id=other), closing(house.manager.station_id))
    assert refused.value.params["why"] == "station-holds-cash"


def closing(station_id: int) -> CloseStation:
    return CloseStation(station_id=station_id, reason="The PC is given up")


def stations(house: House) -> tuple[StationRow, ...]:
    return house.ask(house.manager, ShowBranchSettings()).stations


def test_the_own_grants_are_changed_by_another_manager_alone(house: House) -> None:
    own = row_of(house, "meena")
    house.run(house.manager, change(own, full_name="Meena K"))
    own = row_of(house, "meena")
    more = tuple(replace(grant, sanction_minor=grant.sanction_minor + 1) for grant in own.grants)
    with pytest.raises(NotAllowedNow) as refused:
        house.run(house.manager, change(own, grants=more))
    assert refused.value.params["why"] == "own-grants"
    second = house.run(house.manager, user(Role.MANAGER))
    other = replace(house.manager, user_id=second.user_id)
    house.run(other, change(own, grants=more))
    assert row_of(house, "meena").grants == more


def test_a_grant_that_ran_out_leaves_no_manager(house: House) -> None:
    second = house.run(house.manager, user(Role.MANAGER))
    other = replace(house.manager, user_id=second.user_id)
    own = row_of(house, "meena")
    ended = tuple(replace(grant, to_on=OPENED - timedelta(1)) for grant in own.grants)
    house.run(other, change(own, grants=ended))
    with pytest.raises(NotPermitted):
        house.ask(house.manager, ListUsers())
    with pytest.raises(NotAllowedNow):
        house.run(other, change(row_of_as(house, other, "manager1"), active=False))


def row_of_as(house: House, session: Any, login: str) -> UserRow:
    return next(row for row in house.ask(session, ListUsers()) if row.login == login)


def test_the_days_of_a_grant_stand_in_their_order(house: House) -> None:
    turned = GrantFacts(role=Role.OFFICER, from_on=OPENED, to_on=date(2026, 1, 1))
    with pytest.raises(ValueRefused):
        house.run(house.manager, change(row_of(house, "officer1"), grants=(turned,)))
