"""Reads amounts and days the way people type them; refuses with a code that says why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from app.domain.errors import ValueRefused
from app.texts.currencies import writing

LARGEST_MINOR = 10**15

_SCALES: Mapping[str, int] = {
    "": 1,
    "k": 10**3,
    "thousand": 10**3,
    "l": 10**5,
    "lac": 10**5,
    "lacs": 10**5,
    "lakh": 10**5,
    "lakhs": 10**5,
    "cr": 10**7,
    "crore": 10**7,
    "crores": 10**7,
}
_GROUPED = r"\d+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}"
_AMOUNT = re.compile(rf"(-|\u2212)?({_GROUPED})?(?:\.(\d*))?\s*([a-z]*)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"(\d{1,2})(?:[\s/.\-]+(\d{1,2}|[a-z]{3,9})(?:[\s/.,\-]+(\d{4}|\d{2}))?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED: Mapping[str, int] = {"today": 0, "t": 0, "yesterday": -1, "tomorrow": 1}
_FARTHEST_DAYS = 36_525  # a century of +n


def parse_amount(text: str, currency: str) -> int:
    """The minor units of `text`: 1,25,000 · 1.25 lakh · 1.5 l · 2 cr · 2500 · ₹500/-.

    Raises ValueRefused with `why` empty, not-an-amount, negative, too-many-decimals, too-large.
    """
    how = writing(currency)
    bare = _without_sign(_digits(text).strip().lower(), currency, how.sign)
    if not bare:
        raise ValueRefused(why="empty")
    found = _AMOUNT.fullmatch(bare)
    if found is None or found[4] not in _SCALES or not (found[2] or found[3]):
        raise ValueRefused(why="not-an-amount", given=text.strip()[:40])
    if found[1]:
        raise ValueRefused(why="negative")
    return _minor(found[2] or "0", found[3] or "", _SCALES[found[4]], how.digits)


def parse_day(text: str, today: date) -> date:
    """The day that `text` means: 5/3 · 05-03-24 · 5 Mar 2024 · 2024-03-05 · 5 · today · +7 · -1.

    A day without a year is the nearest one; two digits of a year reach twenty years ahead.
    Raises ValueRefused with `why` empty, not-a-day, no-such-day.
    """
    bare = _digits(text).strip().lower()
    if not bare:
        raise ValueRefused(why="empty")
    if bare in _NAMED:
        return today + timedelta(days=_NAMED[bare])
    if re.fullmatch(r"[+\-\u2212]\d{1,5}", bare):
        return _shifted(bare, today)
    if found := _ISO.fullmatch(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY.fullmatch(bare)
    number = 0 if found is None else _month_number(found[2], today)
    if found is None or not number:
        raise ValueRefused(why="not-a-day", given=text.strip()[:40])
    if found[3]:
        return _day(_year(found[3], today), number, int(found[1]))
    if found[2] is None:
        return _day(today.year, today.month, int(found[1]))
    return _nearest(number, int(found[1]), today)


def _minor(whole: str, decimals: str, scale: int, digits: int) -> int:
    exact = Fraction(f"{whole.replace(',', '')}.{decimals or '0'}") * scale * 10**digits
    if exact > LARGEST_MINOR:
        raise ValueRefused(why="too-large")
    if exact.denominator != 1:
        raise ValueRefused(why="too-many-decimals", digits=digits)
    return int(exact.numerator)


def _without_sign(text: str, currency: str, sign: str) -> str:
    """`text` without the currency and the slash that closes a handwritten amount."""
    marks = [sign.strip().lower(), currency.lower()]
    if currency in {"INR", "NPR", "PKR", "LKR"}:
        marks += ["rs.", "rs", "₹"]
    for mark in marks:
        if text.startswith(mark):
            text = text.removeprefix(mark).strip()
            break
        if text.endswith(mark):
            text = text.removesuffix(mark).strip()
            break
    return re.sub(r"/[-\u2212=]?$", "", text).strip()


def _digits(text: str) -> str:
    """`text` with the digits of every script as 0 to 9."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _shifted(text: str, today: date) -> date:
    days = int(text[1:])
    if days > _FARTHEST_DAYS:
        raise ValueRefused(why="no-such-day")
    return today + timedelta(days=days if text[0] == "+" else -days)


def _month_number(text: str | None, today: date) -> int:
    """The month that `text` names, 0 for none that is known."""
    if text is None:
        return today.month
    if text.isdecimal():
        return int(text) or 13
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else 0


def _year(text: str, today: date) -> int:
    if len(text) > len("24"):
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year - 100 if year > today.year + 20 else year


def _nearest(month: int, number: int, today: date) -> date:
    """The day of that month that lies nearest to `today`; 29 February only in a leap year."""
    found = []
    for year in (today.year, today.year - 1, today.year + 1):
        try:
            found.append(date(year, month, number))
        except ValueError:
            continue
    if not found:
        raise ValueRefused(why="no-such-day")
    return min(found, key=lambda on: abs(on - today))


def _day(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise ValueRefused(why="no-such-day") from None
