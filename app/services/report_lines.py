"""Figures gathered by group, and written as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from app.reports.grouping import DAY, LOAN
from app.rows.reports import GroupRow
from app.services.report_groups import Groups
from app.texts.figures import day as shown_day

Sums = dict[str, int]
Lines = dict[str, Sums]


def lines() -> Lines:
    """Figures by group and column, all nothing at first."""
    return defaultdict(lambda: defaultdict(int))


def rows_of(
    groups: Groups,
    by: str,
    made: Mapping[str, Mapping[str, int]],
    name: Callable[[str], str] | None = None,
) -> tuple[GroupRow, ...]:
    """A row for each group, in the order of their names."""
    if by == LOAN:
        return _loans(groups, made)
    if by == DAY:
        return tuple(
            GroupRow(key, shown_day(date.fromisoformat(key)), dict(sums))
            for key, sums in sorted(made.items())
        )
    call = name or (lambda key: groups.name(by, key))
    rows = [GroupRow(key, call(key), dict(sums)) for key, sums in made.items()]
    return tuple(rows if name else sorted(rows, key=lambda row: (row.name.casefold(), row.key)))


def _loans(groups: Groups, made: Mapping[str, Mapping[str, int]]) -> tuple[GroupRow, ...]:
    known = groups.know(map(int, made))
    rows = [
        GroupRow(
            key, known[int(key)].number, {"borrower": known[int(key)].borrower, **sums}, int(key)
        )
        for key, sums in made.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.name))


def summed(rows: Iterable[GroupRow], key: str) -> int:
    """A column added up."""
    return sum(value for row in rows if isinstance(value := row.figures.get(key), int))
