"""A centre's meeting: the grid, what is keyed of it, and what stops it."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.commands.meetings import IssueReceiptBook, MakeSheet, VoidLeaf
from app.commands.origination import Mode
from app.commands.servicing import ReceiptPart, TakeMeeting
from app.domain.errors import KistError, NotAllowedNow, ValueRefused
from app.queries.field import ShowLoanStory
from app.queries.meetings import (
    ListLeaves,
    ListMeetings,
    ListReceiptBooks,
    SheetForPaper,
)
from app.queries.servicing import ShowReceipt, ShowTill
from app.services.meetings import _check_notes, _modes
from app.services.verifying import verify
from tests.services.branch import OPENED, House, rules
from tests.services.lending import next_day, receive, shown, today
from tests.services.meeting import CENTRE, centre, keyed, met, view
from tests.services.tampering import tamper

DUE = 500_00  # brought by each


def test_the_grid_asks_of_each_member_what_is_late_and_what_is_due(house: House) -> None:
    meeting = met(house)
    assert [one.place for one in meeting.members] == [1, 2, 3]
    assert {one.late_minor for one in meeting.members} == {0}
    assert len({one.due_minor for one in meeting.members}) == 1
    assert all(one.due_minor > 0 and one.instalment == 1 for one in meeting.members)
    next_day(house, 7)
    later = view(house)
    assert [one.late_minor for one in later.members] == [one.due_minor for one in meeting.members]
    assert [one.instalment for one in later.members] == [2, 2, 2]


def test_a_meeting_keeps_who_came_what_was_asked_and_what_was_counted(house: House) -> None:
    meeting = met(house)
    due = meeting.members[0].due_minor
    paid = (due, due - 100_00, 0)
    total = sum(paid)
    notes = ((100_00, total // 100_00), (1_00, total % 100_00 // 100))
    done = house.run(house.cashier, keyed(meeting, paid, notes=notes))
    assert len(done.receipts) == 2
    held = view(house).held[0]
    assert (held.total_minor, held.cash_minor, held.came, held.members) == (total, total, 2, 3)
    assert held.asked_minor == 3 * due
    absent = house.ask(house.officer, ShowLoanStory(loan_id=meeting.members[2].loan_id)).story
    assert [row.what for row in absent if row.what in {"absent", "came"}] == ["absent"]
    came = house.ask(house.officer, ShowLoanStory(loan_id=meeting.members[0].loan_id)).story
    assert not {"came", "absent"} & {row.what for row in came}  # her receipt tells of her
    assert verify(house.store, rules=rules()) == ()


def test_what_was_counted_must_be_the_cash_of_the_receipts(house: House) -> None:
    meeting = met(house)
    due = meeting.members[0].due_minor
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.cashier, keyed(meeting, (due, due, due), notes=((500_00, 1),)))
    assert refusal.value.params["difference_minor"] == 3 * due - 500_00
    assert refusal.value.field == "notes"
    assert house.ask(house.cashier, ShowTill()).received_minor == 0


def test_only_cash_is_counted_by_note(house: House) -> None:
    meeting = met(house, 1)
    due = meeting.members[0].due_minor
    command = keyed(meeting, (due,), notes=(), mode=Mode.UPI, reference="412345678901")
    done = house.run(house.cashier, command)
    row = house.ask(house.cashier, ShowReceipt(receipt_id=done.receipts[0].receipt_id))
    assert (row.mode, row.reference) == ("upi", "412345678901")
    assert house.ask(house.cashier, ShowTill()).received_minor == 0


def test_the_same_meeting_keyed_twice_is_refused_by_name(house: House) -> None:
    meeting = met(house, 2)
    due = meeting.members[0].due_minor
    house.run(house.cashier, keyed(meeting, (due, 0)))
    with pytest.raises(NotAllowedNow) as refusal:
        house.run(house.cashier, keyed(view(house), (due, 0)))
    assert refusal.value.params["why"] == "meeting-taken"
    assert refusal.value.params["loans"] == [meeting.members[0].loan_number]
    assert view(house).members[0].taken_minor == due
    house.run(house.cashier, keyed(view(house), (0, due)))  # who came late is taken


def test_money_that_came_meanwhile_stops_the_meeting_by_name(house: House) -> None:
    meeting = met(house)
    member = meeting.members[1]
    receive(house, member.loan_id, 100_00)
    with pytest.raises(NotAllowedNow) as refusal:
        house.run(house.cashier, keyed(meeting, (DUE, DUE, DUE)))
    assert refusal.value.params["why"] == "member-paid"
    assert refusal.value.params["name"] == member.borrower
    assert house.ask(house.cashier, ShowTill()).received_minor == 100_00


def test_a_loan_closed_meanwhile_is_named_and_nothing_is_booked(house: House) -> None:
    meeting = met(house)
    member = meeting.members[1]
    receive(house, member.loan_id, 50_000_00)
    assert shown(house, member.loan_id).status != "active"
    with pytest.raises(NotAllowedNow) as refusal:
        house.run(house.cashier, keyed(meeting, (DUE, DUE, DUE)))
    assert refusal.value.params["why"] == "member-closed"
    assert refusal.value.params["number"] == member.loan_number
    assert view(house).held == ()
    assert member.loan_id not in [one.loan_id for one in view(house).members]


def test_a_sheet_keeps_its_order_and_is_booked_once(house: House) -> None:
    centre(house)
    day = today(house)
    meet_on = day + timedelta(7)
    made = house.run(house.officer, MakeSheet(centre=CENTRE, meet_on=meet_on))
    assert made.number == "STP-2526-C1-00001"
    paper = house.ask(house.officer, SheetForPaper(sheet_id=made.sheet_id, language="hi"))
    assert [line.place for line in paper.lines] == [1, 2, 3]
    assert paper.language == "hi"
    next_day(house, 7)
    meeting = view(house, sheet=made.number.lower())
    assert meeting.sheet is not None
    assert meeting.sheet.number == made.number
    assert [one.loan_number for one in meeting.members] == [
        line.loan_number for line in paper.lines
    ]
    assert [one.sheet_minor for one in meeting.members] == [line.due_minor for line in paper.lines]
    due = meeting.members[0].due_minor
    house.run(house.cashier, keyed(meeting, (due, due, due), sheet_id=made.sheet_id))
    with pytest.raises(NotAllowedNow) as refusal:
        view(house, sheet=made.number)
    assert refusal.value.params["why"] == "sheet-booked"
    with pytest.raises(NotAllowedNow) as again:
        house.run(house.cashier, keyed(meeting, (due, due, due), sheet_id=made.sheet_id))
    assert again.value.params["why"] == "sheet-booked"
    assert again.value.params["total_minor"] == 3 * due


def test_the_meetings_of_a_day_say_what_is_expected(house: House) -> None:
    meeting = met(house)
    (line,) = house.ask(house.officer, ListMeetings())
    assert (line.centre, line.loans, line.late_minor) == (CENTRE, 3, 0)
    assert line.due_minor == meeting.due_minor
    assert not line.held
    house.run(house.cashier, keyed(meeting, (100_00, 0, 0)))
    (line,) = house.ask(house.officer, ListMeetings())
    assert (line.taken_minor, line.held) == (100_00, True)
    assert house.ask(house.officer, ListMeetings(on=today(house) + timedelta(1))) == ()


def test_a_leaf_stands_for_one_receipt_and_skipped_ones_are_missing(house: House) -> None:
    meeting = met(house, 2)
    issue = IssueReceiptBook(officer_id=house.officer.user_id, series="a", first=101, last=105)
    book = house.run(house.manager, issue)
    due = meeting.members[0].due_minor
    house.run(house.cashier, keyed(meeting, (due, 0), leaf="A-102"))
    house.run(house.cashier, VoidLeaf(book_id=book.book_id, leaf=104, reason="torn"))
    (row,) = house.ask(house.manager, ListReceiptBooks())
    assert (row.used, row.void, row.missing, row.left) == (1, 1, (101, 103), 3)
    leaves = house.ask(house.manager, ListLeaves(book_id=book.book_id))
    assert [leaf.state for leaf in leaves] == ["missing", "used", "missing", "void", "open"]
    assert leaves[1].borrower == meeting.members[0].borrower
    with pytest.raises(KistError) as used:
        house.run(house.cashier, keyed(view(house), (0, due), leaf="A 102"))
    assert used.value.params["why"] == "leaf-used"
    with pytest.raises(ValueRefused) as unknown:
        house.run(house.cashier, keyed(view(house), (0, due), leaf="B 7"))
    assert unknown.value.params["why"] == "leaf-unknown"
    with pytest.raises(ValueRefused) as twice:
        house.run(house.manager, issue)
    assert twice.value.params["why"] == "leaf-in-a-book"


NOTES = st.lists(st.tuples(st.sampled_from((500_00, 100_00, 10_00, 1_00)), st.integers(0, 40)))
PAID = st.lists(st.integers(1, 5000).map(lambda rupees: rupees * 100), min_size=1, max_size=40)


@settings(max_examples=200)
@given(PAID, NOTES)
def test_no_notes_pass_but_those_that_make_the_total(
    paid: list[int], notes: list[tuple[int, int]]
) -> None:
    command = TakeMeeting(
        centre=CENTRE,
        parts=tuple(ReceiptPart(at, minor) for at, minor in enumerate(paid)),
        currency="INR",
        received_on=OPENED,
        mode=Mode.CASH,
        notes=tuple(notes),
    )
    equal = sum(value * many for value, many in notes) == sum(paid)
    try:
        _check_notes(command, _modes(command))
    except ValueRefused:
        assert not equal
    else:
        assert equal


def test_receipts_total_and_notes_are_one_sum_whatever_is_paid(house: House) -> None:
    meeting = met(house, 6)
    draw = random.Random(5)
    for _time in range(4):
        paid = [draw.choice((0, draw.randrange(1, 900) * 100)) for _member in meeting.members]
        paid[0] = paid[0] or 100
        total, notes = sum(paid), []
        for value in (500_00, 100_00, 20_00, 1_00):
            many, total = divmod(total, value)
            notes.append((value, many))
        done = house.run(house.cashier, keyed(meeting, paid, notes=tuple(notes)))
        given = [
            house.ask(house.cashier, ShowReceipt(receipt_id=one.receipt_id)).amount_minor
            for one in done.receipts
        ]
        assert given == [minor for minor in paid if minor]
        assert view(house).held[0].total_minor == sum(paid) == sum(v * n for v, n in notes)
        next_day(house)
        meeting = view(house)
    assert verify(house.store, rules=rules()) == ()


@pytest.mark.parametrize("change", ["total_minor = total_minor + 1", "notes = '[[100, 1]]'"])
def test_a_meeting_that_was_tampered_with_is_found(house: House, change: str) -> None:
    meeting = met(house, 1)
    due = meeting.members[0].due_minor
    house.run(house.cashier, keyed(meeting, (due,), notes=((100, due // 100),)))
    assert tamper(house, f"UPDATE meetings SET {change}") == 1
    codes = {finding.code for finding in verify(house.store, rules=rules())}
    assert codes & {"meeting-differs", "meeting-notes-differ"}
