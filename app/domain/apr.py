"""The yearly rate of cost of a loan. A rate is never stored or printed without its method."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from app.domain.calendar import periods_a_year
from app.domain.points import Amount
from app.domain.schedule import schedule
from app.domain.solving import Flow, NoRate, exactly, rate_of
from app.domain.terms import Terms

IRR_NOMINAL = "irr-nominal"
_SIX = Decimal("0.000001")
_WIDE = 100  # digits of a yearly rate, with its decimals
_SURE = 25  # digits of it that are sure: a rate just between two of 6 decimals is seen to be that


class Method(StrEnum):
    """How a yearly rate is made of flows."""

    IRR_NOMINAL = IRR_NOMINAL
    IRR_EFFECTIVE = "irr-effective"
    XIRR = "xirr"
    REGZ_APPENDIX_J = "regz-appendix-j"
    EU_2008_48 = "eu-2008-48"


class Apr(NamedTuple):
    """A rate in percent a year with 6 decimals, and the method that gave it."""

    method: str
    percent: str


def apr_of(terms: Terms) -> Apr | None:
    """The irr-nominal rate of the schedule: what the Indian key fact statement prints.

    The rate a period × periods a year, from the exact run where the terms ask for it. None where no
    rate solves the flows (nothing is handed out, or nothing comes back).
    """
    periods = Fraction(periods_a_year(terms.unit, terms.day_count), terms.every)
    return irr_nominal(schedule(terms).flows, periods)


def irr_nominal(flows: Sequence[tuple[int, Amount]], periods: Fraction) -> Apr | None:
    """The internal rate a period × `periods` a year, of (period, amount), advances positive.

    None where no rate solves them, or where what is handed out at first does not exceed what is
    kept of it.
    """
    at_once = sum((amount for period, amount in flows if period == 0), Fraction(0))
    if at_once <= 0:
        return None
    try:
        return yearly(
            Method.IRR_NOMINAL,
            [Flow(Fraction(period), Fraction(amount)) for period, amount in flows],
            periods,
        )
    except NoRate:
        return None


def yearly(method: Method, flows: Sequence[Flow], periods: Fraction = Fraction(1)) -> Apr:
    """The yearly rate of flows whose times are in periods, `periods` of them a year.

    `irr-effective` compounds the rate of a period over the year; the rates by the calendar, `xirr`
    and `eu-2008-48`, count time in years, where it is the rate itself. Raise NoRate.
    """
    rate = rate_of(flows)
    with exactly(_WIDE):
        count = Decimal(periods.numerator) / Decimal(periods.denominator)
        effective = method is Method.IRR_EFFECTIVE
        part = (1 + rate) ** count - 1 if effective else rate * count
        try:
            with exactly(_SURE):
                sure = part * 100
            percent = sure.quantize(_SIX) + 0  # no minus before a nought
        except InvalidOperation:
            raise NoRate("a rate beyond all bounds") from None
    return Apr(method.value, f"{percent:f}")
