"""Decisions: the product's rules over what is known of borrower, household and request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.commands.base import Topic
from app.commands.origination import ApplicationChanged, DecideApplication, HouseholdFacts
from app.domain.application import Step, moved
from app.domain.decision import Room, Settled, settled
from app.domain.errors import NotFound
from app.domain.household import MONTHS, lenders, monthly_outflow, obligations, yearly_income
from app.domain.party import age
from app.domain.roles import Permission
from app.services.applications import change_stage, lock_steady
from app.services.calendars import with_calendar
from app.services.exposure import outflow_of, with_us
from app.services.facts import record
from app.services.households import household_facts
from app.services.quotes import Product, product_rate, terms_for
from app.services.registry import use_case
from app.services.work import Work
from app.store.applications import SUBJECT
from app.store.parties import party_by_id
from app.store.products import product_on
from app.store.tx import Row

DECIDED = "decided"


@use_case(
    DecideApplication,
    needs=Permission.APPLICATION_DECIDE,
    changes={Topic.APPLICATION},
    answer=ApplicationChanged,
)
def decide_application(work: Work, command: DecideApplication) -> ApplicationChanged:
    """Run the rules; outcome, offer, inputs, figures and trace become one fact."""
    before = lock_steady(work, command.application_id, command.version)
    stage = moved(before["stage"], Step.DECIDE)
    product = product_on(work.tx.connection, int(before["product_id"]), work.day)
    if product is None:
        raise NotFound(what="product", id=before["product_id"])
    product = with_calendar(work.tx.connection, work.branch.branch_id, product, work.day)
    inputs = _inputs(work, before, product)
    said = work.tools.decider.decide(product["rule_set"], work.day, inputs)
    came = _settled(work, before, product, said)
    decision_id = record(
        work,
        SUBJECT,
        int(before["id"]),
        DECIDED,
        amount_minor=came.offered,
        currency=before["currency"],
        title=came.outcome.value,
        payload={**said, "outcome": came.outcome.value, "offered_minor": came.offered},
    )
    return change_stage(
        work, before, stage, decision_id=decision_id, decided_outcome=came.outcome.value
    )


def room_of(said: Mapping[str, Any]) -> Room:
    """How much more the household may take on, as the rules worked it out."""
    sums = said["sums"]
    return Room(sums["amount_most_minor"], sums["new_outflow_year_most_minor"])


def _settled(work: Work, application: Row, product: Product, said: Mapping[str, Any]) -> Settled:
    instalments = int(application["instalments"])
    rate = product_rate(product)
    return settled(
        [rule["outcome"] for rule in said["rules"]],
        asked=int(application["amount_minor"]),
        least=int(product["min_minor"]),
        step=int(said["figures"].get("offer_step_minor", 1)),
        room=room_of(said),
        yearly=lambda minor: outflow_of(terms_for(product, minor, instalments, rate, work.day)),
    )


def _inputs(work: Work, application: Row, product: Product) -> dict[str, Any]:
    """Every input that the rules declare, in minor units, years, days and counts."""
    connection, party_id = work.tx.connection, int(application["party_id"])
    party = party_by_id(connection, party_id)
    if party is None:
        raise NotFound(what="party", id=party_id)
    household = _elsewhere(household_facts(connection, party_id), work.branch.lender_name)
    ours = with_us(
        connection, party_id, work.day, application["currency"], but=int(application["id"])
    )
    born_on = party["born_on"]
    asked = int(application["amount_minor"])
    terms = terms_for(
        product, asked, int(application["instalments"]), product_rate(product), work.day
    )
    return {
        "income_year_minor": yearly_income(household.members),
        "outflow_year_minor": MONTHS * monthly_outflow(household.loans) + ours.outflow_year,
        "new_outflow_year_minor": outflow_of(terms),
        "lenders": lenders(household.loans) + 1,
        "debt_minor": obligations(household.loans) + ours.owed,
        "loans": [
            *(_late(loan.overdue_days, loan.overdue_minor) for loan in household.loans),
            *(_late(loan.overdue_days, loan.overdue_minor) for loan in ours.late),
        ],
        "age": None if born_on is None else age(born_on, application["entered_on"]),
        "amount_minor": asked,
        "instalments": int(application["instalments"]),
        "product_least_minor": int(product["min_minor"]),
        "product_most_minor": int(product["max_minor"]),
        "product_least_instalments": int(product["min_instalments"]),
        "product_most_instalments": int(product["max_instalments"]),
    }


def _late(days: int, minor: int) -> dict[str, int]:
    return {"overdue_days": days, "overdue_minor": minor}


def _elsewhere(household: HouseholdFacts, our_name: str) -> HouseholdFacts:
    """The household without loans written down under our own name: the books know them better."""
    ours = our_name.strip().casefold()
    others = tuple(loan for loan in household.loans if loan.lender.strip().casefold() != ours)
    return replace(household, loans=others)
