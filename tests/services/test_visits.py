"""An officer's day: planned once, put in order, told as it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.commands.field import OrderVisits, PlannedStop, PlanVisits, PromiseFacts, RecordVisit
from app.domain.errors import (
    AmountNotPositive,
    CurrencyMismatch,
    KistError,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    ValueRefused,
)
from app.store.loans import events_of
from app.store.schema.field import promises, visits
from app.store.schema.loans import events
from tests.services.branch import OPENED, House
from tests.services.planted import Planted, Wish, paid, plant, reversed_of

MADE_ON = OPENED - timedelta(70)


@pytest.fixture
def loans(house: House) -> list[Planted]:
    return plant(house, *(Wish(MADE_ON) for _ in range(4)))


def _plan(house: House, *loans: Planted, on: date = OPENED) -> tuple[int, ...]:
    stops = tuple(PlannedStop(loan.loan_id, "overdue") for loan in loans)
    asked = PlanVisits(officer_id=house.officer.user_id, on=on, stops=stops)
    return house.run(house.officer, asked).visit_ids


def _rows(house: House) -> list[dict[str, Any]]:
    with house.store.read() as connection:
        query = select(visits).order_by(visits.c.place, visits.c.id)
        return [dict(row) for row in connection.execute(query).mappings()]


def _told(visit_id: int, outcome: str, **more: Any) -> RecordVisit:
    facts: dict[str, Any] = {"met": True, "note": "", "currency": "INR", **more}
    return RecordVisit(visit_id=visit_id, outcome=outcome, **facts)


def _refusal(house: House, command: PlanVisits | OrderVisits | RecordVisit) -> KistError:
    with pytest.raises(KistError) as caught:
        house.run(house.officer, command)
    return caught.value


def _places(house: House, visit_ids: Sequence[int]) -> list[int]:
    at = {row["id"]: row["place"] for row in _rows(house)}
    return [at[visit_id] for visit_id in visit_ids]


def test_stops_are_added_after_those_already_there(house: House, loans: list[Planted]) -> None:
    first = _plan(house, loans[0], loans[1])
    second = _plan(house, loans[2])
    assert _places(house, [*first, *second]) == [1, 2, 3]
    assert {row["state"] for row in _rows(house)} == {"planned"}


def test_a_loan_is_planned_once_a_day_and_officer(house: House, loans: list[Planted]) -> None:
    first = _plan(house, loans[0], loans[0], loans[1])
    again = _plan(house, loans[1], loans[2])
    assert len(first) == 2
    assert again[0] == first[1]
    assert len(_rows(house)) == 3
    tomorrow = _plan(house, loans[0], on=OPENED + timedelta(1))
    assert tomorrow[0] not in first


def test_what_cannot_be_planned_is_refused(house: House, loans: list[Planted]) -> None:
    def asked(**changes: Any) -> PlanVisits:
        facts: dict[str, Any] = {
            "officer_id": house.officer.user_id,
            "on": OPENED,
            "stops": (PlannedStop(loans[0].loan_id, "overdue"),),
            **changes,
        }
        return PlanVisits(**facts)

    past = _refusal(house, asked(on=OPENED - timedelta(1)))
    assert (past.field, past.params["why"]) == ("on", "in-the-past")
    assert _refusal(house, asked(stops=())).field == "stops"
    assert _refusal(house, asked(stops=(PlannedStop(loans[0].loan_id, "boredom"),))).field == "why"
    assert isinstance(_refusal(house, asked(stops=(PlannedStop(1, "overdue"),))), NotFound)
    assert _refusal(house, asked(officer_id=77)).params["what"] == "officer"
    with pytest.raises(NotPermitted):
        house.run(house.cashier, asked())
    assert _rows(house) == []


def test_a_closed_loan_is_not_visited(house: House) -> None:
    (closed,) = plant(house, Wish(MADE_ON, facts=[paid(OPENED, 12_000_00)]))
    stop = PlannedStop(closed.loan_id, "overdue")
    asked = PlanVisits(officer_id=house.officer.user_id, on=OPENED, stops=(stop,))
    assert _refusal(house, asked).params["why"] == "loan-closed"


def test_the_order_must_name_exactly_the_planned_stops(house: House, loans: list[Planted]) -> None:
    ids = _plan(house, *loans)

    def ordered(*visit_ids: int) -> OrderVisits:
        return OrderVisits(officer_id=house.officer.user_id, on=OPENED, visit_ids=visit_ids)

    for wrong in (ids[:3], (*ids, ids[0]), (*ids[:3], ids[0]), (*ids[:3], 999)):
        assert _refusal(house, ordered(*wrong)).params["why"] == "not-the-planned-stops"
    house.run(house.officer, ordered(*reversed(ids)))
    assert _places(house, ids) == [4, 3, 2, 1]


def test_a_done_stop_keeps_its_place_before_the_others(house: House, loans: list[Planted]) -> None:
    ids = _plan(house, *loans)
    house.run(house.officer, _told(ids[0], "refused"))
    asked = OrderVisits(
        officer_id=house.officer.user_id, on=OPENED, visit_ids=(ids[3], ids[1], ids[2])
    )
    house.run(house.officer, asked)
    assert _places(house, ids) == [1, 3, 4, 2]


def test_a_visit_is_told_once_with_its_claim(house: House, loans: list[Planted]) -> None:
    (visit_id,) = _plan(house, loans[0])
    told = _told(visit_id, "paid-part", claimed_minor=500_00, note=" gave half ")
    answer = house.run(house.officer, told)
    assert (answer.visit_id, answer.promise_id) == (visit_id, None)
    (row,) = _rows(house)
    assert (row["state"], row["outcome"], row["met"]) == ("done", "paid-part", True)
    assert (row["claimed_minor"], row["note"]) == (500_00, "gave half")
    assert _refusal(house, told).params["why"] == "visit-done"


def test_a_claim_is_no_receipt(house: House, loans: list[Planted]) -> None:
    (visit_id,) = _plan(house, loans[0])
    house.run(house.officer, _told(visit_id, "paid-full", claimed_minor=900_00))
    with house.store.read() as connection:
        known = events_of(connection, [loans[0].loan_id])[loans[0].loan_id]
    assert known == loans[0].events


def test_the_promise_of_a_visit_is_made_on_its_day(house: House, loans: list[Planted]) -> None:
    (visit_id,) = _plan(house, loans[0])
    by = OPENED + timedelta(3)
    promised = PromiseFacts(amount_minor=700_00, currency="INR", promised_on=by)
    answer = house.run(house.officer, _told(visit_id, "ptp", promise=promised))
    with house.store.read() as connection:
        (row,) = connection.execute(select(promises)).mappings().all()
    assert row["id"] == answer.promise_id
    assert (row["visit_id"], row["made_on"], row["promised_on"]) == (visit_id, OPENED, by)
    assert (row["keeps_until_on"], row["enough_minor"]) == (by + timedelta(1), 630_00)


def test_what_does_not_fit_the_outcome_is_refused_at_its_field(
    house: House, loans: list[Planted]
) -> None:
    (visit_id,) = _plan(house, loans[0])
    late = PromiseFacts(100, "INR", OPENED - timedelta(1))
    cases: list[tuple[RecordVisit, str]] = [
        (_told(visit_id, "paid-full"), "claimed_minor"),
        (_told(visit_id, "locked"), "met"),
        (_told(visit_id, "ptp"), "promise"),
        (_told(visit_id, "other"), "note"),
        (_told(visit_id, "gone"), "outcome"),
        (_told(visit_id, "refused", note="x" * 2001), "note"),
        (_told(visit_id, "ptp", promise=late), "promise.promised_on"),
        (_told(visit_id, "paid-full", claimed_minor=5, currency="USD"), "claimed_minor"),
    ]
    for command, field in cases:
        assert _refusal(house, command).field == field
    assert [row["state"] for row in _rows(house)] == ["planned"]
    assert isinstance(_refusal(house, cases[0][0]), AmountNotPositive)
    assert isinstance(_refusal(house, cases[-1][0]), CurrencyMismatch)
    assert isinstance(_refusal(house, cases[4][0]), ValueRefused)


def test_a_visit_of_tomorrow_is_not_told_today(house: House, loans: list[Planted]) -> None:
    (visit_id,) = _plan(house, loans[0], on=OPENED + timedelta(1))
    error = _refusal(house, _told(visit_id, "refused"))
    assert isinstance(error, NotAllowedNow)
    assert error.params["why"] == "visit-ahead"


def test_stories_are_never_read_as_facts_of_the_loan(house: House, loans: list[Planted]) -> None:
    """A visit whose id is the loan's own would still not enter its replay."""
    (visit_id,) = _plan(house, loans[0])
    promised = PromiseFacts(700_00, "INR", OPENED + timedelta(1))
    house.run(house.officer, _told(visit_id, "ptp", promise=promised))
    with house.store.read() as connection:
        kinds = {
            row.subject_kind
            for row in connection.execute(select(events).where(events.c.kind.like("%-%")))
        }
        known = events_of(connection, [loans[0].loan_id, visit_id])
    assert kinds == {"visit", "promise"}
    assert known[visit_id] == []
    assert len(known[loans[0].loan_id]) == 1


def test_a_planted_loan_reads_back_as_it_was_made(house: House) -> None:
    (loan,) = plant(
        house, Wish(MADE_ON, facts=[paid(MADE_ON + timedelta(7), 500_00), reversed_of(OPENED, 1)])
    )
    with house.store.read() as connection:
        known = events_of(connection, [loan.loan_id])[loan.loan_id]
    assert known == loan.events
