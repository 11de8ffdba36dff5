"""The rate of cost: the internal rate of return of a period times the periods of a year.

Flows that change their sign more than once may have several rates: the one nearest to none counts,
by ln(1 + i), of two as near the one above zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from itertools import pairwise

_WORK = Context(prec=40)
_NEAR = Decimal("1e-30")
_SURE = Context(prec=20)
_SIX = Decimal("0.000001")


def nominal(flows: Sequence[Fraction | int], periods_a_year: Fraction) -> str | None:
    """The percentage with six decimals; flows count from 0, advances positive."""
    signs = [flow > 0 for flow in flows if flow]
    if sum(one != other for one, other in pairwise(signs)) > 1:
        rate = _nearest([_decimal(flow) for flow in flows])
        if rate is None:
            return None
    else:
        guess = _guess([float(flow) for flow in flows])
        if guess is None:
            return None
        rate = _polished([_decimal(flow) for flow in flows], Decimal(guess))
    percent = _WORK.multiply(_WORK.multiply(rate, _decimal(periods_a_year)), Decimal(100))
    # What is sure of it, so that a rate just between two of six decimals is seen to be that.
    shown = _SURE.plus(percent).quantize(_SIX, ROUND_HALF_EVEN)
    return str(shown if shown else abs(shown))


def solves(flows: Sequence[Fraction | int], periods_a_year: Fraction, percent: str) -> bool:
    """Whether a percentage is a root of the flows to six decimals."""
    sides = []
    for half in ("-0.00000051", "0.00000051"):
        rate = Fraction(Decimal(percent) + Decimal(half)) / 100 / periods_a_year
        sides.append(_value([_decimal(flow) for flow in flows], _decimal(rate))[0] > 0)
    return sides[0] != sides[1]


def _nearest(flows: Sequence[Decimal]) -> Decimal | None:
    """The rate nearest to none of all there are."""
    found = [one for one in _roots(flows) if one > 0]
    logs = [(abs(_WORK.ln(one)), one) for one in found]
    if not logs:
        return None
    return _WORK.subtract(_WORK.divide(Decimal(1), min(logs)[1]), 1)


def _roots(flows: Sequence[Decimal]) -> list[Decimal]:
    """All discount factors above 0 that cross it: between two turns of the curve lies at most one.

    The turns are the roots of the slope, found in the same way.
    """
    low = next((at for at, flow in enumerate(flows) if flow), len(flows))
    powers = list(flows[low:])
    while powers and not powers[-1]:
        powers.pop()
    if len(powers) < 2:
        return []
    slope = [_WORK.multiply(at, flow) for at, flow in enumerate(powers)][1:]
    bound = 1 + max(abs(_WORK.divide(flow, powers[-1])) for flow in powers[:-1])
    edges = [Decimal(0), *(one for one in _roots(slope) if one < bound), bound]
    return [
        _crossing(powers, one, other)
        for one, other in pairwise(edges)
        if (_worth(powers, one) > 0) != (_worth(powers, other) > 0)
    ]


def _crossing(powers: Sequence[Decimal], low: Decimal, high: Decimal) -> Decimal:
    below = _worth(powers, low) > 0
    while high - low > _WORK.multiply(high, _NEAR):
        middle = _WORK.divide(_WORK.add(low, high), 2)
        if (_worth(powers, middle) > 0) == below:
            low = middle
        else:
            high = middle
    return high


def _worth(powers: Sequence[Decimal], discount: Decimal) -> Decimal:
    value = Decimal(0)
    for power in reversed(powers):
        value = _WORK.fma(value, discount, power)
    return value


def _decimal(value: Fraction | int) -> Decimal:
    if isinstance(value, int):
        return Decimal(value)
    return _WORK.divide(Decimal(value.numerator), Decimal(value.denominator))


def _value(flows: Sequence[Decimal], rate: Decimal) -> tuple[Decimal, Decimal]:
    """The present value and its slope against the discount factor, by Horner."""
    discount = _WORK.divide(Decimal(1), _WORK.add(1, rate))
    value, slope = Decimal(0), Decimal(0)
    for flow in reversed(flows):
        slope = _WORK.fma(slope, discount, value)
        value = _WORK.fma(value, discount, flow)
    return value, slope


def _polished(flows: Sequence[Decimal], rate: Decimal) -> Decimal:
    discount = _WORK.divide(Decimal(1), _WORK.add(1, rate))
    for _ in range(8):
        value, slope = _value(flows, _WORK.subtract(_WORK.divide(Decimal(1), discount), 1))
        if slope == 0:
            break
        step = _WORK.divide(value, slope)
        discount = _WORK.subtract(discount, step)
        if abs(step) < Decimal("1e-25"):
            break
    return _WORK.subtract(_WORK.divide(Decimal(1), discount), 1)


def _present(flows: Sequence[float], discount: float) -> float:
    value = 0.0
    for flow in reversed(flows):
        value = value * discount + flow
    return value


def _guess(flows: Sequence[float]) -> float | None:
    """Bisect for the discount factor of a period, the one nearest to 1 from below first."""
    if not any(flow > 0 for flow in flows) or not any(flow < 0 for flow in flows):
        return None
    low, high = 1e-9, 1.0
    if _present(flows, high) > 0:
        low, high = 1.0, 2.0
        while _present(flows, high) > 0:
            high *= 2
            if high > 1e9:
                return None
    if _present(flows, low) < 0:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        if _present(flows, middle) > 0:
            low = middle
        else:
            high = middle
    return 1 / ((low + high) / 2) - 1
