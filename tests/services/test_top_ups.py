"""A new loan closes an old one of the same borrower; parts of a loan are handed out later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.commands.acts import ProposeAct, wanted
from app.commands.checks import AcceptCheck
from app.commands.origination import DisburseLoan, DisburseTranche, Mode, TranchePlan
from app.commands.servicing import ReverseReceipt
from app.domain.errors import KistError, LimitExceeded, NotPermitted
from app.domain.roles import Role
from app.queries.field import ListOverdue
from app.queries.origination import LoansToClose, PreviewDisbursement, QuoteLoan
from app.queries.servicing import PreviewAct, ReceiptForPaper, ShowReceipt, ShowTill, ShowVoucher
from app.store.migrations.third import mark_loans_in_parts
from app.store.schema.loans import loan_positions
from app.texts.errors import sentence
from tests.services.acting import another, end, findings, posted_on
from tests.services.branch import House
from tests.services.lending import disclose, lent, next_day, receive, sanctioned, shown, today
from tests.services.tampering import tamper


def old_loan(house: House) -> int:
    loan = lent(house, 10_000_00)
    next_day(house, 8)
    receive(house, loan, 859_00)
    return loan


def top_up(house: House, loan_id: int, amount: int = 15_000_00) -> tuple[int, int]:
    """The application of a larger loan for the same borrower, disclosed; and what closing asks."""
    application = sanctioned(house, amount, party_id=shown(house, loan_id).party_id)
    disclose(house, application)
    (one,) = house.ask(house.manager, LoansToClose(application_id=application))
    assert one.loan_id == loan_id
    return application, one.asks_minor


def paying_out(application_id: int, loan_id: int, asks: int) -> DisburseLoan:
    return DisburseLoan(
        application_id=application_id,
        version=1,
        mode=Mode.BANK,
        reference="NEFT 5",
        closes_loan_id=loan_id,
        closes_for_minor=asks,
    )


def refused(house: House, command: DisburseLoan | DisburseTranche) -> KistError:
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, command)
    assert "(" not in sentence(refusal.value)
    return refusal.value


def test_the_new_loan_closes_the_old_one_and_the_rest_is_paid_out(house: House) -> None:
    loan = old_loan(house)
    application, asks = top_up(house, loan)
    done = house.run(house.manager, paying_out(application, loan, asks))
    kept = 150_00 + 27_00
    assert (done.closed_minor, done.paid_out_minor) == (asks, 15_000_00 - kept - asks)
    assert shown(house, loan).status == "closed"
    assert shown(house, done.loan_id).outstanding_minor == 15_000_00
    assert posted_on(house, today(house)).get("1230", 0) == 0
    assert posted_on(house, today(house))["1200"] == -done.paid_out_minor
    end(house, done.loan_id)


def test_the_old_loan_has_a_receipt_that_names_the_new_one(house: House) -> None:
    loan = old_loan(house)
    application, asks = top_up(house, loan)
    done = house.run(house.manager, paying_out(application, loan, asks))
    assert done.closed_receipt_id is not None
    receipt = house.ask(house.manager, ShowReceipt(receipt_id=done.closed_receipt_id))
    assert (receipt.number, receipt.mode) == (done.closed_receipt, "adjust")
    assert (receipt.amount_minor, receipt.reference) == (asks, done.number)
    assert house.ask(house.manager, ReceiptForPaper(receipt_id=receipt.receipt_id)).lines


def test_money_that_closed_an_old_loan_is_no_cash(house: House) -> None:
    loan = old_loan(house)
    before = house.ask(house.manager, ShowTill()).expected_minor
    application, asks = top_up(house, loan)
    command = replace(paying_out(application, loan, asks), reference="N")
    house.run(house.manager, command)
    assert house.ask(house.manager, ShowTill()).expected_minor == before


def test_its_receipt_is_not_reversed(house: House) -> None:
    loan = old_loan(house)
    application, asks = top_up(house, loan)
    done = house.run(house.manager, paying_out(application, loan, asks))
    with pytest.raises(KistError) as refusal:
        house.run(
            house.manager, ReverseReceipt(receipt_id=done.closed_receipt_id or 0, reason="no")
        )
    assert refusal.value.params["why"] == "out-of-a-loan"
    assert "(" not in sentence(refusal.value)


def test_what_does_not_fit_is_refused_and_nothing_is_half_done(house: House) -> None:
    loan, strange = old_loan(house), lent(house)
    application, asks = top_up(house, loan)
    error = refused(house, paying_out(application, loan, asks - 1))
    assert (error.field, error.params["why"]) == ("closes_for_minor", "quote-differs")
    error = refused(house, paying_out(application, strange, asks))
    assert (error.field, error.params["why"]) == ("closes_loan_id", "not-the-borrower")
    small = sanctioned(house, 5_000_00, party_id=shown(house, loan).party_id)
    disclose(house, small)
    error = refused(house, paying_out(small, loan, asks))
    assert error.params["why"] == "closes-too-much"
    assert shown(house, loan).status == "active"


def test_closing_needs_its_own_permission_and_limit(house: House) -> None:
    loan = old_loan(house)
    application, asks = top_up(house, loan)
    with pytest.raises(NotPermitted):
        house.run(house.cashier, paying_out(application, loan, asks))
    somebody = another(house, "deputy", Role.MANAGER, foreclose_minor=100_00)
    with pytest.raises(LimitExceeded):
        house.run(somebody, paying_out(application, loan, asks))


def staged(house: House) -> int:
    """A loan of 12,000: 7,000 now and 5,000 in three weeks."""
    application = sanctioned(house, 12_000_00)
    later = (TranchePlan(today(house) + timedelta(21), 5_000_00),)
    disclose(house, application, tranches=later)
    command = DisburseLoan(application_id=application, version=1, mode=Mode.BANK, reference="N1")
    return house.run(house.manager, command).loan_id


def tranche(loan_id: int, amount: int = 5_000_00, mode: Mode = Mode.CASH) -> DisburseTranche:
    reference = "" if mode is Mode.CASH else "NEFT 8"
    return DisburseTranche(
        loan_id=loan_id, amount_minor=amount, currency="INR", mode=mode, reference=reference
    )


def test_only_the_first_part_is_paid_out_at_first(house: House) -> None:
    view = shown(house, staged(house))
    assert view.outstanding_minor == 7_000_00
    assert [(part.amount_minor, part.paid_on) for part in view.tranches] == [
        (7_000_00, today(house)),
        (5_000_00, None),
    ]


def test_the_next_part_goes_out_on_its_day_with_a_voucher(house: House) -> None:
    loan = staged(house)
    quote = house.ask(
        house.manager,
        QuoteLoan(
            product_id=house.products["JLG-W"],
            amount_minor=12_000_00,
            instalments=12,
            disbursed_on=today(house),
            tranches=(TranchePlan(today(house) + timedelta(21), 5_000_00),),
        ),
    )
    for _week in range(3):
        next_day(house, 7)
        receive(house, loan, shown(house, loan).due_today.total_minor)
    cash = house.ask(house.cashier, ShowTill()).expected_minor
    done = house.run(house.cashier, tranche(loan))
    assert house.ask(house.cashier, ShowTill()).expected_minor == cash - 5_000_00
    voucher = house.ask(house.cashier, ShowVoucher(voucher_id=done.voucher_id))
    assert (voucher.number, voucher.amount_minor) == (done.number, 5_000_00)
    assert voucher.payee == voucher.borrower
    view = shown(house, loan)
    assert [row.amount_minor for row in view.instalments] == [
        line.amount_minor for line in quote.lines
    ]
    assert view.tranches[1].paid_on == today(house)
    end(house, loan)


def test_a_part_handed_out_late_counts_from_its_day(house: House) -> None:
    loan = staged(house)
    next_day(house, 25)
    house.run(house.cashier, tranche(loan))
    end(house, loan)


def test_a_part_is_refused_before_its_day_or_as_another_amount(house: House) -> None:
    loan = staged(house)
    assert refused(house, tranche(loan)).params["why"] == "tranche-not-yet"
    next_day(house, 21)
    assert refused(house, tranche(loan, 4_000_00)).params["why"] == "tranche-differs"
    house.run(house.manager, tranche(loan))
    assert refused(house, tranche(loan)).params["why"] == "no-tranche"
    assert refused(house, tranche(lent(house))).params["why"] == "no-tranche"


def test_a_part_above_the_own_limit_waits_for_a_second_person(house: House) -> None:
    loan = staged(house)
    next_day(house, 21)
    small = another(house, "till", Role.CASHIER, disburse_minor=100_00)
    with pytest.raises(LimitExceeded):
        house.run(small, tranche(loan))
    asked = house.run(small, ProposeAct(loan_id=loan, act=wanted(tranche(loan))))
    house.run(house.manager, AcceptCheck(check_id=asked.check_id, version=asked.version))
    assert shown(house, loan).tranches[1].paid_on == today(house)


def test_a_part_is_shown_before_and_after(house: House) -> None:
    loan = staged(house)
    next_day(house, 21)
    seen = house.ask(house.manager, PreviewAct(loan_id=loan, act=wanted(tranche(loan))))
    assert seen.after.outstanding_minor - seen.before.outstanding_minor == 5_000_00
    assert sum(leg.debit_minor - leg.credit_minor for leg in seen.entries) == 0


def test_the_preview_of_a_disbursement_is_what_it_does(house: House) -> None:
    loan = old_loan(house)
    application, asks = top_up(house, loan)
    shown_before = house.ask(
        house.manager, PreviewDisbursement(application_id=application, closes_loan_id=loan)
    )
    closing = shown_before.closing
    assert closing is not None
    assert (closing.total_minor, closing.heads.total_minor) == (asks, asks)
    assert (shown_before.fee_minor, shown_before.tax_minor) == (150_00, 27_00)
    was = posted_on(house, today(house))
    done = house.run(house.manager, paying_out(application, loan, asks))
    assert shown_before.paid_out_minor == done.paid_out_minor
    legs: dict[str, int] = {}
    for leg in (*shown_before.entries, *shown_before.closing_entries):
        legs[leg.account] = legs.get(leg.account, 0) + leg.debit_minor - leg.credit_minor
    posted = {a: m - was.get(a, 0) for a, m in posted_on(house, today(house)).items()}
    assert {a: m for a, m in legs.items() if m} == {a: m for a, m in posted.items() if m}


def test_the_preview_takes_the_parts_of_the_statement(house: House) -> None:
    application = sanctioned(house, 15_000_00)
    later = (TranchePlan(today(house) + timedelta(days=28), 6_000_00),)
    disclose(house, application, tranches=later)
    made = house.ask(house.manager, PreviewDisbursement(application_id=application))
    assert (made.now_minor, made.later, made.disclosed) == (9_000_00, later, True)
    assert made.paid_out_minor == 9_000_00 - made.fee_minor - made.tax_minor
    assert made.quote.amount_minor == 15_000_00


def test_an_older_loan_in_parts_follows_the_days_from_now_on(house: House) -> None:
    """Such a loan was kept as one that stands still; its own row stays as it was written.

    Of 8,000 before the second part something is held, and settles what falls due of that part.
    """
    loan = staged(house)
    tamper(house, f"UPDATE loans SET moves = false WHERE id = {loan}")
    receive(house, loan, 8_000_00)
    tamper(
        house,
        f"UPDATE loan_positions SET as_on = NULL WHERE loan_id = {loan}",
        *(f"DELETE FROM {table}" for table in ("list_days", "loan_list", "loan_search")),
        "DELETE FROM interest_lines",
    )
    with house.store.engine.begin() as connection:
        mark_loans_in_parts(connection)
    next_day(house, 21)
    house.run(house.manager, tranche(loan))
    for _week in range(2):
        next_day(house, 7)
        assert house.ask(house.officer, ListOverdue()).rows == ()
        assert _derived_for(house, loan) == today(house)
        assert _about_figures(house) == []
    receive(house, loan, 500_00)
    next_day(house)
    assert _about_figures(house) == []


def _derived_for(house: House, loan_id: int) -> date | None:
    """The day that the figures kept of a loan are of."""
    with house.store.read() as snapshot:
        found: date | None = snapshot.scalar(
            select(loan_positions.c.as_on).where(loan_positions.c.loan_id == loan_id)
        )
    return found


def _about_figures(house: House) -> list[str]:
    """What is found of projections; that the loan's row was changed is found as well."""
    return [one.where for one in findings(house) if one.code == "projection-differs"]
