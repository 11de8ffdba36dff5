"""Hashes of rows and audit lines: what is covered, and how."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Table

from app.commands.codec import canonical

GENESIS = "0" * 64


def sha256(text: str) -> str:
    """SHA-256 of the UTF-8 text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


class Digester:
    """Keyed digests of personal values: without the key a small value cannot be guessed back."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, text: str) -> str:
        """HMAC-SHA-256 in hex."""
        return hmac.digest(self._key, text.encode(), "sha256").hex()


def row_hash(table: Table, row: Mapping[str, Any], digest: Digester) -> str:
    """The hash of a fact or record: NULLs and secrets left out, personal values as digests."""
    covered: dict[str, Any] = {}
    for name, personal in _covered(table):
        value = row.get(name)
        if value is None:
            continue
        shown = value.isoformat() if isinstance(value, date) else value
        covered[name] = digest.of(str(shown)) if personal else shown
    return sha256(canonical(covered))


@cache
def _covered(table: Table) -> tuple[tuple[str, bool], ...]:
    """The columns that a hash covers, and whether they name a person."""
    kept = ((column.name, column.info.get("keeps")) for column in table.columns)
    return tuple((name, keeps == "personal") for name, keeps in kept if keeps != "secret")


def line_hash(line: Mapping[str, Any]) -> str:
    """The hash of an audit line over every column but the hash itself."""
    covered = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in line.items()
        if name != "hash" and value is not None
    }
    return sha256(canonical(covered))
