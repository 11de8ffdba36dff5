"""The audit log as people look through it: filtered, paged, and what its numbers stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, select

from app.store.audit_subjects import named
from app.store.schema.loans import loans, receipts
from app.store.schema.people import applications, parties, products
from app.store.schema.system import (
    audit,
    branches,
    business_days,
    chains,
    personal_values,
    stations,
    users,
)
from app.store.store import Snapshot

_A = audit.c
_DAY_LINES = ("branch.open", "day.open", "day.close")
# What a number on paper or on the screen stands for, by the column that holds it.
_NUMBERS = (loans.c.number, receipts.c.number, applications.c.number, parties.c.number)
_NAMES = (users.c.login, products.c.code)
# The key of a payload or an answer that names a subject, and where its number stands.
_SUBJECTS = {
    "loan_id": loans.c.number,
    "receipt_id": receipts.c.number,
    "application_id": applications.c.number,
    "party_id": parties.c.number,
    "product_id": products.c.code,
    "user_id": users.c.login,
}
SUBJECTS = tuple(_SUBJECTS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of a branch, between two UTC instants as they are written, about some ids.

    `branch_id` None is for a database with one branch: its indexes then answer by themselves.
    """

    branch_id: int | None
    user_id: int | None = None
    command: str = ""
    outcome: str = ""
    since: str = ""  # inclusive
    before: str = ""
    about: tuple[int, ...] | None = None  # None is anything; nothing known finds nothing


def lines(snapshot: Snapshot, wanted: Wanted, offset: int, limit: int) -> Sequence[RowMapping]:
    """One page, the latest line first; only its own lines are read whole."""
    places = (
        select(_A.station_id, _A.number)
        .where(*_where(wanted))
        .order_by(_A.at.desc(), _A.station_id.desc(), _A.number.desc())
        .offset(offset)
        .limit(limit)
        .subquery()
    )
    here = and_(places.c.station_id == _A.station_id, places.c.number == _A.number)
    query = (
        _listed().join(places, here).order_by(_A.at.desc(), _A.station_id.desc(), _A.number.desc())
    )
    return snapshot.execute(query).mappings().all()


def count_lines(snapshot: Snapshot, wanted: Wanted) -> int:
    """How many lines there are in all."""
    query = select(func.count()).select_from(audit).where(*_where(wanted))
    return int(snapshot.scalar(query) or 0)


def line(snapshot: Snapshot, branch_id: int, station_id: int, number: int) -> RowMapping | None:
    """One line with everything in it."""
    more = (_A.facts, _A.hash, _A.previous)
    query = _listed(*more).where(
        _A.station_id == station_id, _A.number == number, _A.branch_id.in_((0, branch_id))
    )
    return snapshot.execute(query).mappings().first()


def is_only_branch(snapshot: Snapshot) -> bool:
    """Whether the database holds one branch, as it nearly always does."""
    return int(snapshot.scalar(select(func.count()).select_from(branches)) or 0) <= 1


def personal_of(snapshot: Snapshot, station_id: int, number: int) -> dict[str, str]:
    """The personal values of a line that were not erased, by field."""
    p = personal_values.c
    query = select(p.field, p.value).where(p.station_id == station_id, p.number == number)
    return {row.field: row.value for row in snapshot.execute(query)}


def people(snapshot: Snapshot) -> Sequence[tuple[int, str]]:
    """Everybody who ever could sign in."""
    query = select(users.c.id, users.c.full_name).order_by(users.c.full_name)
    return [(int(row.id), str(row.full_name)) for row in snapshot.execute(query)]


def commands(snapshot: Snapshot) -> Sequence[str]:
    """The commands that there are lines of; a loose walk over their index."""
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        after = snapshot.scalar(select(func.min(_A.command)).where(_A.command > after))
        found += [] if after is None else [after]
    return found


def ids_by_number(snapshot: Snapshot, text: str) -> tuple[int, ...]:
    """The ids of everything that carries this number, code or sign-in name."""
    found: list[int] = []
    given = (text, text.upper())  # as the program gives numbers, so that their index finds them
    for column, held in (
        *((column, column.in_(given)) for column in _NUMBERS),
        *((column, func.lower(column) == text.casefold()) for column in _NAMES),
    ):
        query = select(column.table.c.id).where(held).limit(20)
        found += [int(one) for one in snapshot.scalars(query)]
    return tuple(found)


def numbers_of(
    snapshot: Snapshot, wanted: Mapping[str, Iterable[int]]
) -> dict[tuple[str, int], str]:
    """The numbers of subjects by (key, id)."""
    made: dict[tuple[str, int], str] = {}
    for key, ids in wanted.items():
        column = _SUBJECTS[key]
        query = select(column.table.c.id, column).where(column.table.c.id.in_(sorted(set(ids))))
        made |= {(key, int(row[0])): str(row[1]) for row in snapshot.execute(query)}
    return made


def days(snapshot: Snapshot, branch_id: int, offset: int, limit: int) -> Sequence[RowMapping]:
    """Business days, the latest first, with who opened and closed them and the closing's answer."""
    d = business_days.c
    opened, closed = audit.alias("opened"), audit.alias("closed")
    by, shut_by = users.alias("by"), users.alias("shut_by")
    query = (
        select(
            *(d.day_on, d.state, d.opened_at, d.closed_at),
            *(by.c.full_name.label("opened_by"), shut_by.c.full_name.label("closed_by")),
            closed.c.result.label("seal"),
        )
        .select_from(
            business_days.outerjoin(opened, _day_line(opened, d.opened_at))
            .outerjoin(closed, _day_line(closed, d.closed_at))
            .outerjoin(by, by.c.id == opened.c.user_id)
            .outerjoin(shut_by, shut_by.c.id == closed.c.user_id)
        )
        .where(d.branch_id == branch_id)
        .order_by(d.day_on.desc())
        .offset(offset)
        .limit(limit)
    )
    return snapshot.execute(query).mappings().all()


def count_days(snapshot: Snapshot, branch_id: int) -> int:
    """How many business days there were."""
    query = select(func.count()).where(business_days.c.branch_id == branch_id)
    return int(snapshot.scalar(query) or 0)


def hashes_at(snapshot: Snapshot, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The hashes of lines by station and number; a place without a line is left out."""
    made: dict[tuple[int, int], str] = {}
    by_station: dict[int, list[int]] = {}
    for station_id, number in places:
        by_station.setdefault(station_id, []).append(number)
    for station_id, numbers in by_station.items():
        query = select(_A.number, _A.hash).where(
            _A.station_id == station_id, _A.number.in_(sorted(set(numbers)))
        )
        made |= {(station_id, int(row.number)): str(row.hash) for row in snapshot.execute(query)}
    return made


def chain_lengths(snapshot: Snapshot) -> dict[int, tuple[str, int]]:
    """Every station's counter and how many lines its chain has."""
    query = select(stations.c.id, stations.c.counter_code, chains.c.number).select_from(
        stations.join(chains, chains.c.station_id == stations.c.id)
    )
    return {int(row[0]): (str(row[1]), int(row[2])) for row in snapshot.execute(query)}


def _day_line(line_of: Any, at: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (
        (line_of.c.at == at) & line_of.c.command.in_(_DAY_LINES) & (line_of.c.outcome == "done")
    )
    return found


def _listed(*more: Any) -> Select[Any]:
    return select(
        *(_A.station_id, _A.number, _A.at, _A.business_on, _A.user_id, _A.command, _A.outcome),
        *(_A.payload, _A.result, users.c.full_name, stations.c.counter_code),
        *more,
    ).select_from(
        audit.outerjoin(users, users.c.id == _A.user_id).outerjoin(
            stations, stations.c.id == _A.station_id
        )
    )


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.branch_id is not None:
        found.append(_A.branch_id.in_((0, wanted.branch_id)))
    for column, value in ((_A.command, wanted.command), (_A.outcome, wanted.outcome)):
        if value:
            found.append(column == value)
    if wanted.user_id is not None:
        found.append(_A.user_id == wanted.user_id)
    if wanted.since:
        found.append(_A.at >= wanted.since)
    if wanted.before:
        found.append(_A.at < wanted.before)
    if wanted.about is not None:
        found.append(named(wanted.about) if wanted.about else _A.number < 0)
    return found
