"""Applications through the gate, from the desk to the decision, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select

from app.commands.origination import (
    AttachDocument,
    DecideApplication,
    EnterApplication,
    ExistingLoan,
    IdentityNumber,
    Member,
    PartyFacts,
    RejectApplication,
    ReviseApplication,
    SaveGroup,
    ShowIdentity,
    VerifyApplication,
    WithdrawApplication,
)
from app.domain.application import Missing
from app.domain.errors import (
    AmountNotPositive,
    CurrencyMismatch,
    InputMissing,
    KistError,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    PaperTrouble,
    StaleVersion,
    ValueRefused,
)
from app.queries.origination import ListGroups, MatchParties
from app.store.applications import story_of
from app.store.schema.people import identities, memberships, parties, party_names
from app.store.schema.system import audit, personal_values
from tests.services.applying import (
    AADHAAR,
    HOUSEHOLD,
    PAN,
    PDF,
    RUPEES,
    SUNITA,
    attach,
    decide,
    decided,
    deciding,
    enter,
    request,
    show,
    verify,
)
from tests.services.branch import House


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> House:
    """A branch that decides by the shipped rules."""
    return deciding(fresh_engine)


def _revised(house: House, application_id: int, **changes: object) -> ReviseApplication:
    view = show(house, application_id)
    facts: dict[str, object] = {
        "party": view.party,
        "household": view.household,
        "request": view.request,
        **changes,
    }
    return ReviseApplication(
        application_id=application_id,
        version=view.version,
        **facts,  # type: ignore[arg-type]
    )


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
    house: House, asked: dict[str, object], kind: type[KistError], field: str
) -> None:
    with pytest.raises(kind) as refusal:
        enter(house, **asked)
    assert refusal.value.field == field


def test_sql_and_markup_in_any_field_are_text(house: House) -> None:
    name = "Robert'); DROP TABLE parties;-- <b>%s</b>"
    entered = enter(house, replace(SUNITA, full_name=name))
    assert show(house, entered.application_id).party.full_name == name


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


def test_a_group_is_joined_and_left_by_date(house: House) -> None:
    rose = house.run(house.officer, SaveGroup(title="Rose", centre="Neri")).group_id
    lily = house.run(house.officer, SaveGroup(title="Lily", centre="Neri")).group_id
    entered = enter(house, group_id=rose)
    house.run(
        house.officer,
        _revised(house, entered.application_id, request=request(house, group_id=lily)),
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


def test_a_decision_says_each_rule_in_words(house: House) -> None:
    view = decided(house)
    assert view.stage == "decided"
    assert view.decision is not None
    assert view.decision.outcome == "approve"
    assert view.decision.offered_minor == 30_000 * RUPEES
    assert view.decision.rule_version == "2025-11-28"
    assert view.decision.decided_by == "Officer One"
    outflow = view.decision.rules[1]
    assert (outflow.code, outflow.outcome) == ("outflow", "pass")
    assert outflow.reason == (
        "All loans together take ₹4,021 of ₹20,000 a month, within 50% (₹10,000)."
    )
    assert ("Household income a month", "₹20,000") in outflow.inputs
    assert "para" in outflow.citation
    assert view.missing == (Missing.SANCTION,)


def test_the_fact_of_a_decision_holds_inputs_figures_and_trace(house: House) -> None:
    view = decided(house)
    with house.store.read() as snapshot:
        fact = story_of(snapshot, view.application_id)[-1]
    said = json.loads(fact["payload"])
    assert said["inputs"]["lenders"] == 2
    assert said["inputs"]["age"] == 35
    assert said["inputs"]["debt_minor"] == 15_000 * RUPEES
    assert said["figures"]["outflow_most_bp"] == 5000
    assert "outflow-within" in said["trace"][0]["rows"]


def test_too_much_outflow_is_referred_with_the_largest_amount_that_fits(house: House) -> None:
    owing = replace(HOUSEHOLD, loans=(ExistingLoan("Asha", 20_000 * RUPEES, 8_500 * RUPEES),))
    view = decided(house, household=owing)
    assert view.decision is not None
    assert view.decision.outcome == "refer"
    offered = view.decision.offered_minor
    assert offered == 15_000 * RUPEES
    house.run(
        house.officer,
        _revised(house, view.application_id, request=request(house, amount_minor=offered)),
    )
    assert show(house, view.application_id).stage == "verified"
    again = decide(house, view.application_id)
    assert again.decision is not None
    assert again.decision.outcome == "approve"


def test_a_rich_household_is_declined(house: House) -> None:
    rich = replace(HOUSEHOLD, members=(Member("A", "self", 35, 25_001 * RUPEES),))
    view = decided(house, household=rich)
    assert view.decision is not None
    assert (view.decision.outcome, view.decision.offered_minor) == ("decline", 0)


def test_a_loan_of_our_own_name_is_not_another_lender(house: House) -> None:
    loans = (
        ExistingLoan("GOMTI Sahayog Finance", 10_000 * RUPEES, 900 * RUPEES),
        *(ExistingLoan(f"Lender {n}", 1_000 * RUPEES, 100 * RUPEES) for n in (1, 2)),
    )
    view = decided(house, household=replace(HOUSEHOLD, loans=loans))
    assert view.decision is not None
    assert view.decision.outcome == "approve"


def test_a_change_of_the_household_is_verified_and_decided_anew(house: House) -> None:
    view = decided(house)
    same = house.run(house.officer, _revised(house, view.application_id))
    assert (same.stage, same.version) == ("decided", view.version)
    poorer = replace(HOUSEHOLD, members=(Member("Sunita", "self", 35, 100_000),))
    changed = house.run(house.officer, _revised(house, view.application_id, household=poorer))
    assert changed.stage == "documents"
    after = show(house, view.application_id)
    assert after.decision is None
    assert after.household == poorer
    with pytest.raises(NotAllowedNow):
        decide(house, view.application_id)


def test_an_identity_that_is_left_out_is_forgotten(house: House) -> None:
    entered = enter(house)
    seen = show(house, entered.application_id).party
    fewer = replace(seen, identities=seen.identities[:1])
    house.run(house.officer, _revised(house, entered.application_id, party=fewer))
    assert show(house, entered.application_id).party.identities == seen.identities[:1]
    again = replace(seen, identities=(seen.identities[0], IdentityNumber("pan", "AAPPV8261K")))
    house.run(house.officer, _revised(house, entered.application_id, party=again))
    kept = house.run(house.officer, ShowIdentity(party_id=entered.party_id, kind="pan"))
    assert kept.value == "AAPPV8261K"


def test_a_decision_without_a_birth_date_names_it(house: House) -> None:
    view = decided(house)
    bare = replace(view.party, born_on=None)
    house.run(house.officer, _revised(house, view.application_id, party=bare))
    with pytest.raises(NotAllowedNow) as refusal:
        verify(house, view.application_id)
    assert refusal.value.params["missing"] == (Missing.BORN_ON,)
    other = enter(house, replace(SUNITA, identities=()))
    attach(house, other.application_id)
    with pytest.raises((NotAllowedNow, InputMissing)):
        decide(house, other.application_id)


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
