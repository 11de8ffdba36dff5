"""Decisions through the gate, by the shipped rules, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.commands.origination import (
    ExistingLoan,
    Member,
)
from app.domain.application import Missing
from app.domain.errors import (
    InputMissing,
    NotAllowedNow,
)
from app.store.applications import story_of
from tests.services.applying import (
    HOUSEHOLD,
    RUPEES,
    SUNITA,
    attach,
    decide,
    decided,
    deciding,
    enter,
    request,
    revise,
    show,
    verify,
)
from tests.services.branch import House


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> House:
    """A branch that decides by the shipped rules."""
    return deciding(fresh_engine)


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
        revise(house, view.application_id, request=request(house, amount_minor=offered)),
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
    same = house.run(house.officer, revise(house, view.application_id))
    assert (same.stage, same.version) == ("decided", view.version)
    poorer = replace(HOUSEHOLD, members=(Member("Sunita", "self", 35, 100_000),))
    changed = house.run(house.officer, revise(house, view.application_id, household=poorer))
    assert changed.stage == "documents"
    after = show(house, view.application_id)
    assert after.decision is None
    assert after.household == poorer
    with pytest.raises(NotAllowedNow):
        decide(house, view.application_id)


def test_a_decision_without_a_birth_date_names_it(house: House) -> None:
    view = decided(house)
    bare = replace(view.party, born_on=None)
    house.run(house.officer, revise(house, view.application_id, party=bare))
    with pytest.raises(NotAllowedNow) as refusal:
        verify(house, view.application_id)
    assert refusal.value.params["missing"] == (Missing.BORN_ON,)
    other = enter(house, replace(SUNITA, identities=()))
    attach(house, other.application_id)
    with pytest.raises((NotAllowedNow, InputMissing)):
        decide(house, other.application_id)
