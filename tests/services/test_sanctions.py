"""Sanctions: as decided, against it, alone and by two; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.commands.checks import AcceptCheck, DeclineCheck
from app.commands.origination import (
    DisburseLoan,
    ExistingLoan,
    Member,
    Mode,
    RejectApplication,
    WithdrawApplication,
)
from app.commands.products import SaveProduct
from app.commands.users import SaveUser
from app.domain.errors import (
    KistError,
    LimitExceeded,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    StaleVersion,
    ValueRefused,
)
from app.domain.roles import Role
from app.ports import Session
from app.queries.admin import ListChecks, ListProducts
from app.rows.origination import ApplicationView
from tests.services.applying import (
    HOUSEHOLD,
    RUPEES,
    attach,
    decide,
    decided,
    deciding,
    enter,
    sanction,
    show,
    verify,
)
from tests.services.branch import House, user
from tests.services.lending import disclose

SMALL = 20_000 * RUPEES


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> House:
    """A branch that decides by the shipped rules."""
    return deciding(fresh_engine)


def _manager(house: House, login: str, limit: int) -> Session:
    """One more manager, with a limit for sanctions."""
    command: SaveUser = replace(
        user(Role.MANAGER, sanction_minor=limit), login=login, full_name=login.title()
    )
    user_id = house.run(house.manager, command).user_id
    return Session(house.manager.station_id, house.manager.branch_id, user_id)


def _waiting(house: House, maker: Session) -> ApplicationView:
    """A decided application whose sanction waits for a second person."""
    view = decided(house)
    answer = house.run(maker, sanction(view))
    assert answer.stage == "decided"
    assert answer.check_id is not None
    return show(house, view.application_id)


def test_an_approved_application_is_sanctioned_as_decided(house: House) -> None:
    view = decided(house)
    answer = house.run(house.manager, sanction(view))
    assert (answer.stage, answer.check_id) == ("sanctioned", None)
    after = show(house, view.application_id)
    assert after.sanction is not None
    assert after.sanction.amount_minor == 30_000 * RUPEES
    assert (after.sanction.instalments, after.sanction.annual_rate) == (52, "24")
    assert (after.sanction.maker, after.sanction.checker) == ("Meena Khanna", "")
    assert after.missing == ("agreement",)
    attach(house, view.application_id, "agreement")
    assert show(house, view.application_id).stage == "ready"


def test_with_the_signed_agreement_there_it_is_ready_at_once(house: House) -> None:
    view = decided(house)
    attach(house, view.application_id, "agreement")
    assert house.run(house.manager, sanction(view)).stage == "ready"


def test_less_may_be_sanctioned_than_was_asked_for(house: House) -> None:
    view = decided(house)
    house.run(house.manager, sanction(view, amount_minor=SMALL, annual_rate="22.50"))
    after = show(house, view.application_id).sanction
    assert after is not None
    assert (after.amount_minor, after.annual_rate) == (SMALL, "22.5")


@pytest.mark.parametrize(
    ("changes", "kind", "field"),
    [
        ({"amount_minor": 30_000 * RUPEES + 1}, ValueRefused, "amount_minor"),
        ({"amount_minor": 61_000 * RUPEES}, ValueRefused, "amount_minor"),
        ({"amount_minor": 1}, ValueRefused, "amount_minor"),
        ({"instalments": 8}, ValueRefused, "instalments"),
        ({"annual_rate": "27"}, ValueRefused, "annual_rate"),
        ({"annual_rate": "17.9"}, ValueRefused, "annual_rate"),
        ({"annual_rate": "dear"}, ValueRefused, "annual_rate"),
        ({"annual_rate": "48/2"}, ValueRefused, "annual_rate"),
        ({"annual_rate": " 24"}, ValueRefused, "annual_rate"),
        ({"annual_rate": "२४"}, ValueRefused, "annual_rate"),
    ],
)
def test_a_sanction_outside_the_product_stands_at_its_field(
    house: House, changes: dict[str, object], kind: type[KistError], field: str
) -> None:
    view = decided(house)
    with pytest.raises(kind) as refusal:
        house.run(house.manager, sanction(view, **changes))
    assert refusal.value.field == field
    assert show(house, view.application_id).stage == "decided"


def test_against_the_decision_a_reason_is_needed_and_kept(house: House) -> None:
    rich = replace(HOUSEHOLD, members=(Member("A", "self", 35, 30_000 * RUPEES),))
    view = decided(house, household=rich)
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.manager, sanction(view))
    assert (refusal.value.field, refusal.value.params["why"]) == (
        "override_reason",
        "override-reason",
    )
    house.run(house.manager, sanction(view, override_reason="Income falls after harvest"))
    after = show(house, view.application_id)
    assert after.sanction is not None
    assert after.sanction.override_reason == "Income falls after harvest"
    assert after.story[-1].detail == "Income falls after harvest"


def test_fewer_instalments_than_the_rules_looked_at_need_a_reason_too(house: House) -> None:
    loans = (ExistingLoan("Asha", 20_000 * RUPEES, 7_000 * RUPEES),)
    view = decided(house, household=replace(HOUSEHOLD, loans=loans))
    assert view.decision is not None
    assert view.decision.outcome == "approve"
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.manager, sanction(view, instalments=26))
    assert refusal.value.field == "override_reason"


def test_an_officer_does_not_sanction(house: House) -> None:
    view = decided(house)
    with pytest.raises(NotPermitted):
        house.run(house.officer, sanction(view))


def test_nothing_is_sanctioned_before_it_is_decided(house: House) -> None:
    entered = enter(house)
    with pytest.raises(NotAllowedNow) as refusal:
        house.run(house.manager, sanction(show(house, entered.application_id)))
    assert refusal.value.params["why"] == "not-decided"


def test_above_the_own_limit_a_second_person_must_accept(house: House) -> None:
    maker = _manager(house, "kavita", SMALL)
    view = _waiting(house, maker)
    (row,) = house.ask(house.manager, ListChecks())
    assert (row.maker, row.borrower, row.number) == ("Kavita", "Sunita Devi", view.number)
    assert (row.amount_minor, row.command) == (30_000 * RUPEES, "application.sanction")
    assert (view.check_id, view.check_version, view.check_maker_id) == (
        row.check_id,
        row.version,
        maker.user_id,
    )
    accept = AcceptCheck(check_id=row.check_id, version=row.version)
    assert house.run(house.manager, accept).state == "accepted"
    after = show(house, view.application_id)
    assert (after.stage, after.check_id) == ("sanctioned", None)
    assert after.sanction is not None
    assert (after.sanction.maker, after.sanction.checker) == ("Kavita", "Meena Khanna")
    assert [story.what for story in after.story[-2:]] == ["sanction-asked", "sanctioned"]
    assert house.ask(house.manager, ListChecks()) == ()
    with pytest.raises(NotAllowedNow):
        house.run(house.manager, accept)


def test_nobody_accepts_the_own_wish_nor_above_the_own_limit(house: House) -> None:
    maker, small = _manager(house, "kavita", SMALL), _manager(house, "anil", SMALL)
    view = _waiting(house, maker)
    assert view.check_id is not None
    accept = AcceptCheck(check_id=view.check_id, version=view.check_version)
    with pytest.raises(NotPermitted) as own:
        house.run(maker, accept)
    assert own.value.params["why"] == "own-work"
    with pytest.raises(LimitExceeded):
        house.run(small, accept)
    with pytest.raises(NotPermitted):
        house.run(house.officer, accept)
    assert show(house, view.application_id).stage == "decided"


def test_while_it_waits_the_application_stands_still(house: House) -> None:
    maker = _manager(house, "kavita", SMALL)
    view = _waiting(house, maker)
    reason = {"version": view.version, "reason": "x"}
    commands = (
        sanction(view),
        RejectApplication(application_id=view.application_id, **reason),  # type: ignore[arg-type]
        WithdrawApplication(application_id=view.application_id, **reason),  # type: ignore[arg-type]
    )
    for command in commands:
        with pytest.raises(NotAllowedNow) as refusal:
            house.run(house.manager, command)
        assert refusal.value.params["why"] == "waiting-for-checker"


def test_a_declined_wish_frees_the_application(house: House) -> None:
    maker = _manager(house, "kavita", SMALL)
    view = _waiting(house, maker)
    assert view.check_id is not None
    decline = DeclineCheck(check_id=view.check_id, version=view.check_version, reason="Too much")
    with pytest.raises(ValueRefused):
        house.run(house.manager, replace(decline, reason=""))
    with pytest.raises(StaleVersion):
        house.run(house.manager, replace(decline, version=9))
    assert house.run(house.manager, decline).state == "declined"
    after = show(house, view.application_id)
    assert (after.stage, after.check_id, after.sanction) == ("decided", None, None)
    assert after.story[-1].detail == "Too much"
    house.run(maker, sanction(after, amount_minor=SMALL))
    assert show(house, view.application_id).stage == "sanctioned"


def test_a_maker_may_take_the_own_wish_back(house: House) -> None:
    maker = _manager(house, "kavita", SMALL)
    view = _waiting(house, maker)
    assert view.check_id is not None
    mine = DeclineCheck(check_id=view.check_id, version=view.check_version, reason="Mistyped")
    assert house.run(maker, mine).state == "declined"


def test_a_check_of_nowhere_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        house.run(house.manager, AcceptCheck(check_id=1, version=1))


def test_a_checker_meets_the_product_as_it_is_now(house: House) -> None:
    maker = _manager(house, "kavita", SMALL)
    view = _waiting(house, maker)
    assert view.check_id is not None
    rows = house.ask(house.manager, ListProducts())
    row = next(row for row in rows if row.product_id == view.request.product_id)
    smaller = replace(row.product, max_minor=SMALL)
    house.run(house.manager, SaveProduct(product_id=row.product_id, version=1, product=smaller))
    accept = AcceptCheck(check_id=view.check_id, version=view.check_version)
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.manager, accept)
    assert refusal.value.field == "amount_minor"
    assert show(house, view.application_id).stage == "decided"


def test_what_a_borrower_owes_us_counts_in_the_next_decision(house: House) -> None:
    first = decided(house)
    house.run(house.manager, sanction(first))
    disclose(house, first.application_id)
    version = show(house, first.application_id).version
    loan = DisburseLoan(
        application_id=first.application_id, version=version, mode=Mode.BANK, reference="N1"
    )
    house.run(house.cashier, loan)
    entered = enter(house, first.party, party_id=first.party_id)
    attach(house, entered.application_id)
    verify(house, entered.application_id)
    second = decide(house, entered.application_id).decision
    assert second is not None
    debt = next(rule for rule in second.rules if rule.code == "indebtedness")
    assert debt.inputs[0] == ("Owed on other loans", "₹45,000")
    outflow = next(rule for rule in second.rules if rule.code == "outflow")
    assert outflow.inputs[1][1] == "₹6,842"


def test_a_sanction_not_paid_out_counts_and_asks_for_a_new_decision(house: House) -> None:
    first = decided(house)
    entered = enter(house, first.party, party_id=first.party_id)
    attach(house, entered.application_id)
    verify(house, entered.application_id)
    early = decide(house, entered.application_id)
    house.run(house.manager, sanction(first))
    with pytest.raises(NotAllowedNow) as refusal:
        house.run(house.manager, sanction(early))
    assert refusal.value.params["why"] == "decide-again"
    again = decide(house, entered.application_id)
    assert again.decision is not None
    debt = next(rule for rule in again.decision.rules if rule.code == "indebtedness")
    assert debt.inputs[0] == ("Owed on other loans", "₹45,000")
    assert house.run(house.manager, sanction(again)).stage == "sanctioned"
