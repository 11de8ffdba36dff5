"""Applications through the gate, from the desk to verification, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from app.commands.branch import CloseDay, OpenDay
from app.commands.origination import (
    AttachDocument,
    DecideApplication,
    EnterApplication,
    IdentityNumber,
    PartyFacts,
    RejectApplication,
    SaveGroup,
    VerifyApplication,
    WithdrawApplication,
)
from app.domain.application import Missing
from app.domain.errors import (
    AmountNotPositive,
    CurrencyMismatch,
    DayClosed,
    KistError,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    PaperTrouble,
    StaleVersion,
    ValueRefused,
)
from app.queries.origination import ListGroups
from app.store.schema.people import memberships
from tests.services.applying import (
    HOUSEHOLD,
    PDF,
    SUNITA,
    attach,
    deciding,
    enter,
    request,
    revise,
    show,
    verify,
)
from tests.services.branch import OPENED, House


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> House:
    """A branch that decides by the shipped rules."""
    return deciding(fresh_engine)


def test_an_application_is_entered_with_its_borrower_and_household(house: House) -> None:
    entered = enter(house)
    view = show(house, entered.application_id)
    assert entered.number == "A-STP-2601-1-0001"
    assert view.stage == "entered"
    assert view.party == replace(
        SUNITA,
        identities=(
            IdentityNumber("aadhaar", "XXXX XXXX 2346"),
            IdentityNumber("pan", "ACUPAXXXXR"),
        ),
    )
    assert view.household == HOUSEHOLD
    assert view.request == request(house)
    assert view.member_number == "M-STP-1-00001"
    assert view.missing == (Missing.IDENTITY_DOCUMENT,)
    assert [row.what for row in view.story] == ["entered"]
    assert view.story[0].who == "Officer One"


def test_numbers_follow_one_another_and_begin_anew_each_month(house: House) -> None:
    first, second = enter(house), enter(house, replace(SUNITA, identities=()))
    assert (first.number[-4:], second.number[-4:]) == ("0001", "0002")
    assert show(house, second.application_id).member_number == "M-STP-1-00002"


@pytest.mark.parametrize(
    ("asked", "kind", "field"),
    [
        ({"amount_minor": 0}, AmountNotPositive, "amount_minor"),
        ({"amount_minor": 4_99_999}, ValueRefused, "amount_minor"),
        ({"amount_minor": 60_00_001}, ValueRefused, "amount_minor"),
        ({"instalments": 11}, ValueRefused, "instalments"),
        ({"instalments": 105}, ValueRefused, "instalments"),
        ({"currency": "USD"}, CurrencyMismatch, "currency"),
        ({"product_id": 1}, NotFound, "product_id"),
        ({"group_id": 1}, NotFound, "group_id"),
        ({"purpose": "x" * 400}, ValueRefused, "purpose"),
    ],
)
def test_a_request_outside_the_product_stands_at_its_field(
    house: House, asked: dict[str, Any], kind: type[KistError], field: str
) -> None:
    with pytest.raises(kind) as refusal:
        enter(house, **asked)
    assert refusal.value.field == field


def test_sql_and_markup_in_any_field_are_text(house: House) -> None:
    name = "Robert'); DROP TABLE parties;-- <b>%s</b>"
    entered = enter(house, replace(SUNITA, full_name=name))
    assert show(house, entered.application_id).party.full_name == name


def test_a_group_is_joined_and_left_by_date(house: House) -> None:
    rose = house.run(house.officer, SaveGroup(title="Rose", centre="Neri")).group_id
    lily = house.run(house.officer, SaveGroup(title="Lily", centre="Neri")).group_id
    entered = enter(house, group_id=rose)
    house.run(
        house.officer,
        revise(house, entered.application_id, request=request(house, group_id=lily)),
    )
    with house.store.read() as snapshot:
        links = snapshot.execute(
            select(memberships.c.of_id, memberships.c.to_on).where(memberships.c.kind == "group")
        ).all()
    assert [tuple(link) for link in links] == [(lily, None)]
    groups = house.ask(house.officer, ListGroups())
    assert [(group.title, group.members) for group in groups] == [("Lily", 1), ("Rose", 0)]
    assert show(house, entered.application_id).group == "Lily"


def test_a_group_stands_once_in_its_centre(house: House) -> None:
    saved = house.run(house.officer, SaveGroup(title=" Rose ", centre="Neri"))
    with pytest.raises(ValueRefused):
        house.run(house.officer, SaveGroup(title="rose", centre="neri"))
    again = SaveGroup(group_id=saved.group_id, version=1, title="ROSE", centre="Neri")
    assert house.run(house.officer, again).version == 2
    with pytest.raises(StaleVersion):
        house.run(house.officer, again)


def test_the_first_paper_moves_the_application_on(house: House) -> None:
    entered = enter(house)
    attach(house, entered.application_id, "photo")
    attach(house, entered.application_id, "identity")
    view = show(house, entered.application_id)
    assert view.stage == "documents"
    assert [(paper.kind, paper.added_by) for paper in view.documents] == [
        ("photo", "Officer One"),
        ("identity", "Officer One"),
    ]
    assert view.missing == (Missing.VERIFICATION,)


def test_a_paper_must_be_there_and_be_what_it_says(house: House) -> None:
    entered = enter(house)
    attach(house, entered.application_id)
    good = AttachDocument(
        application_id=entered.application_id,
        kind="photo",
        title="C:\\Users\\x\\..\\me.pdf",
        media="application/pdf",
        size=len(PDF),
        sha256=house.tools.documents.put(PDF),
    )
    house.run(house.officer, good)
    assert show(house, entered.application_id).documents[-1].title == "me.pdf"
    for wrong, kind in (
        (replace(good, sha256="0" * 64), NotFound),
        (replace(good, sha256="../x"), NotFound),
        (replace(good, kind="income", size=len(PDF) + 1), PaperTrouble),
        (replace(good, kind="income", media="image/png"), PaperTrouble),
        (replace(good, media="text/html"), PaperTrouble),
        (replace(good, size=10**9), PaperTrouble),
        (replace(good, kind="diploma"), ValueRefused),
        (good, ValueRefused),
        (replace(good, application_id=1), NotFound),
    ):
        with pytest.raises(kind):
            house.run(house.officer, wrong)


def test_what_is_missing_is_refused_by_name(house: House) -> None:
    bare = PartyFacts(full_name="Sunita Devi")
    entered = enter(house, bare, replace(HOUSEHOLD, members=()))
    with pytest.raises(NotAllowedNow) as refusal:
        verify(house, entered.application_id)
    assert refusal.value.params["missing"] == (
        Missing.PHONE,
        Missing.BORN_ON,
        Missing.ADDRESS,
        Missing.IDENTITY_NUMBER,
        Missing.IDENTITY_DOCUMENT,
        Missing.HOUSEHOLD_INCOME,
    )


def test_a_stale_version_changes_nothing(house: House) -> None:
    entered = enter(house)
    attach(house, entered.application_id)
    with pytest.raises(StaleVersion):
        house.run(
            house.officer,
            VerifyApplication(application_id=entered.application_id, version=1),
        )


def test_an_application_leaves_with_a_reason(house: House) -> None:
    first = enter(house)
    gone = WithdrawApplication(application_id=first.application_id, version=1, reason="Moved")
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.officer, replace(gone, reason="  "))
    assert refusal.value.field == "reason"
    assert house.run(house.officer, gone).stage == "withdrawn"
    second = enter(house, replace(SUNITA, identities=()))
    no = RejectApplication(application_id=second.application_id, version=1, reason="False papers")
    with pytest.raises(NotPermitted):
        house.run(house.officer, no)
    assert house.run(house.manager, no).stage == "rejected"
    assert show(house, second.application_id).story[-1].detail == "False papers"
    with pytest.raises(NotAllowedNow) as closed:
        house.run(house.officer, DecideApplication(application_id=second.application_id, version=2))
    assert closed.value.params["why"] == "rejected"


def test_the_same_key_enters_once(house: House) -> None:
    command = EnterApplication(party=SUNITA, household=HOUSEHOLD, request=request(house))
    first = house.done(house.officer, command, "once")
    second = house.done(house.officer, command, "once")
    assert second.again
    assert second.result == first.result


def test_a_group_left_on_a_later_day_keeps_its_dates(house: House) -> None:
    rose = house.run(house.officer, SaveGroup(title="Rose", centre="Neri")).group_id
    entered = enter(house, group_id=rose)
    house.run(house.manager, CloseDay(on=OPENED))
    house.clock.move(days=1)
    house.run(house.manager, OpenDay(on=OPENED + timedelta(days=1)))
    without = request(house, group_id=None)
    house.run(house.officer, revise(house, entered.application_id, request=without))
    with house.store.read() as snapshot:
        links = snapshot.execute(
            select(memberships.c.from_on, memberships.c.to_on).where(memberships.c.kind == "group")
        ).all()
    assert [tuple(link) for link in links] == [(OPENED, OPENED)]
    assert house.ask(house.officer, ListGroups())[0].members == 0


def test_a_closed_day_takes_no_application(house: House) -> None:
    house.run(house.manager, CloseDay(on=OPENED))
    with pytest.raises(DayClosed):
        enter(house)
