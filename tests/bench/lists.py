"""Lists and the find box of a large branch, as the asks answer them: query and rows, warm."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import select

from app.domain.party import folded
from app.queries.base import Query
from app.queries.field import ListOverdue, SummariseOverdue
from app.queries.servicing import FindLoans, ListLoans
from app.store.loan_lists import Wanted, found_loans, looked_up_loans
from app.store.overdue import SORTS
from app.store.schema.loans import loans
from app.store.schema.people import groups, parties
from app.store.store import Snapshot
from tests.bench.figures import Figure
from tests.bench.loaded import Loaded, opened

PREFIXES, MISSES = 1000, 250
PAGE = 100
ROUNDS = 7
_LOOKED_UP = 12  # prefixes that are looked up in all texts as well
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_LOAN_SORTS = (
    *("number", "borrower", "village", "product", "officer", "disbursed", "amount"),
    *("outstanding", "arrears", "status", "dpd"),
)


def most_ms(size: int) -> int:
    """The aim at a number of loans."""
    return 16 if size <= 100_000 else 50


def figures(folders: Sequence[Path]) -> Iterator[Figure]:
    """The figures of each branch."""
    for folder in folders:
        with opened(folder) as loaded:
            yield from _lists(loaded)
            yield from _found(loaded)


def _lists(loaded: Loaded) -> Iterator[Figure]:
    ask, size = loaded.ask, loaded.size
    pages = [ListOverdue(sort=s, limit=PAGE, counted=False) for s in _both(SORTS)]
    yield _figure(size, "overdue, first page, every order", *_timed(ask, pages))
    today = [ListOverdue(bucket="today", sort=s, limit=PAGE, counted=False) for s in _both(SORTS)]
    yield _figure(size, "due today, first page, every order", *_timed(ask, today))
    listed = [ListLoans(sort=s, limit=PAGE, counted=False) for s in _both(_LOAN_SORTS)]
    yield _figure(size, "loans, first page, every order", *_timed(ask, listed))
    sums = [ListOverdue(limit=1)]
    yield _figure(size, "overdue, count and totals", *_timed(ask, sums), aimed=False)
    yield _figure(size, "overdue, buckets", *_timed(ask, [SummariseOverdue()]), aimed=False)
    whole = [ListLoans(limit=1)]
    yield _figure(size, "loans, count and totals", *_timed(ask, whole), aimed=False)


def _both(sorts: Sequence[str]) -> list[str]:
    return [sign + sort for sort in sorts for sign in ("", "-")]


def _found(loaded: Loaded) -> Iterator[Figure]:
    with loaded.store.read() as snapshot:
        prefixes = _prefixes(snapshot, Random(loaded.size))
        right = _as_looked_up(snapshot, loaded, prefixes[:_LOOKED_UP])
    questions = [FindLoans(text=text) for text in prefixes]
    took, name = _timed(loaded.ask, questions, rounds=3)
    yield _figure(loaded.size, f"find box, {len(prefixes)} prefixes", took, name, right=right)
    with loaded.store.read() as snapshot:
        begun = time.perf_counter()
        _as_looked_up(snapshot, loaded, prefixes[:_LOOKED_UP])
        peer = (time.perf_counter() - begun) * 1000 / _LOOKED_UP
    mean = sum(took) / len(took)
    name = f"{loaded.size:,} loans: find box, mean, beside a look through all texts"
    yield Figure(name, f"{mean:.1f} ms", f"{peer:.0f} ms", f"{peer / mean:.0f}")


def _prefixes(snapshot: Snapshot, random: Random) -> list[str]:
    """Beginnings of numbers, names, phones, villages and centres; a quarter are in no text."""
    columns = (
        *(loans.c.number, parties.c.full_name, parties.c.local_name),
        *(parties.c.phone, parties.c.village, groups.c.centre),
    )
    made: list[str] = []
    for column in columns:
        # A few hundred rows far from each other.
        ids = snapshot.execute(
            select(column).where(column.table.c.id % 29 == 5).limit(20_000)
        ).scalars()
        known = list(ids)
        kept = random.sample(known, min(125, len(known)))
        made += [text[: random.randint(1, len(text))] for text in kept]
    made += [
        "".join(random.choice(_LETTERS) for _ in range(random.randint(2, 8)))
        for _ in range(PREFIXES - len(made))
    ]
    random.shuffle(made)
    return [text.strip() or text for text in made]


def _as_looked_up(snapshot: Snapshot, loaded: Loaded, prefixes: Sequence[str]) -> bool:
    """Whether the find box answers as a look through all texts does."""
    for text in prefixes:
        words = tuple(folded(text).split())
        wanted = Wanted(loaded.branch_id, loaded.day, words)
        if words and found_loans(snapshot, wanted, 12) != looked_up_loans(snapshot, wanted, 12):
            return False
    return True


def _timed(
    ask: Callable[[Query[Any]], Any], questions: Sequence[Query[Any]], rounds: int = ROUNDS
) -> tuple[list[float], str]:
    """The median CPU milliseconds of each question, once warm; what took longest."""
    for question in questions:
        ask(question)
    took: dict[int, list[float]] = {place: [] for place in range(len(questions))}
    for _ in range(rounds):
        for place, question in enumerate(questions):
            begun = time.process_time()
            ask(question)
            took[place].append((time.process_time() - begun) * 1000)
    medians = {place: median(times) for place, times in took.items()}
    slowest = max(medians, key=lambda place: medians[place])
    return list(medians.values()), _said(questions[slowest])


def _said(question: Any) -> str:
    asked = (getattr(question, name, "") for name in ("text", "sort"))
    return " ".join(part for part in asked if part)


def _figure(  # what was measured, and what it must come to
    size: int,
    name: str,
    took: Sequence[float],
    slowest: str,
    *,
    right: bool = True,
    aimed: bool = True,
) -> Figure:
    ordered = sorted(took)
    p99 = ordered[min(len(ordered) * 99 // 100, len(ordered) - 1)]
    middle = ordered[len(ordered) // 2]
    aim = most_ms(size)
    return Figure(
        f"{size:,} loans: {name}",
        f"p99 {p99:.1f} ms CPU",
        f"median {middle:.1f}, most {ordered[-1]:.1f} ({slowest})",
        aim=f"<= {aim} ms" if aimed else "",
        met=(right and p99 <= aim) if aimed else None,
    )
