"""The recovery code: eight groups of four signs, made to be copied by hand.

The alphabet is Douglas Crockford's base 32, without I, L, O and U. The last sign of each group
checks the three before it and the place of the group, so that a slip of the pen is shown where it
is. 24 free signs make 120 bits.
"""

from __future__ import annotations

from app.domain.errors import ValueRefused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_SIGNS = 8, 4
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_WEIGHTS = (1, 3, 5)  # odd: any one wrong sign changes the sum modulo 32


def code_of(entropy: bytes) -> str:
    """The code made of 24 random bytes, such as `7K2M-…`; five bits of each byte are used."""
    signs = [ALPHABET[byte % len(ALPHABET)] for byte in entropy]
    free = GROUP_SIGNS - 1
    groups = ("".join(signs[at : at + free]) for at in range(0, GROUPS * free, free))
    return "-".join(group + _check(group, place) for place, group in enumerate(groups))


def code_from(typed: str) -> str:
    """The code as printed, from whatever a hand typed: small letters, blanks, O for 0.

    Raises ValueRefused on `recovery_code`: `code-length` (with `count` signs), or `code-mistyped`
    (with the `group`, counted from 1).
    """
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_LOOK_ALIKES)
    if len(signs) != GROUPS * GROUP_SIGNS:
        raise ValueRefused(
            field="recovery_code", why="code-length", count=len(signs), wanted=GROUPS * GROUP_SIGNS
        )
    groups = [signs[at : at + GROUP_SIGNS] for at in range(0, len(signs), GROUP_SIGNS)]
    for place, group in enumerate(groups):
        if not set(group) <= set(ALPHABET) or _check(group[:-1], place) != group[-1]:
            raise ValueRefused(field="recovery_code", why="code-mistyped", group=place + 1)
    return "-".join(groups)


def _check(group: str, place: int) -> str:
    values = (ALPHABET.index(sign) for sign in group)
    total = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
    return ALPHABET[(total + 7 * place + 11) % len(ALPHABET)]
