"""What a check of the books found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be; no finding means that the books are whole.

    `invariant` is 1 receipts, 2 balance, 3 splits, 4 projections, 5 chains, 6 facts, 7 documents,
    8 accounts, 9 triggers. `where` names the row or number; `code` picks the sentence.
    """

    invariant: int
    code: str
    where: str
    expected: str = ""
    found: str = ""
