"""Invariant 4: everything derived of a loan equals the replay of its facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.errors import KistError
from app.domain.events import Event
from app.domain.loan import moves_by_day, projected
from app.domain.playing import play
from app.rows.verify import Finding
from app.services.accruals import earned, earned_by_kinds
from app.services.projecting import terms_from
from app.store.listing import differing, listed_days
from app.store.loans import LoanRecord, events_of, loan_ids, officers_of, records_of
from app.store.projections import PROJECTIONS, Place, rows_of, standing_rows, strays
from app.store.store import Snapshot

PROJECTION = 4
CHUNK = 200
Rows = Mapping[int, list[dict[str, Any]]]


def chunks(snapshot: Snapshot) -> Iterator[Sequence[int]]:
    """The ids of all loans, some at a time."""
    ids = loan_ids(snapshot)
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def projections(snapshot: Snapshot, ids: Sequence[int]) -> Iterator[Finding]:
    """Replay some loans and compare every derived row."""
    events, officers = events_of(snapshot, ids), officers_of(snapshot, ids)
    stored = {table.name: _by_loan(snapshot, table, ids) for table in PROJECTIONS}
    for found in records_of(snapshot, ids):
        wanted = _wanted(found, events[found.loan_id], officers.get(found.loan_id, 0))
        if wanted is None:
            yield Finding(PROJECTION, "facts-do-not-replay", f"loan {found.number}")
            continue
        for table, keys in PROJECTIONS.items():
            rows = stored[table.name].get(found.loan_id, [])
            yield from _compared(found.number, table.name, keys, wanted[table.name], rows)


def orphans(snapshot: Snapshot) -> Iterator[Finding]:
    """Derived rows of loans that do not exist."""
    for table in PROJECTIONS:
        for loan_id in strays(snapshot, table):
            yield Finding(PROJECTION, "row-of-no-loan", f"{table.name} {loan_id}")


def lists(snapshot: Snapshot) -> Iterator[Finding]:
    """Compare what lists and the find box go by with what stands of the loans.

    The interest that is counted by kinds of lines must be that of all lines.
    """
    for table, loan_id in differing(snapshot):
        yield Finding(PROJECTION, "projection-differs", f"{table} {loan_id}")
    for branch_id, on in listed_days(snapshot):
        must, stands = earned(snapshot, branch_id, on), earned_by_kinds(snapshot, branch_id, on)
        for key in sorted({*must, *stands}):
            if must[key] != stands[key]:
                where = f"interest_lines {branch_id} {key[0][0]} {key[0][1]}"
                amounts = (str(must[key]), str(stands[key]))
                yield Finding(PROJECTION, "projection-differs", where, *amounts)


def _wanted(
    found: LoanRecord, events: list[Event], officer_id: int
) -> dict[str, list[dict[str, Any]]] | None:
    """The rows as they must stand; None where the facts do not make a loan.

    A loan that moves with the days is derived for the day that its projection names; one of an
    earlier version names none until the next day opens.
    """
    try:
        terms = terms_from(found.terms, found.currency)
        moves = moves_by_day(terms) and found.as_on is not None
        place = Place(found.loan_id, found.branch_id, officer_id, moves)
        return rows_of(place, projected(play(terms, events, found.as_on if moves else None)))
    except (KistError, ValueError, LookupError):
        return None


def _by_loan(snapshot: Snapshot, table: Any, ids: Sequence[int]) -> Rows:
    made: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in standing_rows(snapshot, table, ids):
        made[row["loan_id"]].append(row)
    return made


def _compared(
    number: str,
    table: str,
    keys: tuple[str, ...],
    wanted: list[dict[str, Any]],
    stored: list[dict[str, Any]],
) -> Iterator[Finding]:
    must = {tuple(row[key] for key in keys): row for row in wanted}
    stands = {tuple(row[key] for key in keys): row for row in stored}
    for key in sorted({*must, *stands}):
        one, two = must.get(key), stands.get(key)
        if one == two:
            continue
        where = f"{table} of {number} {' '.join(str(part) for part in key[1:])}".rstrip()
        yield Finding(PROJECTION, "projection-differs", where, *_difference(one, two))


def _difference(one: dict[str, Any] | None, two: dict[str, Any] | None) -> tuple[str, str]:
    """The columns that differ, as must and as stored."""
    if one is None or two is None:
        return ("a row", "none") if two is None else ("none", "a row")
    names = [name for name in one if one[name] != two.get(name)]
    return _shown(one, names), _shown(two, names)


def _shown(row: dict[str, Any], names: list[str]) -> str:
    return " ".join(f"{name}={row.get(name)}" for name in names)
