"""What a loan will cost is said before it is taken, and paid out is what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.commands.key_facts import AcknowledgeKeyFacts, IssueKeyFacts
from app.commands.origination import DisburseLoan, Mode, TranchePlan
from app.commands.products import FeeNote, KeyFactsNotes, SaveProduct
from app.domain.errors import KistError
from app.queries.admin import ListProducts
from app.queries.key_facts import KeyFactsForPaper, ListKeyFacts, PreviewKeyFacts, ShowKeyFacts
from app.rows.origination import KeyFactsView
from app.texts.errors import sentence
from tests.services.acting import findings
from tests.services.branch import House
from tests.services.lending import disclose, next_day, sanctioned, shown, today


def issue(house: House, application_id: int, **plan: object) -> int:
    command = IssueKeyFacts(application_id=application_id, **plan)  # type: ignore[arg-type]
    return house.run(house.officer, command).statement_id


def acknowledge(house: House, statement_id: int) -> None:
    house.run(house.officer, AcknowledgeKeyFacts(statement_id=statement_id))


def seen(house: House, application_id: int) -> KeyFactsView:
    view = house.ask(house.officer, ShowKeyFacts(application_id=application_id))
    assert view is not None
    return view


def pay_out(house: House, application_id: int, **changes: object) -> int:
    command = DisburseLoan(
        application_id=application_id,
        version=1,
        mode=Mode.BANK,
        reference="N1",
        **changes,  # type: ignore[arg-type]
    )
    return house.run(house.manager, command).loan_id


def refused(house: House, application_id: int, **changes: object) -> KistError:
    with pytest.raises(KistError) as refusal:
        pay_out(house, application_id, **changes)
    assert "(" not in sentence(refusal.value)
    return refusal.value


def annex_product(house: House) -> int:
    """A product of the regulator's worked example: 15 %, 240 for the lender, 160 for an insurer."""
    base = house.ask(house.manager, ListProducts())[0].product
    taken = '"head":"charge","on":"disbursement","deduct":true'
    fees = (
        f'{{"name":"Processing fee",{taken},"amount":"240"}},'
        f'{{"name":"Insurance",{taken},"amount":"160"}}'
    )
    rounding = '{"mode":"half-up","interest_to":"0.01","instalment_to":"1"}'
    terms = (
        '{"annual_rate":"15","every":{"n":1,"unit":"month"},'
        f'"rounding":{rounding},"charges":[{fees}]}}'
    )
    notes = KeyFactsNotes(
        fees=(
            FeeNote("Processing fee", "processing"),
            FeeNote("Insurance", "insurance", third_party=True),
        )
    )
    facts = replace(
        base,
        code="ANNEX",
        title="Annex B",
        terms=terms,
        min_minor=1_000_00,
        min_rate="10",
        key_facts=notes,
    )
    product_id = house.run(house.manager, SaveProduct(product=facts)).product_id
    house.products["ANNEX"] = product_id
    return product_id


def test_the_worked_example_of_the_regulator_comes_out_to_the_last_digit(house: House) -> None:
    annex_product(house)
    application = sanctioned(house, 20_000_00, 24, rate="15", product="ANNEX")
    paper = house.ask(house.officer, KeyFactsForPaper(statement_id=issue(house, application)))
    assert paper.apr == "17.07%"
    assert paper.apr_method == "irr-nominal"
    assert (paper.instalment_minor, paper.interest_minor) == (970_00, 3_274_00)
    assert (paper.net_minor, paper.total_minor) == (19_600_00, 23_274_00)
    assert (paper.lender_charges_minor, paper.third_party_minor) == (240_00, 160_00)
    first, third, last = paper.lines[0], paper.lines[2], paper.lines[-1]
    assert (first.outstanding_minor, first.principal_minor) == (20_000_00, 720_00)
    assert (third.outstanding_minor, third.principal_minor) == (18_552_00, 738_00)
    assert (last.outstanding_minor, last.interest_minor) == (958_00, 12_00)


def test_the_collectable_schedule_stands_beside_the_disclosed_one(house: House) -> None:
    annex_product(house)
    application = sanctioned(house, 20_000_00, 24, rate="15", product="ANNEX")
    issue(house, application)
    view = seen(house, application)
    assert sum(line.principal_minor for line in view.quote.lines) == 20_000_00
    assert view.quote.lines[-1].amount_minor != view.paper.lines[-1].instalment_minor
    assert view.row.apr_percent == "17.07"


def test_each_statement_has_a_number_of_its_own_and_three_working_days(house: House) -> None:
    application = sanctioned(house)
    issue(house, application)
    issue(house, application)
    rows = house.ask(house.officer, ListKeyFacts(application_id=application))
    assert [row.number for row in rows] == ["STP-2526-P1-00002", "STP-2526-P1-00001"]
    assert [row.state for row in rows] == ["open", "replaced"]
    assert (rows[0].valid_days, rows[0].valid_to) == (3, today(house) + timedelta(3))


def test_sundays_are_no_working_days(house: House) -> None:
    application = sanctioned(house)
    friday = next_day(house, 4)
    issue(house, application)
    assert seen(house, application).row.valid_to == friday + timedelta(4)


def test_who_signed_and_when_is_kept(house: House) -> None:
    application = sanctioned(house)
    acknowledge(house, issue(house, application))
    row = seen(house, application).row
    assert (row.state, row.acknowledged_on) == ("acknowledged", today(house))
    assert row.acknowledged_by.startswith("Sunita Devi")
    assert row.witnessed_by == "Officer One"
    paper = seen(house, application).paper
    assert (paper.acknowledged_on, paper.explained_in) == (today(house), "en")


def test_a_statement_run_out_or_replaced_is_not_acknowledged(house: House) -> None:
    application = sanctioned(house)
    first = issue(house, application)
    second = issue(house, application)
    for statement, why in ((first, "key-facts-replaced"), (second, "")):
        command = AcknowledgeKeyFacts(statement_id=statement)
        if why:
            with pytest.raises(KistError) as refusal:
                house.run(house.officer, command)
            assert refusal.value.params["why"] == why
    next_day(house, 4)
    with pytest.raises(KistError) as late:
        house.run(house.officer, AcknowledgeKeyFacts(statement_id=second))
    assert late.value.params["why"] == "key-facts-expired"


def test_nothing_is_paid_out_before_it_was_disclosed_and_signed(house: House) -> None:
    application = sanctioned(house)
    assert refused(house, application).params["why"] == "key-facts-missing"
    statement = issue(house, application)
    assert refused(house, application).params["why"] == "key-facts-not-acknowledged"
    acknowledge(house, statement)
    loan = shown(house, pay_out(house, application))
    quote = seen(house, application).quote
    assert [row.due_on for row in loan.instalments] == [line.due_on for line in quote.lines]
    assert [row.amount_minor for row in loan.instalments] == [
        line.amount_minor for line in quote.lines
    ]


def test_an_acknowledged_statement_binds_after_its_last_day(house: House) -> None:
    application = sanctioned(house)
    disclose(house, application)
    next_day(house, 8)
    assert pay_out(house, application)


def test_other_terms_than_disclosed_are_refused_by_name(house: House) -> None:
    application = sanctioned(house)
    disclose(house, application, first_due_on=today(house) + timedelta(7))
    error = refused(house, application, first_due_on=today(house) + timedelta(9))
    assert (error.field, error.params["key"]) == ("first_due_on", "first_due_on")
    parts = (TranchePlan(today(house) + timedelta(14), 4_000_00),)
    error = refused(house, application, tranches=parts)
    assert (error.field, error.params["key"]) == ("tranches", "tranches")


def test_a_new_statement_waits_for_its_own_signature(house: House) -> None:
    application = sanctioned(house)
    disclose(house, application)
    issue(house, application)
    assert refused(house, application).params["why"] == "key-facts-not-acknowledged"


def test_only_a_sanctioned_loan_is_disclosed(house: House) -> None:
    application = sanctioned(house)
    disclose(house, application)
    pay_out(house, application)
    with pytest.raises(KistError) as refusal:
        issue(house, application)
    assert refusal.value.params["why"] == "not-sanctioned"


def test_a_preview_says_the_same_without_a_number(house: House) -> None:
    application = sanctioned(house)
    before = house.ask(house.officer, PreviewKeyFacts(application_id=application))
    statement = issue(house, application)
    after = house.ask(house.officer, KeyFactsForPaper(statement_id=statement))
    assert before == replace(after, proposal_number="")


def test_a_product_without_the_need_is_paid_out_at_once(house: House) -> None:
    row = next(r for r in house.ask(house.manager, ListProducts()) if r.product.code == "JLG-W")
    facts = replace(row.product, code="FREE", title="Free", key_facts=None)
    house.products["FREE"] = house.run(house.manager, SaveProduct(product=facts)).product_id
    assert pay_out(house, sanctioned(house, product="FREE"))
    assert findings(house) == ()
