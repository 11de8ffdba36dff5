"""Where faults are put: a few places for every run, all of them for the full tier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.faults.library import Plan

EVERY, FULL_LOG = 1, 1000  # after how many pages the log is taken into the books


@dataclass(frozen=True, slots=True)
class Place:
    """A plan, and how many pages the log may hold meanwhile."""

    plan: Plan
    keeps: int = FULL_LOG


@dataclass(frozen=True, slots=True)
class Tier:
    """How many of each kind of place."""

    statements: Sequence[int]
    writes: Sequence[int]  # with the log of usual length
    taken_over: Sequence[int]  # with each commit taken into the books at once
    syncs: Sequence[int]
    moments: int  # kills at no named point
    flips: int


SMALL = Tier(
    statements=(1, 6, 9, 14),
    writes=(1, 2, 7, 24, 45),
    taken_over=(1, 50, 61, 75, 90),
    syncs=(1, 2, 3),
    moments=6,
    flips=24,
)
WHOLE = Tier(
    statements=range(1, 40),
    writes=range(1, 130),
    taken_over=range(1, 180),
    syncs=range(1, 10),
    moments=500,
    flips=1_000,
)


def of_the_program(tier: Tier) -> Iterator[Place]:
    """Kills at points of the program; they need no library."""
    for kind in ("begin", "commit", "answer"):
        yield Place(Plan(kind, 1))
    for number in tier.statements:
        yield Place(Plan("statement", number))


def of_files(tier: Tier) -> Iterator[Place]:
    """Kills before, within and after calls that change files."""
    for way in ("kill", "torn"):
        yield from (Place(Plan("write", number, way)) for number in tier.writes)
        yield from (Place(Plan("write", number, way), EVERY) for number in tier.taken_over)
    for way in ("kill", "kill-after"):
        yield from (Place(Plan("sync", number, way), EVERY) for number in tier.syncs)
    yield Place(Plan("shorten", 1), EVERY)


def of_room(tier: Tier) -> Iterator[Place]:
    """A disk that is full from a write on until somebody makes room, and one that does not sync."""
    yield from (Place(Plan("write", number, "full")) for number in tier.writes)
    yield from (Place(Plan("write", number, "full"), EVERY) for number in tier.taken_over)
    yield from (Place(Plan("sync", number, "fail"), EVERY) for number in tier.syncs)
