"""Equal instalments: the level amount that repays a balance, and the run of lines under it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import repeat
from operator import sub

from app.domain.money import RoundingMode
from app.domain.points import Amount, Points

_DOWN, _UP, _HALF_EVEN = RoundingMode.DOWN, RoundingMode.UP, RoundingMode.HALF_EVEN


@dataclass(slots=True)
class Run:
    """Principal and own interest of each line, before charges, deferral and broken interest."""

    principal: list[Amount]
    interest: list[Amount]
    level: Amount
    # Where they are at hand: the balance after each line, and what each asks.
    left: list[Amount] | None = field(default=None, compare=False)
    asked: list[Amount] | None = field(default=None, compare=False)


def level_ratio(factors: list[int], denominator: int, uniform: bool) -> tuple[int, int]:
    """The equal instalment of a balance of 1: ∏(1+fᵢ) ÷ Σⱼ∏ᵢ﹥ⱼ(1+fᵢ), as a fraction.

    The factors are `factors[i] / denominator`, one for each repaying line.
    """
    if uniform:
        one, count = factors[0], len(factors)
        if not one:
            return 1, count
        grown, plain = (denominator + one) ** count, denominator**count
        return grown * one, denominator * (grown - plain)
    top, scale, bottom = 1, 1, 0
    for factor in factors:
        growth = denominator + factor
        top *= growth
        scale *= denominator
        bottom = bottom * growth + scale
    return top, bottom


def level_run(
    balance: int, level: int, factors: list[int], denominator: int, points: Points
) -> Run:
    """The lines of a whole-unit balance under a level instalment; the last one takes the rest.

    The product's busiest loop: plain integers, one rounding a line. Schedules that end early, whose
    instalment does not cover a line's interest, or that meet an even half go the slow way.
    """
    rounding = points.rounding
    if rounding.interest_to == 1:
        run = _quick_run(balance, level, factors, denominator, rounding.mode)
        if run is not None:
            return run
    return slow_run(balance, level, factors, denominator, points)


def _quick_run(
    principal: int, level: int, factors: list[int], denominator: int, mode: RoundingMode
) -> Run | None:
    """The run where every line but the last is level; None where it is not that simple."""
    add = _before_division(mode, denominator)
    shift = add - level * denominator
    balance, growth, count = principal, denominator + factors[0], len(factors)
    # What a line leaves, balance − level + (balance × factor + add) // denominator, at one go.
    if factors.count(factors[0]) == count:
        again = repeat(None, count - 1)
        left = [balance := (balance * growth + shift) // denominator for _ in again]
    else:
        growths = [denominator + factor for factor in factors[:-1]]
        left = [balance := (balance * growth + shift) // denominator for growth in growths]
    balances = [principal, *left]
    principals: list[Amount] = list(map(sub, balances, left))
    if balance <= 0 or (principals and min(principals) < 0):
        return None
    if mode is _HALF_EVEN and _meets_half(balances, factors, denominator):
        return None
    interests: list[Amount] = [level - one for one in principals]
    asked: list[Amount] = [level] * len(left)
    principals.append(balance)
    interests.append((balance * factors[-1] + add) // denominator)
    asked.append(balance + interests[-1])
    return Run(principals, interests, level, [*left, 0], asked)


def _meets_half(balances: list[int], factors: list[int], denominator: int) -> bool:
    """Whether some line's interest is exactly between two minor units."""
    half, odd = divmod(denominator, 2)
    return not odd and any(
        one * factor % denominator == half for one, factor in zip(balances, factors, strict=True)
    )


def slow_run(
    balance: Amount,
    level: Amount,
    factors: list[int],
    denominator: int,
    points: Points,
    without_principal: int = 0,
) -> Run:
    """The same as `level_run`, with principal grace and for exact fractions too."""
    principals: list[Amount] = []
    interests: list[Amount] = []
    for at, factor in enumerate(factors):
        interest = points.interest(balance * factor, denominator)
        principal: Amount = 0
        if at >= without_principal:
            principal = min(max(level - interest, 0), balance)
        principals.append(principal)
        interests.append(interest)
        balance -= principal
        if not balance:
            break
    principals[-1] += balance
    return Run(principals, interests, level)


def first_principal(
    balance: int, level: int, factors: list[int], denominator: int, points: Points
) -> Amount:
    """The principal of the first repaying line that leaves the present value of the others."""
    present, discount = Fraction(0), Fraction(1)
    for factor in factors[1:]:
        discount *= Fraction(denominator, denominator + factor)
        present += discount
    return min(max(balance - points.currency(level * present), 0), balance)


def _before_division(mode: RoundingMode, denominator: int) -> int:
    """What is added before dividing down so that the quotient is rounded, but for even halves."""
    if mode is _DOWN:
        return 0
    return denominator - 1 if mode is _UP else denominator // 2
