"""Quotes by the engine that disburses; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from app.commands.products import SaveProduct
from app.domain.errors import (
    AmountNotPositive,
    KistError,
    NotAllowedNow,
    NotFound,
    TermsRefused,
    ValueRefused,
)
from app.queries.admin import ListProducts
from app.queries.origination import QuoteLoan
from tests.services.branch import OPENED, House, founded, prepare

WEEKLY = "JLG-W"


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> House:
    """A founded branch."""
    return founded(fresh_engine(prepare))


def _asked(house: House, **changes: object) -> QuoteLoan:
    facts: dict[str, object] = {
        "product_id": house.products[WEEKLY],
        "amount_minor": 30_000_00,
        "instalments": 52,
        **changes,
    }
    return QuoteLoan(**facts)  # type: ignore[arg-type]


def test_a_quote_repays_exactly_what_was_lent_with_its_interest(house: House) -> None:
    quote = house.ask(house.officer, _asked(house))
    assert len(quote.lines) == 52
    assert sum(line.principal_minor for line in quote.lines) == 30_000_00
    assert sum(line.interest_minor for line in quote.lines) == quote.interest_minor
    assert quote.repaid_minor == 30_000_00 + quote.interest_minor
    assert (quote.fee_minor, quote.tax_minor, quote.paid_out_minor) == (300_00, 54_00, 29_646_00)
    assert quote.instalment_minor == quote.lines[0].amount_minor == 651_00
    assert quote.lines[0].due_on == date(2026, 1, 12)
    assert quote.lines[-1].balance_minor == 0
    assert quote.lines[-1].amount_minor <= quote.instalment_minor
    assert quote.apr_method == "irr-nominal"
    assert 24 < int(quote.apr_percent.partition(".")[0]) < 30


def test_the_rate_and_the_days_may_be_chosen(house: House) -> None:
    cheap = _asked(house, annual_rate="18")
    later = _asked(house, disbursed_on=date(2026, 2, 2), first_due_on=date(2026, 2, 16))
    usual = house.ask(house.officer, _asked(house))
    assert house.ask(house.officer, cheap).interest_minor < usual.interest_minor
    assert house.ask(house.officer, later).lines[0].due_on == date(2026, 2, 16)


@pytest.mark.parametrize(
    ("changes", "kind", "field"),
    [
        ({"amount_minor": 0}, AmountNotPositive, "amount_minor"),
        ({"amount_minor": 1}, ValueRefused, "amount_minor"),
        ({"amount_minor": 10**10}, ValueRefused, "amount_minor"),
        ({"instalments": 0}, ValueRefused, "instalments"),
        ({"instalments": 500}, ValueRefused, "instalments"),
        ({"annual_rate": "5"}, ValueRefused, "annual_rate"),
        ({"annual_rate": "x"}, ValueRefused, "annual_rate"),
        ({"annual_rate": "1/0"}, ValueRefused, "annual_rate"),
        ({"first_due_on": OPENED}, TermsRefused, "first_due_on"),
        ({"product_id": 1}, NotFound, ""),
    ],
)
def test_a_quote_outside_the_product_stands_at_its_field(
    house: House, changes: dict[str, object], kind: type[KistError], field: str
) -> None:
    with pytest.raises(kind) as refusal:
        house.ask(house.officer, _asked(house, **changes))
    assert refusal.value.field == field


def test_a_product_that_is_no_longer_offered_is_not_quoted(house: House) -> None:
    rows = house.ask(house.manager, ListProducts())
    row = next(row for row in rows if row.product.code == WEEKLY)
    gone = replace(row.product, active=False)
    house.run(house.manager, SaveProduct(product_id=row.product_id, version=1, product=gone))
    with pytest.raises(NotAllowedNow):
        house.ask(house.officer, _asked(house))
