"""A loan that ran elsewhere goes on here from what was open of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.commands.checks import AcceptCheck, DeclineCheck
from app.commands.origination import Mode
from app.commands.servicing import ForecloseLoan
from app.commands.takeover import (
    PartyFacts,
    ProposeTakeOver,
    TakenLine,
    TakenLoan,
    TakeOverLoan,
)
from app.domain.errors import KistError, LimitExceeded, NotPermitted
from app.domain.roles import Role
from app.queries.servicing import ListLoans, QuoteForeclosure
from app.queries.takeover import ListTakeOversAsked, PreviewTakeOver
from app.texts.errors import sentence
from tests.services.acting import another, end, posted_on, product, trial_balance
from tests.services.branch import OPENED, House
from tests.services.lending import next_day, receive, shown, today

SUNITA = PartyFacts(full_name="Sunita Devi", phone="9876543210", village="Rampur")
LINES = (
    TakenLine(11, OPENED - timedelta(7), 800_00, 40_00, 10_00),
    TakenLine(12, OPENED + timedelta(7), 820_00, 20_00),
    TakenLine(13, OPENED + timedelta(14), 830_00, 10_00),
)
OPEN = 2_450_00


def taken(house: House, **changes: Any) -> TakenLoan:
    """A weekly loan of 10,000 with its last three lines unpaid, one of them late."""
    facts = TakenLoan(
        product_id=house.products["JLG-W"],
        currency="INR",
        old_number="MF-77",
        principal_minor=10_000_00,
        annual_rate="24",
        instalments=13,
        disbursed_on=OPENED - timedelta(77),
        opening_on=OPENED,
        officer_id=house.officer.user_id,
        lines=LINES,
    )
    return replace(facts, **changes)


def take_over(house: House, **changes: Any) -> int:
    """Take it over as the manager; returns its id."""
    command = TakeOverLoan(party=SUNITA, taken=taken(house, **changes), reason="bought")
    return house.run(house.manager, command).loan_id


def refusal(house: House, **changes: Any) -> tuple[str, str]:
    with pytest.raises(KistError) as said:
        take_over(house, **changes)
    assert "(" not in sentence(said.value)
    return said.value.field, str(said.value.params.get("why", said.value.code))


def test_what_was_open_stands_and_the_rest_is_history(house: House) -> None:
    view = shown(house, take_over(house))
    assert view.old_number == "MF-77"
    assert (view.outstanding_minor, view.status) == (OPEN, "active")
    assert view.disbursed_minor == 10_000_00
    assert view.arrears.interest_minor == 40_00
    assert (view.dpd, view.next_number) == (7, 12)
    assert [row.number for row in view.instalments] == [11, 12, 13]


def test_the_opening_is_no_income(house: House) -> None:
    take_over(house)
    assert posted_on(house, OPENED)["1300"] == OPEN
    assert posted_on(house, OPENED)["1310"] == 40_00
    assert posted_on(house, OPENED)["1320"] == 10_00
    assert posted_on(house, OPENED)["3200"] == -(OPEN + 50_00)
    next_day(house)
    assert "4100" not in trial_balance(house, OPENED)
    assert "4210" not in trial_balance(house, OPENED)


def test_interest_is_earned_from_the_opening_on(house: House) -> None:
    take_over(house)
    next_day(house, 8)
    next_day(house)
    assert trial_balance(house, today(house))["4100"] < -20_00 + 1
    assert sum(trial_balance(house, today(house)).values()) == 0


def test_receipts_go_as_on_any_loan_and_the_books_agree(house: House) -> None:
    loan = take_over(house)
    receive(house, loan, 850_00)
    view = shown(house, loan)
    assert view.outstanding_minor == OPEN - 800_00
    assert view.dpd == 0
    next_day(house, 8)
    receive(house, loan, 840_00)
    end(house, loan)


def test_it_can_be_closed_early(house: House) -> None:
    loan = take_over(house)
    quote = house.ask(house.manager, QuoteForeclosure(loan_id=loan))
    command = ForecloseLoan(
        loan_id=loan,
        quoted_minor=quote.total_minor,
        currency="INR",
        mode=Mode.CASH,
        payer="Sunita Devi",
    )
    house.run(house.manager, command)
    assert shown(house, loan).status == "closed"
    end(house, loan)


def test_the_lines_follow_from_what_was_received(house: House) -> None:
    command = PreviewTakeOver(taken=taken(house, lines=(), received_minor=8_000_00))
    seen = house.ask(house.manager, command)
    assert sum(line.principal_minor for line in seen.lines) == seen.outstanding_minor
    loan = take_over(house, lines=(), received_minor=8_000_00)
    view = shown(house, loan)
    assert view.outstanding_minor == seen.outstanding_minor
    assert view.dpd == seen.dpd
    again = taken(house, lines=seen.lines, old_number="MF-78")
    assert house.ask(house.manager, PreviewTakeOver(taken=again)).lines == seen.lines


def test_a_preview_says_what_will_stand_and_what_is_posted(house: House) -> None:
    seen = house.ask(house.manager, PreviewTakeOver(taken=taken(house)))
    assert (seen.outstanding_minor, seen.arrears.total_minor) == (OPEN, 850_00)
    assert sum(leg.debit_minor - leg.credit_minor for leg in seen.entries) == 0
    assert house.ask(house.manager, ListLoans()).count == 0
    loan = take_over(house)
    view = shown(house, loan)
    assert (view.dpd, view.asset_class) == (seen.dpd, seen.asset_class)


def test_money_held_comes_with_it(house: House) -> None:
    held = product(house, "HOLD", allocation={"advance_to": "hold"})
    loan = take_over(house, product_id=house.products[held], lines=LINES[1:], excess_minor=100_00)
    assert shown(house, loan).excess_minor == 100_00
    end(house, loan)


def test_an_opening_before_today_is_booked_today(house: House) -> None:
    loan = take_over(house, opening_on=OPENED - timedelta(3))
    assert posted_on(house, OPENED)["1300"] == OPEN
    assert shown(house, loan).ledger[0].on == OPENED - timedelta(3)
    end(house, loan)


def test_what_cannot_have_been_is_refused_at_its_field(house: House) -> None:
    assert refusal(house, opening_on=OPENED + timedelta(1)) == ("opening_on", "in-the-future")
    assert refusal(house, opening_on=date(2025, 10, 1)) == ("opening_on", "backdate")
    assert refusal(house, disbursed_on=OPENED + timedelta(1)) == (
        "opening_on",
        "opening-before-loan",
    )
    assert refusal(house, lines=()) == ("lines", "opening-lines")
    assert refusal(house, received_minor=1) == ("received_minor", "opening-both")
    assert refusal(house, lines=(*LINES, LINES[0])) == ("lines", "opening-line-twice")
    assert refusal(house, principal_minor=2_000_00) == ("lines", "opening-principal")
    assert refusal(house, officer_id=house.cashier.user_id) == ("officer_id", "not-an-officer")
    assert refusal(house, lines=(), received_minor=20_000_00) == (
        "received_minor",
        "opening-paid-up",
    )
    assert house.ask(house.manager, ListLoans()).count == 0


def test_an_old_number_comes_in_once(house: House) -> None:
    take_over(house)
    assert refusal(house) == ("old_number", "old-number-taken")


def test_only_a_manager_within_the_limit_may(house: House) -> None:
    command = TakeOverLoan(party=SUNITA, taken=taken(house), reason="bought")
    with pytest.raises(NotPermitted):
        house.run(house.officer, command)
    with pytest.raises(LimitExceeded):
        house.run(another(house, "deputy", Role.MANAGER, take_over_minor=1_000_00), command)


def test_above_the_limit_a_second_person_lets_it_happen(house: House) -> None:
    small = another(house, "deputy", Role.MANAGER, take_over_minor=1_000_00)
    wish = ProposeTakeOver(party=SUNITA, taken=taken(house), reason="bought")
    asked = house.run(small, wish)
    (waiting,) = house.ask(house.manager, ListTakeOversAsked())
    assert (waiting.borrower, waiting.preview.outstanding_minor) == ("Sunita Devi", OPEN)
    with pytest.raises(NotPermitted):
        house.run(small, AcceptCheck(check_id=asked.check_id, version=asked.version))
    assert house.ask(house.manager, ListLoans()).count == 0
    house.run(house.manager, AcceptCheck(check_id=asked.check_id, version=asked.version))
    (loan,) = house.ask(house.manager, ListLoans()).rows
    assert loan.outstanding_minor == OPEN
    assert not house.ask(house.manager, ListTakeOversAsked())


def test_a_declined_take_over_leaves_nothing(house: House) -> None:
    wish = ProposeTakeOver(party=SUNITA, taken=taken(house), reason="bought")
    asked = house.run(another(house, "deputy", Role.MANAGER, take_over_minor=0), wish)
    command = DeclineCheck(check_id=asked.check_id, version=asked.version, reason="too old")
    house.run(house.manager, command)
    assert not house.ask(house.manager, ListTakeOversAsked())
    assert house.ask(house.manager, ListLoans()).count == 0


def test_the_same_key_takes_over_once(house: House) -> None:
    command = TakeOverLoan(party=SUNITA, taken=taken(house), reason="bought")
    first = house.done(house.manager, command, "once")
    again = house.done(house.manager, command, "once")
    assert again.again
    assert again.result == first.result
    assert house.ask(house.manager, ListLoans()).count == 1
