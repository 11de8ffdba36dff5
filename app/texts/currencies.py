"""How amounts of each currency are written: digits, sign, grouping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.errors import ValueRefused


@dataclass(frozen=True, slots=True)
class Writing:
    """`digits` after the point, the `sign` before the figure, lakh grouping or by thousands."""

    digits: int
    sign: str
    lakh: bool = False


_WRITING: Mapping[str, Writing] = {
    "INR": Writing(2, "₹", lakh=True),
    "NPR": Writing(2, "NPR\u00a0", lakh=True),
    "BDT": Writing(2, "BDT\u00a0", lakh=True),
    "PKR": Writing(2, "PKR\u00a0", lakh=True),
    "LKR": Writing(2, "LKR\u00a0"),
    "USD": Writing(2, "$"),
    "EUR": Writing(2, "€"),
    "GBP": Writing(2, "£"),
    "KES": Writing(2, "KSh\u00a0"),
    "TZS": Writing(2, "TSh\u00a0"),
    "UGX": Writing(0, "USh\u00a0"),
    "NGN": Writing(2, "NGN\u00a0"),
    "GHS": Writing(2, "GHS\u00a0"),
    "ZAR": Writing(2, "R\u00a0"),
    "PHP": Writing(2, "PHP\u00a0"),
    "MXN": Writing(2, "MX$"),
    "IDR": Writing(2, "Rp\u00a0"),
    "JPY": Writing(0, "¥"),
    "KWD": Writing(3, "KWD\u00a0"),
}


def writing(currency: str) -> Writing:
    """The way of writing `currency`; an unknown one is refused, since its digits are unknown."""
    try:
        return _WRITING[currency]
    except KeyError:
        raise ValueRefused(why="currency-unknown", given=currency) from None


def currencies() -> tuple[str, ...]:
    """Every currency that can be written, by code."""
    return tuple(sorted(_WRITING))
