"""Late loans of the marked day from the rows that are kept for lists: pages, sums, buckets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal_column, or_, select

from app.store.field import DONE, last_contact
from app.store.finding import holding
from app.store.late import NO_PROMISE, Late, LateSums
from app.store.listing import listed_day
from app.store.narrowing import narrowed
from app.store.promises import shown_promise, state
from app.store.schema.field import promises, visits
from app.store.schema.lists import loan_list
from app.store.schema.loans import loans
from app.store.schema.people import parties
from app.store.store import Snapshot
from app.store.walking import Walk, page_of

_L, _LIST, _M, _V, _W = loans.c, loan_list.c, promises.c, visits.c, parties.c
_ONE: ColumnElement[int] = literal_column("1")
_BY_AGE = ("dpd", "bucket", "asset_class")
_NULLABLE = ("officer", "last_paid")
Where = ColumnElement[bool]
_FREQUENT = 3000  # loans with something due: then they are met everywhere among the listed
_DUE: Where = _LIST.due_minor > 0
_WALKED: Where = _LIST.due_minor + literal_column("0") > 0  # not to be found by its own index


def is_listed(snapshot: Snapshot, late: Late) -> bool:
    """Whether the rows are of the day that is asked about."""
    return not late.day_ended and listed_day(snapshot, late.branch_id) == late.day


def listed_ids(snapshot: Snapshot, late: Late, sort: str, offset: int, limit: int) -> Sequence[int]:
    """One page in the order of a column ("-" before it: the other way round), ties by loan."""
    walk = _walk(snapshot, late, sort.removeprefix("-"), descending=sort.startswith("-"))
    return page_of(snapshot, walk, offset, limit)


def listed_sums(snapshot: Snapshot, late: Late) -> LateSums:
    """Count and sums of the whole list."""
    asked = _LIST.due_minor if late.due_today else _LIST.arrears_minor
    query = select(func.count(), _sum(asked), _sum(_LIST.outstanding_minor)).where(
        *_where(snapshot, late)
    )
    found = snapshot.execute(query).one()
    return LateSums(int(found[0]), int(found[1]), int(found[2]))


def listed_outstanding(snapshot: Snapshot, late: Late) -> int:
    """Principal outstanding of all running loans of the branch, or of those asked for."""
    where = [
        *(_LIST.branch_id == late.branch_id, _LIST.currency == late.currency),
        _LIST.since_on.is_not(None),
    ]
    if late.officer_id is not None:
        where.append(_LIST.officer_id == late.officer_id)
    if late.village:
        where += [_LIST.village == func.lower(late.village), _borrower(_W.village == late.village)]
    where += narrowed(late.narrow, _LIST.loan_id)
    return int(snapshot.scalar(select(_sum(_LIST.outstanding_minor)).where(*where)) or 0)


def listed_buckets(
    snapshot: Snapshot, late: Late, starts: Mapping[str, date]
) -> dict[str, LateSums]:
    """Sums by bucket; `starts` gives the newest due date of each bucket, the youngest first."""
    query = (
        select(
            *(_LIST.since_on, func.count(), _sum(_LIST.arrears_minor)),
            *(_sum(_LIST.outstanding_minor), _sum(_LIST.principal_late_minor)),
        )
        .where(*_where(snapshot, late))
        .group_by(_LIST.officer_id, _LIST.since_on)  # as their index has them
    )
    made: dict[str, LateSums] = {}
    for since_on, *figures in snapshot.execute(query):
        name = _bucket(since_on, starts)
        was = made.get(name, LateSums())
        both = zip((was.loans, *_amounts(was)), figures, strict=True)
        made[name] = LateSums(*(int(one) + int(more) for one, more in both))
    return made


def _amounts(sums: LateSums) -> tuple[int, int, int]:
    return sums.arrears_minor, sums.outstanding_minor, sums.principal_late_minor


def _bucket(since_on: date, starts: Mapping[str, date]) -> str:
    oldest_first = sorted(starts.items(), key=lambda pair: pair[1])
    return next((name for name, newest in oldest_first if since_on <= newest), "")


def _walk(snapshot: Snapshot, late: Late, key: str, *, descending: bool) -> Walk:
    where = _where(snapshot, late)
    if key in _BY_AGE:
        # More days past due are an earlier date.
        return Walk(where, _LIST.since_on, not descending, nullable=late.due_today)
    if key == "promise":
        promised = (
            select(_M.promised_on)
            .where(_M.id == shown_promise(_LIST.loan_id, late.day))
            .correlate_except(promises)
            .scalar_subquery()
        )
        return Walk(where, promised, descending, nullable=True, some=_promised_once())
    if key == "last_contact":
        seen = last_contact(_LIST.loan_id, late.day)
        some = or_(_promised_once(), _LIST.loan_id.in_(_visited()))
        return Walk(where, seen, descending, nullable=True, some=some)
    return Walk(where, _column(late, key), descending, nullable=key in _NULLABLE)


def _due(snapshot: Snapshot, late: Late) -> Where:
    """Something due on the day; by its own index where that is seldom, else among all listed."""
    some = (
        select(_LIST.loan_id)
        .where(
            *(_LIST.branch_id == late.branch_id, _LIST.currency == late.currency),
            *(_LIST.listed == _ONE, _DUE),
        )
        .limit(_FREQUENT)
        .subquery("some")
    )
    found = snapshot.scalar(select(func.count()).select_from(some))
    return _WALKED if found == _FREQUENT else _DUE


def _column(late: Late, key: str) -> ColumnElement[Any]:
    columns: dict[str, ColumnElement[Any]] = {
        "number": _LIST.number,
        "borrower": _LIST.borrower,
        "village": _LIST.village,
        "phone": _LIST.phone,
        "officer": _LIST.officer,
        "arrears": _LIST.due_minor if late.due_today else _LIST.arrears_minor,
        "outstanding": _LIST.outstanding_minor,
        "last_paid": _LIST.last_paid_on,
    }
    return columns[key]


def _where(snapshot: Snapshot, late: Late) -> tuple[Where, ...]:
    """What chooses the loans; the rows that can be meant are in the indexes of late loans alone."""
    where: list[Where] = [
        _LIST.branch_id == late.branch_id,
        _LIST.currency == late.currency,
        _LIST.listed == _ONE,
        _due(snapshot, late) if late.due_today else _LIST.late == _ONE,
    ]
    if late.oldest is not None:
        where.append(_LIST.since_on >= late.oldest)
    if late.newest is not None:
        where.append(_LIST.since_on <= late.newest)
    if late.officer_id is not None:
        where.append(_LIST.officer_id == late.officer_id)
    if late.village:
        where += [_LIST.village == func.lower(late.village), _borrower(_W.village == late.village)]
    where += narrowed(late.narrow, _LIST.loan_id)
    where += _texts(snapshot, late.words)
    if late.promise:
        where.append(_by_promise(late))
    return tuple(where)


def _texts(snapshot: Snapshot, words: tuple[str, ...]) -> list[Where]:
    """Words that are part of what the borrower or the loan is known by."""
    if not words:
        return []
    held = holding(snapshot, words)
    first = [] if held is None else [_LIST.loan_id.in_(held)]
    places = (_W.find_text, func.lower(_L.number))
    return first + [
        _borrower(or_(*(place.contains(word, autoescape=True) for place in places)))
        for word in words
    ]


def _borrower(condition: Where) -> Where:
    """Whether a condition holds of the loan and its borrower."""
    same = (_L.id == _LIST.loan_id, _W.id == _L.party_id)
    return exists().where(*same, condition).correlate(loan_list)


def _by_promise(late: Late) -> Where:
    shown = shown_promise(_LIST.loan_id, late.day)
    if late.promise == NO_PROMISE:
        return shown.is_(None)
    states = (
        select(state(late.day, day_ended=late.day_ended))
        .where(_M.id == shown)
        .correlate_except(promises)
        .scalar_subquery()
    )
    return _promised_once() & (states == late.promise)


def _promised_once() -> Where:
    return _LIST.loan_id.in_(select(_M.loan_id))


def _visited() -> Any:
    return select(_V.loan_id).where(_V.state == DONE)


def _sum(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(column), 0)
