"""Money is whole minor units; rounding is by name and exact."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import CurrencyMismatch, ValueRefused
from app.domain.money import Money, RoundingMode, decimal_text, digits, minor_of, rounded

DECIMAL = {
    RoundingMode.HALF_EVEN: ROUND_HALF_EVEN,
    RoundingMode.HALF_UP: ROUND_HALF_UP,
    RoundingMode.UP: ROUND_UP,
    RoundingMode.DOWN: ROUND_DOWN,
    RoundingMode.NONE: ROUND_HALF_UP,
}


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from([1, 2, 4, 5, 8, 10, 40, 125, 1000]),
    st.sampled_from(list(RoundingMode)),
    st.sampled_from([1, 5, 100]),
)
def test_rounding_is_what_decimal_says(
    numerator: int, denominator: int, mode: RoundingMode, to: int
) -> None:
    exact = Context(prec=60).divide(Decimal(numerator), Decimal(denominator * to))
    wanted = int(exact.quantize(Decimal(1), rounding=DECIMAL[mode])) * to
    assert rounded(numerator, denominator, mode, to) == wanted


@given(st.integers(-(10**14), 10**14), st.sampled_from(["INR", "JPY", "KWD", "CLF"]))
def test_an_amount_reads_back_as_it_is_written(minor: int, currency: str) -> None:
    assert minor_of(decimal_text(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("1234.50", "INR", 123450), ("7", "INR", 700), ("12", "JPY", 12), ("0.005", "KWD", 5)],
)
def test_an_amount_is_a_plain_decimal(text: str, currency: str, minor: int) -> None:
    assert minor_of(text, currency) == minor


@pytest.mark.parametrize("text", ["", "1,234", "1e3", " 1", "1.234", ".5", "1.", "१२", "NaN"])
def test_anything_else_is_no_amount(text: str) -> None:
    with pytest.raises(ValueRefused):
        minor_of(text, "INR")


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(ValueRefused):
        digits("XXQ")
    with pytest.raises(ValueRefused):
        Money(1, "inr")


def test_two_currencies_never_meet() -> None:
    rupees, yen = Money(100, "INR"), Money(100, "JPY")
    assert (rupees + rupees, rupees - rupees) == (Money(200, "INR"), Money(0, "INR"))
    assert rupees < Money(101, "INR")
    assert not Money(0, "INR")
    with pytest.raises(CurrencyMismatch):
        _ = rupees + yen
    with pytest.raises(CurrencyMismatch):
        _ = rupees < yen
