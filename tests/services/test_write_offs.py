"""Loans given up, recoveries, refunds of excess, and undoing any of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.commands.acts import RecoverLoan, ReverseAct, WriteOffLoan
from app.commands.origination import Mode
from app.commands.servicing import ChargeLoan, PostReceipt, WaiveDue
from app.domain.allocation import Head
from app.domain.errors import KistError, LimitExceeded, NotPermitted
from app.domain.roles import Role
from app.queries.servicing import (
    ListLoans,
    QuoteForeclosure,
    ReceiptForPaper,
    ShowReceipt,
    ShowTill,
    ShowVoucher,
)
from app.texts.errors import sentence
from tests.services.acting import (
    another,
    end,
    findings,
    posted_on,
    product,
    recover,
    refunding,
    reschedule,
    row_of,
    undo,
    undo_receipt,
    write_off,
)
from tests.services.branch import House
from tests.services.lending import lent, next_day, receipt, receive, shown, today

WEEKLY_10K = 859_00
WRITE_OFF_ACCOUNTS = ("5400", "5410", "5420", "5430")


def why(house: House, command: object, **by: object) -> str:
    with pytest.raises(KistError) as refusal:
        house.run(by.get("by") or house.manager, command)  # type: ignore[arg-type]
    assert "(" not in sentence(refusal.value)
    return str(refusal.value.params.get("why", refusal.value.code))


def late_loan(house: House) -> int:
    """A loan of 10,000 with one instalment paid and two not."""
    loan = lent(house)
    next_day(house, 7)
    receive(house, loan, WEEKLY_10K)
    next_day(house, 15)
    return loan


def test_what_is_unpaid_is_struck_by_head(house: House) -> None:
    loan = late_loan(house)
    house.run(
        house.manager,
        ChargeLoan(
            loan_id=loan,
            title="Notice",
            head=Head.CHARGE,
            amount_minor=50_00,
            currency="INR",
            reason="sent",
        ),
    )
    before = shown(house, loan)
    event = write_off(house, loan)
    view = shown(house, loan)
    assert (view.status, view.outstanding_minor, view.payoff_minor) == ("written-off", 0, 0)
    assert view.asset_class == "npa"
    assert view.written_off.principal_minor == before.outstanding_minor
    assert view.written_off.charge_minor == 50_00
    assert view.written_off.interest_minor >= before.arrears.interest_minor
    row = row_of(house, loan, event)
    assert row.credit_minor == view.written_off.total_minor
    assert (row.split, row.outstanding_minor) == (view.written_off, 0)
    moved = posted_on(house, today(house))
    assert moved["5430"] == before.outstanding_minor
    assert sum(moved.get(account, 0) for account in WRITE_OFF_ACCOUNTS) == row.credit_minor
    end(house, loan)


def test_after_it_only_recoveries_and_refunds_are_taken(house: House) -> None:
    loan = late_loan(house)
    write_off(house, loan)
    day = today(house)
    assert why(house, receipt(loan, 100_00, day)) == "recover-instead"
    assert why(house, WriteOffLoan(loan_id=loan, currency="INR", reason="x")) == "written-off"
    waiver = WaiveDue(loan_id=loan, head=Head.INTEREST, amount_minor=1, currency="INR", reason="x")
    assert why(house, waiver) == "written-off"
    assert house.ask(house.manager, ListLoans(status="written-off")).count == 1


def test_a_recovery_is_a_receipt_and_income_of_its_day(house: House) -> None:
    loan = late_loan(house)
    write_off(house, loan)
    day = next_day(house, 3)
    posted = recover(house, loan, 1_000_00)
    assert posted.excess_minor == 0
    assert posted_on(house, day) == {"1100-1": 1_000_00, "4300": -1_000_00}
    view = shown(house, loan)
    assert (view.recovered_minor, view.outstanding_minor) == (1_000_00, 0)
    assert view.ledger[-1].what == "recovery"
    assert view.ledger[-1].receipt_id == posted.receipt_id
    row = house.ask(house.cashier, ShowReceipt(receipt_id=posted.receipt_id))
    assert (row.number, row.amount_minor) == (posted.number, 1_000_00)
    paper = house.ask(house.cashier, ReceiptForPaper(receipt_id=posted.receipt_id))
    assert sum(line.amount_minor for line in paper.lines) == 1_000_00
    till = house.ask(house.cashier, ShowTill())
    assert (till.received_minor, till.paid_minor) == (1_000_00, 0)
    end(house, loan)


def test_more_than_was_struck_is_excess(house: House) -> None:
    loan = late_loan(house)
    write_off(house, loan)
    struck = shown(house, loan).written_off.total_minor
    assert recover(house, loan, struck + 25_00).excess_minor == 25_00
    assert shown(house, loan).excess_minor == 25_00
    house.run(house.manager, refunding(loan, 25_00))
    assert shown(house, loan).excess_minor == 0
    end(house, loan)


def test_a_recovery_that_never_was(house: House) -> None:
    loan = late_loan(house)
    write_off(house, loan)
    posted = recover(house, loan, 1_000_00)
    day = next_day(house)
    undo_receipt(house, posted.receipt_id)
    assert posted_on(house, day) == {"1100-1": -1_000_00, "4300": 1_000_00}
    assert shown(house, loan).recovered_minor == 0
    end(house, loan)


def test_a_write_off_that_never_was(house: House) -> None:
    loan = late_loan(house)
    before = shown(house, loan)
    event = write_off(house, loan)
    next_day(house)
    undo(house, loan, event)
    after = shown(house, loan)
    assert [line.due for line in after.instalments] == [line.due for line in before.instalments]
    assert (after.status, after.written_off.total_minor) == ("active", 0)
    end(house, loan)


def test_a_write_off_taken_back_makes_its_recovery_a_receipt(house: House) -> None:
    loan = late_loan(house)
    event = write_off(house, loan)
    recover(house, loan, 1_000_00)
    before = shown(house, loan)
    undo(house, loan, event)
    view = shown(house, loan)
    assert (view.status, view.recovered_minor) == ("active", 0)
    assert before.recovered_minor == 1_000_00
    end(house, loan)


def test_reversing_an_old_receipt_of_a_loan_given_up_strikes_more(house: House) -> None:
    loan = lent(house)
    next_day(house, 7)
    old = receive(house, loan, WEEKLY_10K)
    next_day(house, 15)
    write_off(house, loan)
    struck = shown(house, loan).written_off.total_minor
    next_day(house)
    undo_receipt(house, old.receipt_id)
    view = shown(house, loan)
    assert view.outstanding_minor == 0
    assert view.written_off.total_minor == struck + WEEKLY_10K
    end(house, loan)


def test_a_loan_in_order_is_not_recovered(house: House) -> None:
    loan = lent(house)
    command = RecoverLoan(
        loan_id=loan,
        amount_minor=1_00,
        currency="INR",
        received_on=today(house),
        mode=Mode.CASH,
        payer="x",
    )
    assert why(house, command) == "not-written-off"
    with pytest.raises(NotPermitted):
        house.run(house.officer, command)


def test_giving_up_needs_its_own_limit(house: House) -> None:
    loan = late_loan(house)
    deputy = another(house, "deputy", write_off_minor=100_00)
    with pytest.raises(LimitExceeded) as refusal:
        house.run(deputy, WriteOffLoan(loan_id=loan, currency="INR", reason="x"))
    assert refusal.value.params["limit"] == "write-off"
    assert shown(house, loan).status == "active"


def paid_twice(house: House) -> int:
    """A closed loan with 100 in excess."""
    loan = lent(house)
    due = sum(line.amount_minor for line in shown(house, loan).instalments)
    receive(house, loan, due + 100_00)
    assert shown(house, loan).excess_minor == 100_00
    return loan


def test_excess_goes_back_with_a_voucher(house: House) -> None:
    loan = paid_twice(house)
    day = next_day(house)
    made = house.run(house.manager, refunding(loan, 60_00))
    assert made.number == "STP-2526-V1-00001"
    assert posted_on(house, day)["2100"] == 60_00
    assert posted_on(house, day)["1100-1"] == -60_00
    view = shown(house, loan)
    assert (view.excess_minor, view.status) == (40_00, "overpaid")
    row = row_of(house, loan, made.event_id)
    assert (row.what, row.debit_minor, row.number) == ("refund", 60_00, made.number)
    voucher = house.ask(house.cashier, ShowVoucher(voucher_id=made.voucher_id))
    assert (voucher.amount_minor, voucher.payee, voucher.mode) == (60_00, "Sunita Devi", "cash")
    assert (voucher.reason, voucher.reversed, voucher.loan_number) == (
        "paid twice",
        False,
        view.number,
    )
    till = house.ask(house.cashier, ShowTill())
    assert (till.received_minor, till.paid_minor) == (0, 60_00)
    house.run(house.manager, refunding(loan, 40_00, Mode.BANK))
    assert shown(house, loan).status == "closed"
    end(house, loan)


def test_a_refund_is_refused_by_name(house: House) -> None:
    loan = paid_twice(house)
    assert why(house, refunding(loan, 100_01)) == "more-than-excess"
    assert why(house, refunding(loan, 0)) == "amount-not-positive"
    cashier = another(house, "till", Role.CASHIER, refund_minor=50_00)
    with pytest.raises(LimitExceeded):
        house.run(cashier, refunding(loan, 60_00))
    assert house.run(cashier, refunding(loan, 50_00)).number


def test_a_refund_that_never_was_comes_back_into_the_till(house: House) -> None:
    loan = paid_twice(house)
    made = house.run(house.manager, refunding(loan, 60_00))
    day = next_day(house)
    undo(house, loan, made.event_id)
    assert posted_on(house, day)["1100-1"] == 60_00
    assert shown(house, loan).excess_minor == 100_00
    assert house.ask(house.manager, ShowVoucher(voucher_id=made.voucher_id)).reversed
    till = house.ask(house.cashier, ShowTill())
    assert (till.received_minor, till.paid_minor) == (0, -60_00)
    end(house, loan)


def test_money_given_back_of_a_receipt_that_never_was_is_asked_back(house: House) -> None:
    loan = lent(house)
    due = sum(line.amount_minor for line in shown(house, loan).instalments)
    receive(house, loan, due - 10_00)
    twice = receive(house, loan, 110_00)
    house.run(house.manager, refunding(loan, 100_00))
    next_day(house)
    undo_receipt(house, twice.receipt_id)
    view = shown(house, loan)
    assert view.status == "active"
    assert view.due_today.charge_minor == 100_00
    assert findings(house) == ()
    end(house, loan)


def test_what_cannot_be_reversed_is_refused_by_name(house: House) -> None:
    loan = lent(house)
    taken = receive(house, loan, 100_00)
    first, second = shown(house, loan).ledger
    assert (first.what, second.receipt_id) == ("disbursement", taken.receipt_id)
    undone = ReverseAct(loan_id=loan, event_id=first.event_id, reason="x")
    assert why(house, undone) == "not-reversible"
    undone = ReverseAct(loan_id=loan, event_id=second.event_id, reason="x")
    assert why(house, undone) == "reverse-the-receipt"
    assert why(house, ReverseAct(loan_id=loan, event_id=1, reason="x")) == "not-found"
    event = reschedule(house, loan, instalments=20)
    undo(house, loan, event)
    again = ReverseAct(loan_id=loan, event_id=event, reason="x")
    assert why(house, again) == "act-reversed"
    reversal = shown(house, loan).ledger[-1]
    assert reversal.what == "reversal"
    again = ReverseAct(loan_id=loan, event_id=reversal.event_id, reason="x")
    assert why(house, again) == "not-reversible"


def test_charges_waivers_and_closures_are_undone(house: House) -> None:
    loan = late_loan(house)
    charged = house.run(
        house.manager,
        ChargeLoan(
            loan_id=loan,
            title="Notice",
            head=Head.CHARGE,
            amount_minor=50_00,
            currency="INR",
            reason="sent",
        ),
    ).event_id
    before = shown(house, loan)
    waived = house.run(
        house.manager,
        WaiveDue(loan_id=loan, head=Head.CHARGE, amount_minor=50_00, currency="INR", reason="x"),
    ).event_id
    undo(house, loan, waived)
    assert shown(house, loan).due_today == before.due_today
    undo(house, loan, charged)
    assert shown(house, loan).due_today.charge_minor == 0
    end(house, loan)


def test_a_receipt_brought_in_late_makes_a_waiver_superfluous(house: House) -> None:
    loan = late_loan(house)
    due = shown(house, loan).due_today
    house.run(
        house.manager,
        WaiveDue(
            loan_id=loan,
            head=Head.INTEREST,
            amount_minor=due.interest_minor,
            currency="INR",
            reason="flood",
        ),
    )
    next_day(house)
    late = PostReceipt(
        **{
            **{
                name: getattr(receipt(loan, 859_00, today(house)), name)
                for name in ("parts", "amount_minor", "currency", "mode", "payer")
            },
            "received_on": today(house) - timedelta(3),
            "reason": "brought in late",
        }
    )
    house.run(house.cashier, late)
    end(house, loan)


def test_nothing_ends_on_the_day_on_which_excess_was_given_back(house: House) -> None:
    loan = lent(house, product=product(house, "H", allocation={"advance_to": "hold"}))
    receive(house, loan, 500_00)
    house.run(house.manager, refunding(loan, 400_00))
    assert why(house, WriteOffLoan(loan_id=loan, currency="INR", reason="x")) == "refund-today"
    with pytest.raises(KistError) as refusal:
        house.ask(house.manager, QuoteForeclosure(loan_id=loan))
    assert refusal.value.params["why"] == "refund-today"
    next_day(house)
    quote = house.ask(house.manager, QuoteForeclosure(loan_id=loan))
    assert quote.excess_minor == 100_00
    write_off(house, loan)
    end(house, loan)
