"""What lists can be narrowed by: the count of a choice is the length of the list it gives."""

from __future__ import annotations

import pytest

from app.domain.ageing import ASSET_CLASSES
from app.domain.errors import ValueRefused
from app.queries.base import Page, Paged
from app.queries.field import ListOverdue
from app.queries.lists import ApplicationChoices, LoanChoices, OverdueChoices
from app.queries.origination import ListApplications
from app.queries.servicing import ListLoans
from app.rows.lists import Choice
from app.rows.servicing import LoanRow
from tests.services.branch import House
from tests.services.portfolio import worked


def fitting(house: House, of: type[Paged[Page[object]]], choice: Choice, **more: object) -> int:
    """How many rows the list has once the choice is taken."""
    ids = {"officer", "product"}
    field = f"{choice.field}_id" if choice.field in ids else choice.field
    value = int(choice.value) if choice.field in ids else choice.value
    return house.ask(house.manager, of(**{field: value}, **more)).count  # type: ignore[arg-type]


def test_each_choice_of_loans_says_how_many_it_leaves(house: House) -> None:
    worked(house)
    for status in ("", "active"):
        choices = house.ask(house.manager, LoanChoices(status=status))
        assert {"officer", "product", "village"} <= {choice.field for choice in choices}
        for choice in choices:
            left = fitting(house, ListLoans, choice, status=status)
            assert left == choice.count > 0 or choice.field == "centre"


def test_each_choice_of_late_loans_says_how_many_it_leaves(house: House) -> None:
    worked(house)
    choices = house.ask(house.officer, OverdueChoices())
    whole = house.ask(house.officer, ListOverdue()).count
    officers = [choice.count for choice in choices if choice.field == "officer"]
    assert sum(officers) == whole > 0
    for choice in choices:
        left = fitting(house, ListOverdue, choice)
        assert left == choice.count or choice.field == "centre"


def test_each_choice_of_applications_says_how_many_it_leaves(house: House) -> None:
    worked(house)
    choices = house.ask(house.officer, ApplicationChoices(stage="all"))
    for choice in choices:
        assert fitting(house, ListApplications, choice, stage="all") == choice.count


def test_the_classes_part_the_running_loans(house: House) -> None:
    worked(house)
    active = house.ask(house.manager, ListLoans(status="active")).rows
    parts: list[LoanRow] = []
    for one in ASSET_CLASSES:
        rows = house.ask(house.manager, ListLoans(asset_class=one)).rows
        assert {row.loan_id for row in rows} == {
            row.loan_id for row in active if row.asset_class == one
        }
        parts += rows
    assert len(parts) == len(active)


def test_a_class_that_there_is_not_is_refused(house: House) -> None:
    with pytest.raises(ValueRefused) as refused:
        house.ask(house.manager, ListLoans(asset_class="doubtful"))
    assert refused.value.field == "asset_class"
