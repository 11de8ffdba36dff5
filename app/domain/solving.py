"""The rate at which flows are worth nothing: pyxirr's root, refined until 6 decimals are sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import pyxirr

_DIGITS = 50
_CLOSE = Decimal(10) ** -30
_MOST_STEPS = 400
# The force of interest ln(1 + i) is looked for within this: i from -100 % to 6e27 times.
_FARTHEST = Decimal(64)
_GRID = 64
_LONGEST_ROW = 5_000  # periods pyxirr is asked about; beyond, the search begins at 0


class Flow(NamedTuple):
    """An amount (advances above zero), the time of it, and the part that bears simple interest.

    Its worth at the rate i is amount ÷ ((1 + simple × i) × (1 + i) ^ time).
    """

    time: Fraction
    amount: Fraction
    simple: Fraction = Fraction(0)


class NoRate(Exception):
    """No rate makes the flows worth nothing; `why` says what they are."""


def exactly(digits: int = _DIGITS) -> AbstractContextManager[Context]:
    """Decimals of so many digits and of any size, whatever the caller's context is."""
    return localcontext(Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN))


def rate_of(flows: Sequence[Flow]) -> Decimal:
    """The rate i per unit of time at which the flows are worth nothing, to some 30 digits.

    Flows of one moment count together. Where their sign changes once, in order of time, there is
    one such rate and this is it. Where it changes more often there may be several: the one with
    ln(1 + i) nearest to 0, the positive one of two as near. It is looked for outwards from 0 in
    steps of 1/64, beyond 1 of a 64th of the distance; two rates within one step are not told apart
    and count as none. Raise NoRate.
    """
    net = _together(flows)
    changes = sum((one.amount > 0) != (other.amount > 0) for one, other in pairwise(net))
    if not changes:
        raise NoRate("only payments" if net and net[0].amount < 0 else "only advances")
    with exactly():
        terms = _terms(net)
        pair = _around(terms, _first_root(net)) if changes == 1 else _nearest(terms)
        return _narrowed(terms, *pair).exp() - 1


def _together(flows: Sequence[Flow]) -> list[Flow]:
    """One flow a moment, in order, those of nothing left out."""
    sums: dict[tuple[Fraction, Fraction], Fraction] = {}
    for flow in flows:
        at = flow.time, flow.simple
        sums[at] = sums.get(at, Fraction(0)) + flow.amount
    ordered = sorted(sums.items(), key=lambda item: (sum(item[0]), item[0]))
    return [Flow(time, amount, simple) for (time, simple), amount in ordered if amount]


def _first_root(net: Sequence[Flow]) -> Decimal:
    """Where to begin: pyxirr's root of the flows by whole units of time, as ln(1 + i); else 0.

    It answers with the 16 digits of a float. They only say where to look.
    """
    last = int(max(flow.time for flow in net))
    if last > _LONGEST_ROW:
        return Decimal(0)
    row = [Decimal(0)] * (last + 1)
    for flow in net:
        row[int(flow.time)] += _decimal(flow.amount)
    if not (min(row) < 0 < max(row)):
        return Decimal(0)
    root = pyxirr.irr(row)
    if root is None or not root > -1:
        return Decimal(0)
    return max(-_FARTHEST, min(_FARTHEST, (1 + Decimal(root)).ln()))


class _Term(NamedTuple):
    """A flow as decimals, with the time since the one before it."""

    step: Decimal
    time: Decimal
    amount: Decimal
    simple: Decimal


class _Worth(NamedTuple):
    """What flows are worth at a rate, and how that changes with it."""

    value: Decimal
    slope: Decimal


def _terms(net: Sequence[Flow]) -> list[_Term]:
    times = [_decimal(flow.time) for flow in net]
    return [
        _Term(time - before, time, _decimal(flow.amount), _decimal(flow.simple))
        for flow, time, before in zip(net, times, [Decimal(0), *times], strict=False)
    ]


def _worth(terms: Sequence[_Term], force: Decimal) -> _Worth:
    """What the flows are worth at the force of interest, and how that changes with it."""
    growth = force.exp()
    steps: dict[Decimal, Decimal] = {}
    factor = Decimal(1)
    value = slope = Decimal(0)
    for step, time, amount, simple in terms:
        if step:
            if step not in steps:
                steps[step] = (-force * step).exp()
            factor *= steps[step]
        worth, mean = amount * factor, time
        if simple:
            linear = 1 + simple * (growth - 1)
            worth, mean = worth / linear, time + simple * growth / linear
        value += worth
        slope -= worth * mean
    return _Worth(value, slope)


_Point = tuple[Decimal, _Worth]


def _at(terms: Sequence[_Term], force: Decimal) -> _Point:
    return force, _worth(terms, force)


def _around(terms: Sequence[_Term], near: Decimal) -> tuple[_Point, _Point]:
    """Two forces with the one root between them.

    Far down the last flow outweighs all others, far up the first: the sign says on which side of
    the root a force lies.
    """
    rising = terms[0].amount > 0
    point = _at(terms, near)
    width = Decimal(1) / 2**40
    upwards = (point[1].value < 0) == rising
    while abs(point[0]) <= _FARTHEST:
        other = _at(terms, point[0] + (width if upwards else -width))
        if (other[1].value < 0) != (point[1].value < 0) or not other[1].value:
            return (point, other) if upwards else (other, point)
        point, width = other, width * 8
    raise NoRate("a rate beyond all bounds")


def _nearest(terms: Sequence[_Term]) -> tuple[_Point, _Point]:
    """The two forces, nearest to 0, between which the worth changes its sign."""
    zero = _at(terms, Decimal(0))
    if not zero[1].value:
        return zero, zero
    up = down = zero
    for force in _outwards():
        above, below = _at(terms, force), _at(terms, -force)
        found = [
            (low, high)
            for low, high in ((up, above), (below, down))
            if (low[1].value > 0) != (high[1].value > 0)
        ]
        if found:
            return min(found, key=lambda pair: abs(_narrowed(terms, *pair)))
        up, down = above, below
    raise NoRate("no rate that makes them worth nothing")


def _outwards() -> Iterator[Decimal]:
    force = Decimal(0)
    while force < _FARTHEST:
        force += max(Decimal(1), force) / _GRID
        yield force


def _narrowed(terms: Sequence[_Term], low: _Point, high: _Point) -> Decimal:
    """The root between two forces: Newton's steps, halved where they would leave the interval."""
    below, above = low[0], high[0]
    under = low[1].value < 0
    point = low if abs(low[1].value) <= abs(high[1].value) else high
    for _ in range(_MOST_STEPS):
        force, (value, slope) = point
        if not value:
            return force
        below, above = (force, above) if (value < 0) == under else (below, force)
        step = force - value / slope if slope else below
        target = step if below < step < above else (below + above) / 2
        if abs(target - force) < _CLOSE:
            return target
        point = _at(terms, target)
    return point[0]


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
