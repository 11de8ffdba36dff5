"""What a calc document says, read plainly: money in minor units, rates as rationals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

Number = int | Fraction
HEADS = ("principal", "interest", "charge", "penalty")
DIGITS = {"INR": 2, "USD": 2, "KES": 2, "JPY": 0, "KWD": 3}
NOTHING: Mapping[str, Any] = {}


class Refused(Exception):
    """The document asks for something the conventions do not allow."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """How figures are rounded; `exact` is mode none."""

    exact: bool
    mode: str
    instalment_mode: str
    interest_to: Fraction
    instalment_to: Fraction
    residue: str

    def interest(self, value: Number) -> Number:
        """Round the interest of a line."""
        return value if self.exact else to_step(value, self.interest_to, self.mode)

    def instalment(self, value: Number) -> Number:
        """Round an instalment, a share of principal or a down payment."""
        return value if self.exact else to_step(value, self.instalment_to, self.instalment_mode)

    def currency(self, value: Number) -> Number:
        """Round a charge, a tax, a penalty or a flat total."""
        return value if self.exact else whole(value, self.mode)

    def printed(self, value: Number) -> int:
        """Round a figure of the exact run as it is printed."""
        return int(to_step(value, self.instalment_to, "half-up")) if self.exact else int(value)


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge of the terms."""

    head: str
    on: str | date
    amount: int | None
    percent: Fraction | None
    of: str
    tax: Fraction
    deduct: bool


@dataclass(frozen=True, slots=True)
class Penal:
    """The rule of the penal charge."""

    percent: Fraction | None
    amount: int | None
    of: str
    grace_days: int
    cap: Fraction | None
    tax: Fraction


@dataclass(frozen=True, slots=True)
class Closure:
    """What a foreclosure asks."""

    interest: str
    percent: Fraction
    tax: Fraction


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where money goes."""

    order: tuple[str, ...]
    across: str
    advance_order: tuple[str, ...]
    advance_to: str


@dataclass(frozen=True, slots=True)
class Rest:
    """What a reschedule leaves to the lines after it."""

    opened_on: date  # when their first line really opened
    seed: tuple[date, int, bool, int] | None  # where dates go on as they were
    gathered: Number  # interest borne and not asked yet
    spread: tuple[Number, Number]  # of broken days: the part of a line, and what is left
    inside: tuple[tuple[date, int], ...] = ()  # of a flat sum: what joined it in its first line


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a loan."""

    principal: Number
    disbursed_on: date
    rate: Fraction
    flat: bool
    repayment: str
    instalments: int | None
    instalment: int | None
    n: int
    unit: str
    first_due_on: date | None
    month_end: str
    day_count: str
    level_by: str
    rounding: Rounding
    grace_principal: int
    grace_interest: int
    grace_free: int
    down_percent: Fraction | None
    tranches: tuple[tuple[date, int], ...]
    broken: str
    working: frozenset[int]
    holidays: frozenset[date]
    shift: str
    charges: tuple[Charge, ...]
    penal: Penal | None
    closure: Closure
    allocation: Allocation
    recalculate: str
    rest: Rest | None = None

    @property
    def periods_a_year(self) -> int:
        """How many of the unit a year has."""
        if self.unit == "day":
            return 360 if self.day_count.endswith("/360") else 365
        return 52 if self.unit == "week" else 12


def whole(value: Number, mode: str) -> int:
    """Round to a whole number, the sign left aside."""
    if isinstance(value, int):
        return value
    bottom = value.denominator
    size = abs(value.numerator)
    down, rest = divmod(size, bottom)
    match mode:
        case "up":
            up = rest > 0
        case "down":
            up = False
        case "half-up":
            up = 2 * rest >= bottom
        case _:
            up = 2 * rest > bottom or (2 * rest == bottom and down % 2 == 1)
    got = down + 1 if up else down
    return got if value >= 0 else -got


def to_step(value: Number, step: Fraction, mode: str) -> Number:
    """Round to a multiple of `step` minor units."""
    if step == 1:
        return whole(value, mode)
    got = whole(Fraction(value) / step, mode) * step
    return got.numerator if got.denominator == 1 else got


def minor(text: str, digits: int) -> int:
    """Money in minor units."""
    value = Fraction(text) * 10**digits
    if value.denominator != 1:
        raise Refused("more digits than the currency has")
    return int(value)


def percent(text: str | None) -> Fraction | None:
    """A percentage as a rational."""
    return None if text is None else Fraction(text) / 100


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


def terms_of(document: Mapping[str, Any]) -> Terms:
    """Read the terms of a document."""
    given, digits = document["terms"], DIGITS[document["currency"]]
    grace = given.get("grace") or NOTHING
    calendar = given.get("calendar") or NOTHING
    first = given.get("first_due_on")
    instalment = given.get("instalment")
    every = given["every"]
    return Terms(
        principal=minor(given["principal"], digits),
        disbursed_on=day(given["disbursed_on"]),
        rate=Fraction(given["annual_rate"]) / 100,
        flat=given.get("interest", "declining") == "flat",
        repayment=given.get("repayment", "equal-instalments"),
        instalments=given.get("instalments"),
        instalment=None if instalment is None else minor(instalment, digits),
        n=every["n"],
        unit=every["unit"],
        first_due_on=None if first is None else day(first),
        month_end=given.get("month_end", "clamp"),
        day_count=given.get("day_count", "periodic"),
        level_by=given.get("level_by", "period-rate"),
        rounding=_rounding(given.get("rounding") or NOTHING, digits),
        grace_principal=grace.get("principal", 0),
        grace_interest=grace.get("interest", 0),
        grace_free=grace.get("interest_free", 0),
        down_percent=percent(given.get("down_payment_percent")),
        tranches=_tranches(given, digits),
        broken=given.get("broken_period", "first-instalment"),
        working=frozenset(calendar.get("working_days", range(1, 8))),
        holidays=frozenset(map(day, calendar.get("holidays", ()))),
        shift=calendar.get("shift", "none"),
        charges=tuple(_charge(one, digits) for one in given.get("charges", ())),
        penal=_penal(given.get("penalty"), digits),
        closure=_closure(given.get("foreclosure") or NOTHING),
        allocation=_allocation(given.get("allocation") or NOTHING),
        recalculate=given.get("recalculate", "never"),
    )


def _tranches(given: Mapping[str, Any], digits: int) -> tuple[tuple[date, int], ...]:
    """The parts in order; those of the first day are one."""
    parts = [(day(one["on"]), minor(one["amount"], digits)) for one in given.get("tranches") or ()]
    while len(parts) > 1 and parts[1][0] == parts[0][0]:
        parts[:2] = [(parts[0][0], parts[0][1] + parts[1][1])]
    return tuple(parts)


def _rounding(given: Mapping[str, Any], digits: int) -> Rounding:
    unit = Fraction(1, 10**digits)
    mode = given.get("mode", "half-even")
    small = "1" if digits == 0 else f"0.{'0' * (digits - 1)}1"
    return Rounding(
        exact=mode == "none",
        mode="half-up" if mode == "none" else mode,
        instalment_mode=given.get("instalment_mode") or ("half-up" if mode == "none" else mode),
        interest_to=Fraction(given.get("interest_to", small)) / unit,
        instalment_to=Fraction(given.get("instalment_to", small)) / unit,
        residue=given.get("residue", "last"),
    )


def _charge(given: Mapping[str, Any], digits: int) -> Charge:
    on = given["on"]
    return Charge(
        head=given["head"],
        on=on if on in ("disbursement", "instalment") else day(on),
        amount=None if given.get("amount") is None else minor(given["amount"], digits),
        percent=percent(given.get("percent")),
        of=given.get("of", "principal"),
        tax=percent(given.get("tax_percent")) or Fraction(0),
        deduct=bool(given.get("deduct", False)) and on == "disbursement",
    )


def _penal(given: Mapping[str, Any] | None, digits: int) -> Penal | None:
    if given is None:
        return None
    return Penal(
        percent=percent(given.get("percent_a_year")),
        amount=None if given.get("amount") is None else minor(given["amount"], digits),
        of=given.get("of", "overdue-principal"),
        grace_days=given.get("grace_days", 0),
        cap=percent(given.get("cap_percent")),
        tax=percent(given.get("tax_percent")) or Fraction(0),
    )


def _closure(given: Mapping[str, Any]) -> Closure:
    return Closure(
        interest=given.get("interest", "to-date"),
        percent=percent(given.get("charge_percent")) or Fraction(0),
        tax=percent(given.get("tax_percent")) or Fraction(0),
    )


def _allocation(given: Mapping[str, Any]) -> Allocation:
    order = tuple(given.get("order", ("penalty", "charge", "interest", "principal")))
    return Allocation(
        order=order,
        across=given.get("across", "instalment"),
        advance_order=tuple(given.get("advance_order") or order),
        advance_to=given.get("advance_to", "next"),
    )
