"""The yearly rate of cost of a loan. A rate is never stored or printed without its method."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from app.domain.calendar import periods_a_year
from app.domain.points import Amount
from app.domain.schedule import schedule
from app.domain.terms import Terms

IRR_NOMINAL = "irr-nominal"
_DIGITS = 50
_CLOSE = Decimal(10) ** -35
_MOST_STEPS = 500


class Apr(NamedTuple):
    """A rate in percent a year with 6 decimals, and the method that gave it."""

    method: str
    percent: str


def apr_of(terms: Terms) -> Apr | None:
    """The irr-nominal rate of the schedule: what the Indian key fact statement prints.

    The rate a period × periods a year, from the exact run where the terms ask for it. None where no
    rate solves the flows (nothing is handed out, or less comes back than nothing).
    """
    periods = Fraction(periods_a_year(terms.unit, terms.day_count), terms.every)
    return irr_nominal(schedule(terms).flows, periods)


def irr_nominal(flows: Sequence[tuple[int, Amount]], periods: Fraction) -> Apr | None:
    """The internal rate a period × `periods` a year, of (period, amount), advances positive."""
    by_period: dict[int, Amount] = {}
    for period, amount in flows:
        by_period[period] = by_period.get(period, 0) + amount
    with localcontext(Context(prec=_DIGITS)):
        amounts = [_decimal(by_period.get(at, 0)) for at in range(max(by_period) + 1)]
        discount = _root(amounts)
        if discount is None:
            return None
        rate = (1 / discount - 1) * 100 * _decimal(periods)
        return Apr(IRR_NOMINAL, f"{rate.quantize(Decimal('0.000001')):f}")


def _root(amounts: list[Decimal]) -> Decimal | None:
    """The discount factor a period at which the flows are worth nothing.

    Money out first and money back after is concave and falling in it, so Newton's steps from the
    side of loss go straight to the one root.
    """
    if amounts[0] <= 0 or not any(amount < 0 for amount in amounts):
        return None
    at = Decimal(1)
    while _value(amounts, at)[0] > 0:
        at *= 2
    for _ in range(_MOST_STEPS):
        value, slope = _value(amounts, at)
        step = value / slope
        at -= step
        if abs(step) < _CLOSE:
            return at
    return None


def _value(amounts: list[Decimal], at: Decimal) -> tuple[Decimal, Decimal]:
    """The polynomial and its slope, by Horner."""
    value = slope = Decimal(0)
    for amount in reversed(amounts):
        slope = slope * at + value
        value = value * at + amount
    return value, slope


def _decimal(amount: Amount) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)
