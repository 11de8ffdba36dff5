"""The scripts that papers are set in, by their blocks of characters."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

REGULAR, STRONG = "Regular", "SemiBold"
LATIN = ""
_FIRST, _BLOCK = 0x0900, 0x80  # Unicode gives each of them 128 places, in this order
_IN_ORDER = (
    *("Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya"),
    *("Tamil", "Telugu", "Kannada", "Malayalam"),
)
_FURTHER = MappingProxyType(
    {"Devanagari": (range(0x1CD0, 0x1D00), range(0xA8E0, 0xA900))}  # Vedic signs, extensions
)
# Signs that all of these scripts write alike: danda and double danda.
SHARED = frozenset({0x0964, 0x0965})
# What joins the letter before it to the next one; of Tamil it only silences the vowel.
VIRAMAS = frozenset("\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd\u0d4d")
SCRIPTS = (LATIN, *_IN_ORDER)


def script_of(code: int) -> str:
    """The script that a character belongs to; Latin for all that is no script of India."""
    place = (code - _FIRST) // _BLOCK
    if 0 <= place < len(_IN_ORDER):
        return _IN_ORDER[place]
    for script, blocks in _FURTHER.items():
        if any(code in block for block in blocks):
            return script
    return LATIN


@cache
def face_of(script: str, *, strong: bool = False) -> str:
    """The name of the face of a script, as its file is called."""
    return f"NotoSans{script}-{STRONG if strong else REGULAR}"
