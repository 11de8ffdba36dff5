"""The way of an application: allowed moves and what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.application import (
    CLOSED,
    MOVES,
    Filled,
    Missing,
    Stage,
    Step,
    attached_to,
    incomplete,
    may,
    missing,
    moved,
    revised_to,
    sanctioned_to,
)
from app.domain.errors import NotAllowedNow

WHOLE = Filled(date(1990, 1, 1), "9876543210", "Kheda", 1, frozenset({"identity"}), 100)


def test_an_application_goes_from_the_desk_to_the_money() -> None:
    stage: Stage = Stage.ENTERED
    for step in (Step.ATTACH, Step.VERIFY, Step.DECIDE, Step.SANCTION, Step.DISBURSE):
        stage = moved(stage, step)
    assert stage is Stage.DISBURSED


@pytest.mark.parametrize("stage", CLOSED)
def test_a_closed_application_moves_no_more(stage: Stage) -> None:
    for step in set(Step) - {Step.ATTACH}:
        assert not may(stage, step)
    with pytest.raises(NotAllowedNow):
        moved(stage, Step.REJECT)


def test_every_step_names_every_stage_it_refuses() -> None:
    for step in Step:
        for stage in set(Stage) - set(MOVES[step]):
            with pytest.raises(NotAllowedNow) as refusal:
                moved(stage, step)
            assert refusal.value.params["why"]


def test_a_change_of_the_person_is_verified_anew_and_of_the_request_decided_anew() -> None:
    assert revised_to("decided", person_changed=True) is Stage.DOCUMENTS
    assert revised_to("decided", person_changed=False) is Stage.VERIFIED
    assert revised_to("verified", person_changed=True) is Stage.DOCUMENTS
    assert revised_to("entered", person_changed=True) is Stage.ENTERED
    with pytest.raises(NotAllowedNow):
        revised_to("sanctioned", person_changed=False)


def test_the_signed_agreement_makes_a_sanctioned_application_ready() -> None:
    assert attached_to("sanctioned", "agreement") is Stage.READY
    assert attached_to("sanctioned", "photo") is Stage.SANCTIONED
    assert attached_to("entered", "agreement") is Stage.DOCUMENTS
    assert sanctioned_to(frozenset({"identity", "agreement"})) is Stage.READY
    assert sanctioned_to(frozenset()) is Stage.SANCTIONED
    assert may("sanctioned", Step.DISBURSE)


def test_what_is_missing_is_named() -> None:
    nothing = Filled(None, "", "", 0, frozenset(), 0)
    assert incomplete(nothing) == (
        Missing.PHONE,
        Missing.BORN_ON,
        Missing.ADDRESS,
        Missing.IDENTITY_NUMBER,
        Missing.IDENTITY_DOCUMENT,
        Missing.HOUSEHOLD_INCOME,
    )
    assert missing("documents", WHOLE) == (Missing.VERIFICATION,)
    assert missing("entered", replace(WHOLE, phone="")) == (Missing.PHONE,)
    assert missing("verified", WHOLE) == (Missing.DECISION,)
    assert missing("decided", WHOLE) == (Missing.SANCTION,)
    assert missing("sanctioned", WHOLE) == (Missing.AGREEMENT,)
    assert missing("disbursed", WHOLE) == ()
