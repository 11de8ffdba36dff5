"""The queue of applications: filtered, searched, sorted and paged in SQL; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.commands.origination import WithdrawApplication
from app.domain.errors import NotFound
from app.ports import Session
from app.queries.origination import ListApplications, ShowApplication, SummariseApplications
from tests.services.applying import RUPEES, SUNITA, attach, decided, deciding, enter, sanction
from tests.services.branch import House

PEOPLE = (
    ("Sunita Devi", "सुनीता देवी", "Mishrikh", "9876543210", 30_000),
    ("Kamla Rani", "", "Neri", "9876543211", 20_000),
    ("Anita 100%", "", "Neri", "9876543212", 40_000),
)


@pytest.fixture
def house(fresh_engine: Callable[..., Engine]) -> House:
    """A branch with three applications, the second with a paper, the third withdrawn."""
    made = deciding(fresh_engine)
    entered = [
        enter(
            made,
            replace(
                SUNITA,
                full_name=name,
                local_name=local,
                village=village,
                phone=phone,
                identities=(),
            ),
            amount_minor=amount * RUPEES,
        )
        for name, local, village, phone, amount in PEOPLE
    ]
    attach(made, entered[1].application_id)
    gone = WithdrawApplication(
        application_id=entered[2].application_id, version=1, reason="Moved away"
    )
    made.run(made.officer, gone)
    return made


def _names(house: House, **query: object) -> list[str]:
    page = house.ask(house.officer, ListApplications(**query))  # type: ignore[arg-type]
    assert page.count >= len(page.rows)
    return [row.borrower for row in page.rows]


def test_the_queue_shows_what_is_still_open(house: House) -> None:
    assert _names(house) == ["Sunita Devi", "Kamla Rani"]
    assert len(_names(house, stage="all")) == 3
    assert _names(house, stage="documents") == ["Kamla Rani"]
    assert _names(house, stage="withdrawn") == ["Anita 100%"]
    assert _names(house, stage="check") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sunita", ["Sunita Devi"]),
        ("DEVI suni", ["Sunita Devi"]),
        ("देवी", ["Sunita Devi"]),
        ("neri", ["Kamla Rani", "Anita 100%"]),
        ("43211", ["Kamla Rani"]),
        ("a-stp-2601-1-0003", ["Anita 100%"]),
        ("m-stp-1-00001", ["Sunita Devi"]),
        ("100%", ["Anita 100%"]),
        ("%", ["Anita 100%"]),
        ("_", []),
        ("' or 1=1", []),
    ],
)
def test_any_part_of_name_phone_village_or_number_finds(
    house: House, text: str, names: list[str]
) -> None:
    assert sorted(_names(house, stage="all", text=text)) == sorted(names)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("borrower", "Anita 100%"),
        ("-borrower", "Sunita Devi"),
        ("amount", "Kamla Rani"),
        ("-amount", "Anita 100%"),
        ("village", "Sunita Devi"),
        ("number", "Sunita Devi"),
        ("-number", "Anita 100%"),
        ("stage", "Kamla Rani"),
        ("officer", "Sunita Devi"),
        ("product", "Sunita Devi"),
        ("nonsense", "Sunita Devi"),
    ],
)
def test_every_column_sorts_both_ways(house: House, sort: str, first: str) -> None:
    assert _names(house, stage="all", sort=sort)[0] == first


def test_pages_do_not_overlap_and_count_all(house: House) -> None:
    pages = [
        house.ask(house.officer, ListApplications(stage="all", sort="number", offset=at, limit=2))
        for at in (0, 2, 4)
    ]
    assert [page.count for page in pages] == [3, 3, 3]
    numbers = [row.number for page in pages for row in page.rows]
    assert len(numbers) == len(set(numbers)) == 3


def test_a_row_says_where_it_stands_and_since_when(house: House) -> None:
    row = house.ask(house.officer, ListApplications(text="kamla")).rows[0]
    assert (row.stage, row.days_in_stage, row.officer) == ("documents", 0, "Officer One")
    assert (row.product, row.amount_minor) == ("Group loan, weekly", 20_000 * RUPEES)


def test_another_branch_sees_nothing_of_it(house: House) -> None:
    number = house.ask(house.officer, ListApplications()).rows[0].application_id
    elsewhere = Session(house.officer.station_id, 7, house.officer.user_id)
    with pytest.raises(Exception, match="not-permitted"):
        house.ask(elsewhere, ShowApplication(application_id=number))
    with pytest.raises(NotFound):
        house.ask(house.officer, ShowApplication(application_id=1))


def test_every_stage_is_counted(house: House) -> None:
    counts = {row.stage: row.count for row in house.ask(house.officer, SummariseApplications())}
    assert (counts["entered"], counts["documents"], counts["withdrawn"]) == (1, 1, 1)
    assert (counts["sanctioned"], counts["check"]) == (0, 0)
    assert next(iter(counts)) == "entered"


def test_what_may_be_paid_out_is_one_list(house: House) -> None:
    assert _names(house, stage="disbursable") == []
    made = decided(house, replace(SUNITA, full_name="Rekha"))
    house.run(house.manager, sanction(made))
    assert _names(house, stage="disbursable") == ["Rekha"]
