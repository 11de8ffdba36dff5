"""Slow hashes of passwords, Argon2id by the second recommendation of RFC 9106 (64 MiB)."""

from __future__ import annotations

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

_MIB = 1024


class Argon2Passwords:
    """Hashes with a salt in each; what was hashed with other settings still matches."""

    def __init__(self, *, passes: int = 3, memory_kib: int = 64 * _MIB, lanes: int = 4) -> None:
        """The defaults take about a tenth of a second; the demonstration and tests take less."""
        self._hasher = PasswordHasher(passes, memory_kib, lanes, type=Type.ID)

    def hashed(self, password: str) -> str:
        """The hash to keep."""
        return self._hasher.hash(password)

    def matches(self, kept: str, password: str) -> bool:
        """Whether the password belongs to the kept hash; a damaged hash matches nothing."""
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
