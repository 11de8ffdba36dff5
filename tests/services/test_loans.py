"""Paying out, looking at a loan, changing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.commands.origination import DisburseLoan, Mode
from app.commands.servicing import ChargeLoan, ForecloseLoan, ReverseReceipt, WaiveDue
from app.domain.allocation import Head
from app.domain.errors import (
    KistError,
    LimitExceeded,
    NotAllowedNow,
    NotFound,
    StaleVersion,
    ValueRefused,
)
from app.domain.roles import Role
from app.ports import Session
from app.queries.servicing import (
    FindLoans,
    ListLoans,
    PreviewReceipt,
    QuoteForeclosure,
    ReceiptForPaper,
    ScheduleForPaper,
    ShowLoan,
    ShowReceipt,
    ShowTill,
)
from app.rows.servicing import LoanView
from app.texts.errors import sentence
from tests.services.branch import House, user
from tests.services.lending import (
    disburse,
    disclose,
    lent,
    next_day,
    receipt,
    receive,
    sanctioned,
    shown,
    today,
)

WEEKLY_10K = 859_00  # JLG-W: 12 instalments at 24 %


def accounts_of(view: LoanView) -> dict[str, int]:
    """The loan's entries summed by account, debit above zero."""
    sums: dict[str, int] = {}
    for row in view.entries:
        sums[row.account] = sums.get(row.account, 0) + row.debit_minor - row.credit_minor
    return {account: amount for account, amount in sums.items() if amount}


def test_a_loan_is_paid_out_less_fee_and_tax(house: House) -> None:
    application = sanctioned(house)
    disclose(house, application)
    command = DisburseLoan(
        application_id=application, version=1, mode=Mode.BANK, reference="NEFT 7"
    )
    paid = house.run(house.cashier, command)
    assert paid.number == "STP-2526-L1-00001"
    assert paid.paid_out_minor == 10_000_00 - 100_00 - 18_00
    assert accounts_of(shown(house, paid.loan_id)) == {
        "1300": 10_000_00,
        "1200": -9_882_00,
        "4200": -100_00,
        "2200": -18_00,
    }


def test_loan_numbers_of_a_counter_follow_one_another(house: House) -> None:
    views = [shown(house, lent(house)) for _ in range(2)]
    assert [view.number for view in views] == ["STP-2526-L1-00001", "STP-2526-L1-00002"]


def test_an_application_is_paid_out_once(house: House) -> None:
    application = sanctioned(house)
    disburse(house, application)
    with pytest.raises(StaleVersion):
        disburse(house, application)
    again = DisburseLoan(application_id=application, version=2, mode=Mode.CASH)
    with pytest.raises(NotAllowedNow) as refusal:
        house.run(house.cashier, again)
    assert refusal.value.params["why"] == "already-disbursed"


def test_twenty_thousand_in_cash_are_refused_by_the_law(house: House) -> None:
    with pytest.raises(ValueRefused) as refusal:
        disburse(house, sanctioned(house, 20_000_00), mode=Mode.CASH)
    assert "269SS" in sentence(refusal.value)
    assert disburse(house, sanctioned(house, 19_000_00), mode=Mode.CASH)


def test_what_is_still_owed_counts_towards_the_cash_limit(house: House) -> None:
    first = shown(house, disburse(house, sanctioned(house, 15_000_00), mode=Mode.CASH))
    second = sanctioned(house, 6_000_00, party_id=first.party_id)
    with pytest.raises(ValueRefused):
        disburse(house, second, mode=Mode.CASH)
    assert disburse(house, second, mode=Mode.BANK)


def test_the_till_pays_no_more_than_it_holds(house: House) -> None:
    for _ in range(2):
        disburse(house, sanctioned(house, 19_900_00), mode=Mode.CASH)
    with pytest.raises(NotAllowedNow) as refusal:
        disburse(house, sanctioned(house, 19_900_00), mode=Mode.CASH)
    assert refusal.value.params["why"] == "till-short"


def test_the_first_due_day_may_be_chosen_but_not_before_the_loan(house: House) -> None:
    day = today(house)
    loan = disburse(house, sanctioned(house), first_due_on=day + timedelta(10))
    assert shown(house, loan).instalments[0].due_on == day + timedelta(10)
    with pytest.raises(KistError) as refusal:
        disburse(house, sanctioned(house), first_due_on=day)
    assert refusal.value.field == "first_due_on"


def test_a_loan_view_keeps_today_apart_from_what_is_late(house: House) -> None:
    loan = lent(house)
    next_day(house, 7)
    view = shown(house, loan)
    assert (view.arrears.total_minor, view.due_today.total_minor) == (0, WEEKLY_10K)
    assert (view.dpd, view.asset_class, view.instalments[0].state) == (0, "standard", "due")
    next_day(house)
    view = shown(house, loan)
    assert (view.arrears.total_minor, view.dpd, view.asset_class) == (WEEKLY_10K, 1, "sma-0")
    assert [line.state for line in view.instalments[:3]] == ["late", "next", "ahead"]
    receive(house, loan, WEEKLY_10K + 100_00)
    view = shown(house, loan)
    assert (view.arrears.total_minor, view.dpd, view.next_number) == (0, 0, 2)
    assert [line.state for line in view.instalments[:3]] == ["paid", "part", "ahead"]
    assert view.instalments[0].days_late == 1


def test_the_preview_is_what_the_receipt_does(house: House) -> None:
    loan = lent(house)
    day = next_day(house, 15)
    receive(house, loan, 100_00)
    ask = PreviewReceipt(loan_id=loan, amount_minor=2_000_00, received_on=day)
    before = house.ask(house.cashier, ask)
    assert sum(line.amount_minor for line in before.lines) == 2_000_00
    assert {line.reason for line in before.lines} == {"rest", "late", "ahead"}
    posted = receive(house, loan, 2_000_00)
    view = shown(house, loan)
    assert view.outstanding_minor == before.outstanding_after_minor
    assert view.arrears.total_minor == before.late_after_minor
    paper = house.ask(house.cashier, ReceiptForPaper(receipt_id=posted.receipt_id))
    assert [line.amount_minor for line in paper.lines] == [
        line.amount_minor for line in before.lines
    ]


def test_a_preview_refuses_what_posting_would(house: House) -> None:
    loan = lent(house, 5_000_00)
    receive(house, loan, 9_000_00)
    with pytest.raises(NotAllowedNow):
        house.ask(
            house.cashier,
            PreviewReceipt(loan_id=loan, amount_minor=100_00, received_on=today(house)),
        )


def test_a_back_dated_receipt_comes_to_the_same_as_one_on_its_day(house: House) -> None:
    one, two = lent(house), lent(house)
    day = next_day(house, 7)
    receive(house, one, WEEKLY_10K)
    next_day(house, 5)
    house.run(house.manager, receipt(two, WEEKLY_10K, day, reason="kept by the officer"))
    first, second = shown(house, one), shown(house, two)
    assert first.instalments == second.instalments
    assert accounts_of(first) == accounts_of(second)


def test_a_reversal_gives_the_loan_as_it_was(house: House) -> None:
    loan = lent(house)
    next_day(house, 9)
    before = shown(house, loan)
    posted = receive(house, loan, 3_000_00)
    house.run(house.manager, ReverseReceipt(receipt_id=posted.receipt_id, reason="other loan"))
    after = shown(house, loan)
    assert after.instalments == before.instalments
    assert accounts_of(after) == accounts_of(before)
    assert [row.reversed for row in after.ledger] == [False, True, False]
    assert house.ask(house.cashier, ShowReceipt(receipt_id=posted.receipt_id)).reversed
    paper = house.ask(house.cashier, ReceiptForPaper(receipt_id=posted.receipt_id, duplicate=1))
    assert (paper.reversed_on, paper.reversed_why) == (today(house), "other loan")
    assert sum(line.amount_minor for line in paper.lines) == 3_000_00


def test_a_charge_is_due_at_once_and_stands_in_the_books(house: House) -> None:
    loan = lent(house)
    command = ChargeLoan(
        loan_id=loan,
        title="Cheque returned",
        head=Head.CHARGE,
        amount_minor=118_00,
        currency="INR",
        reason="bounced",
    )
    house.run(house.manager, command)
    assert shown(house, loan).due_today.charge_minor == 118_00
    with pytest.raises(ValueRefused):
        house.run(house.manager, replace(command, head=Head.INTEREST))
    receive(house, loan, 118_00)
    view = shown(house, loan)
    assert view.due_today.total_minor == 0
    books = accounts_of(view)
    assert (books["4210"], books.get("1320", 0)) == (-118_00, 0)


def test_a_waiver_is_held_to_what_is_due_and_to_the_limit(house: House) -> None:
    loan = lent(house)
    next_day(house, 8)
    due = shown(house, loan).arrears.interest_minor
    command = WaiveDue(
        loan_id=loan, head=Head.INTEREST, amount_minor=due, currency="INR", reason="illness"
    )
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.manager, replace(command, amount_minor=due + 1))
    assert "Only" in sentence(refusal.value)
    house.run(house.manager, command)
    view = shown(house, loan)
    assert (view.arrears.interest_minor, accounts_of(view)["5300"]) == (0, due)


def test_a_waiver_after_a_receipt_of_the_same_day_keeps_the_books_in_balance(
    house: House,
) -> None:
    loan = lent(house)
    next_day(house, 15)
    receive(house, loan, WEEKLY_10K)
    due = shown(house, loan).arrears.interest_minor
    house.run(
        house.manager,
        WaiveDue(
            loan_id=loan, head=Head.INTEREST, amount_minor=due, currency="INR", reason="flood"
        ),
    )
    books = accounts_of(shown(house, loan))
    assert books["5300"] == due
    assert "5330" not in books


def test_a_loan_closes_early_for_exactly_the_quote(house: House) -> None:
    loan = lent(house, 20_000_00, 24)
    for _ in range(3):
        next_day(house, 7)
        receive(house, loan, 930_00)
    next_day(house, 3)
    quote = house.ask(house.cashier, QuoteForeclosure(loan_id=loan))
    assert quote.total_minor == quote.heads.total_minor
    assert quote.interest_saved_minor > 0
    command = ForecloseLoan(
        loan_id=loan,
        quoted_minor=quote.total_minor - 1,
        currency="INR",
        mode=Mode.CASH,
        payer="Sunita",
    )
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.manager, command)
    assert refusal.value.params["total_minor"] == quote.total_minor
    done = house.run(house.manager, replace(command, quoted_minor=quote.total_minor))
    view = shown(house, loan)
    assert (view.status, view.outstanding_minor, view.excess_minor) == ("closed", 0, 0)
    assert accounts_of(view).get("1300", 0) == 0
    row = house.ask(house.cashier, ShowReceipt(receipt_id=done.receipt_id))
    assert (row.number, row.amount_minor) == (done.number, quote.total_minor)


def test_reversing_the_receipt_of_a_closure_opens_the_loan_as_it_was(house: House) -> None:
    loan = lent(house, 20_000_00, 24)
    next_day(house, 7)
    receive(house, loan, 5_000_00)
    next_day(house, 3)
    before = shown(house, loan)
    quote = house.ask(house.cashier, QuoteForeclosure(loan_id=loan))
    done = house.run(
        house.manager,
        ForecloseLoan(
            loan_id=loan,
            quoted_minor=quote.total_minor,
            currency="INR",
            mode=Mode.CHEQUE,
            reference="000123",
            payer="Sunita",
        ),
    )
    house.run(house.manager, ReverseReceipt(receipt_id=done.receipt_id, reason="returned"))
    after = shown(house, loan)
    assert after.instalments == before.instalments
    assert accounts_of(after) == accounts_of(before)


def test_a_loan_is_found_by_any_part_of_what_it_is_known_by(house: House) -> None:
    loan = lent(house)
    lent(house)
    view = shown(house, loan)
    for text in (view.number, view.number[-5:], view.borrower.upper(), view.phone[2:]):
        hits = house.ask(house.cashier, FindLoans(text=text))
        assert loan in [hit.loan_id for hit in hits], text
    both = house.ask(house.cashier, FindLoans(text="rampur सुनी"))
    assert [hit.matched for hit in both] == ["village", "village"]
    assert house.ask(house.cashier, FindLoans(text="%")) == ()
    assert house.ask(house.cashier, FindLoans(text="  ")) == ()


def test_loans_are_listed_sorted_and_counted_by_the_database(house: House) -> None:
    small, large = lent(house, 6_000_00), lent(house, 9_000_00)
    next_day(house, 8)
    receive(house, small, 9_000_00)
    page = house.ask(house.manager, ListLoans(sort="-outstanding_minor", limit=1))
    assert ([row.loan_id for row in page.rows], page.count) == ([large], 2)
    assert page.total("outstanding") == 9_000_00
    closed = house.ask(house.manager, ListLoans(status="closed"))
    assert [row.loan_id for row in closed.rows] == [small]
    for sort in ("dpd", "-dpd", "arrears_minor", "officer", "nonsense"):
        assert house.ask(house.manager, ListLoans(sort=sort)).count == 2


def test_another_branch_sees_nothing_of_a_loan(house: House) -> None:
    loan = lent(house)
    with pytest.raises(NotFound):
        house.ask(house.manager, ShowLoan(loan_id=loan + 1))


def test_the_till_counts_cash_and_names_the_other_modes(house: House) -> None:
    loan = lent(house)
    disburse(house, sanctioned(house, 5_000_00), mode=Mode.CASH)
    receive(house, loan, 700_00)
    wrong = receive(house, loan, 300_00)
    house.run(house.cashier, receipt(loan, 250_00, today(house), mode=Mode.UPI))
    house.run(house.manager, ReverseReceipt(receipt_id=wrong.receipt_id, reason="twice"))
    till = house.ask(house.cashier, ShowTill())
    assert (till.opening_minor, till.received_minor) == (50_000_00, 700_00)
    assert (till.paid_minor, till.expected_minor) == (4_941_00, 45_759_00)
    assert till.other_modes == (("upi", 250_00),)
    assert [row.reversed for row in till.receipts] == [False, True, False]


def test_the_schedule_on_paper_adds_up(house: House) -> None:
    paper = house.ask(house.officer, ScheduleForPaper(loan_id=lent(house)))
    assert sum(line.principal_minor for line in paper.lines) == paper.principal_minor
    assert (paper.net_minor, paper.frequency, paper.rate) == (9_882_00, "weekly", "24%")


def test_the_limit_to_reverse_holds(house: House) -> None:
    posted = receive(house, lent(house), 500_00)
    for somebody in (house.officer, house.cashier):
        with pytest.raises(KistError):
            house.run(somebody, ReverseReceipt(receipt_id=posted.receipt_id, reason="x"))


def test_paying_out_above_the_own_limit_is_refused(house: House) -> None:
    somebody = low_limit(house)
    command = DisburseLoan(
        application_id=sanctioned(house, 60_000_00, 52),
        version=1,
        mode=Mode.BANK,
        reference="N",
    )
    with pytest.raises(LimitExceeded):
        house.run(somebody, command)


def low_limit(house: House) -> Session:
    """A cashier who may pay out 50,000 at the most."""
    made = house.run(
        house.manager,
        replace(user(Role.CASHIER, disburse_minor=50_000_00), login="cashier2"),
    )
    return Session(house.manager.station_id, house.manager.branch_id, made.user_id)
