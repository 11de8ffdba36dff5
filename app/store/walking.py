"""A page of ids in the order of one column, by a walk along its index in either direction.

Equals stand by loan, and what has no value stands last either way; an index alone gives neither
for a column sorted downwards, so that such a page is put together from the runs of equals in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.store.schema.lists import loan_list
from app.store.store import Snapshot

_LIST = loan_list.c


@dataclass(frozen=True, slots=True)
class Walk:
    """Which loans, and along which column; `some` says which of them may have a value."""

    where: tuple[ColumnElement[bool], ...]
    key: ColumnElement[Any]
    descending: bool = False
    nullable: bool = False
    some: ColumnElement[bool] | None = None


def page_of(snapshot: Snapshot, walk: Walk, offset: int, limit: int) -> Sequence[int]:
    """The loans from `offset` on, `limit` at the most."""
    found = _valued(snapshot, walk, offset, limit)
    if len(found) == limit or not (walk.nullable or walk.some is not None):
        return found
    before = 0 if found or not offset else _count(snapshot, (*walk.where, *_has_value(walk)))
    rest = (
        _ids()
        .where(*walk.where, *_has_no_value(walk))
        .order_by(_LIST.loan_id)
        .offset(max(offset - before, 0) if not found else 0)
        .limit(limit - len(found))
    )
    return [*found, *snapshot.execute(rest).scalars()]


def _valued(snapshot: Snapshot, walk: Walk, offset: int, limit: int) -> Sequence[int]:
    where = (*walk.where, *_has_value(walk))
    if not walk.descending:
        query = _ids().where(*where).order_by(walk.key, _LIST.loan_id).offset(offset).limit(limit)
        return snapshot.execute(query).scalars().all()
    down = select(walk.key).where(*where).order_by(walk.key.desc()).offset(offset).limit(limit)
    keys = snapshot.execute(down).scalars().all()
    if not keys:
        return ()
    skipped = 0
    if offset:
        skipped = offset - _count(snapshot, (*where, walk.key > keys[0]))
    if keys[0] == keys[-1]:
        return _run(snapshot, walk, where, keys[0], skipped, len(keys))
    first = _run(snapshot, walk, where, keys[0], skipped, keys.count(keys[0]))
    last = _run(snapshot, walk, where, keys[-1], 0, keys.count(keys[-1]))
    between = (
        _ids()
        .where(*where, walk.key < keys[0], walk.key > keys[-1])
        .order_by(walk.key.desc(), _LIST.loan_id)
    )
    return [*first, *snapshot.execute(between).scalars(), *last]


def _run(  # a run of equals: whose, of what, from where, how many
    snapshot: Snapshot,
    walk: Walk,
    where: tuple[ColumnElement[bool], ...],
    key: Any,
    offset: int,
    limit: int,
) -> Sequence[int]:
    query = _ids().where(*where, walk.key == key).order_by(_LIST.loan_id)
    return snapshot.execute(query.offset(offset).limit(limit)).scalars().all()


def _has_value(walk: Walk) -> tuple[ColumnElement[bool], ...]:
    some = () if walk.some is None else (walk.some,)
    return (*some, walk.key.is_not(None)) if walk.nullable else some


def _has_no_value(walk: Walk) -> tuple[ColumnElement[bool], ...]:
    return (walk.key.is_(None),) if walk.nullable else ()


def _count(snapshot: Snapshot, where: tuple[ColumnElement[bool], ...]) -> int:
    return int(snapshot.scalar(select(func.count()).select_from(loan_list).where(*where)) or 0)


def _ids() -> Select[Any]:
    return select(_LIST.loan_id)
