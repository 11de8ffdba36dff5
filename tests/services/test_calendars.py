"""Holidays of the branch: kept by version, read from files, put into new loans alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.commands.products import SaveProduct
from app.commands.settings import SaveCalendar
from app.domain.errors import NotPermitted, StaleVersion, ValueRefused
from app.domain.holidays import Holiday, LineRefused, holidays_from_csv, terms_with
from app.queries.admin import ListProducts
from app.queries.key_facts import PreviewKeyFacts
from app.queries.origination import QuoteLoan
from app.queries.servicing import ShowLoan
from app.queries.settings import ShowCalendar
from app.services.key_facts import sanctioned_product
from app.store.applications import application_by_id
from tests.services.branch import OPENED, House
from tests.services.lending import lent, sanctioned

FIRST_DUE = OPENED + timedelta(7)


def moving(house: House, shift: str = "next") -> None:
    """Let the weekly product move its due dates."""
    rows = house.ask(house.manager, ListProducts())
    row = next(one for one in rows if one.product.code == "JLG-W")
    terms = {**json.loads(row.product.terms), "calendar": {"shift": shift}}
    product = replace(row.product, terms=json.dumps(terms))
    house.run(
        house.manager,
        SaveProduct(product_id=row.product_id, version=row.version, product=product),
    )


def dues(house: House) -> list[date]:
    query = QuoteLoan(
        product_id=house.products["JLG-W"],
        amount_minor=10_000_00,
        instalments=12,
        annual_rate="24",
        disbursed_on=OPENED,
    )
    return [line.due_on for line in house.ask(house.manager, query).lines]


def keep(house: House, *holidays: Holiday, version: int = 0, off: tuple[int, ...] = ()) -> int:
    command = SaveCalendar(version=version, off_days=off, holidays=holidays)
    return house.run(house.manager, command).version


def test_a_new_loan_moves_away_from_the_holidays_of_its_state(house: House) -> None:
    moving(house)
    elsewhere = Holiday(FIRST_DUE + timedelta(7), "Elsewhere", ("KL",))
    keep(house, Holiday(FIRST_DUE, "Here", ("UP", "BR")), elsewhere)
    assert dues(house)[:2] == [FIRST_DUE + timedelta(1), FIRST_DUE + timedelta(7)]
    view = house.ask(house.manager, ShowCalendar())
    assert view.products == ("Group loan, weekly",)
    keep(house, off=(2,), version=view.version)
    assert dues(house)[0] == FIRST_DUE


def test_a_product_that_moves_nothing_and_a_loan_that_runs_stay_as_they_are(house: House) -> None:
    loan = lent(house)
    before = house.ask(house.manager, ShowLoan(loan_id=loan))
    keep(house, Holiday(FIRST_DUE, "Here"))
    assert dues(house)[0] == FIRST_DUE
    moving(house)
    assert dues(house)[0] == FIRST_DUE + timedelta(1)
    assert house.ask(house.manager, ShowLoan(loan_id=loan)) == before


def test_what_is_sanctioned_holds_the_holidays_from_then_on(house: House) -> None:
    moving(house)
    keep(house, Holiday(OPENED - timedelta(1), "Gone"), Holiday(FIRST_DUE, "Coming"))
    application_id = sanctioned(house)
    with house.store.read() as snapshot:
        row = application_by_id(snapshot, application_id, house.manager.branch_id)
        assert row is not None
        terms = json.loads(sanctioned_product(snapshot, dict(row))["terms"])
    assert terms["calendar"]["holidays"] == [FIRST_DUE.isoformat()]


def test_a_calendar_is_kept_at_its_version_by_who_may(house: House) -> None:
    assert keep(house, Holiday(FIRST_DUE, "Here")) == 1
    with pytest.raises(StaleVersion):
        keep(house, version=7)
    with pytest.raises(NotPermitted):
        house.run(house.officer, SaveCalendar(version=1))
    assert house.ask(house.manager, ShowCalendar()).holidays == (Holiday(FIRST_DUE, "Here"),)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (SaveCalendar(version=0, off_days=(1, 2, 3, 4, 5, 6, 7)), "no-day-left"),
        (SaveCalendar(version=0, off_days=(8,)), "not-a-choice"),
        (SaveCalendar(version=0, holidays=(Holiday(OPENED, " "),)), "empty"),
        (SaveCalendar(version=0, holidays=(Holiday(OPENED, "A", ("up",)),)), "not-a-choice"),
        (SaveCalendar(version=0, holidays=(Holiday(OPENED, "A"),) * 2), "holiday-twice"),
    ],
)
def test_what_no_calendar_is_is_refused(house: House, command: SaveCalendar, why: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        house.run(house.manager, command)
    assert refused.value.params["why"] == why


def test_a_file_gives_its_holidays_and_refuses_lines_with_a_reason() -> None:
    text = (
        "day,name,states\n2027-01-26,Republic Day,\n14/04/2027,Bihu,as; AR\n\n"
        "31-02-2027,Never,\n01-05-2027,,\n02-05-2027,Somewhere,XX\n26.01.2027,republic day\n"
    )
    found, refused = holidays_from_csv(text, frozenset({"AS", "AR"}))
    assert found == (
        Holiday(date(2027, 1, 26), "Republic Day"),
        Holiday(date(2027, 4, 14), "Bihu", ("AS", "AR")),
    )
    assert [(one.line, one.why) for one in refused] == [
        (5, "day"),
        (6, "name"),
        (7, "states"),
        (8, "twice"),
    ]
    assert isinstance(refused[0], LineRefused)


def test_a_week_without_a_working_day_stays_the_products_own() -> None:
    template = {"calendar": {"working_days": [7], "shift": "next"}}
    assert terms_with(template, [7], [])["calendar"]["working_days"] == [7]
    assert terms_with({"annual_rate": "24"}, [7], [OPENED]) == {"annual_rate": "24"}


def test_a_statement_stands_for_days_that_the_branch_works(house: House) -> None:
    asked = PreviewKeyFacts(application_id=sanctioned(house))
    assert house.ask(house.manager, asked).valid_to == OPENED + timedelta(3)
    keep(house, Holiday(OPENED + timedelta(1), "Here", ("UP",)), off=(4,))
    assert house.ask(house.manager, asked).valid_to == OPENED + timedelta(5)
