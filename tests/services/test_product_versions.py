"""A product's terms change from a day on; what was sanctioned or lent before keeps its own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.commands.codec import canonical
from app.commands.products import FeeNote, KeyFactsNotes, ProductFacts, SaveProduct
from app.domain.errors import KistError, StaleVersion, ValueRefused
from app.queries.admin import ListProducts, ListProductVersions
from app.queries.origination import QuoteLoan
from app.rows.admin import ProductRow
from app.texts.errors import sentence
from tests.services.acting import findings
from tests.services.branch import House
from tests.services.lending import disburse, lent, next_day, sanctioned, shown, today


def row_of(house: House, code: str = "JLG-W") -> ProductRow:
    return next(r for r in house.ask(house.manager, ListProducts()) if r.product.code == code)


def other(facts: ProductFacts, rate: str = "22") -> ProductFacts:
    terms = {**json.loads(facts.terms), "annual_rate": rate}
    return replace(facts, terms=canonical(terms))


def save(house: House, facts: ProductFacts, from_on: date | None = None) -> int:
    row = row_of(house)
    command = SaveProduct(
        product_id=row.product_id, version=row.version, product=facts, effective_from=from_on
    )
    return house.run(house.manager, command).number


def rate(house: House) -> str:
    return str(json.loads(row_of(house).product.terms)["annual_rate"])


def states(house: House) -> list[tuple[int, str]]:
    product_id = row_of(house).product_id
    found = house.ask(house.manager, ListProductVersions(product_id=product_id))
    return [(one.number, one.state) for one in found]


def test_a_version_of_today_holds_at_once(house: House) -> None:
    assert save(house, other(row_of(house).product)) == 2
    assert rate(house) == "22"
    assert states(house) == [(2, "in-force"), (1, "past")]


def test_a_version_entered_ahead_holds_from_its_day(house: House) -> None:
    day = today(house) + timedelta(7)
    save(house, other(row_of(house).product), day)
    assert (rate(house), row_of(house).next_from) == ("24", day)
    assert states(house) == [(2, "coming"), (1, "in-force")]
    next_day(house, 6)
    assert rate(house) == "24"
    next_day(house, 1)
    assert rate(house) == "22"
    assert row_of(house).effective_from == day
    assert states(house) == [(2, "in-force"), (1, "past")]


def test_another_version_for_the_same_day_takes_its_place(house: House) -> None:
    day, facts = today(house) + timedelta(7), row_of(house).product
    save(house, other(facts, "22"), day)
    save(house, other(facts, "23"), day)
    assert states(house) == [(3, "coming"), (2, "replaced"), (1, "in-force")]
    next_day(house, 7)
    assert rate(house) == "23"


def test_who_entered_a_version_and_when_is_listed(house: House) -> None:
    save(house, other(row_of(house).product))
    query = ListProductVersions(product_id=row_of(house).product_id)
    newest = house.ask(house.manager, query)[0]
    assert newest.entered_by == "Meena Khanna"
    assert newest.entered_at is not None
    assert newest.effective_from == today(house)


def test_a_quote_takes_the_version_of_its_day(house: House) -> None:
    query = QuoteLoan(product_id=row_of(house).product_id, amount_minor=10_000_00, instalments=12)
    before = house.ask(house.manager, query).interest_minor
    save(house, other(row_of(house).product, "20"), today(house) + timedelta(1))
    assert house.ask(house.manager, query).interest_minor == before
    next_day(house)
    assert house.ask(house.manager, query).interest_minor < before


def test_what_was_sanctioned_before_is_paid_out_as_it_was(house: House) -> None:
    application = sanctioned(house)
    next_day(house)
    free = {**json.loads(row_of(house).product.terms), "charges": []}
    save(house, replace(row_of(house).product, terms=canonical(free), key_facts=None))
    old = shown(house, disburse(house, application))
    assert json.loads(old.terms)["charges"]
    new = json.loads(shown(house, lent(house)).terms)
    assert new["charges"]  # the tests' applications are sanctioned on the first day


def test_a_loan_keeps_its_terms(house: House) -> None:
    loan = lent(house)
    before = shown(house, loan)
    save(house, other(row_of(house).product, "20"))
    assert shown(house, loan) == before
    assert findings(house) == ()


def test_a_day_that_is_past_and_another_currency_are_refused(house: House) -> None:
    facts = row_of(house).product
    with pytest.raises(ValueRefused) as refusal:
        save(house, facts, today(house) - timedelta(1))
    assert refusal.value.field == "effective_from"
    with pytest.raises(ValueRefused) as refusal:
        save(house, replace(facts, currency="USD"))
    assert refusal.value.field == "currency"
    assert "(" not in sentence(refusal.value)
    assert states(house) == [(1, "in-force")]


def test_two_who_change_it_at_once_do_not_overwrite_one_another(house: House) -> None:
    row = row_of(house)
    save(house, other(row.product), today(house) + timedelta(7))
    command = SaveProduct(product_id=row.product_id, version=row.version, product=row.product)
    with pytest.raises(StaleVersion):
        house.run(house.manager, command)


def test_a_note_on_a_charge_that_is_not_there_is_refused(house: House) -> None:
    notes = KeyFactsNotes(fees=(FeeNote("Insurence", "insurance", third_party=True),))
    with pytest.raises(KistError) as refusal:
        save(house, replace(row_of(house).product, key_facts=notes))
    assert refusal.value.params["why"] == "unknown-charge"
