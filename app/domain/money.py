"""Money: integer minor units of a named currency, and the rounding rules they are made by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain.errors import CurrencyMismatch, ValueRefused

_TEXT = re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?", re.ASCII)


class RoundingMode(StrEnum):
    """How a fraction of a minor unit is decided. `NONE` is the exact run, printed half up."""

    HALF_EVEN = "half-even"
    HALF_UP = "half-up"
    UP = "up"
    DOWN = "down"
    NONE = "none"


# Asked at every rounding: looking up a member of an enumeration costs more than the arithmetic.
_DOWN, _UP, _HALF_EVEN = RoundingMode.DOWN, RoundingMode.UP, RoundingMode.HALF_EVEN


def rounded(numerator: int, denominator: int, mode: RoundingMode, to: int = 1) -> int:
    """`numerator / denominator` as a multiple of `to`, exactly, by `mode`.

    A negative value is rounded as its size is: `up` goes away from zero. `denominator` and `to`
    must be above zero.
    """
    if numerator < 0:
        return -rounded(-numerator, denominator, mode, to)
    scale = denominator * to
    if mode is _DOWN:
        return numerator // scale * to
    if mode is _UP:
        return -(-numerator // scale) * to
    doubled = 2 * numerator + scale
    whole = doubled // (2 * scale)
    if mode is _HALF_EVEN and whole & 1 and whole * 2 * scale == doubled:
        whole -= 1
    return whole * to


def digits(currency: str) -> int:
    """How many decimals the currency has (ISO 4217); an unknown code is refused."""
    try:
        return _DIGITS[currency]
    except KeyError:
        raise ValueRefused(field="currency", why="unknown-currency", given=currency) from None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units with its currency; two currencies never meet."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        digits(self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._minor_of(other), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._minor_of(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def _minor_of(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(one=self.currency, other=other.currency)
        return other.minor


def minor_of(text: str, currency: str) -> int:
    """The minor units of a plain decimal such as `1234.50`.

    More decimals than the currency has are refused.
    """
    if not _TEXT.fullmatch(text):
        raise ValueRefused(field="amount", why="not-an-amount", given=text)
    places = digits(currency)
    whole, _, part = text.lstrip("-").partition(".")
    if len(part) > places:
        raise ValueRefused(field="amount", why="too-many-digits", given=text, digits=places)
    minor = int(whole + part.ljust(places, "0"))
    return -minor if text.startswith("-") else minor


def decimal_text(minor: int, currency: str) -> str:
    """The amount as a plain decimal with all the digits of its currency: `1234.50`."""
    places = digits(currency)
    if not places:
        return str(minor)
    text = str(abs(minor)).rjust(places + 1, "0")
    return f"{'-' if minor < 0 else ''}{text[:-places]}.{text[-places:]}"


# ISO 4217: currencies by the number of their decimals.
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_TWO = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP
MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS
VED VES WST XCD YER ZAR ZMW
"""
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"
_CODES = ((0, _NONE), (2, _TWO), (3, _THREE), (4, _FOUR))
_DIGITS: Mapping[str, int] = MappingProxyType(
    {code: places for places, codes in _CODES for code in codes.split()}
)
