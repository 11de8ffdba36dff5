"""Lists of loans and the find box: searched, sorted and paged by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, RowMapping, Select, and_, case, func, or_, select

from app.store.arrears import ACTIVE, unpaid_by
from app.store.finding import Sought, hits, holding
from app.store.listed_rows import found_by_id, loans_by_id
from app.store.listing import listed_day
from app.store.loan_terms import newest
from app.store.narrowing import EVERY, Narrow, narrowed
from app.store.schema.lists import loan_list, loan_search
from app.store.schema.loans import loan_positions, loans
from app.store.schema.people import groups, parties, products
from app.store.schema.system import users
from app.store.store import Snapshot
from app.store.walking import Walk, page_of

_L, _P, _W, _G, _S = loans.c, loan_positions.c, parties.c, groups.c, loan_list.c
_ONE_DAY = timedelta(1)
ALL, CLOSED = "", "closed"
ENDED = ("closed", "overpaid", "written-off")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which loans: of a branch, with all these words, in a status ("" is all)."""

    branch_id: int
    day: date
    words: tuple[str, ...] = ()
    status: str = ""
    narrow: Narrow = EVERY


def found_loans(snapshot: Snapshot, wanted: Wanted, limit: int) -> Sequence[RowMapping]:
    """The hits of the find box: living loans first, then by number."""
    if listed_day(snapshot, wanted.branch_id) is None or wanted.status:
        return looked_up_loans(snapshot, wanted, limit)
    ids = hits(snapshot, Sought(wanted.branch_id, wanted.words), limit)
    return found_by_id(snapshot, ids)


def looked_up_loans(snapshot: Snapshot, wanted: Wanted, limit: int) -> Sequence[RowMapping]:
    """The same by a look through all texts, for books that were never listed."""
    query = (
        select(*_found_columns())
        .select_from(_joined())
        .where(*_filters(wanted))
        .order_by(case((_P.status == ACTIVE, 0), else_=1), _L.number)
        .limit(limit)
    )
    return snapshot.execute(query).mappings().all()


def loan_page(
    snapshot: Snapshot, wanted: Wanted, sort: str, offset: int, limit: int
) -> Sequence[RowMapping]:
    """One page; the loan decides between equals."""
    if listed_day(snapshot, wanted.branch_id) != wanted.day:
        return looked_up_page(snapshot, wanted, sort, offset, limit)
    ids = page_of(snapshot, _walk(snapshot, wanted, sort), offset, limit)
    return loans_by_id(snapshot, ids)


def looked_up_page(
    snapshot: Snapshot, wanted: Wanted, sort: str, offset: int, limit: int
) -> Sequence[RowMapping]:
    """The same without the rows that are kept for lists, for a day that they are not of."""
    query = (
        select(*_row_columns())
        .select_from(_joined())
        .where(*_filters(wanted))
        .order_by(*_order(wanted, sort))
        .offset(offset)
        .limit(limit)
    )
    return snapshot.execute(query).mappings().all()


def loan_sums(snapshot: Snapshot, wanted: Wanted) -> tuple[int, int, int]:
    """(how many, principal outstanding, arrears) of the whole list."""
    if listed_day(snapshot, wanted.branch_id) != wanted.day:
        return looked_up_sums(snapshot, wanted)
    sums = [func.coalesce(func.sum(one), 0) for one in (_S.outstanding_minor, _S.arrears_minor)]
    row = snapshot.execute(select(func.count(), *sums).where(*_where(snapshot, wanted))).one()
    return int(row[0]), int(row[1]), int(row[2])


def looked_up_sums(snapshot: Snapshot, wanted: Wanted) -> tuple[int, int, int]:
    """The same without the rows that are kept for lists."""
    one = (
        select(
            _P.principal_minor.label("outstanding"),
            unpaid_by(_P.loan_id, wanted.day - _ONE_DAY).label("arrears"),
        )
        .select_from(_joined())
        .where(*_filters(wanted))
        .subquery("one")
    )
    sums = [func.coalesce(func.sum(one.c[name]), 0) for name in ("outstanding", "arrears")]
    row = snapshot.execute(select(func.count(), *sums).select_from(one)).one()
    return int(row[0]), int(row[1]), int(row[2])


def _walk(snapshot: Snapshot, wanted: Wanted, sort: str) -> Walk:
    key, descending = sort.removeprefix("-"), sort.startswith("-")
    where = _where(snapshot, wanted)
    if key in ("dpd", "asset_class"):
        return Walk(where, _S.late_on, not descending, nullable=True)
    columns: dict[str, ColumnElement[Any]] = {
        "number": _S.number,
        "borrower": _S.borrower,
        "village": _S.village,
        "product": _S.product,
        "officer": _S.officer,
        "disbursed": _S.disbursed_on,
        "amount": _S.amount_minor,
        "outstanding": _S.outstanding_minor,
        "arrears": _S.arrears_minor,
        "status": _S.status,
    }
    return Walk(where, columns.get(key, _S.number), descending, nullable=key == "officer")


def _where(snapshot: Snapshot, wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    where: list[ColumnElement[bool]] = [_S.branch_id == wanted.branch_id]
    if wanted.status == CLOSED:
        where.append(_S.status.in_(ENDED))
    elif wanted.status:
        where.append(_S.status == wanted.status)
    where += narrowed(wanted.narrow, _S.loan_id)
    if wanted.words:
        held = holding(snapshot, wanted.words)
        where += [] if held is None else [_S.loan_id.in_(held)]
        where.append(_S.loan_id.in_(_texts(wanted.words)))
    return tuple(where)


def _texts(words: tuple[str, ...]) -> Select[Any]:
    held = loan_search.c
    return (
        select(held.loan_id)
        .where(
            held.loan_id == _S.loan_id,
            *(held.words.contains(word, autoescape=True) for word in words),
        )
        .correlate(loan_list)
    )


def _found_columns() -> tuple[ColumnElement[Any], ...]:
    return (*_columns(), _G.title.label("group_title"), _G.centre, _W.find_text)


def _row_columns() -> tuple[ColumnElement[Any], ...]:
    return (
        *_columns(),
        products.c.title.label("product"),
        users.c.full_name.label("officer"),
    )


def _columns() -> tuple[ColumnElement[Any], ...]:
    return (
        *(_L.id, _L.number, _L.currency, _L.disbursed_on, _L.principal_minor),
        *(_W.full_name, _W.local_name, _W.village, _W.phone, _P.status),
    )


def _joined() -> FromClause:
    return (
        loans.join(loan_positions, _P.loan_id == _L.id)
        .join(parties, _W.id == _L.party_id)
        .join(products, products.c.id == _L.product_id)
        .outerjoin(users, users.c.id == _P.officer_id)
        .outerjoin(groups, _G.id == _L.group_id)
    )


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = [_P.branch_id == wanted.branch_id]
    if wanted.status == CLOSED:
        filters.append(_P.status.in_(ENDED))
    elif wanted.status:
        filters.append(_P.status == wanted.status)
    filters += narrowed(wanted.narrow, _P.loan_id)
    return filters + [_has(word) for word in wanted.words]


def _has(word: str) -> ColumnElement[bool]:
    """Whether a word is part of what a loan is known by."""
    places = (_W.find_text, func.lower(_L.number), func.lower(_G.title), func.lower(_G.centre))
    return or_(
        *(and_(place.is_not(None), place.contains(word, autoescape=True)) for place in places)
    )


def _order(wanted: Wanted, sort: str) -> tuple[ColumnElement[Any], ...]:
    key, descending = sort.removeprefix("-"), sort.startswith("-")
    columns: dict[str, ColumnElement[Any]] = {
        "number": _L.number,
        "borrower": func.lower(_W.full_name),
        "village": func.lower(_W.village),
        "product": func.lower(products.c.title),
        "officer": func.lower(users.c.full_name),
        "disbursed": _L.disbursed_on,
        "amount": _L.principal_minor,
        "outstanding": _P.principal_minor,
        "arrears": unpaid_by(_P.loan_id, wanted.day - _ONE_DAY),
        "status": _P.status,
    }
    if key in ("dpd", "asset_class"):
        late = case((_P.next_unsettled_due_on < wanted.day, _P.next_unsettled_due_on), else_=None)
        return (late.asc() if descending else late.desc()).nulls_last(), _L.id
    column = columns.get(key, _L.number)
    return (column.desc() if descending else column.asc()).nulls_last(), _L.id


def names_of_loan(snapshot: Snapshot, loan_id: int) -> RowMapping | None:
    """The names that a loan's screen shows beside its figures."""
    query: Select[Any] = (
        select(
            *_columns(),
            *(_L.party_id, _L.application_id, newest("annual_rate"), _P.branch_id, _G.centre),
            _L.old_number,
            *(products.c.title.label("product"), users.c.full_name.label("officer")),
            _G.title.label("group_title"),
        )
        .select_from(_joined())
        .where(_L.id == loan_id)
    )
    return snapshot.execute(query).mappings().first()
