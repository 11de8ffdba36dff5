"""Figures and days, as written and as read back."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import ValueRefused
from app.texts.figures import amount, count, day, day_short, moment, percent, plain
from app.texts.parsing import parse_amount, parse_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (0, "INR", "0.00"),
        (5, "INR", "0.05"),
        (99_999_99, "INR", "99,999.99"),
        (1_00_000_00, "INR", "1,00,000.00"),
        (1_25_000_50, "INR", "1,25,000.50"),
        (12_34_56_789_01, "INR", "12,34,56,789.01"),
        (-1_250_00, "INR", "\u22121,250.00"),
        (12_345_678_90, "KES", "12,345,678.90"),
        (1_234_567, "UGX", "1,234,567"),
        (1_234_567, "KWD", "1,234.567"),
    ],
)
def test_amounts_are_grouped_as_their_currency_is(minor: int, currency: str, shown: str) -> None:
    assert amount(minor, currency) == shown


def test_the_sign_stands_between_minus_and_figure() -> None:
    assert amount(-1_25_000_00, "INR", symbol=True, trim=True) == "\u2212₹1,25,000"
    assert amount(-1_25_000_50, "INR", symbol=True, trim=True, minus="-") == "-₹1,25,000.50"


def test_files_get_bare_decimals_with_a_hyphen() -> None:
    assert plain(-1_25_000_05, "INR") == "-125000.05"
    assert plain(1_250, "UGX") == "1250"


def test_an_unknown_currency_is_refused_not_guessed() -> None:
    with pytest.raises(ValueRefused) as refused:
        amount(100, "QQQ")
    assert refused.value.params["why"] == "unknown-currency"


def test_rates_are_rounded_half_away_from_zero() -> None:
    assert percent(Fraction(24, 100)) == "24%"
    assert percent(Fraction(17065, 100000)) == "17.07%"
    assert percent(Fraction(-1, 8), places=0) == "\u221213%"
    assert percent(Fraction(-1, 10**6)) == "0%"


def test_days_and_moments_are_written_one_way() -> None:
    assert day(date(2026, 11, 3)) == "3 Nov 2026"
    assert day(None) == "\u2013"
    assert day_short(TODAY) == "23 Nov"
    assert moment(datetime(2026, 11, 23, 14, 5)) == "23 Nov 2026, 14:05"  # noqa: DTZ001
    assert count(123456) == "1,23,456"


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("1,25,000", 1_25_000_00),
        ("125,000", 1_25_000_00),
        ("1.25 lakh", 1_25_000_00),
        ("1.5 l", 1_50_000_00),
        ("1.5L", 1_50_000_00),
        ("2 cr", 2_00_00_000_00),
        ("25k", 25_000_00),
        ("2500", 2_500_00),
        ("₹ 2,500.5", 2_500_50),
        ("Rs. 500/-", 500_00),
        ("500 INR", 500_00),
        (".5", 50),
        ("१,२५,०००", 1_25_000_00),
        ("0", 0),
    ],
)
def test_money_is_read_as_people_write_it(typed: str, minor: int) -> None:
    assert parse_amount(typed, "INR") == minor


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "empty"),
        ("₹", "empty"),
        ("-5", "negative"),
        ("1,2,500", "not-an-amount"),
        ("12,34", "not-an-amount"),
        ("twelve", "not-an-amount"),
        ("lakh", "not-an-amount"),
        ("1e5", "not-an-amount"),
        ("²", "not-an-amount"),
        ("0.005", "too-many-decimals"),
        ("1.00000001 lakh", "too-many-decimals"),
        ("99999999999999", "too-large"),
        ("=1+1", "not-an-amount"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(typed: str, why: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        parse_amount(typed, "INR")
    assert refused.value.params["why"] == why


@given(st.integers(0, 10**14), st.sampled_from(["INR", "KES", "UGX", "KWD", "USD"]))
def test_an_amount_reads_back_as_it_was_written(minor: int, currency: str) -> None:
    assert parse_amount(amount(minor, currency, symbol=True), currency) == minor
    assert parse_amount(amount(minor, currency, trim=True), currency) == minor
    assert parse_amount(plain(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("today", TODAY),
        ("t", TODAY),
        ("tomorrow", date(2026, 11, 24)),
        ("+7", date(2026, 11, 30)),
        ("-1", date(2026, 11, 22)),
        ("\u22121", date(2026, 11, 22)),
        ("5/3", date(2027, 3, 5)),
        ("5/6", date(2026, 6, 5)),
        ("5-1", date(2027, 1, 5)),
        ("05-03-24", date(2024, 3, 5)),
        ("5.3.2024", date(2024, 3, 5)),
        ("5 Mar 2024", date(2024, 3, 5)),
        ("5 march", date(2027, 3, 5)),
        ("12-4-68", date(1968, 4, 12)),
        ("2024-03-05", date(2024, 3, 5)),
        ("5", date(2026, 11, 5)),
        ("29/2", date(2028, 2, 29)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, means: date) -> None:
    today = date(2027, 8, 1) if typed == "29/2" else TODAY
    assert parse_day(typed, today) == means


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "empty"),
        ("soon", "not-a-day"),
        ("31/2", "no-such-day"),
        ("30 Feb 2024", "no-such-day"),
        ("5/13", "no-such-day"),
        ("32", "no-such-day"),
        ("+99999", "no-such-day"),
        ("5/0", "no-such-day"),
        ("1/2/3/4", "not-a-day"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(typed: str, why: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        parse_day(typed, TODAY)
    assert refused.value.params["why"] == why


@given(st.dates(date(2000, 1, 1), date(2045, 12, 31)))
def test_a_day_reads_back_as_it_was_written(on: date) -> None:
    assert parse_day(day(on), TODAY) == on
    assert parse_day(on.isoformat(), TODAY) == on
    assert parse_day(f"{on:%d-%m-%y}", TODAY) == on
