"""One measured figure with its aim, and the table of them."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """What was measured, beside what, and whether the aim is met (None: there is no aim)."""

    name: str
    ours: str
    peer: str = ""
    ratio: str = ""
    aim: str = ""
    met: bool | None = None


def cpu_ms(work: Callable[[], object], times: int) -> float:
    """The median CPU milliseconds of `work`, collected garbage left out."""
    taken = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(times):
            begun = time.process_time()
            work()
            taken.append((time.process_time() - begun) * 1000)
    finally:
        gc.enable()
    return median(taken)


def interleaved(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median CPU milliseconds of each work, all of them run in turn in every round."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, work in works.items():
                begun = time.process_time()
                work()
                taken[name].append((time.process_time() - begun) * 1000)
            gc.collect()
    finally:
        gc.enable()
    return {name: median(times) for name, times in taken.items()}


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    head = ("figure", "ours", "peer", "ratio", "aim", "met")
    said = {True: "yes", False: "NO", None: ""}
    rows = [head] + [(f.name, f.ours, f.peer, f.ratio, f.aim, said[f.met]) for f in figures]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
