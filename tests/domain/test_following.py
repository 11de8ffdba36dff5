"""A receipt played on after the rest comes to what playing everything again does."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import EventRefused
from app.domain.events import Event
from app.domain.loan import project, projected
from app.domain.playing import follow, play
from app.domain.terms import Terms
from tests.domain.loans import disbursed, receipt, reversal, terms
from tests.domain.test_loan_properties import lived


@given(lived(), st.integers(0, 120), st.integers(1, 30_000_00))
@settings(max_examples=300, deadline=None)
def test_a_receipt_that_follows_is_as_if_all_was_played_again(
    case: tuple[Terms, list[Event]], days: int, amount: int
) -> None:
    loan, events = case
    if not events:
        return
    newest = max(event.ref for event in events)
    last = max(event.on for event in events)
    more = receipt(last + timedelta(days), amount, newest + 1)
    played = play(loan, events)
    before = projected(played)
    assert before == project(loan, events)
    try:
        wanted = project(loan, [*events, more])
    except EventRefused:
        return
    after = follow(played, more, newest)
    assert after is not None
    assert projected(after) == wanted
    assert before == project(loan, events), "what was projected stays as it was"


def test_money_with_an_earlier_date_does_not_follow() -> None:
    loan = terms()
    events = [disbursed(loan), receipt(date(2024, 3, 5), 100_00, 2)]
    assert follow(play(loan, events), receipt(date(2024, 3, 4), 100_00, 3), 2) is None
    assert follow(play(loan, events), receipt(date(2024, 3, 5), 100_00, 1), 2) is None
    assert follow(play(loan, events), reversal(date(2024, 3, 5), 2, 3), 2) is None
