"""Quotes of early closures: every head named, kept, honoured on their day or refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.commands.acts import MakeForeclosureQuote
from app.commands.origination import Mode
from app.commands.servicing import ChargeLoan, ForecloseLoan
from app.domain.allocation import Head
from app.domain.errors import KistError, NotFound
from app.queries.servicing import QuoteForeclosure, ShowClosureQuote
from app.texts.errors import sentence
from tests.services.acting import end, findings, product, undo_receipt
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today

WEEKLY_10K = 859_00


def closing_product(house: House) -> str:
    """A product whose closures bear a charge with tax."""
    return product(
        house,
        "CLOSE",
        foreclosure={"interest": "to-date", "charge_percent": "2", "tax_percent": "18"},
        penalty={"percent_a_year": "24"},
    )


def late_loan(house: House) -> int:
    """A loan with one line paid, one late, a charge, and a day of penal charge."""
    loan = lent(house, product=closing_product(house))
    next_day(house, 7)
    receive(house, loan, WEEKLY_10K)
    next_day(house, 10)
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
    return loan


def closing(loan: int, total: int, quote_id: int | None = None) -> ForecloseLoan:
    return ForecloseLoan(
        loan_id=loan,
        quoted_minor=total,
        currency="INR",
        mode=Mode.CASH,
        payer="Sunita Devi",
        quote_id=quote_id,
    )


def test_a_quote_names_every_head_to_the_day(house: House) -> None:
    loan = late_loan(house)
    quote = house.ask(house.manager, QuoteForeclosure(loan_id=loan))
    view = shown(house, loan)
    assert quote.heads.principal_minor == view.outstanding_minor
    assert quote.heads.charge_minor == 50_00
    assert quote.heads.penalty_minor == view.due_today.penalty_minor > 0
    assert quote.heads.interest_minor > view.due_today.interest_minor > 0
    assert quote.closing_charge_minor == round(view.outstanding_minor * 2 / 100)
    assert quote.closing_tax_minor == round(quote.closing_charge_minor * 18 / 100)
    own = quote.closing_charge_minor + quote.closing_tax_minor
    assert quote.total_minor == quote.heads.total_minor + own - quote.excess_minor
    assert quote.total_minor - own == view.payoff_minor


def test_the_tax_of_the_closing_charge_is_owed_to_the_state_and_no_income(house: House) -> None:
    loan = lent(house, product=closing_product(house))
    total = 10_000_00 + 200_00 + 36_00  # 2 % of the principal, 18 % of that; no day has run
    assert house.ask(house.manager, QuoteForeclosure(loan_id=loan)).total_minor == total
    before = len(shown(house, loan).entries)
    done = house.run(house.manager, closing(loan, total))
    legs = _legs(house, loan, before)
    income, tax = house.tools.rules.contra["charge"]["charge"], house.tools.rules.tax
    assert legs == {
        "1100-1": total,
        "1300": -10_000_00,
        income: -200_00,
        tax: -36_00,
    }
    assert (income, tax) == ("4210", "2200")
    undo_receipt(house, done.receipt_id)
    assert _legs(house, loan, before) == {}
    end(house, loan)


def _legs(house: House, loan: int, after: int) -> dict[str, int]:
    """What the entries of a loan moved by account, from one of them on."""
    legs: dict[str, int] = {}
    for leg in shown(house, loan).entries[after:]:
        legs[leg.account] = legs.get(leg.account, 0) + leg.debit_minor - leg.credit_minor
    return {account: minor for account, minor in legs.items() if minor}


def test_a_later_day_asks_more_interest_and_an_earlier_one_is_refused(house: House) -> None:
    loan = late_loan(house)
    now = house.ask(house.manager, QuoteForeclosure(loan_id=loan))
    later = house.ask(house.manager, QuoteForeclosure(loan_id=loan, on=today(house) + timedelta(3)))
    assert later.heads.interest_minor > now.heads.interest_minor
    assert later.heads.penalty_minor > now.heads.penalty_minor
    assert later.heads.principal_minor == now.heads.principal_minor
    with pytest.raises(KistError) as refusal:
        house.ask(house.manager, QuoteForeclosure(loan_id=loan, on=today(house) - timedelta(1)))
    assert refusal.value.field == "on"


def test_money_paid_ahead_lowers_what_closing_asks(house: House) -> None:
    loan = lent(house, product=closing_product(house))
    next_day(house, 7)
    receive(house, loan, 2 * WEEKLY_10K)
    quote = house.ask(house.manager, QuoteForeclosure(loan_id=loan))
    own = quote.closing_charge_minor + quote.closing_tax_minor
    assert quote.total_minor == quote.heads.total_minor + own - quote.excess_minor
    assert min(quote.heads.interest_minor, quote.heads.principal_minor) >= 0
    house.run(house.manager, closing(loan, quote.total_minor))
    assert shown(house, loan).status == "closed"
    end(house, loan)


def test_a_kept_quote_is_honoured_on_its_day(house: House) -> None:
    loan = late_loan(house)
    day = today(house) + timedelta(4)
    made = house.run(house.officer, MakeForeclosureQuote(loan_id=loan, on=day))
    assert made.number == "STP-2526-Q1-00001"
    (row,) = shown(house, loan).quotes
    assert (row.quote_id, row.state, row.closes_on) == (made.quote_id, "coming", day)
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, closing(loan, made.total_minor, made.quote_id))
    assert refusal.value.params["why"] == "quote-not-yet"
    next_day(house, 4)
    row = house.ask(house.cashier, ShowClosureQuote(quote_id=made.quote_id))
    assert (row.state, row.total_minor, row.by) == ("open", made.total_minor, "Officer One")
    assert row.total_minor == (
        row.heads.total_minor + row.closing_charge_minor + row.closing_tax_minor - row.excess_minor
    )
    closed = house.run(house.manager, closing(loan, made.total_minor, made.quote_id))
    assert closed.number
    assert shown(house, loan).status == "closed"
    end(house, loan)


def test_a_quote_that_no_longer_holds_is_refused_with_both_figures(house: House) -> None:
    loan = late_loan(house)
    made = house.run(house.manager, MakeForeclosureQuote(loan_id=loan, on=today(house)))
    receive(house, loan, 100_00)
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, closing(loan, made.total_minor, made.quote_id))
    now = house.ask(house.manager, QuoteForeclosure(loan_id=loan)).total_minor
    assert refusal.value.params["why"] == "kept-quote-differs"
    said = sentence(refusal.value)
    for figure in (made.total_minor, now):
        assert f"{figure // 100:,}"[-5:] in said
    assert shown(house, loan).status == "active"
    again = house.run(house.manager, MakeForeclosureQuote(loan_id=loan, on=today(house)))
    assert again.total_minor == now
    assert [row.number for row in shown(house, loan).quotes] == [again.number, made.number]
    house.run(house.manager, closing(loan, again.total_minor, again.quote_id))
    assert findings(house) == ()


def test_a_quote_runs_out_and_belongs_to_one_loan(house: House) -> None:
    loan = late_loan(house)
    made = house.run(house.manager, MakeForeclosureQuote(loan_id=loan, on=today(house)))
    other = lent(house)
    with pytest.raises(NotFound):
        house.run(house.manager, closing(other, made.total_minor, made.quote_id))
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, replace(closing(loan, 1, made.quote_id)))
    assert refusal.value.params["why"] == "quote-differs"
    next_day(house)
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, closing(loan, made.total_minor, made.quote_id))
    assert refusal.value.params["why"] == "quote-expired"
    assert shown(house, loan).quotes[0].state == "expired"
    past = MakeForeclosureQuote(loan_id=loan, on=today(house) - timedelta(1))
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, past)
    assert refusal.value.field == "on"


def test_a_closed_loan_gets_no_quote(house: House) -> None:
    loan = lent(house)
    receive(house, loan, sum(line.amount_minor for line in shown(house, loan).instalments))
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, MakeForeclosureQuote(loan_id=loan, on=today(house)))
    assert refusal.value.params["why"] == "loan-closed"
