"""The terms that a loan is made by: as it was made, or as they were put right since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, exists, func, or_, select

from app.store.schema.loans import loans
from app.store.schema.system import users
from app.store.schema.terms import loan_terms
from app.store.store import Snapshot

_L, _T = loans.c, loan_terms.c
FIRST = 1  # the row of the loan itself


def newest(name: str) -> ColumnElement[Any]:
    """A column of the terms in force, for a query of loans."""
    later = (
        select(_T[name])
        .where(_T.loan_id == _L.id)
        .order_by(_T.number.desc())
        .limit(1)
        .correlate(loans)
        .scalar_subquery()
    )
    return func.coalesce(later, _L[name]).label(name)


def holds(
    name: str, of_loan: ColumnElement[bool], loan_id: ColumnElement[Any] = _L.id
) -> ColumnElement[bool]:
    """Whether a mark of the terms in force is set; `of_loan` says it of terms never put right."""
    later = loan_terms.alias("later")
    put_right = select(_T.loan_id)
    marked = select(_T.loan_id).where(
        _T[name].is_(True),
        ~exists().where(later.c.loan_id == _T.loan_id, later.c.number > _T.number),
    )
    return or_(loan_id.in_(marked), and_(loan_id.not_in(put_right), of_loan))


def put_right_since(snapshot: Snapshot, branch_id: int, day: date) -> frozenset[int]:
    """Loans of a branch whose terms were put right after a day."""
    joined = loan_terms.join(loans, _L.id == _T.loan_id)
    query = (
        select(_T.loan_id)
        .select_from(joined)
        .where(_T.booked_on > day, _L.branch_id == branch_id)
        .distinct()
    )
    return frozenset(snapshot.execute(query).scalars())


def believed_on(snapshot: Snapshot, ids: Iterable[int], day: date) -> dict[int, str]:
    """The terms that were believed at the end of a day, of the loans that have others by now."""
    wanted = sorted(set(ids))
    query: Select[Any] = (
        select(_T.loan_id, _T.terms, _T.booked_on, _L.terms.label("made_by"))
        .select_from(loan_terms.join(loans, _L.id == _T.loan_id))
        .where(_T.loan_id.in_(wanted))
        .order_by(_T.loan_id, _T.number)
    )
    made: dict[int, str] = {}
    for loan_id, terms, booked_on, made_by in snapshot.execute(query):
        made.setdefault(loan_id, made_by)
        if booked_on <= day:
            made[loan_id] = terms
    return made


def versions_of_terms(snapshot: Snapshot, loan_id: int) -> Sequence[RowMapping]:
    """What was put right in a loan's terms, by whom and why, in the order of the corrections."""
    query = (
        select(loan_terms, users.c.full_name.label("by"))
        .select_from(loan_terms.outerjoin(users, users.c.id == _T.user_id))
        .where(_T.loan_id == loan_id)
        .order_by(_T.number)
    )
    return snapshot.execute(query).mappings().all()


def count_versions(snapshot: Snapshot, loan_id: int) -> int:
    """How many versions of a loan's terms there are, with the one it was made by."""
    query = select(func.count()).where(_T.loan_id == loan_id)
    return FIRST + int(snapshot.scalar(query) or 0)


def loan_as_made(snapshot: Snapshot, loan_id: int) -> RowMapping | None:
    """The loan's own row: its first terms, and when and by whose hand it came."""
    query = select(loans).where(_L.id == loan_id)
    return snapshot.execute(query).mappings().first()
