"""Borrowers who are late, put together from the loans of all chunks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.borrower import Arrears, npa_since

Pool = tuple[int, int, str]  # branch, product, currency
Party = tuple[int, int]  # branch, borrower


@dataclass(slots=True)
class LateBorrowers:
    """The spans with arrears of each borrower, and interest of his loans that was not received."""

    spans: defaultdict[Party, list[Arrears]] = field(default_factory=lambda: defaultdict(list))
    out: defaultdict[Party, list[tuple[Pool, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, pool: Pool, party_id: int, spans: Sequence[Arrears], not_received: int) -> None:
        """Take a loan in."""
        if spans:
            self.spans[pool[0], party_id].extend(spans)
        if not_received:
            self.out[pool[0], party_id].append((pool, not_received))

    def suspended(self, days: Mapping[int, date]) -> Iterator[tuple[Pool, int]]:
        """Interest of the borrowers who are NPAs on the last closed day of their branch."""
        for party, spans in self.spans.items():
            day = days.get(party[0])
            if day is not None and npa_since(spans, day) is not None:
                yield from self.out.get(party, ())
