"""Late loans as they stand: pages, counts and sums from the indices, no loan replayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    RowMapping,
    Select,
    case,
    func,
    or_,
    select,
)

from app.domain.events import EventKind
from app.store.arrears import ACTIVE, principal_unpaid_by, unpaid_by
from app.store.field import last_contact
from app.store.late import NO_PROMISE, Late, LateSums
from app.store.late_lists import is_listed, listed_buckets, listed_ids, listed_sums
from app.store.listed_rows import late_by_id
from app.store.narrowing import narrowed
from app.store.promises import shown_promise, state
from app.store.schema.field import promises
from app.store.schema.loans import events, instalments, loan_positions, loans
from app.store.schema.people import parties
from app.store.schema.system import users
from app.store.store import Snapshot

__all__ = [
    "NO_PROMISE",
    "SORTS",
    "Late",
    "LateSums",
    "count_late",
    "filtered",
    "joined",
    "late_buckets",
    "late_page",
    "late_rows",
    "late_sums",
    "who_columns",
]

_I, _L, _P, _W = instalments.c, loans.c, loan_positions.c, parties.c


def late_page(
    snapshot: Snapshot, late: Late, sort: str, offset: int, limit: int
) -> Sequence[RowMapping]:
    """One page in the order of a column ("-" before it: the other way round), ties by loan."""
    if is_listed(snapshot, late):
        ids = listed_ids(snapshot, late, sort, offset, limit)
        return late_by_id(snapshot, ids, due_today=late.due_today)
    return looked_up_page(snapshot, late, sort, offset, limit)


def looked_up_page(
    snapshot: Snapshot, late: Late, sort: str, offset: int, limit: int
) -> Sequence[RowMapping]:
    """The same without the rows that are kept for lists, for a day that they are not of."""
    order = _order(late, sort)
    page = _chosen(late, select(_P.loan_id)).order_by(*order).offset(offset).limit(limit)
    found = page.subquery("page")
    query = (
        select(*_shown(late))
        .select_from(joined().join(found, found.c.loan_id == _P.loan_id))
        .order_by(*order)
    )
    return snapshot.execute(query).mappings().all()


def late_rows(snapshot: Snapshot, late: Late) -> Sequence[RowMapping]:
    """All of the list, the oldest arrears first, as reports take it."""
    query = _chosen(late, select(*_shown(late))).order_by(_P.next_unsettled_due_on, _P.loan_id)
    return snapshot.execute(query).mappings().all()


def late_sums(snapshot: Snapshot, late: Late) -> LateSums:
    """Count and sums of the whole list."""
    if is_listed(snapshot, late):
        return listed_sums(snapshot, late)
    return looked_up_sums(snapshot, late)


def looked_up_sums(snapshot: Snapshot, late: Late) -> LateSums:
    """The same without the rows that are kept for lists."""
    one = _chosen(
        late, select(_P.principal_minor.label("outstanding"), _asked_for(late).label("arrears"))
    ).subquery("one")
    query = select(
        func.count(),
        func.coalesce(func.sum(one.c.arrears), 0),
        func.coalesce(func.sum(one.c.outstanding), 0),
    ).select_from(one)
    found = snapshot.execute(query).one()
    return LateSums(int(found[0]), int(found[1]), int(found[2]))


def late_buckets(snapshot: Snapshot, late: Late, starts: Mapping[str, date]) -> dict[str, LateSums]:
    """Sums by bucket; `starts` gives the newest due date of each bucket, the youngest first."""
    if is_listed(snapshot, late):
        return listed_buckets(snapshot, late, starts)
    return looked_up_buckets(snapshot, late, starts)


def looked_up_buckets(
    snapshot: Snapshot, late: Late, starts: Mapping[str, date]
) -> dict[str, LateSums]:
    """The same without the rows that are kept for lists."""
    oldest_first = sorted(starts.items(), key=lambda pair: pair[1])
    bucket = case(
        *((_P.next_unsettled_due_on <= newest, name) for name, newest in oldest_first), else_=""
    )
    one = _chosen(
        late,
        select(
            bucket.label("bucket"),
            _P.principal_minor.label("outstanding"),
            unpaid_by(_P.loan_id, late.before).label("arrears"),
            principal_unpaid_by(_P.loan_id, late.before).label("principal_late"),
        ),
    ).subquery("one")
    sums = [
        func.coalesce(func.sum(one.c[name]), 0)
        for name in ("arrears", "outstanding", "principal_late")
    ]
    query = select(one.c.bucket, func.count(), *sums).group_by(one.c.bucket)
    return {
        row[0]: LateSums(int(row[1]), int(row[2]), int(row[3]), int(row[4]))
        for row in snapshot.execute(query)
    }


def count_late(snapshot: Snapshot, branch_id: int, day: date, officer_id: int | None) -> int:
    """How many loans are late; answered by the index alone."""
    query = select(func.count()).where(
        _P.branch_id == branch_id, _P.status == ACTIVE, _P.next_unsettled_due_on < day
    )
    if officer_id is not None:
        query = query.where(_P.officer_id == officer_id)
    return int(snapshot.scalar(query) or 0)


_BY_AGE = ("dpd", "bucket", "asset_class")
SORTS = (
    *_BY_AGE,
    *("number", "borrower", "village", "phone", "officer"),
    *("arrears", "outstanding", "last_paid", "promise", "last_contact"),
)


def _order(late: Late, sort: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    key, descending = sort.removeprefix("-"), sort.startswith("-")
    if key not in SORTS:
        key, descending = "dpd", True
    if key in _BY_AGE:
        # More days past due are an earlier date, so that the index gives the default order.
        due_on = _P.next_unsettled_due_on
        return (due_on.asc() if descending else due_on.desc()), _P.loan_id.asc()
    column = _sorted_by(late, key)
    placed = column.desc() if descending else column.asc()
    return placed.nulls_last(), _P.loan_id.asc()


def _sorted_by(late: Late, key: str) -> ColumnElement[Any]:
    promised = select(promises.c.promised_on).where(
        promises.c.id == shown_promise(_P.loan_id, late.day)
    )
    columns: dict[str, ColumnElement[Any]] = {
        "number": _L.number,
        "borrower": func.lower(_W.full_name),
        "village": func.lower(_W.village),
        "phone": _W.phone,
        "officer": func.lower(users.c.full_name),
        "arrears": _asked_for(late),
        "outstanding": _P.principal_minor,
        "last_paid": _P.last_paid_on,
        "promise": promised.correlate_except(promises).scalar_subquery(),
        "last_contact": last_contact(_P.loan_id, late.day),
    }
    return columns[key]


def _shown(late: Late) -> tuple[ColumnElement[Any], ...]:
    return (
        *who_columns(),
        *(_P.next_unsettled_due_on, _P.npa_since_on, _P.principal_minor, _P.last_paid_on),
        _asked_for(late).label("arrears_minor"),
    )


def _asked_for(late: Late) -> ColumnElement[int]:
    """What is late, or in the list of the day what falls due on it."""
    before = unpaid_by(_P.loan_id, late.before)
    return unpaid_by(_P.loan_id, late.day) - before if late.due_today else before


def who_columns() -> tuple[ColumnElement[Any], ...]:
    """Who borrowed, where, under whose care."""
    return (
        *(_P.loan_id, _L.number, _L.currency, _W.full_name, _W.local_name, _W.village, _W.phone),
        *(_P.officer_id, users.c.full_name.label("officer")),
    )


def joined() -> FromClause:
    """Loans with where they stand, the borrower and the officer."""
    return (
        loan_positions.join(loans, _L.id == _P.loan_id)
        .join(parties, _W.id == _L.party_id)
        .outerjoin(users, users.c.id == _P.officer_id)
    )


def _chosen(late: Late, query: Select[Any]) -> Select[Any]:
    """The query over the loans that are asked for."""
    query = query.select_from(joined()).where(
        _P.branch_id == late.branch_id, _P.status == ACTIVE, _L.currency == late.currency
    )
    if late.due_today:
        query = query.where(_P.loan_id.in_(_due_on(late)), _asked_for(late) > 0)
    else:
        query = query.where(_P.next_unsettled_due_on < late.day)
    return filtered(late, query, _P.next_unsettled_due_on)


def filtered(late: Late, query: Select[Any], due_on: ColumnElement[date | None]) -> Select[Any]:
    """The query with everything that narrows the list."""
    if late.oldest is not None:
        query = query.where(due_on >= late.oldest)
    if late.newest is not None:
        query = query.where(due_on <= late.newest)
    if late.officer_id is not None:
        query = query.where(_P.officer_id == late.officer_id)
    if late.village:
        query = query.where(_W.village == late.village)
    query = query.where(*narrowed(late.narrow, _P.loan_id))
    query = query.where(*(_has(word) for word in late.words))
    return _promised(late, query) if late.promise else query


def _due_on(late: Late) -> CompoundSelect[Any]:
    """Loans with a line due on the day, or a charge levied on it (which is due at once)."""
    lines = select(_I.loan_id).where(_I.due_on == late.day, _I.unpaid_minor > 0)
    levied = select(events.c.subject_id).where(
        events.c.branch_id == late.branch_id,
        events.c.booked_on == late.day,
        events.c.kind == EventKind.CHARGE.value,
    )
    return lines.union(levied)


def _has(word: str) -> ColumnElement[bool]:
    """Whether a word is part of what the borrower or the loan is known by."""
    places = (_W.find_text, func.lower(_L.number))
    return or_(*(place.contains(word, autoescape=True) for place in places))


def _promised(late: Late, query: Select[Any]) -> Select[Any]:
    shown = shown_promise(_P.loan_id, late.day)
    if late.promise == NO_PROMISE:
        return query.where(shown.is_(None))
    states = (
        select(state(late.day, day_ended=late.day_ended))
        .where(promises.c.id == shown)
        .correlate_except(promises)
        .scalar_subquery()
    )
    return query.where(states == late.promise)
