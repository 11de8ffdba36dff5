"""Identity numbers on people's papers: their checks, what is kept of them, what is shown."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.in_ import aadhaar, epic, pan

from app.domain.errors import ValueRefused

_MASKED_AADHAAR = re.compile(r"X{8}[0-9]{4}")
_PAN = re.compile(r"[A-Z]{3}[ABCFGHLJPTK][A-Z][0-9]{4}[A-Z]")
_VOTER = re.compile(r"[A-Z]{3}[0-9]{7}")
_OTHER = re.compile(r"[A-Z0-9]{4,32}")


class Kind(StrEnum):
    """Which paper the number is from; `OTHER` is one this module has no check for."""

    AADHAAR = "aadhaar"
    PAN = "pan"
    VOTER = "voter"
    OTHER = "other"


def compact(value: str) -> str:
    """The number in capitals without spaces, dashes, dots and slashes; digits of any script as 0-9.

    Nothing else is changed, so that a mistake stays one.
    """
    before = None
    while value != before:  # what a space kept apart may join once the space is gone
        before, value = value, _folded(value)
    return value


def checked(kind: str, value: str) -> str:
    """The compact number. Raises ValueRefused at the field named like the kind.

    An Aadhaar that is masked already passes, since no more of it is kept. A voter number whose
    check digit does not fit passes too (older cards fail it): ask `doubtful`.
    """
    number = compact(value)
    refusal = _refusal(_kind(kind), number)
    if refusal:
        raise ValueRefused(field=kind, why=refusal)
    return number


def doubtful(kind: str, value: str) -> bool:
    """Whether a number that is allowed should be compared with the card once more."""
    number = compact(value)
    return kind == Kind.VOTER and bool(_VOTER.fullmatch(number)) and not _valid(epic, number)


def kept(kind: str, value: str) -> str:
    """The form in which a number is stored: of an Aadhaar its last four digits only.

    Kept again it stays the same. Nothing is checked here, but an Aadhaar that was written down
    as another kind is masked as well.
    """
    number = compact(value)
    if number and (kind == Kind.AADHAAR or _valid(aadhaar, number)):
        plain = "".join(sign for sign in number if sign.isascii() and sign.isalnum())
        return f"XXXX XXXX {plain[-4:].rjust(4, 'X')}"
    return number


def masked(kind: str, value: str) -> str:
    """The form in which a number is shown to people who did not ask to see it."""
    number = compact(value)
    match kind:
        case Kind.AADHAAR:
            return kept(kind, value)
        case Kind.PAN:
            return f"{number[:5]}XXXX{number[9:]}"
        case Kind.VOTER:
            return f"{number[:3]}XXXX{number[7:]}"
        case _:
            return "X" * max(len(number) - 4, 4) + number[-4:]


def whole(kind: str, value: str) -> str | None:
    """The compact number where all of it is there, to find the same person by; None if masked."""
    number = compact(value)
    if not number or (kind == Kind.AADHAAR and _MASKED_AADHAAR.fullmatch(number)):
        return None
    return number


def _kind(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        raise ValueRefused(field="identities", why="not-a-choice", given=kind) from None


def _refusal(kind: Kind, number: str) -> str:
    """Why the number is none of its kind, as a code; "" where it may be one."""
    match kind:
        case Kind.AADHAAR:
            good = bool(_MASKED_AADHAAR.fullmatch(number)) or _valid(aadhaar, number)
            return "" if good else "not-an-aadhaar"
        case Kind.PAN:
            good = bool(_PAN.fullmatch(number)) and _valid(pan, number)
            return "" if good else "not-a-pan"
        case Kind.VOTER:
            return "" if _VOTER.fullmatch(number) else "not-a-voter-id"
        case Kind.OTHER:
            if _valid(aadhaar, number):
                return "is-an-aadhaar"
            return "" if _OTHER.fullmatch(number) else "identity"


def _valid(module: object, number: str) -> bool:
    try:
        module.validate(number)  # type: ignore[attr-defined]
    except ValidationError:
        return False
    return True


def _folded(value: str) -> str:
    signs = unicodedata.normalize("NFKC", value).upper()
    return "".join(_western(sign) for sign in signs if not sign.isspace() and sign not in "-./")


def _western(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)
