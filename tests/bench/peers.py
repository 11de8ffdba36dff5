"""The same loans by other libraries, each asked in the way its own documents show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, islice
from operator import sub
from types import MappingProxyType
from typing import Any

import mortgage
import numpy_financial
import pyxirr
import QuantLib
from amortization.schedule import amortization_schedule

from app.domain.schedule import lines
from app.domain.terms import Terms

Rows = list[tuple[int, int]]  # principal and interest of each line, in minor units
Lines = list[tuple[int, Any, Any, Any]]
_CENTS = 100


@dataclass(frozen=True)
class Loan:
    """What is asked of everybody: a level monthly loan, a twelfth of the yearly rate a month."""

    principal: int  # whole units of money
    percent: int
    count: int
    on: date
    terms: Terms


@dataclass(frozen=True)
class Maker:
    """How a library makes a schedule, and how its figures are read for the comparison."""

    make: Callable[[Loan], object]
    rows: Callable[[Loan], Rows]
    whole_years: bool = False

    def takes(self, loan: Loan) -> bool:
        """Whether the library can be asked for this loan at all."""
        return not self.whole_years or loan.count % 12 == 0


def _ours(loan: Loan) -> Rows:
    return [(line.principal, line.interest) for line in lines(loan.terms)]


def _amortization(loan: Loan) -> Rows:
    made = amortization_schedule(loan.principal, loan.percent / 100, loan.count)
    return [(_minor(row.principal), _minor(row.interest)) for row in made]


def _make_numpy(loan: Loan) -> Lines:
    rate, periods = loan.percent / 1200, range(1, loan.count + 1)
    parts = numpy_financial.ppmt(rate, periods, loan.count, -loan.principal)
    interest = numpy_financial.ipmt(rate, periods, loan.count, -loan.principal)
    return _lines(loan, parts.tolist(), interest.tolist())


def _make_pyxirr(loan: Loan) -> Lines:
    rate, periods = loan.percent / 1200, range(1, loan.count + 1)
    parts = pyxirr.ppmt(rate, periods, loan.count, -loan.principal)
    interest = pyxirr.ipmt(rate, periods, loan.count, -loan.principal)
    return _lines(loan, parts, interest)


def _lines(loan: Loan, parts: Sequence[Any], interest: Sequence[Any]) -> Lines:
    """Columns as lines of number, principal, interest and balance, which the others bring along."""
    left = islice(accumulate(parts, sub, initial=loan.principal), 1, None)
    return list(zip(range(1, loan.count + 1), parts, interest, left, strict=True))


def _columns(make: Callable[[Loan], Lines]) -> Callable[[Loan], Rows]:
    return lambda loan: [(_minor(part), _minor(interest)) for _, part, interest, _ in make(loan)]


def _make_quantlib(loan: Loan) -> list[tuple[object, float]]:
    """The dated flows of an amortising bond: two a line, the interest first."""
    length, coupon = QuantLib.Period(loan.count, QuantLib.Months), loan.percent / 100
    start = QuantLib.Date(loan.on.day, loan.on.month, loan.on.year)
    dates = QuantLib.Schedule(
        start,
        start + length,
        QuantLib.Period(QuantLib.Monthly),
        QuantLib.NullCalendar(),
        QuantLib.Unadjusted,
        QuantLib.Unadjusted,
        QuantLib.DateGeneration.Forward,
        False,
    )
    left = QuantLib.sinkingNotionals(length, QuantLib.Monthly, coupon, loan.principal)
    count = QuantLib.Thirty360(QuantLib.Thirty360.BondBasis)
    bond = QuantLib.AmortizingFixedRateBond(0, left, dates, [coupon], count)
    return [(flow.date(), flow.amount()) for flow in bond.cashflows()]


def _quantlib(loan: Loan) -> Rows:
    amounts = [_minor(amount) for _, amount in _make_quantlib(loan)]
    return list(zip(amounts[1::2], amounts[::2], strict=True))


def _make_mortgage(loan: Loan) -> object:
    return mortgage.Loan(loan.principal, loan.percent / 100, loan.count // 12).schedule()


def _mortgage(loan: Loan) -> Rows:
    made = mortgage.Loan(loan.principal, loan.percent / 100, loan.count // 12).schedule()
    return [(_minor(row.principal), _minor(row.interest)) for row in made[1:]]


def _minor(value: float) -> int:
    return round(value * _CENTS)


OURS = Maker(lambda loan: lines(loan.terms), _ours)
PEERS: Mapping[str, Maker] = MappingProxyType(
    {
        "amortization": Maker(
            lambda loan: list(
                amortization_schedule(loan.principal, loan.percent / 100, loan.count)
            ),
            _amortization,
        ),
        "numpy-financial": Maker(_make_numpy, _columns(_make_numpy)),
        "pyxirr": Maker(_make_pyxirr, _columns(_make_pyxirr)),
        "QuantLib": Maker(_make_quantlib, _quantlib),
        # It counts in whole years.
        "mortgage": Maker(_make_mortgage, _mortgage, whole_years=True),
    }
)
