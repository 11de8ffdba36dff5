"""The very day on which a loan becomes late, or is so no longer."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.ageing import npa_since

DUE = date(2026, 2, 5)


def test_a_loan_is_npa_from_the_end_of_the_ninetieth_day_itself() -> None:
    ninetieth = DUE + timedelta(90)
    assert npa_since(DUE, ninetieth - timedelta(1), None) is None
    assert npa_since(DUE, ninetieth, None) == ninetieth


def test_an_npa_taken_over_counts_from_its_own_day() -> None:
    taken = DUE + timedelta(10)
    assert npa_since(DUE, taken - timedelta(1), taken) is None
    assert npa_since(DUE, taken, taken) == taken
