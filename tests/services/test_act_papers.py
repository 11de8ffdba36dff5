"""Kept quotes and vouchers as they are printed say what was kept and what was paid."""

from __future__ import annotations

import pytest

from app.commands.acts import MakeForeclosureQuote
from app.domain.errors import NotFound
from app.queries.servicing import ClosureQuoteForPaper, VoucherForPaper
from app.rows.act_papers import VoucherLine
from tests.services.acting import refunding, undo
from tests.services.branch import House
from tests.services.lending import lent, receive, shown
from tests.services.test_closures import closing_product
from tests.services.test_top_ups import old_loan, paying_out, top_up


def test_a_quote_is_printed_as_it_was_kept(house: House) -> None:
    loan = lent(house, product=closing_product(house))
    kept = house.run(
        house.manager, MakeForeclosureQuote(loan_id=loan, on=shown(house, loan).disbursed_on)
    )
    paper = house.ask(house.manager, ClosureQuoteForPaper(quote_id=kept.quote_id))
    assert (paper.number, paper.total_minor) == (kept.number, 10_236_00)
    assert (paper.closing_charge_minor, paper.closing_tax_minor) == (200_00, 36_00)
    assert paper.by == "Meena Khanna"


def test_the_voucher_of_a_disbursement_says_what_never_left_the_house(house: House) -> None:
    loan = old_loan(house)
    application, asks = top_up(house, loan)
    done = house.run(house.manager, paying_out(application, loan, asks))
    paper = house.ask(house.manager, VoucherForPaper(loan_id=done.loan_id))
    assert paper.lines == (
        VoucherLine("lent", 15_000_00),
        VoucherLine("fee", -150_00),
        VoucherLine("tax", -27_00),
        VoucherLine("closing", -asks, shown(house, loan).number),
    )
    assert (paper.kind, paper.amount_minor) == ("disbursement", done.paid_out_minor)
    assert sum(line.amount_minor for line in paper.lines) == paper.amount_minor
    assert (paper.number, paper.reference) == (done.number, "NEFT 5")


def test_the_voucher_of_a_refund_is_marked_once_it_is_reversed(house: House) -> None:
    loan = lent(house, 2_000_00, 2)
    receive(house, loan, 5_000_00)
    done = house.run(house.cashier, refunding(loan, 500_00))
    asked = VoucherForPaper(loan_id=loan, event_id=done.event_id)
    paper = house.ask(house.manager, asked)
    assert (paper.kind, paper.number, paper.amount_minor) == ("refund", done.number, 500_00)
    assert not paper.reversed
    undo(house, loan, done.event_id)
    assert house.ask(house.manager, asked).reversed
    with pytest.raises(NotFound):
        house.ask(house.manager, VoucherForPaper(loan_id=loan, event_id=1))
