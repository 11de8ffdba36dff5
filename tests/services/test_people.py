"""People through the gate: their fields, their numbers, who they may be; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select

from app.commands.origination import (
    IdentityNumber,
    PartyFacts,
    SaveGroup,
    ShowIdentity,
)
from app.domain.errors import (
    NotFound,
    NotPermitted,
    ValueRefused,
)
from app.queries.origination import MatchParties, ShowParty
from app.store.schema.people import identities, parties, party_names
from app.store.schema.system import audit, personal_values
from tests.services.applying import (
    AADHAAR,
    HOUSEHOLD,
    PAN,
    SUNITA,
    deciding,
    enter,
    revise,
    show,
)
from tests.services.branch import House


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> House:
    """A branch that decides by the shipped rules."""
    return deciding(fresh_engine)


def test_a_whole_aadhaar_is_written_down_nowhere(house: House) -> None:
    enter(house)
    with house.store.read() as snapshot:
        kept = [*snapshot.execute(select(identities.c.value)).scalars()]
        kept += snapshot.execute(select(personal_values.c.value)).scalars()
        kept += snapshot.execute(select(audit.c.payload)).scalars()
    assert "XXXX XXXX 2346" in kept[0]
    assert not [text for text in kept if AADHAAR in text.replace(" ", "")]


def test_not_even_a_refused_attempt_keeps_it(house: House) -> None:
    with pytest.raises(ValueRefused):
        enter(house, replace(SUNITA, phone="12"))
    with house.store.read() as snapshot:
        kept = snapshot.execute(select(personal_values.c.value)).scalars().all()
    assert not [text for text in kept if AADHAAR in text]


def test_an_identity_number_is_shown_to_who_asks_and_that_is_written_down(house: House) -> None:
    entered = enter(house)
    done = house.done(house.officer, ShowIdentity(party_id=entered.party_id, kind="pan"))
    assert done.result.value == PAN
    with house.store.read() as snapshot:
        line = snapshot.execute(select(audit).where(audit.c.number == done.number)).one()
    assert line.command == "identity.show"
    assert PAN not in line.result + line.payload
    aadhaar = house.run(house.officer, ShowIdentity(party_id=entered.party_id, kind="aadhaar"))
    assert aadhaar.value == "XXXX XXXX 2346"
    with pytest.raises(NotPermitted):
        house.run(house.cashier, ShowIdentity(party_id=entered.party_id, kind="pan"))
    with pytest.raises(NotFound):
        house.run(house.officer, ShowIdentity(party_id=entered.party_id, kind="voter"))


def test_a_number_that_somebody_else_holds_names_that_person(house: House) -> None:
    enter(house)
    other = PartyFacts(full_name="Another", identities=(IdentityNumber("pan", "acupa7085r"),))
    with pytest.raises(ValueRefused) as refusal:
        enter(house, other)
    assert refusal.value.params["why"] == "known-identity"
    assert refusal.value.params["name"] == "Sunita Devi"
    assert refusal.value.field == "pan"


@pytest.mark.parametrize(
    ("party", "field", "why"),
    [
        (replace(SUNITA, full_name=" \u200b"), "full_name", "empty"),
        (replace(SUNITA, full_name="x" * 5000), "full_name", "too-long"),
        (replace(SUNITA, village="a\x00b"), "village", "control-characters"),
        (replace(SUNITA, phone="12345"), "phone", "not-a-phone"),
        (replace(SUNITA, born_on=date(2030, 1, 1)), "born_on", "in-the-future"),
        (replace(SUNITA, gender="x"), "gender", "not-a-choice"),
        (replace(SUNITA, language="xx"), "language", "not-a-choice"),
        (replace(SUNITA, pin="041159"), "pin", "not-a-pincode"),
        (
            replace(SUNITA, identities=(IdentityNumber("aadhaar", "234123412347"),)),
            "aadhaar",
            "not-an-aadhaar",
        ),
        (
            replace(SUNITA, identities=(IdentityNumber("pan", "AAPPVXXXXK"),)),
            "pan",
            "not-a-pan",
        ),
        (
            replace(SUNITA, identities=(IdentityNumber("pan", PAN), IdentityNumber("pan", PAN))),
            "pan",
            "twice",
        ),
    ],
)
def test_a_mistake_about_a_person_stands_at_its_field(
    house: House, party: PartyFacts, field: str, why: str
) -> None:
    with pytest.raises(ValueRefused) as refusal:
        enter(house, party)
    assert (refusal.value.field, refusal.value.params["why"]) == (field, why)


def test_a_known_borrower_keeps_number_and_masked_identities(house: House) -> None:
    first = enter(house)
    seen = show(house, first.application_id).party
    second = enter(house, replace(seen, village="Neri"), party_id=first.party_id)
    assert second.party_id == first.party_id
    assert house.run(house.officer, ShowIdentity(party_id=first.party_id, kind="pan")).value == PAN
    with house.store.read() as snapshot:
        row = snapshot.execute(select(parties)).one()
        names = snapshot.execute(select(party_names.c.script)).scalars().all()
        numbers = snapshot.execute(select(identities.c.version)).scalars().all()
    assert (row.village, row.version) == ("Neri", 2)
    assert "neri" in row.find_text
    assert sorted(names) == ["Deva", "Latn"]
    assert numbers == [1, 1]
    with pytest.raises(NotFound):
        enter(house, party_id=1)


def test_an_identity_that_is_left_out_is_forgotten(house: House) -> None:
    entered = enter(house)
    seen = show(house, entered.application_id).party
    fewer = replace(seen, identities=seen.identities[:1])
    house.run(house.officer, revise(house, entered.application_id, party=fewer))
    assert show(house, entered.application_id).party.identities == seen.identities[:1]
    again = replace(seen, identities=(seen.identities[0], IdentityNumber("pan", "AAPPV8261K")))
    house.run(house.officer, revise(house, entered.application_id, party=again))
    kept = house.run(house.officer, ShowIdentity(party_id=entered.party_id, kind="pan"))
    assert kept.value == "AAPPV8261K"


def test_known_people_are_found_by_number_phone_and_like_name(house: House) -> None:
    entered = enter(house)

    def found(**query: object) -> list[tuple[int, str]]:
        asked = MatchParties(**query)  # type: ignore[arg-type]
        return [(row.party_id, row.why) for row in house.ask(house.officer, asked)]

    sunita = entered.party_id
    assert found(identity="2341 2341 2346") == [(sunita, "identity")]
    assert found(identity="acupa7085r") == [(sunita, "identity")]
    assert found(identity="XXXX XXXX 2346") == []
    assert found(phone="+91 98765 43210") == [(sunita, "phone")]
    assert found(phone="98765") == []
    assert found(full_name="Devi Suneeta", born_on=date(1990, 3, 14)) == [(sunita, "name")]
    assert found(full_name="सुनीता देवी", village="Mishrikh") == [(sunita, "name")]
    assert found(full_name="Sunita Devi", born_on=date(1990, 3, 15)) == []
    assert found(full_name="Kamla Rani", village="Mishrikh") == []
    assert found() == []


def test_a_known_person_is_shown_whole_to_fill_a_new_application(house: House) -> None:
    group_id = house.run(house.officer, SaveGroup(title="Rose", centre="Neri")).group_id
    entered = enter(house, group_id=group_id)
    seen = house.ask(house.officer, ShowParty(party_id=entered.party_id))
    assert (seen.member_number, seen.group_id, seen.loans) == ("M-STP-1-00001", group_id, 0)
    assert seen.household == HOUSEHOLD
    assert seen.party.identities[0].value == "XXXX XXXX 2346"
    assert enter(house, seen.party, party_id=entered.party_id).party_id == entered.party_id
    with pytest.raises(NotFound):
        house.ask(house.officer, ShowParty(party_id=1))
