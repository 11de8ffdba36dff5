"""What was done, as a table for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GAP = "  "
WIDEST = 46  # signs of a cell; longer texts go on below


@dataclass(frozen=True, slots=True)
class Done:
    """A thing that was done: when, by whom, what, with which figures, and where it lies."""

    at: str
    who: str
    what: str
    figures: str = ""
    where: str = ""


def lines(heads: Done, done: Sequence[Done]) -> Iterator[str]:
    """The table with its heads; words wrap, but a path or number stays on its line."""
    rows = [_cells(heads), *(_cells(one) for one in done)]
    widths = [max(len(line) for row in rows for line in row[n]) for n in range(len(rows[0]))]
    rule = GAP.join("─" * width for width in widths)
    for number, row in enumerate(rows):
        if number == 1:
            yield rule
        for at in range(max(len(cell) for cell in row)):
            texts = (cell[at] if at < len(cell) else "" for cell in row)
            fitted = (text.ljust(width) for text, width in zip(texts, widths, strict=True))
            yield GAP.join(fitted).rstrip()


def _cells(one: Done) -> tuple[list[str], ...]:
    texts = (one.at, one.who, one.what, one.figures)
    return (*(textwrap.wrap(text, WIDEST) or [""] for text in texts), [one.where])
