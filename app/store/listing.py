"""The rows that lists of loans walk along: written with each loan, brought to each business day.

What is late and what falls due depends on the day alone between two facts, so that a new day
touches only the loans with something unpaid that is due about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import sqlite

from app.domain.events import EventKind
from app.store.arrears import ACTIVE, LOAN, dated_unpaid, principal_unpaid_by, unpaid_by
from app.store.schema.base import Id
from app.store.schema.lists import list_days, loan_list, loan_search
from app.store.schema.loans import events, instalments, loan_positions, loans
from app.store.schema.people import groups, parties, products
from app.store.schema.system import users
from app.store.store import Snapshot
from app.store.tx import Row, Tx

_ONE_DAY = timedelta(1)
_E, _G, _I, _L, _P, _W = events.c, groups.c, instalments.c, loans.c, loan_positions.c, parties.c
_LIST, _D = loan_list.c, list_days.c
_ONE: ColumnElement[int] = bindparam("one_loan")
_NAMES = ("borrower", "village", "phone", "product", "officer")  # what is not the loan's own
_STANDS = (
    *("officer_id", "officer", "status", "outstanding_minor", "since_on", "late_on"),
    "npa_since_on",
    *("last_paid_on", "arrears_minor", "due_minor", "principal_late_minor", "late", "listed"),
)
Where = ColumnElement[bool]
_END = "\n\n"  # each sign of a text begins a group of three


def add_to_lists(tx: Tx, loan_id: int) -> None:
    """List a new loan, once its rows are written."""
    at = {"one_loan": loan_id}
    for table in (loan_list, loan_search):
        tx.after(_inserter(table, tx.connection.dialect.name), at)


def refresh_lists(tx: Tx, loan_id: int) -> None:
    """Bring a loan's rows to what stands of it, once that is written."""
    at = {"one_loan": loan_id}
    dialect = tx.connection.dialect.name
    tx.after(_setter(dialect), at)
    tx.after(_ender(dialect), at)


def rename_in_lists(
    tx: Tx, *, party: int | None = None, group: int | None = None, product: int | None = None
) -> None:
    """Bring the names of loans to what was written about a person, a group or a product."""
    pairs = ((_L.party_id, party), (_L.group_id, group), (_L.product_id, product))
    for column, wanted in pairs:
        if wanted is not None:
            of = select(_L.id).where(column == wanted)
            tx.after(_renamer(loan_list, ("borrower", "village", "phone", "product"), of))
            tx.after(_renamer(loan_search, ("words",), of))


def rename_officer_in_lists(tx: Tx, user_id: int) -> None:
    """Bring the name of an officer to what was written."""
    name = select(func.lower(users.c.full_name)).where(users.c.id == user_id).scalar_subquery()
    tx.after(update(loan_list).where(_LIST.officer_id == user_id).values(officer=name))


def listed_day(snapshot: Snapshot, branch_id: int) -> date | None:
    """The day that the rows of a branch are of; None where they were never made."""
    found: date | None = snapshot.scalar(select(_D.day_on).where(_D.branch_id == branch_id))
    return found


def listed_days(snapshot: Snapshot) -> Sequence[tuple[int, date]]:
    """Every branch whose rows are kept, with the day that they are of."""
    return [(row[0], row[1]) for row in snapshot.execute(select(_D.branch_id, _D.day_on))]


def list_new_day(tx: Tx, branch_id: int, on: date) -> None:
    """Bring the rows of a branch to a new day: only what is due about it moves."""
    tx.flush()
    before = listed_day(tx.connection, branch_id)
    if before is None:
        list_all_anew(tx, branch_id, on)
        return
    _mark(tx, branch_id, on)
    at = {"the_branch": branch_id, "old_day": before, "new_day": on}
    tx.connection.execute(_day_setter(), at)


def list_whole_day(tx: Tx, branch_id: int, on: date) -> None:
    """The same with a look at every loan of the branch."""
    tx.flush()
    _mark(tx, branch_id, on)
    tx.connection.execute(_update(select(_P.loan_id).where(_P.branch_id == branch_id)))


def list_all_anew(tx: Tx, branch_id: int, on: date) -> None:
    """Make all rows of a branch from what stands in the tables."""
    tx.flush()
    _mark(tx, branch_id, on)
    mine = _P.branch_id == branch_id
    for table in (loan_list, loan_search):
        tx.connection.execute(delete(table).where(table.c.branch_id == branch_id))
        tx.connection.execute(_insert(table, mine))


def differing(snapshot: Snapshot) -> Sequence[tuple[str, int]]:
    """(table, loan) of every row that is not what stands in the tables, a thousand at the most."""
    made: list[tuple[str, int]] = []
    marked = select(_D.branch_id)
    for table in (loan_list, loan_search):
        must = _rows(table, _P.branch_id.in_(marked))
        stands = select(table)
        for one, two in ((must, stands), (stands, must)):
            apart = one.except_(two).subquery()
            query = select(apart.c.loan_id).distinct().limit(1000)
            made += [(table.name, row[0]) for row in snapshot.execute(query)]
    return sorted(set(made))


def _mark(tx: Tx, branch_id: int, on: date) -> None:
    row: Row = {"branch_id": branch_id, "day_on": on, "before_on": on - _ONE_DAY}
    tx.connection.execute(delete(list_days).where(_D.branch_id == branch_id))
    tx.connection.execute(insert(list_days), [row])


@cache
def _day_setter() -> Any:
    return _update(_moved())


def _moved() -> Any:
    """Loans for which a new day makes a difference: with a due, or a charge, since the old one."""
    branch_id: ColumnElement[int] = bindparam("the_branch", type_=Id)
    before: ColumnElement[date] = bindparam("old_day", type_=Date)
    on: ColumnElement[date] = bindparam("new_day", type_=Date)
    due = select(_LIST.loan_id).where(
        _LIST.branch_id == branch_id,
        _LIST.listed == literal_column("1"),
        _LIST.due_minor > 0,
    )
    lines = select(_I.loan_id).where(
        _I.due_on >= before, _I.due_on <= on, _I.unpaid_minor > literal_column("0")
    )
    charges = select(_E.subject_id).where(
        _E.branch_id == branch_id,
        _E.booked_on >= before,
        _E.kind == literal_column(f"'{EventKind.CHARGE.value}'"),
        _E.subject_kind == LOAN,
    )
    return due.union(lines, charges)


# -- the rows as they must stand ---------------------------------------------------------------


def _columns(table: Table) -> dict[str, ColumnElement[Any]]:
    return _search_columns() if table is loan_search else _list_columns()


@cache
def _search_columns() -> dict[str, ColumnElement[Any]]:
    line, none = literal("\n"), literal("")
    words = (
        _W.find_text
        + line
        + func.lower(_L.number)
        + line
        + func.coalesce(func.lower(_G.title), none)
        + line
        + func.coalesce(func.lower(_G.centre), none)
        + _END
    )
    return {
        "loan_id": _L.id,
        "branch_id": _P.branch_id,
        "ended": case((_P.status == ACTIVE, 0), else_=1),
        "number": _L.number,
        "words": words,
    }


@cache
def _list_columns() -> dict[str, ColumnElement[Any]]:
    before, day = _marked(_D.before_on), _marked(_D.day_on)
    arrears = unpaid_by(_P.loan_id, before)
    due = unpaid_by(_P.loan_id, day) - arrears
    late = and_(_P.status == ACTIVE, _P.next_unsettled_due_on < day)
    return {
        "loan_id": _L.id,
        "branch_id": _P.branch_id,
        "currency": _L.currency,
        "number": _L.number,
        "borrower": func.lower(_W.full_name),
        "village": func.lower(_W.village),
        "phone": _W.phone,
        "party_id": _L.party_id,
        "product_id": _L.product_id,
        "product": func.lower(products.c.title),
        "officer_id": _P.officer_id,
        "officer": func.lower(users.c.full_name),
        "disbursed_on": _L.disbursed_on,
        "amount_minor": _L.principal_minor,
        "status": _P.status,
        "outstanding_minor": _P.principal_minor,
        "since_on": _P.next_unsettled_due_on,
        "npa_since_on": _P.npa_since_on,
        "late_on": case((_P.next_unsettled_due_on < day, _P.next_unsettled_due_on), else_=None),
        "last_paid_on": _P.last_paid_on,
        "arrears_minor": arrears,
        "due_minor": due,
        "principal_late_minor": principal_unpaid_by(_P.loan_id, before),
        "late": case((late, 1), else_=0),
        "listed": case((or_(late, and_(_P.status == ACTIVE, due > 0)), 1), else_=0),
    }


def _marked(column: ColumnElement[Any]) -> Any:
    """A day of the mark of the loan's branch."""
    return (
        select(column).where(_D.branch_id == _P.branch_id).correlate_except(list_days)
    ).scalar_subquery()


def _joined() -> Any:
    return (
        loans.join(loan_positions, _P.loan_id == _L.id)
        .join(parties, _W.id == _L.party_id)
        .join(products, products.c.id == _L.product_id)
        .outerjoin(users, users.c.id == _P.officer_id)
        .outerjoin(groups, _G.id == _L.group_id)
    )


def _rows(table: Table, where: Where) -> Select[Any]:
    columns = _columns(table)
    shown = [columns[column.name].label(column.name) for column in table.columns]
    return select(*shown).select_from(_joined()).where(where)


def _insert(table: Table, where: Where) -> Any:
    names = [column.name for column in table.columns]
    return insert(table).from_select(names, _rows(table, where))


def _update(wanted: Any) -> Any:
    """Set what moves with the days of the loans with these ids: their lines are read once."""
    before, day = _marked(_D.before_on), _marked(_D.day_on)
    lines = _lines_of(wanted)
    of = lines.c
    arrears = func.coalesce(of.arrears, 0) + dated_unpaid(_P.loan_id, before)
    by_day = func.coalesce(of.by_day, 0) + dated_unpaid(_P.loan_id, day)
    stands = (
        select(
            *(_P.loan_id, _P.status, _P.next_unsettled_due_on.label("since_on")),
            *(day.label("day_on"), arrears.label("arrears"), by_day.label("by_day")),
            func.coalesce(of.principal_late, 0).label("principal_late"),
        )
        .select_from(loan_positions.outerjoin(lines, of.loan_id == _P.loan_id))
        .where(_P.loan_id.in_(wanted))
        .cte("stands")
        .prefix_with("MATERIALIZED")
    )
    one = stands.c
    late = and_(one.status == ACTIVE, one.since_on < one.day_on)
    listed = or_(late, and_(one.status == ACTIVE, one.by_day > one.arrears))
    values = {
        "late_on": case((one.since_on < one.day_on, one.since_on), else_=None),
        "arrears_minor": one.arrears,
        "due_minor": one.by_day - one.arrears,
        "principal_late_minor": one.principal_late,
        "late": case((late, 1), else_=0),
        "listed": case((listed, 1), else_=0),
    }
    return update(loan_list).where(_LIST.loan_id == one.loan_id).values(**values)


def _lines_of(wanted: Any) -> Any:
    """What is unpaid of the lines due by the marked day, and by the day before, of each loan."""
    day, before = _D.day_on, _D.before_on
    left = _I.principal_minor - _I.paid_principal_minor
    part = case((left > _I.unpaid_minor, _I.unpaid_minor), else_=left)
    late = _I.due_on <= before
    return (
        select(
            _I.loan_id,
            func.sum(case((late, _I.unpaid_minor), else_=0)).label("arrears"),
            func.sum(_I.unpaid_minor).label("by_day"),
            func.sum(case((late, part), else_=0)).label("principal_late"),
        )
        .select_from(
            instalments.join(loan_positions, _P.loan_id == _I.loan_id).join(
                list_days, _D.branch_id == _P.branch_id
            )
        )
        .where(_I.loan_id.in_(wanted), _I.unpaid_minor > literal_column("0"), _I.due_on <= day)
        .group_by(_I.loan_id)
        .cte("unpaid_lines")
        .prefix_with("MATERIALIZED")
    )


def _renamer(table: Table, names: tuple[str, ...], of: Select[Any]) -> Any:
    made = _columns(table)
    own = select(*(made[name].label(name) for name in names)).select_from(_joined())
    return _set_from(table, names, own, _L.id.in_(of))


def _set_from(table: Table, names: tuple[str, ...], own: Select[Any], where: Where) -> Any:
    """Set columns of rows from one row of a query of the same loan."""
    fresh = own.add_columns(_L.id.label("of_loan")).where(where).subquery("fresh")
    values = {name: fresh.c[name] for name in names}
    return update(table).where(table.c.loan_id == fresh.c.of_loan).values(**values)


@cache
def _inserter(table: Table, dialect: str) -> Any:
    return _flat(_insert(table, _L.id == _ONE), dialect)


@cache
def _setter(dialect: str) -> Any:
    made = _list_columns()
    own = select(*(made[name].label(name) for name in _STANDS)).select_from(_joined())
    return _flat(_set_from(loan_list, _STANDS, own, _L.id == _ONE), dialect)


@cache
def _ender(dialect: str) -> Any:
    """A loan that ended is found after those that run; untouched where that is as before."""
    s = loan_search.c
    ended = select(case((_P.status == ACTIVE, 0), else_=1)).where(_P.loan_id == _ONE)
    now = ended.scalar_subquery()
    one = update(loan_search).where(s.loan_id == _ONE, s.ended != now).values(ended=now)
    return _flat(one, dialect)


def _flat(statement: Any, dialect: str) -> Any:
    """In a file the statement as text: to find a long one among the compiled costs more than it."""
    if dialect != "sqlite":
        return statement
    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
    known = {name: value for name, value in compiled.params.items() if value is not None}
    return text(str(compiled)).bindparams(**known)
