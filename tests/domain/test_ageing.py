"""How late a loan is, and what part of a portfolio is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.ageing import (
    Portion,
    arrears_rate,
    asset_class,
    bucket,
    days_past_due,
    npa_since,
    par,
)
from tests.domain.golden import golden

DUE = date(2026, 2, 5)


@pytest.mark.parametrize(
    ("dpd", "name"),
    [
        (0, "0"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"),
        (90, "61-90"), (91, "91-180"), (180, "91-180"), (181, "180+"),
    ],
)  # fmt: skip
def test_a_bucket_holds_its_last_day(dpd: int, name: str) -> None:
    assert bucket(dpd) == name


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (-1, "standard"), (0, "sma-0"), (29, "sma-0"), (30, "sma-1"), (59, "sma-1"),
        (60, "sma-2"), (89, "sma-2"), (90, "npa"), (91, "npa"),
    ],
)  # fmt: skip
def test_the_class_changes_at_the_end_of_the_thirtieth_day(days: int, name: str) -> None:
    assert asset_class(DUE, DUE + timedelta(days), None) == name


def test_npa_is_sticky_and_knows_its_day() -> None:
    on = DUE + timedelta(100)
    assert asset_class(on - timedelta(3), on, on - timedelta(10)) == "npa"
    assert asset_class(None, on, on + timedelta(1)) == "standard"
    assert npa_since(DUE, DUE + timedelta(89), None) is None
    assert npa_since(DUE, DUE + timedelta(95), None) == DUE + timedelta(90)
    assert npa_since(DUE, on, DUE) == DUE


def test_days_past_due_are_never_below_zero() -> None:
    assert days_past_due(DUE, date(2026, 3, 20)) == 43
    assert days_past_due(DUE, DUE - timedelta(15)) == 0
    assert days_past_due(None, DUE) == 0


def test_portfolio_at_risk_counts_the_whole_principal_of_a_late_loan() -> None:
    """DPD exactly 90 is not in PAR-90, exactly 31 is in PAR-30."""
    case = golden("asset_classes")
    rows = [(loan["dpd"], loan["outstanding"]) for loan in case["portfolio"]]
    wanted = case["expected"]
    whole = wanted["gross_loan_portfolio"]
    assert par(rows, 30) == Portion(wanted["par30_balance"], whole)
    assert par(rows, 90) == Portion(wanted["par90_balance"], whole)


def test_the_arrears_rate_counts_only_what_is_late() -> None:
    assert arrears_rate([(100, 1000), (0, 500), (50, 50)]) == Portion(150, 1550)
    assert arrears_rate([]) == Portion(0, 0)
