"""Branches of ten and a hundred thousand loans: lists, the find box, a day's catch-up.

Larger ones are loaded once by tests.bench.load and named in KIST_BENCH_BRANCHES.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.bench import catch_up, lists
from tests.bench.figures import Figure
from tests.bench.load import Wanted, load

NAMED = "KIST_BENCH_BRANCHES"
SIZES = (10_000, 100_000)


def figures() -> list[Figure]:
    """The figures of the named branches, or of two that are loaded for this run."""
    named = [Path(name) for name in os.environ.get(NAMED, "").split(os.pathsep) if name]
    if named:
        return _of(named)
    with tempfile.TemporaryDirectory() as place:
        folders = []
        for size in SIZES:
            folders.append(Path(place) / str(size))
            load(folders[-1], Wanted(size, 8 * size), lambda _said: None)
        return _of(folders)


def _of(folders: list[Path]) -> list[Figure]:
    return [*lists.figures(folders), *catch_up.figures(folders)]
