"""Centres: what is kept of them, who is a member of them, when they meet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.commands.meetings import MoveMember, SaveCentre
from app.commands.origination import SaveGroup
from app.commands.settings import SaveCalendar
from app.domain.errors import NotFound, StaleVersion, ValueRefused
from app.domain.holidays import Holiday
from app.domain.meetings import Every
from app.queries.meetings import ListCentres, ListMeetings, ShowCentre, ShowMeeting
from app.queries.servicing import ListLoans
from app.queries.today import ShowToday
from tests.services.branch import House
from tests.services.lending import next_day, shown, today
from tests.services.meeting import CENTRE, centre, keyed, view

MEETING = "meeting"


def kept(house: House, **facts: object) -> SaveCentre:
    more = {"title": CENTRE, "was": CENTRE, "officer_id": house.officer.user_id, **facts}
    return SaveCentre(**more)  # type: ignore[arg-type]


def test_a_centre_is_known_by_its_groups_before_anything_is_kept_of_it(house: House) -> None:
    centre(house, 2)
    (row,) = house.ask(house.officer, ListCentres())
    assert (row.centre_id, row.title, row.groups, row.members) == (None, CENTRE, 1, 2)
    assert row.next_on is None


def test_another_title_is_given_to_the_groups_and_the_lists_of_loans(house: House) -> None:
    centre(house, 1)
    house.run(house.officer, kept(house, title="Peepal centre"))
    (row,) = house.ask(house.officer, ListCentres())
    assert (row.title, row.groups) == ("Peepal centre", 1)
    assert house.ask(house.officer, ListLoans(centre="Peepal centre")).count == 1
    assert house.ask(house.officer, ListLoans(centre=CENTRE)).count == 0


def test_a_centre_goes_by_its_version_and_stands_once(house: House) -> None:
    saved = house.run(house.officer, kept(house))
    with pytest.raises(ValueRefused):
        house.run(house.officer, kept(house, title=CENTRE.upper()))
    changed = kept(house, centre_id=saved.centre_id, version=1, place="Under the neem")
    assert house.run(house.officer, changed).version == 2
    with pytest.raises(StaleVersion):
        house.run(house.officer, changed)


def test_meetings_move_past_the_days_off_of_the_branch(house: House) -> None:
    first = today(house) + timedelta(7)
    off = SaveCalendar(version=0, off_days=(7,), holidays=(Holiday(first, "Holi"),))
    house.run(house.manager, off)
    centre(house, 1)
    house.run(house.officer, kept(house, every=Every.WEEK, first_on=first, at_time="14.10"))
    found = house.ask(house.officer, ShowCentre(title=CENTRE))
    assert found.row.at_time == "14:10"
    assert found.coming[0].on == first + timedelta(1)
    assert found.coming[0].meant_on == first
    assert found.coming[1].on == first + timedelta(7)
    meetings = house.ask(house.officer, ListMeetings(on=first + timedelta(1)))
    assert [one.centre for one in meetings] == [CENTRE]
    assert house.ask(house.officer, ListMeetings(on=first)) == ()


def test_meetings_need_a_day_and_a_time_that_can_be_read(house: House) -> None:
    with pytest.raises(ValueRefused) as no_day:
        house.run(house.officer, kept(house, every=Every.WEEK))
    assert no_day.value.field == "first_on"
    with pytest.raises(ValueRefused) as no_time:
        house.run(house.officer, kept(house, at_time="soon"))
    assert no_time.value.field == "at_time"


def test_a_member_moves_with_her_loan_and_both_days_are_kept(house: House) -> None:
    made = centre(house, 2)
    lily = house.run(house.officer, SaveGroup(title="Lily", centre="Peepal centre")).group_id
    next_day(house, 7)
    mover = shown(house, made.loans[0]).party_id
    house.run(house.officer, MoveMember(party_id=mover, group_id=lily))
    assert [one.loan_id for one in view(house).members] == [made.loans[1]]
    peepal = house.ask(house.officer, ShowMeeting(centre="Peepal centre"))
    assert [one.loan_id for one in peepal.members] == [made.loans[0]]
    before = view(house, today(house) - timedelta(1))
    assert len(before.members) == 2
    house.run(house.officer, MoveMember(party_id=mover))
    next_day(house)
    assert len(view(house).members) == 2  # of no group now: she pays where her loan was made
    with pytest.raises(NotFound):
        house.run(house.officer, MoveMember(party_id=mover, group_id=999))


def test_the_leader_is_dated_and_attendance_is_counted(house: House) -> None:
    made = centre(house, 2)
    people = [shown(house, loan).party_id for loan in made.loans]
    saved = house.run(house.officer, kept(house, leader_id=people[0]))
    next_day(house, 7)
    meeting = view(house)
    assert meeting.leader == meeting.members[0].borrower
    due = meeting.members[0].due_minor
    house.run(house.cashier, keyed(meeting, (due, 0)))
    house.run(
        house.officer,
        kept(house, centre_id=saved.centre_id, version=1, leader_id=people[1]),
    )
    found = house.ask(house.officer, ShowCentre(title=CENTRE))
    assert [one.leads for one in found.members] == [False, True]
    assert [(one.came, one.meetings) for one in found.members] == [(1, 1), (0, 1)]
    assert found.held[0].total_minor == due


def test_today_says_which_centres_meet_and_what_they_should_bring(house: House) -> None:
    centre(house, 2)
    next_day(house, 7)
    meeting = view(house)
    (line,) = [one for one in house.ask(house.cashier, ShowToday()).waiting if one.kind == MEETING]
    assert (line.count, line.done, line.amount_minor) == (1, 0, meeting.due_minor)
    assert line.names == ((CENTRE, meeting.due_minor),)
    house.run(house.cashier, keyed(meeting, (100_00, 0)))
    (line,) = [one for one in house.ask(house.cashier, ShowToday()).waiting if one.kind == MEETING]
    assert (line.count, line.done, line.names) == (1, 1, ())
