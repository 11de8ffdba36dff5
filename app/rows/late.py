"""Rows about letters and calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that was written."""

    letter_id: int
    number: str
    stage: str
    made_on: date
    pay_by_on: date
    dpd: int
    arrears_minor: int
    currency: str
    by: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call, and what came of it."""

    call_id: int
    called_on: date
    outcome: str
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class CallLine:
    """A borrower of a call list."""

    number: str
    borrower: str
    local_name: str
    phone: str
    village: str
    dpd: int
    arrears_minor: int
    currency: str
    said: str  # the newest promise or call, in a few words


@dataclass(frozen=True, slots=True)
class ContactRow:
    """How a borrower is reached, and whether it is allowed."""

    party_id: int
    borrower: str
    phone: str
    email: str
    stop_id: int | None = None  # of a stop that holds
    stop_version: int = 0
    until_on: date | None = None
    reason: str = ""
