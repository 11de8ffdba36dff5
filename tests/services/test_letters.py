"""Letters by stage and calls: facts with a number, printed again as they were."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.commands.late import LettersWritten, NoteCall, WriteLetters
from app.commands.messages import StopContact
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.queries.field import ListPromises, ShowLoanStory
from app.queries.late import CallListForPaper, LettersForPaper, ListCalls, ListLetters
from app.rows.facts import PromiseFacts
from tests.services.acting import findings
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today


def write(house: House, *loans: int, stage: str = "") -> LettersWritten:
    return house.run(house.officer, WriteLetters(loan_ids=loans, stage=stage))


def test_each_loan_gets_the_letter_of_its_stage_with_a_number(house: House) -> None:
    older = lent(house)
    next_day(house, 35)
    younger = lent(house)
    next_day(house, 10)
    made = write(house, older, younger)
    paper = house.ask(house.officer, LettersForPaper(letter_ids=made.letter_ids))
    assert [one.stage for one in paper.letters] == ["demand", "reminder"]
    assert [one.number[-7:] for one in paper.letters] == ["1-00001", "1-00002"]
    assert [one.pay_by_on for one in paper.letters] == [
        today(house) + timedelta(10),
        today(house) + timedelta(7),
    ]
    assert paper.letters[0].total_minor == shown(house, older).arrears.total_minor
    assert findings(house) == ()


def test_a_letter_printed_later_says_what_it_said(house: House) -> None:
    loan = lent(house)
    next_day(house, 10)
    ids = write(house, loan).letter_ids
    first = house.ask(house.officer, LettersForPaper(letter_ids=ids))
    receive(house, loan, shown(house, loan).arrears.total_minor)
    assert house.ask(house.officer, LettersForPaper(letter_ids=ids)) == first
    next_day(house, 9)
    again = house.ask(house.officer, LettersForPaper(letter_ids=ids))
    assert again.letters == first.letters


def test_who_gets_no_letter_is_named_with_why(house: House) -> None:
    loan = lent(house)
    assert [one.why for one in write(house, loan).not_written] == ["not-late"]
    next_day(house, 10)
    assert len(write(house, loan).letter_ids) == 1
    assert [one.why for one in write(house, loan).not_written] == ["too-soon"]
    party_id = shown(house, loan).party_id
    house.run(house.officer, StopContact(party_id=party_id, reason="in mourning"))
    assert [one.why for one in write(house, loan).not_written] == ["stopped"]
    (row,) = house.ask(house.officer, ListLetters(loan_id=loan))
    assert (row.stage, row.dpd) == ("reminder", 3)
    with pytest.raises(NotFound):
        house.ask(house.officer, LettersForPaper(letter_ids=(row.letter_id + 1,)))


def test_a_promise_on_the_phone_is_one_like_any_other(house: House) -> None:
    loan = lent(house)
    next_day(house, 10)
    promise = PromiseFacts(
        promised_on=today(house) + timedelta(2), amount_minor=500_00, currency="INR"
    )
    call = NoteCall(loan_id=loan, outcome="promise", note="after the market", promise=promise)
    noted = house.run(house.officer, call)
    (row,) = house.ask(house.officer, ListPromises(loan_id=loan))
    assert (row.promise_id, row.state) == (noted.promise_id, "open")
    house.run(house.officer, NoteCall(loan_id=loan, outcome="no-answer"))
    said = [one.outcome for one in house.ask(house.officer, ListCalls(loan_id=loan))]
    assert said == ["no-answer", "promise"]


@pytest.mark.parametrize(("outcome", "field"), [("promise", "promise"), ("shouted", "outcome")])
def test_an_outcome_that_does_not_fit_is_refused(house: House, outcome: str, field: str) -> None:
    loan = lent(house)
    next_day(house, 10)
    with pytest.raises(ValueRefused) as refused:
        house.run(house.officer, NoteCall(loan_id=loan, outcome=outcome))
    assert refused.value.field == field


def test_the_call_list_keeps_its_order_and_leaves_out_who_is_not_to_be_called(
    house: House,
) -> None:
    loans = [lent(house) for _ in range(3)]
    next_day(house, 10)
    party_id = shown(house, loans[1]).party_id
    house.run(house.officer, StopContact(party_id=party_id, reason="ill"))
    with pytest.raises(NotAllowedNow):
        house.run(house.officer, NoteCall(loan_id=loans[1], outcome="spoke"))
    house.run(house.officer, NoteCall(loan_id=loans[2], outcome="no-answer"))
    asked = CallListForPaper(loan_ids=(loans[2], loans[1], loans[0]))
    paper = house.ask(house.officer, asked)
    numbers = [shown(house, loan).number for loan in (loans[2], loans[0])]
    assert [line.number for line in paper.lines] == numbers
    assert paper.lines[0].said.startswith("No answer")
    assert paper.contact_hours == "09:00–18:00"


def test_the_story_tells_of_calls_letters_and_messages(house: House) -> None:
    loan = lent(house)
    next_day(house, 10)
    write(house, loan)
    house.run(house.officer, NoteCall(loan_id=loan, outcome="no-answer", note="twice"))
    story = house.ask(house.officer, ShowLoanStory(loan_id=loan)).story
    told = {row.what: row.detail for row in story}
    assert told["call"] == "No answer · twice"
    assert told["letter"].startswith("Reminder · STP-")
