"""Who a person is: texts from outside cleaned, telephone numbers in one form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from app.domain.errors import ValueRefused

OLDEST = 120  # years; above it a birth date is a slip of the keyboard
# The longest text of each field, as the tables hold them.
LONGEST: Mapping[str, int] = MappingProxyType(
    {
        "full_name": 120,
        "local_name": 120,
        "relative_name": 120,
        "house": 200,
        "village": 120,
        "pin": 12,
        "purpose": 300,
        "title": 120,
        "centre": 120,
        "note": 1000,
        "reason": 500,
        "override_reason": 500,
        "lender": 120,
        "source": 120,
        "name": 120,
    }
)
GENDERS = ("", "f", "m", "o")

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = "\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff"
_JOINERS = "\u200c\u200d"
_DROPPED = frozenset(_BIDI + _UNSEEN)
_REFUSED = frozenset({"Cc", "Cs", "Co"})
_INDIC = range(0x0900, 0x0E00)  # Devanagari to Sinhala: there the joiners shape letters
_MOST_MARKS = 8  # combining signs in a row; the longest Indic syllable has fewer

_SCRIPTS: Mapping[str, str] = MappingProxyType(
    {
        "LATIN": "Latn",
        "DEVANAGARI": "Deva",
        "BENGALI": "Beng",
        "TAMIL": "Taml",
        "TELUGU": "Telu",
        "KANNADA": "Knda",
        "MALAYALAM": "Mlym",
        "GUJARATI": "Gujr",
        "GURMUKHI": "Guru",
        "ORIYA": "Orya",
        "ARABIC": "Arab",
        "SINHALA": "Sinh",
        "ETHIOPIC": "Ethi",
        "CYRILLIC": "Cyrl",
        "KHMER": "Khmr",
        "MYANMAR": "Mymr",
    }
)
_INDIAN_PHONE = re.compile(r"(?:\+?91|0)?([6-9][0-9]{9})")
_ANY_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_PIN = re.compile(r"[1-9][0-9]{5}")


def cleaned(text: str, field: str, *, needed: bool = False) -> str:
    """The text on one line in NFC, without signs that cannot be seen or turn the line around.

    Raises ValueRefused at `field`: control characters, nothing where something is needed, or
    longer than the field holds.
    """
    kept = "".join(_seen(text))
    made = " ".join(unicodedata.normalize("NFC", kept).split())
    if any(unicodedata.category(sign) in _REFUSED for sign in made):
        raise ValueRefused(field=field, why="control-characters")
    if len(made) > LONGEST.get(field, 200):
        raise ValueRefused(field=field, why="too-long", most=LONGEST.get(field, 200))
    if _stacked(made):
        raise ValueRefused(field=field, why="control-characters")
    if needed and not made:
        raise ValueRefused(field=field, why="empty")
    return made


def phone_of(text: str, country: str) -> str:
    """The number in one form: ten digits in India, elsewhere E.164 with its plus. "" stays "".

    Raises ValueRefused at the field `phone`.
    """
    digits = re.sub(r"[\s().\-/]", "", unicodedata.normalize("NFKC", text))
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in digits)
    if not digits:
        return ""
    if country == "IN" and (match := _INDIAN_PHONE.fullmatch(digits)):
        return match[1]
    if _ANY_PHONE.fullmatch(digits) and not (country == "IN" and digits.startswith("+91")):
        return digits
    raise ValueRefused(field="phone", why="not-a-phone", given=text[:40])


def pin_of(text: str, country: str) -> str:
    """The postal code: six digits in India, any short text elsewhere."""
    made = cleaned(text, "pin").replace(" ", "") if country == "IN" else cleaned(text, "pin")
    if country == "IN" and made and not _PIN.fullmatch(made):
        raise ValueRefused(field="pin", why="not-a-pincode", given=made)
    return made


def birth_of(born_on: date | None, on: date) -> date | None:
    """The birth date where it can be one on the day `on`; whether old enough is for the rules."""
    if born_on is None:
        return None
    if born_on > on:
        raise ValueRefused(field="born_on", why="in-the-future")
    if age(born_on, on) > OLDEST:
        raise ValueRefused(field="born_on", why="too-early")
    return born_on


def age(born_on: date, on: date) -> int:
    """Completed years on the day; who was born on 29 February completes one on 1 March."""
    before = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - before


def folded(*texts: str) -> str:
    """The texts as one line to search in: compatibility forms and cases made equal."""
    joined = " ".join(text for text in texts if text)
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", joined).casefold())


def script_of(text: str) -> str:
    """The ISO 15924 code of the script that a name is written in, by its first letter."""
    for sign in text:
        if sign.isalpha():
            name = unicodedata.name(sign, "").partition(" ")[0]
            return _SCRIPTS.get(name, "Zyyy")
    return "Zyyy"


def _seen(text: str) -> list[str]:
    """The signs that stay; a joiner stays only between Indic letters, where it is spelling."""
    kept: list[str] = []
    for sign in text:
        if sign in _DROPPED:
            continue
        if sign in _JOINERS and not (kept and ord(kept[-1]) in _INDIC):
            continue
        kept.append(" " if sign in "\t\r\n" else sign)
    while kept and kept[-1] in _JOINERS:
        kept.pop()
    return kept


def _stacked(text: str) -> bool:
    run = 0
    for sign in text:
        run = run + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if run > _MOST_MARKS:
            return True
    return False
