"""Cash counted piece by piece: so many of each note and coin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import ValueRefused
from app.domain.money import minor_of

MOST_PIECES = 1_000_000  # of one note or coin in one count


@dataclass(frozen=True, slots=True)
class Piece:
    """A note or a coin: its worth in minor units."""

    minor: int
    coin: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """So many `pieces` of one note or coin worth `minor` each."""

    minor: int
    coin: bool
    pieces: int

    @property
    def amount(self) -> int:
        """What they come to in minor units."""
        return self.minor * self.pieces


def pieces_of(doc: Mapping[str, Any], currency: str) -> tuple[Piece, ...]:
    """The notes, then the coins of a currency, the largest first, from the shipped document."""
    found = doc["currencies"].get(currency, doc["default"])
    kinds = ((found["notes"], False), (found["coins"], True))
    return tuple(Piece(minor_of(text, currency), coin) for texts, coin in kinds for text in texts)


def counted_total(counted: Iterable[Counted]) -> int:
    """What was counted comes to, in minor units."""
    return sum(one.amount for one in counted)


def by_value(counted: Iterable[Counted]) -> tuple[tuple[int, int], ...]:
    """(value in minor units, how many), notes and coins of one value together, largest first."""
    many: dict[int, int] = {}
    for one in counted:
        many[one.minor] = many.get(one.minor, 0) + one.pieces
    return tuple(sorted(many.items(), reverse=True))


def check_count(counted: Sequence[Counted], pieces: Sequence[Piece]) -> None:
    """Raise ValueRefused for a piece that the currency has not, or one that is told twice."""
    known = {(piece.minor, piece.coin) for piece in pieces}
    told = [(one.minor, one.coin) for one in counted]
    if len(set(told)) != len(told) or not known.issuperset(told):
        raise ValueRefused(field="counted", why="unknown-piece")
    if any(not 0 <= one.pieces <= MOST_PIECES for one in counted):
        raise ValueRefused(field="counted", why="above", most=MOST_PIECES)
