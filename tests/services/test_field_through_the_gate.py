"""From disbursement to the month report by the commands people give; every screen agrees."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from app.commands.field import MakePromise, PlannedStop, PlanVisits, PromiseFacts, RecordVisit
from app.commands.servicing import ChargeLoan, ReverseReceipt
from app.domain.allocation import Head
from app.domain.errors import NotAllowedNow
from app.queries.admin import RunReport
from app.queries.field import ListOverdue, ListPromises, ProposeVisits, ShowLoanStory, ShowVisitDay
from app.rows.reports import MonthRow
from tests.services.branch import OPENED, House
from tests.services.lending import lent, next_day, receive, shown

RUPEES = 100


def test_a_loan_goes_late_is_visited_promises_pays_and_is_told_in_the_month(house: House) -> None:
    loan_id = lent(house, 12_000 * RUPEES, 12, rate="24")
    due = shown(house, loan_id).instalments[0].amount_minor
    next_day(house, 7)
    today = house.ask(house.officer, ListOverdue(bucket="today"))
    assert [(row.loan_id, row.arrears_minor) for row in today.rows] == [(loan_id, due)]
    day = next_day(house)
    assert _late(house) == {loan_id: (1, due)}

    asked = ProposeVisits(officer_id=house.officer.user_id, on=day)
    (stop,) = house.ask(house.officer, asked)
    planned = PlanVisits(
        officer_id=house.officer.user_id, on=day, stops=(PlannedStop(loan_id, stop.why),)
    )
    (visit_id,) = house.run(house.officer, planned).visit_ids
    promised = PromiseFacts(due, "INR", day + timedelta(1))
    told = RecordVisit(
        visit_id=visit_id, outcome="ptp", met=True, note="", currency="INR", promise=promised
    )
    house.run(house.officer, told)

    next_day(house)
    receive(house, loan_id, due)
    (promise,) = house.ask(house.officer, ListPromises(loan_id=loan_id))
    assert (promise.state, promise.received_minor) == ("kept", due)
    assert _late(house) == {}
    figures = _month(house)
    assert figures["Loans paid out"] == 1
    assert figures["Received"] == figures["Collection against demand"] == due
    assert (figures["Balance"], figures["Collection efficiency"]) == (0, 10_000)
    assert figures["Outstanding"] == shown(house, loan_id).outstanding_minor
    assert (figures["Promises kept"], figures["Visits done"]) == (1, 1)
    story = house.ask(house.officer, ShowLoanStory(loan_id=loan_id))
    assert [row.what for row in story.story] == [
        "receipt",
        "promise-made",
        "visit-done",
        "disbursement",
    ]


def test_list_and_loan_screen_say_the_same_through_charge_and_reversal(house: House) -> None:
    loan_id = lent(house, 12_000 * RUPEES, 12, rate="24")
    next_day(house, 16)
    first = receive(house, loan_id, 1_000 * RUPEES)
    _agree(house, loan_id)
    charge = ChargeLoan(
        loan_id=loan_id,
        title="Cheque returned",
        head=Head.CHARGE,
        amount_minor=250 * RUPEES,
        currency="INR",
        reason="bounced",
    )
    house.run(house.manager, charge)
    _agree(house, loan_id)
    next_day(house)
    _agree(house, loan_id)
    house.run(house.manager, ReverseReceipt(receipt_id=first.receipt_id, reason="wrong loan"))
    _agree(house, loan_id)
    receive(house, loan_id, 700 * RUPEES)
    _agree(house, loan_id)
    next_day(house, 90)
    _agree(house, loan_id)


def test_a_promise_asked_twice_is_made_once(house: House) -> None:
    loan_id = lent(house)
    asked = MakePromise(
        loan_id=loan_id, promise=PromiseFacts(100, "INR", OPENED + timedelta(3)), note=""
    )
    first = house.done(house.officer, asked, "one")
    assert house.done(house.officer, asked, "one").result == first.result
    assert len(house.ask(house.officer, ListPromises(loan_id=loan_id))) == 1


def _late(house: House) -> dict[int, tuple[int, int]]:
    rows = house.ask(house.officer, ListOverdue()).rows
    return {row.loan_id: (row.dpd, row.arrears_minor) for row in rows}


def _agree(house: House, loan_id: int) -> None:
    view = shown(house, loan_id)
    (row,) = house.ask(house.officer, ListOverdue()).rows
    assert (row.dpd, row.arrears_minor) == (view.dpd, view.arrears.total_minor)
    assert (row.bucket, row.asset_class) == (view.bucket, view.asset_class)
    assert row.outstanding_minor == view.outstanding_minor
    today = house.ask(house.officer, ListOverdue(bucket="today")).rows
    due = sum(one.arrears_minor for one in today)
    assert due == view.due_today.total_minor - view.arrears.total_minor


def _month(house: House) -> dict[str, int]:
    asked = RunReport(report="month", from_on=OPENED, to_on=OPENED + timedelta(30))
    rows = house.ask(house.manager, asked).rows
    return {row.indicator: row.value for row in rows if isinstance(row, MonthRow)}


def test_of_several_at_once_one_promise_a_day_is_noted(house: House) -> None:
    loan_id = lent(house)
    asked = MakePromise(
        loan_id=loan_id, promise=PromiseFacts(100, "INR", OPENED + timedelta(3)), note=""
    )

    def make(key: str) -> bool:
        try:
            house.gate.run(house.officer, asked, key)
        except NotAllowedNow:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        noted = list(pool.map(make, ("a", "b", "c", "d")))
    assert sum(noted) == 1
    assert len(house.ask(house.officer, ListPromises(loan_id=loan_id))) == 1


def test_of_several_at_once_a_stop_is_planned_once(house: House) -> None:
    loan_id, me = lent(house), house.officer.user_id
    asked = PlanVisits(officer_id=me, on=OPENED, stops=(PlannedStop(loan_id, "first-visit"),))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda key: house.gate.run(house.officer, asked, key), "abcd"))
    assert len({done.result.visit_ids for done in answers}) == 1
    day = house.ask(house.officer, ShowVisitDay(officer_id=me, on=OPENED))
    assert len(day.visits) == 1
