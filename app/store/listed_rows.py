"""What lists show of loans, by id, from rows kept for lists; built once, asked often."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, RowMapping, Select, bindparam, select, union

from app.store.field import DONE
from app.store.schema.field import promises, visits
from app.store.schema.lists import loan_list
from app.store.schema.loans import loans
from app.store.schema.people import groups, parties, products
from app.store.schema.system import users
from app.store.store import Snapshot

_G, _L, _LIST, _W = groups.c, loans.c, loan_list.c, parties.c
_IDS: ColumnElement[Any] = bindparam("ids", expanding=True)


def late_by_id(snapshot: Snapshot, ids: Sequence[int], *, due_today: bool) -> Sequence[RowMapping]:
    """Late loans in the order of the ids, with what is late (or due on the day)."""
    return _in_order(snapshot, _late(due_today=due_today), ids, "loan_id")


def loans_by_id(snapshot: Snapshot, ids: Sequence[int]) -> Sequence[RowMapping]:
    """Loans in the order of the ids, as the list of loans shows them."""
    return _in_order(snapshot, _loans(), ids, "id")


def found_by_id(snapshot: Snapshot, ids: Sequence[int]) -> Sequence[RowMapping]:
    """Loans in the order of the ids, as the find box shows them."""
    return _in_order(snapshot, _found(), ids, "id")


def stands_by_id(snapshot: Snapshot, ids: Sequence[int]) -> Sequence[RowMapping]:
    """How loans stand on the marked day."""
    return snapshot.execute(_stands(), {"ids": list(ids)}).mappings().all()


def spoken_with(snapshot: Snapshot, ids: Sequence[int]) -> Sequence[int]:
    """Those of some loans about which anything was ever promised, or a visit recorded."""
    return snapshot.execute(_spoken(), {"ids": list(ids)}).scalars().all()


def _in_order(
    snapshot: Snapshot, query: Select[Any], ids: Sequence[int], key: str
) -> Sequence[RowMapping]:
    rows = snapshot.execute(query, {"ids": list(ids)}).mappings().all() if ids else ()
    found = {row[key]: row for row in rows}
    return [found[loan_id] for loan_id in ids]


@cache
def _late(*, due_today: bool) -> Select[Any]:
    asked = _LIST.due_minor if due_today else _LIST.arrears_minor
    return (
        select(
            *(_LIST.loan_id, _LIST.number, _LIST.currency),
            *(_W.full_name, _W.local_name, _W.village, _W.phone),
            *(_LIST.officer_id, users.c.full_name.label("officer")),
            *(_LIST.since_on.label("next_unsettled_due_on"), _LIST.npa_since_on),
            *(_LIST.outstanding_minor.label("principal_minor"), _LIST.last_paid_on),
            asked.label("arrears_minor"),
        )
        .select_from(_with_names())
        .where(_LIST.loan_id.in_(_IDS))
    )


@cache
def _loans() -> Select[Any]:
    return (
        select(
            *_shown(),
            products.c.title.label("product"),
            users.c.full_name.label("officer"),
        )
        .select_from(_with_names().join(products, products.c.id == _LIST.product_id))
        .where(_LIST.loan_id.in_(_IDS))
    )


@cache
def _found() -> Select[Any]:
    joined = _with_names().join(loans, _L.id == _LIST.loan_id)
    return (
        select(*_shown(), _G.title.label("group_title"), _G.centre, _W.find_text)
        .select_from(joined.outerjoin(groups, _G.id == _L.group_id))
        .where(_LIST.loan_id.in_(_IDS))
    )


@cache
def _stands() -> Select[Any]:
    return select(
        *(_LIST.loan_id, _LIST.since_on.label("next_unsettled_due_on"), _LIST.npa_since_on),
        _LIST.outstanding_minor.label("principal_minor"),
        *(_LIST.arrears_minor, _LIST.due_minor, _LIST.principal_late_minor),
    ).where(_LIST.loan_id.in_(_IDS))


@cache
def _spoken() -> Any:
    promised = select(promises.c.loan_id).where(promises.c.loan_id.in_(_IDS))
    visited = select(visits.c.loan_id).where(visits.c.loan_id.in_(_IDS), visits.c.state == DONE)
    return union(promised, visited)


def _shown() -> tuple[ColumnElement[Any], ...]:
    return (
        *(_LIST.loan_id.label("id"), _LIST.number, _LIST.currency, _LIST.disbursed_on),
        _LIST.amount_minor.label("principal_minor"),
        *(_W.full_name, _W.local_name, _W.village, _W.phone, _LIST.status),
    )


def _with_names() -> FromClause:
    return loan_list.join(parties, _W.id == _LIST.party_id).outerjoin(
        users, users.c.id == _LIST.officer_id
    )
