"""The part of a long list that is held in memory: blocks of rows, the far ones let go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from app.queries.base import Page

Row = TypeVar("Row")

MOST_HELD = 2_000  # rows, beside the blocks that are looked at


class Held(Generic[Row]):
    """Rows by their place. A block is a page as it came; its length is that of the first page."""

    def __init__(self) -> None:
        self.count = 0
        self._step = 1
        self._blocks: dict[int, tuple[Row, ...]] = {}

    def begin(self, page: Page[Row]) -> None:
        """Hold this page and nothing else. The first page of a list says how long a block is."""
        self.count = page.count
        self._blocks.clear()
        if page.offset == 0:
            self._step = max(1, len(page.rows))
        if page.rows:
            self._blocks[page.offset // self._step] = page.rows

    def add(self, page: Page[Row]) -> bool:
        """Hold one more page; False where it is not one of this list's blocks."""
        block, beside = divmod(page.offset, self._step)
        fits = not beside and len(page.rows) == self._length(block)
        if fits and page.rows:
            self._blocks[block] = page.rows
        return fits

    def drop_far(self, first: int, last: int) -> None:
        """Let go of the blocks farthest from these places until few enough rows are held."""
        seen = set(self._blocks_of(first, last))
        middle = (first + last) // 2 // self._step
        far = sorted(self._blocks, key=lambda block: -abs(block - middle))
        while far and self.held > MOST_HELD:
            block = far.pop(0)
            if block not in seen:
                del self._blocks[block]

    @property
    def held(self) -> int:
        """How many rows are in memory."""
        return sum(len(rows) for rows in self._blocks.values())

    @property
    def whole(self) -> bool:
        """Whether all rows of the list are in memory."""
        return self.held == self.count

    def get(self, place: int) -> Row | None:
        """The row at a place, None while it is not held."""
        block, at = divmod(place, self._step)
        rows = self._blocks.get(block, ())
        return rows[at] if at < len(rows) else None

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        """Places and rows that are held, in order."""
        for block in sorted(self._blocks):
            yield from enumerate(self._blocks[block], block * self._step)

    def start_of(self, place: int) -> int:
        """Where the block begins that a place lies in."""
        return max(0, place) // self._step * self._step

    def missing(self, first: int, last: int, around: int) -> int | None:
        """The start of a block that is missing: of those looked at, else of those near them."""
        near = [*self._blocks_of(first, last), *self._blocks_of(first - around, last + around)]
        wanted = (block for block in near if block not in self._blocks)
        block = next(wanted, None)
        return None if block is None else block * self._step

    def _blocks_of(self, first: int, last: int) -> range:
        """The blocks that places from first to last lie in."""
        if not self.count:
            return range(0)
        low, high = max(0, first), min(last, self.count - 1)
        return range(low // self._step, high // self._step + 1)

    def _length(self, block: int) -> int:
        return max(0, min(self._step, self.count - block * self._step))
