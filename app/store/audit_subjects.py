"""Which lines of the log name a subject, so that a search for its number reads only those."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, tuple_

from app.store.schema.system import audit, audit_subjects

_SUBJECTS = ("loans", "receipts", "applications", "parties", "users", "products")
# Ids of a station begin at 2 to the 40th: shorter numbers are amounts, counts and versions.
_NAMED = re.compile(r"[:,](\d{13,19})(?=[,}])")
_WRITTEN = re.compile(rf'\["(?:{"|".join(_SUBJECTS)})",(\d{{13,19}}),')
_MOST = (1 << 63) - 1
_A, _S = audit.c, audit_subjects.c
_LINES = 5000  # that are looked through at a time


def subjects_of(line: Mapping[Any, Any]) -> list[dict[str, int]]:
    """The rows of a line: what it was asked about, what it answered and what it wrote."""
    ids = {
        *_NAMED.findall(line["payload"]),
        *_NAMED.findall(line["result"]),
        *_WRITTEN.findall(line["facts"]),
    }
    place = {"station_id": line["station_id"], "number": line["number"]}
    return [{"subject_id": one, **place} for one in sorted(map(int, ids)) if one <= _MOST]


def named(ids: Iterable[int]) -> ColumnElement[bool]:
    """Lines that name one of these ids: ids are never used twice, whatever the table."""
    found = select(_S.station_id, _S.number).where(_S.subject_id.in_(sorted(set(ids))))
    return tuple_(_A.station_id, _A.number).in_(found)


def list_all_subjects(connection: Connection) -> None:
    """Make the rows of all lines, in books that have none."""
    stations = connection.execute(select(_A.station_id).distinct()).scalars().all()
    for station_id in stations:
        after: int | None = -1
        while after is not None:
            after = _list_after(connection, station_id, after)


def _list_after(connection: Connection, station_id: int, after: int) -> int | None:
    columns = (_A.station_id, _A.number, _A.payload, _A.result, _A.facts)
    query = select(*columns).where(_A.station_id == station_id, _A.number > after)
    lines = connection.execute(query.order_by(_A.number).limit(_LINES)).mappings().all()
    rows = [row for line in lines for row in subjects_of(line)]
    if rows:
        connection.execute(insert(audit_subjects), rows)
    return int(lines[-1]["number"]) if lines else None
