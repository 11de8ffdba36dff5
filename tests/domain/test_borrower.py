"""A borrower's class: the worst loan decides, and only paying all arrears ends an NPA."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.borrower import Arrears, npa_since

DAY = date(2026, 1, 1)


def on(days: int) -> date:
    return DAY + timedelta(days)


def test_a_loan_is_an_npa_at_the_end_of_the_ninetieth_day_after_its_due_date() -> None:
    spans = [Arrears(on(-30), None, DAY, None)]
    assert npa_since(spans, on(89)) is None
    assert npa_since(spans, on(90)) == on(90)
    assert npa_since(spans, on(200)) == on(90)


def test_an_npa_stays_one_while_another_loan_is_in_arrears() -> None:
    bad = Arrears(on(-30), on(99), DAY, None)  # all of it paid on day 100
    other = Arrears(on(0), None, on(60), None)
    assert npa_since([bad, other], on(120)) == on(90)
    assert npa_since([other], on(120)) is None


def test_a_day_without_arrears_of_any_loan_ends_it() -> None:
    bad = Arrears(on(-30), on(99), DAY, None)
    other = Arrears(on(0), None, on(101), None)
    assert npa_since([bad, other], on(120)) is None


def test_arrears_that_follow_the_very_next_day_do_not_end_it() -> None:
    bad = Arrears(on(-30), on(99), DAY, None)
    other = Arrears(on(0), None, on(100), None)
    assert npa_since([bad, other], on(120)) == on(90)


def test_arrears_of_long_ago_say_nothing_of_today() -> None:
    old = Arrears(on(-400), on(-200), on(-390), None)
    assert npa_since([old], DAY) is None


def test_what_a_span_inherited_counts_from_its_own_day() -> None:
    assert npa_since([Arrears(on(10), None, on(5), on(-20))], on(12)) == on(-20)
