"""How amounts of each currency are written: digits, sign, grouping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.domain.money import digits


@dataclass(frozen=True, slots=True)
class Writing:
    """`digits` after the point, the `sign` before the figure, lakh grouping or by thousands."""

    digits: int
    sign: str
    lakh: bool = False


_LAKH = frozenset({"INR", "NPR", "BDT", "PKR"})
_SIGNS: Mapping[str, str] = {
    "INR": "₹",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "KES": "KSh\u00a0",
    "TZS": "TSh\u00a0",
    "UGX": "USh\u00a0",
    "ZAR": "R\u00a0",
    "MXN": "MX$",
    "IDR": "Rp\u00a0",
}


@cache
def writing(currency: str) -> Writing:
    """The way of writing `currency`; a code that is not known is refused."""
    sign = _SIGNS.get(currency, f"{currency}\u00a0")
    return Writing(digits(currency), sign, lakh=currency in _LAKH)
