"""What a receipt's code was found to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """How the code of a receipt stands to these books."""

    GENUINE = "genuine"
    ALTERED = "altered"  # the signature is not that of this text
    UNKNOWN_KEY = "unknown-key"  # signed by a key that these books do not hold
    NOT_IN_BOOKS = "not-in-books"  # signed by this branch, but there is no such receipt
    BOOKS_DIFFER = "books-differ"  # signed by this branch, and the books say otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptChecked:
    """The verdict with the facts as the code says them, and what the books add.

    `receipt_id` and what follows it are of a receipt that is in the books with these facts.
    """

    verdict: Verdict
    number: str
    on: date
    amount_minor: int
    currency: str
    loan: str
    station: int
    generation: int
    replaced_at: str = ""  # when another key took the place of the one that signed
    receipt_id: int = 0
    loan_id: int = 0
    reversed_on: date | None = None
    reversed_why: str = ""


@dataclass(frozen=True, slots=True)
class StationKeyRow:
    """The public half of a key of this station."""

    generation: int
    public_key: str  # hex
    made_at: str
    reason: str
