"""Exact figures of a proof: fractions, factors and unrounded amounts with their decimals."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from app.domain.money import RoundingMode, digits, rounded
from app.texts.figures import MINUS, amount

_PLACES = 8
_YEARS = (12, 52, 360, 364, 365, 366)


def exact_amount(minor: Fraction | int, currency: str, places: int = _PLACES) -> str:
    """An amount before it is rounded, in major units with `places` decimals, grouped."""
    scale = 10 ** (places - digits(currency))
    shown = rounded(
        Fraction(minor).numerator * scale, Fraction(minor).denominator, RoundingMode.HALF_UP
    )
    whole, part = divmod(abs(shown), 10**places)
    head = amount(whole * 10 ** digits(currency), currency, trim=True)
    return f"{MINUS if shown < 0 else ''}{head}.{part:0{places}d}"


def decimal(value: Fraction, places: int = 10) -> str:
    """A number with decimals, rounded half up; the sign … follows one that goes on."""
    shown = rounded(value.numerator * 10**places, value.denominator, RoundingMode.HALF_UP)
    whole, part = divmod(abs(shown), 10**places)
    more = "" if value * 10**places == shown else "…"
    return f"{MINUS if shown < 0 else ''}{whole}.{part:0{places}d}{more}"


def fraction(value: Fraction) -> str:
    """A fraction in lowest terms: 1/50."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{value.numerator}/{value.denominator}"


def year_part_text(part: Fraction, from_on: date, to_on: date) -> str:
    """A part of a year over the days or periods it was counted in: 31/365, 1/12."""
    days = (to_on - from_on).days
    for year in (365, 366, 360, 364):
        if part == Fraction(days, year):
            return f"{days}/{year}"
    for year in _YEARS:
        if (part * year).denominator == 1:
            return f"{part * year}/{year}"
    return fraction(part)
