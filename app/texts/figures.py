"""Amounts, counts, rates and days as people of a branch write and read them."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from app.texts import SCREEN, Language
from app.texts.currencies import writing

MINUS = "\u2212"
NOTHING = "\u2013"  # the dash that stands for no value
_LAKH = 100_000


def amount(
    minor: int, currency: str, *, symbol: bool = False, trim: bool = False, minus: str = MINUS
) -> str:
    """`minor` units as a grouped figure: 12500050 INR is 1,25,000.50.

    `symbol` sets the sign of the currency before it; `trim` leaves out decimals that are all zero.
    """
    how = writing(currency)
    whole, part = divmod(abs(minor), 10**how.digits)
    figure = _grouped(whole, lakh=how.lakh)
    if how.digits and not (trim and not part):
        figure += f".{part:0{how.digits}d}"
    return (minus if minor < 0 else "") + (how.sign if symbol else "") + figure


def sign_of(currency: str) -> str:
    """What stands for the currency in the head of a column: ₹, or its code."""
    return writing(currency).sign.strip()


def plain(minor: int, currency: str) -> str:
    """`minor` units as a bare decimal for files: 12500050 INR is 125000.50, minus a hyphen."""
    digits = writing(currency).digits
    whole, part = divmod(abs(minor), 10**digits)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


def count(number: int, currency: str = "INR", *, minus: str = MINUS) -> str:
    """A number of things, grouped as amounts of `currency` are."""
    figure = _grouped(abs(number), lakh=writing(currency).lakh)
    return minus + figure if number < 0 else figure


def percent(rate: Fraction, places: int = 2) -> str:
    """A rate as per cent with at most `places` decimals, half away from zero: 24%, 17.07%."""
    scaled = abs(rate) * 100 * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    whole, part = divmod(units, 10**places)
    decimals = f"{part:0{places}d}".rstrip("0") if places else ""
    figure = f"{whole}.{decimals}" if decimals else str(whole)
    return f"{MINUS if rate < 0 and units else ''}{figure}%"


def day(on: date | None, language: Language = SCREEN) -> str:
    """A day in full: 23 Nov 2026; a dash for none."""
    return NOTHING if on is None else f"{on.day} {month(on.month, language)} {on.year}"


def day_short(on: date | None, language: Language = SCREEN) -> str:
    """A day of a year that is plain from its surroundings: 23 Nov."""
    return NOTHING if on is None else f"{on.day} {month(on.month, language)}"


def month_year(on: date, language: Language = SCREEN) -> str:
    """The month that `on` lies in: Nov 2026."""
    return f"{month(on.month, language)} {on.year}"


def weekday(on: date, language: Language = SCREEN) -> str:
    """The day of the week of `on`: Monday."""
    _ = language.gettext
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )[on.weekday()]


def moment(at: datetime, language: Language = SCREEN) -> str:
    """A local date and time: 23 Nov 2026, 14:05. The caller has put it in the branch's zone."""
    return f"{day(at.date(), language)}, {at:%H:%M}"


def month(number: int, language: Language = SCREEN) -> str:
    """The short name of the month `number`, 1 to 12."""
    _ = language.gettext
    return (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )[number - 1]


def _grouped(whole: int, *, lakh: bool) -> str:
    if not lakh or whole < _LAKH:
        return f"{whole:,}"
    head, tail = divmod(whole, 1000)
    text, groups = str(head), []
    while text:
        groups.append(text[-2:])
        text = text[:-2]
    return ",".join(reversed(groups)) + f",{tail:03d}"
