"""An act above the own limit waits for a second person; before and after are shown to both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.commands.acts import ProposeAct, RescheduleLoan, ReverseAct, WriteOffLoan, wanted
from app.commands.base import Command
from app.commands.checks import AcceptCheck, DeclineCheck
from app.commands.origination import Mode
from app.commands.servicing import (
    ChargeLoan,
    ForecloseLoan,
    NotePrint,
    ReverseReceipt,
    WaiveDue,
)
from app.domain.allocation import Head
from app.domain.errors import KistError, LimitExceeded, NotAllowedNow, NotPermitted
from app.domain.roles import Role
from app.ports import Session
from app.queries.admin import ListChecks
from app.queries.servicing import PreviewAct, PreviewCheck, QuoteForeclosure
from app.rows.acts import ActPreview, ActWanted
from tests.services.acting import another, end, findings, refunding
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today

NOTHING: dict[str, Any] = {
    "reverse_minor": 0,
    "waive_minor": 0,
    "charge_minor": 0,
    "foreclose_minor": 0,
    "rate_minor": 0,
    "reschedule_minor": 0,
    "write_off_minor": 0,
    "refund_minor": 0,
}


@pytest.fixture
def deputy(house: House) -> Session:
    """A manager who may do nothing alone."""
    return another(house, "deputy", **NOTHING)


def late_loan(house: House) -> int:
    """A loan with money in excess on one receipt, and something due."""
    loan = lent(house)
    next_day(house, 9)
    return loan


def acts_on(house: House, loan: int) -> dict[str, Command[object]]:
    """One of every act that has a limit."""
    quote = house.ask(house.manager, QuoteForeclosure(loan_id=loan))
    receipt = receive(house, loan, 100_00)
    charge = ChargeLoan(
        loan_id=loan,
        title="Notice",
        head=Head.CHARGE,
        amount_minor=50_00,
        currency="INR",
        reason="r",
    )
    charged = house.run(house.manager, charge).event_id
    quote = house.ask(house.manager, QuoteForeclosure(loan_id=loan))
    acts = (
        charge,
        WaiveDue(loan_id=loan, head=Head.CHARGE, amount_minor=10_00, currency="INR", reason="r"),
        RescheduleLoan(loan_id=loan, on=today(house), instalments=20, reason="r"),
        ReverseReceipt(receipt_id=receipt.receipt_id, reason="r"),
        ReverseAct(loan_id=loan, event_id=charged, reason="r"),
        WriteOffLoan(loan_id=loan, currency="INR", reason="r"),
        ForecloseLoan(
            loan_id=loan,
            quoted_minor=quote.total_minor,
            currency="INR",
            mode=Mode.CASH,
            payer="Sunita Devi",
        ),
    )
    return {type(act).__name__: act for act in acts}


def preview(house: House, loan: int, act: Command[object]) -> ActPreview:
    return house.ask(house.manager, PreviewAct(loan_id=loan, act=wanted(act)))


KINDS = (
    "ChargeLoan",
    "WaiveDue",
    "RescheduleLoan",
    "ReverseReceipt",
    "ReverseAct",
    "WriteOffLoan",
    "ForecloseLoan",
)


@pytest.mark.parametrize("kind", KINDS)
def test_an_act_above_the_limit_is_done_by_two(house: House, deputy: Session, kind: str) -> None:
    loan = late_loan(house)
    act = acts_on(house, loan)[kind]
    with pytest.raises(LimitExceeded):
        house.run(deputy, act)
    made = house.run(deputy, ProposeAct(loan_id=loan, act=wanted(act)))
    (row,) = shown(house, loan).checks
    assert (row.check_id, row.version, row.maker) == (made.check_id, 1, "Deputy")
    assert row.act == wanted(act)
    assert row.amount_minor == made.amount_minor > 0
    looked = house.ask(house.manager, PreviewCheck(check_id=made.check_id))
    assert looked == preview(house, loan, act)
    accept = AcceptCheck(check_id=made.check_id, version=made.version)
    with pytest.raises(NotPermitted) as own:
        house.run(deputy, accept)
    assert own.value.params["why"] == "own-work"
    assert house.run(house.manager, accept).state == "accepted"
    view = shown(house, loan)
    assert view.checks == ()
    assert view.outstanding_minor == looked.after.outstanding_minor
    assert view.status == looked.after.status
    told = [row.what for row in view.story]
    assert told.count("act-asked") == told.count("act-allowed") == 1
    end(house, loan)


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_says_what_the_act_then_does(house: House, kind: str) -> None:
    loan = late_loan(house)
    act = acts_on(house, loan)[kind]
    said = preview(house, loan, act)
    before = shown(house, loan)
    house.run(house.manager, act)
    view = shown(house, loan)
    assert said.before.outstanding_minor == before.outstanding_minor
    assert (said.after.outstanding_minor, said.after.status) == (
        view.outstanding_minor,
        view.status,
    )
    assert (said.after.arrears, said.after.payoff_minor) == (view.due_today, view.payoff_minor)
    assert (said.after.next_due_on, said.after.excess_minor) == (
        view.next_due_on,
        view.excess_minor,
    )
    after = [line.after for line in said.lines if line.after is not None]
    assert [(one.due_on, one.amount_minor, one.balance_minor) for one in after] == [
        (line.due_on, line.amount_minor, line.balance_minor) for line in view.instalments
    ]
    posted = {row.entry_id for row in view.entries} - {row.entry_id for row in before.entries}
    sums: dict[str, int] = {}
    for row in view.entries:
        if row.entry_id in posted:
            sums[row.account] = sums.get(row.account, 0) + row.debit_minor - row.credit_minor
    told = {leg.account: leg.debit_minor - leg.credit_minor for leg in said.entries}
    assert told == {account: amount for account, amount in sums.items() if amount}
    assert all(leg.account_title for leg in said.entries)


def test_a_preview_changes_nothing_and_needs_no_reason(house: House) -> None:
    loan = late_loan(house)
    before = shown(house, loan)
    act = RescheduleLoan(loan_id=loan, on=today(house), instalments=20, reason="")
    said = preview(house, loan, act)
    assert (said.before.lines_to_come, said.after.lines_to_come) == (11, 20)
    assert said.before.level_minor > said.after.level_minor > 0
    assert said.after.interest_to_come_minor > said.before.interest_to_come_minor
    assert (said.needs_check, said.limit) == (False, "reschedule")
    assert shown(house, loan) == before
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, act)
    assert refusal.value.field == "reason"


def test_a_preview_says_that_a_second_person_is_needed(house: House, deputy: Session) -> None:
    loan = late_loan(house)
    act = wanted(RescheduleLoan(loan_id=loan, on=today(house), instalments=20, reason="r"))
    said = house.ask(deputy, PreviewAct(loan_id=loan, act=act))
    assert (said.needs_check, said.limit_minor) == (True, 0)
    assert said.amount_minor == shown(house, loan).outstanding_minor


def test_a_preview_is_refused_as_the_act_would_be(house: House) -> None:
    loan, other = late_loan(house), lent(house)
    act = RescheduleLoan(loan_id=loan, on=today(house), reason="r")
    with pytest.raises(KistError) as refusal:
        preview(house, loan, act)
    assert refusal.value.params["why"] == "nothing-changes"
    with pytest.raises(KistError) as refusal:
        preview(house, other, act)
    assert refusal.value.params["why"] == "not-an-act"
    for strange in (
        ActWanted("user.save", 1, "{}"),
        ActWanted("loan.reschedule", 1, "{}"),
        ActWanted("loan.reschedule", 1, "nonsense"),
        ActWanted("loan.reschedule", 1, "[1]"),
    ):
        with pytest.raises(KistError):
            house.ask(house.manager, PreviewAct(loan_id=loan, act=strange))


def test_what_would_be_refused_is_not_proposed(house: House, deputy: Session) -> None:
    loan = late_loan(house)
    nothing = RescheduleLoan(loan_id=loan, on=today(house), reason="r")
    for command in (nothing, replace(nothing, instalments=20, reason="")):
        with pytest.raises(KistError):
            house.run(deputy, ProposeAct(loan_id=loan, act=wanted(command)))
    allowed = wanted(replace(nothing, instalments=20))
    with pytest.raises(NotPermitted):
        house.run(house.cashier, ProposeAct(loan_id=loan, act=allowed))
    with pytest.raises(KistError):
        house.run(deputy, ProposeAct(loan_id=lent(house), act=allowed))
    note = wanted(NotePrint(receipt_id=1))
    with pytest.raises(KistError):
        house.run(deputy, ProposeAct(loan_id=loan, act=note))
    assert house.ask(house.manager, ListChecks()) == ()


def test_one_of_a_kind_waits_for_a_loan(house: House, deputy: Session) -> None:
    loan = late_loan(house)
    act = wanted(RescheduleLoan(loan_id=loan, on=today(house), instalments=20, reason="r"))
    house.run(deputy, ProposeAct(loan_id=loan, act=act))
    with pytest.raises(NotAllowedNow) as refusal:
        house.run(deputy, ProposeAct(loan_id=loan, act=act))
    assert refusal.value.params["why"] == "waiting-for-checker"
    (row,) = house.ask(house.cashier, ListChecks())
    assert (row.number, row.borrower[:11]) == (shown(house, loan).number, "Sunita Devi")
    assert (row.subject_kind, row.command) == ("loan", "loan.reschedule")


def test_a_checker_needs_the_limit_too(house: House, deputy: Session) -> None:
    loan = late_loan(house)
    act = wanted(RescheduleLoan(loan_id=loan, on=today(house), instalments=20, reason="r"))
    made = house.run(deputy, ProposeAct(loan_id=loan, act=act))
    accept = AcceptCheck(check_id=made.check_id, version=1)
    second = another(house, "second", **NOTHING)
    with pytest.raises(LimitExceeded):
        house.run(second, accept)
    with pytest.raises(NotPermitted):
        house.run(house.cashier, accept)
    assert len(shown(house, loan).checks) == 1
    house.run(house.manager, accept)
    with pytest.raises(NotAllowedNow):
        house.run(house.manager, accept)


def test_a_proposal_is_declined_with_a_reason_or_taken_back(house: House, deputy: Session) -> None:
    loan = late_loan(house)
    act = wanted(RescheduleLoan(loan_id=loan, on=today(house), instalments=20, reason="r"))
    before = shown(house, loan).instalments
    for who in (house.manager, deputy):
        made = house.run(deputy, ProposeAct(loan_id=loan, act=act))
        decline = DeclineCheck(check_id=made.check_id, version=1, reason="")
        with pytest.raises(KistError):
            house.run(who, decline)
        with pytest.raises(NotPermitted):
            house.run(house.officer, replace(decline, reason="no"))
        assert house.run(who, replace(decline, reason="no")).state == "declined"
    assert shown(house, loan).instalments == before
    told = [row.what for row in shown(house, loan).story]
    assert told.count("act-declined") == 2
    assert findings(house) == ()


def test_a_cashier_proposes_a_refund_that_a_manager_pays(house: House) -> None:
    cashier = another(house, "till", Role.CASHIER, refund_minor=0)
    loan = lent(house)
    due = sum(line.amount_minor for line in shown(house, loan).instalments)
    receive(house, loan, due + 100_00)
    act = wanted(refunding(loan, 100_00))
    made = house.run(cashier, ProposeAct(loan_id=loan, act=act))
    house.run(house.manager, AcceptCheck(check_id=made.check_id, version=1))
    assert shown(house, loan).excess_minor == 0
    end(house, loan)


def test_what_is_known_later_counts_when_the_checker_agrees(house: House, deputy: Session) -> None:
    loan = late_loan(house)
    act = WriteOffLoan(loan_id=loan, currency="INR", reason="r")
    made = house.run(deputy, ProposeAct(loan_id=loan, act=wanted(act)))
    receive(house, loan, 500_00)
    house.run(house.manager, AcceptCheck(check_id=made.check_id, version=1))
    assert shown(house, loan).written_off.total_minor == made.amount_minor - 500_00


def test_the_same_key_proposes_once(house: House, deputy: Session) -> None:
    loan = late_loan(house)
    act = wanted(RescheduleLoan(loan_id=loan, on=today(house), instalments=20, reason="r"))
    command = ProposeAct(loan_id=loan, act=act)
    assert house.run(deputy, command, "k") == house.run(deputy, command, "k")
    assert len(shown(house, loan).checks) == 1
