"""What an officer sees of a day, and whom the program would have them see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.commands.field import (
    CancelPromise,
    MakePromise,
    PlannedStop,
    PlanVisits,
    PromiseFacts,
    RecordVisit,
)
from app.domain.errors import NotFound, ValueRefused
from app.queries.admin import CountWaiting
from app.queries.field import DaySheetForPaper, ProposeVisits, ShowLoanStory, ShowVisitDay
from app.rows.field import VisitDay
from tests.services.branch import OPENED, House
from tests.services.lending import next_day
from tests.services.planted import Planted, go_on, paid
from tests.services.portfolio import ONE_DAY, RUPEES, worked


def _promise(house: House, loan: Planted, days: int, rupees: int = 1_000) -> int:
    by = house.clock.today("Asia/Kolkata") + timedelta(days)
    promised = PromiseFacts(rupees * RUPEES, "INR", by)
    asked = MakePromise(loan_id=loan.loan_id, promise=promised, note="on the phone")
    return house.run(house.officer, asked).promise_id


def _plan(house: House, why: str, *loans: Planted, on: date = OPENED) -> tuple[int, ...]:
    stops = tuple(PlannedStop(loan.loan_id, why) for loan in loans)
    asked = PlanVisits(officer_id=house.officer.user_id, on=on, stops=stops)
    return house.run(house.officer, asked).visit_ids


def _day(house: House, on: date = OPENED) -> VisitDay:
    return house.ask(house.officer, ShowVisitDay(officer_id=house.officer.user_id, on=on))


def _proposed(house: House, on: date, limit: int = 20) -> list[tuple[str, str]]:
    asked = ProposeVisits(officer_id=house.officer.user_id, on=on, limit=limit)
    return [(row.borrower.split()[0], row.why) for row in house.ask(house.officer, asked)]


def test_arrears_are_proposed_by_amount_and_age(house: House) -> None:
    """Amount times days: 2,000×200 · 3,000×91 · 3,000×90 · 5,000×31 · 3,000×5."""
    worked(house)
    assert _proposed(house, OPENED) == [
        ("Farida", "overdue"),
        ("Esha", "overdue"),
        ("Deepa", "overdue"),
        ("Chanda", "overdue"),
        ("Bela", "overdue"),
    ]
    assert _proposed(house, OPENED, limit=2) == [("Farida", "overdue"), ("Esha", "overdue")]


def test_promises_due_come_first_and_broken_ones_next(house: House) -> None:
    loans = worked(house)
    _promise(house, loans["Bela"], 1)
    _promise(house, loans["Gita"], 4, 500)
    _promise(house, loans["Chanda"], 5)
    day = next_day(house, 4)
    proposed = _proposed(house, day)
    assert proposed[:3] == [
        ("Gita", "promise-due"),
        ("Bela", "promise-broken"),
        ("Farida", "overdue"),
    ]
    assert "Chanda" not in dict(proposed)


def test_who_is_planned_already_is_not_proposed(house: House) -> None:
    loans = worked(house)
    _plan(house, "overdue", loans["Farida"])
    assert "Farida" not in dict(_proposed(house, OPENED))
    assert "Farida" in dict(_proposed(house, OPENED + ONE_DAY))


def test_another_officer_is_proposed_nobody_of_these(house: House) -> None:
    worked(house)
    asked = ProposeVisits(officer_id=house.manager.user_id, on=OPENED)
    assert house.ask(house.manager, asked) == ()


def test_a_day_that_has_passed_is_not_proposed_for(house: House) -> None:
    with pytest.raises(ValueRefused):
        _proposed(house, OPENED - ONE_DAY)


def test_the_day_shows_what_each_loan_owes_on_it(house: House) -> None:
    loans = worked(house)
    _plan(house, "overdue", loans["Bela"], loans["Gita"], on=OPENED + ONE_DAY)
    day = _day(house, OPENED + ONE_DAY)
    told = [(v.borrower, v.dpd, v.arrears_minor, v.due_minor, v.state) for v in day.visits]
    assert told == [
        ("Bela Devi", 6, 3_000 * RUPEES, 0, "planned"),
        ("Gita Devi", 1, 1_000 * RUPEES, 0, "planned"),
    ]
    assert (day.officer, day.contact_hours) == ("Officer One", "09:00\u201318:00")
    _plan(house, "due", loans["Gita"])
    (today,) = _day(house).visits
    assert (today.arrears_minor, today.due_minor, today.why) == (0, 1_000 * RUPEES, "due")


def test_a_done_visit_shows_the_promise_made_at_it_kept_by_the_money(house: House) -> None:
    loans = worked(house)
    (visit_id,) = _plan(house, "overdue", loans["Bela"])
    promised = PromiseFacts(1_000 * RUPEES, "INR", OPENED + timedelta(2))
    told = RecordVisit(
        visit_id=visit_id, outcome="ptp", met=True, note="", currency="INR", promise=promised
    )
    house.run(house.officer, told)
    _promise(house, loans["Bela"], 9)
    (visit,) = _day(house).visits
    assert (visit.state, visit.outcome) == ("done", "ptp")
    assert (visit.promise_minor, visit.promise_state) == (1_000 * RUPEES, "open")
    next_day(house)
    go_on(house, loans["Bela"], paid(OPENED + ONE_DAY, 900 * RUPEES))
    assert _day(house).visits[0].promise_state == "kept"


def test_a_past_day_still_says_what_was_owed_then(house: House) -> None:
    loans = worked(house)
    _plan(house, "overdue", loans["Bela"])
    next_day(house)
    go_on(house, loans["Bela"], paid(OPENED + ONE_DAY, 3_000 * RUPEES))
    (visit,) = _day(house).visits
    assert (visit.arrears_minor, visit.dpd) == (3_000 * RUPEES, 5)


def test_the_day_sheet_holds_the_stops_still_to_make(house: House) -> None:
    loans = worked(house)
    first, _second = _plan(house, "overdue", loans["Farida"], loans["Gita"])
    house.run(
        house.officer,
        RecordVisit(visit_id=first, outcome="locked", met=False, note="", currency="INR"),
    )
    sheet = house.ask(house.officer, DaySheetForPaper(officer_id=house.officer.user_id, on=OPENED))
    (stop,) = sheet.stops
    assert (stop.order, stop.borrower, stop.why) == (1, "Gita Devi", "Overdue")
    assert (stop.due_minor, stop.overdue_minor, stop.place) == (1_000 * RUPEES, 0, "12, Sidhauli")
    assert sheet.lender.name == "Gomti Sahayog Finance"
    assert (sheet.officer, sheet.contact_hours) == ("Officer One", "09:00\u201318:00")
    assert sheet.printed_at is not None
    assert sheet.printed_at.utcoffset() == timedelta(hours=5, minutes=30)


def test_an_unknown_officer_has_no_day(house: House) -> None:
    with pytest.raises(NotFound):
        house.ask(house.officer, ShowVisitDay(officer_id=5, on=OPENED))


def test_the_story_tells_lines_promises_and_what_happened(house: House) -> None:
    loans = worked(house)
    loan = loans["Bela"]
    go_on(house, loan, paid(OPENED, 1_500 * RUPEES))
    promise_id = _promise(house, loan, 2)
    house.run(house.officer, CancelPromise(promise_id=promise_id, reason="moved to her mother"))
    (visit_id,) = _plan(house, "overdue", loan)
    told = RecordVisit(visit_id=visit_id, outcome="refused", met=True, note="angry", currency="INR")
    house.run(house.officer, told)
    story = house.ask(house.officer, ShowLoanStory(loan_id=loan.loan_id))
    assert story.cells == ("late", "ahead", "ahead", "ahead", "ahead")
    assert (story.dpd, story.arrears_minor) == (5, 1_500 * RUPEES)
    assert [(row.state, row.amount_minor) for row in story.promises] == [
        ("cancelled", 1_000 * RUPEES)
    ]
    told_rows = [(row.what, row.detail, row.who) for row in story.story]
    assert told_rows == [
        ("visit-done", "Refused \u00b7 angry", "Officer One"),
        ("promise-cancelled", "moved to her mother", "Officer One"),
        ("promise-made", "for 7 Jan 2026 \u00b7 on the phone", "Officer One"),
        ("receipt", "", "Meena Khanna"),
        ("disbursement", "", "Meena Khanna"),
    ]


def test_a_line_that_is_paid_in_part_before_its_day_is_part(house: House) -> None:
    loan = worked(house)["Gita"]
    go_on(house, loan, paid(OPENED, 1_200 * RUPEES))
    story = house.ask(house.cashier, ShowLoanStory(loan_id=loan.loan_id))
    assert story.cells == ("paid", "part", "ahead", "ahead")
    with pytest.raises(NotFound):
        house.ask(house.cashier, ShowLoanStory(loan_id=1))


def test_the_badges_count_what_waits_for_each(house: House) -> None:
    loans = worked(house)
    _plan(house, "overdue", loans["Bela"], loans["Esha"])
    first = _plan(house, "overdue", loans["Farida"])[0]
    told = RecordVisit(visit_id=first, outcome="locked", met=False, note="", currency="INR")
    house.run(house.officer, told)
    for session, seen in ((house.officer, 2), (house.manager, 2), (house.cashier, 0)):
        counts = house.ask(session, CountWaiting())
        assert (counts.overdue, counts.visits) == (5, seen)
        assert (counts.applications, counts.checks) == (0, 0)
