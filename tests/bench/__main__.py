"""`python -m tests.bench`: every figure, its peer in the same run; 1 if an aim is missed."""

from __future__ import annotations

import sys

from tests.bench import large, ledger, meetings, papers, receipts, replay, schedules, start
from tests.bench.figures import Figure, table

PARTS = (schedules, replay, ledger, receipts, papers, meetings, large, start)


def main() -> int:
    """Measure everything and print the table."""
    figures: list[Figure] = []
    for part in PARTS:
        figures += part.figures()
    sys.stdout.write(table(figures) + "\n")
    return int(any(figure.met is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
