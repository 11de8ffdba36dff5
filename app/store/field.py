"""Visits as SQL: an officer's day, the story of a loan, when somebody was last spoken to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, case, func, or_, select

from app.store.arrears import LOAN
from app.store.loan_terms import newest
from app.store.loans import LoanRecord, loans_by_id
from app.store.schema.field import promises, visits
from app.store.schema.loans import events, instalments, loan_positions, loans
from app.store.schema.people import parties, products
from app.store.schema.system import users
from app.store.store import Snapshot
from app.store.tx import Row, Tx

PLANNED, DONE = "planned", "done"
VISIT, PROMISE = "visit", "promise"  # kinds of subjects of events

_E, _I, _L, _P = events.c, instalments.c, loans.c, loan_positions.c
_M, _V, _W = promises.c, visits.c, parties.c


def last_contact(loan_id: ColumnElement[Any], by: date) -> ColumnElement[date | None]:
    """The latest day somebody went to see the borrower or took a promise, up to a day."""
    seen = (
        select(func.max(_V.visit_on))
        .where(_V.loan_id == loan_id, _V.state == DONE, _V.visit_on <= by)
        .correlate_except(visits)
        .scalar_subquery()
    )
    told = (
        select(func.max(_M.made_on))
        .where(_M.loan_id == loan_id, _M.made_on <= by)
        .correlate_except(promises)
        .scalar_subquery()
    )
    return case((seen.is_(None), told), (told.is_(None), seen), (seen > told, seen), else_=told)


def last_contacts(snapshot: Snapshot, loan_ids: Sequence[int], by: date) -> dict[int, date]:
    """The latest contact of each loan that had one."""
    query = select(_L.id, last_contact(_L.id, by)).where(_L.id.in_(loan_ids))
    return {row[0]: row[1] for row in snapshot.execute(query) if row[1] is not None}


def loan_heads(snapshot: Snapshot, loan_ids: Iterable[int]) -> dict[int, RowMapping]:
    """Who and where, and how the loan stands by the latest knowledge; by loan id."""
    joined = (
        loans.join(loan_positions, _P.loan_id == _L.id)
        .join(parties, _W.id == _L.party_id)
        .join(products, products.c.id == _L.product_id)
        .outerjoin(users, users.c.id == _P.officer_id)
    )
    query = (
        select(
            *(_L.id.label("loan_id"), _L.number, _L.currency, products.c.rule_set),
            *(_P.branch_id, _P.status, _P.officer_id, users.c.full_name.label("officer")),
            *(_P.next_unsettled_due_on, _P.npa_since_on, _P.principal_minor),
            *(_W.full_name, _W.local_name, _W.village, _W.house, _W.phone),
            _W.number.label("member_number"),
        )
        .select_from(joined)
        .where(_L.id.in_(sorted(set(loan_ids))))
    )
    return {row["loan_id"]: row for row in snapshot.execute(query).mappings()}


def loan_terms(snapshot: Snapshot, loan_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The terms of loans as stored, with the currency."""
    query = select(_L.id, newest("terms"), _L.currency).where(_L.id.in_(sorted(loan_ids)))
    return {row[0]: (row[1], row[2]) for row in snapshot.execute(query)}


def visits_of(snapshot: Snapshot, branch_id: int, officer_id: int, on: date) -> list[Row]:
    """An officer's stops of a day, in order."""
    query = _day(branch_id, officer_id, on)
    return [dict(row) for row in snapshot.execute(query).mappings()]


def planned_loans(snapshot: Snapshot, branch_id: int, on: date) -> frozenset[int]:
    """Loans that somebody already means to visit that day, or has visited."""
    query = select(_V.loan_id).where(_V.branch_id == branch_id, _V.visit_on == on)
    return frozenset(snapshot.execute(query).scalars())


def lock_visits(tx: Tx, branch_id: int, officer_id: int, on: date) -> list[Row]:
    """The officer's stops of a day, in order; nobody else plans this officer's days meanwhile."""
    tx.locked(users, officer_id)
    return visits_of(tx.connection, branch_id, officer_id, on)


def lock_loan(tx: Tx, loan_id: int) -> LoanRecord | None:
    """The loan, locked until the end so that nobody makes another promise on it meanwhile."""
    tx.one(select(_L.id).where(_L.id == loan_id).with_for_update())
    return loans_by_id(tx.connection, [loan_id]).get(loan_id)


def count_visits(
    snapshot: Snapshot, branch_id: int, state: str, first: date, last: date, officer_id: int | None
) -> int:
    """How many stops of a period are in a state."""
    query = select(func.count()).where(
        _V.branch_id == branch_id, _V.state == state, _V.visit_on.between(first, last)
    )
    if officer_id is not None:
        query = query.where(_V.officer_id == officer_id)
    return int(snapshot.scalar(query) or 0)


def story_of(snapshot: Snapshot, loan_id: int, limit: int) -> Sequence[RowMapping]:
    """The latest things that happened to a loan and around it, the newest first."""
    seen = select(_V.id).where(_V.loan_id == loan_id)
    promised = select(_M.id).where(_M.loan_id == loan_id)
    about = or_(
        and_(_E.subject_kind == LOAN, _E.subject_id == loan_id),
        and_(_E.subject_kind == VISIT, _E.subject_id.in_(seen)),
        and_(_E.subject_kind == PROMISE, _E.subject_id.in_(promised)),
    )
    query = (
        select(
            *(_E.id, _E.subject_kind, _E.subject_id, _E.kind, _E.value_on, _E.recorded_at),
            *(_E.amount_minor, _E.currency, _E.title, users.c.full_name.label("who")),
            *(_V.outcome, _V.note.label("visit_note"), _M.note.label("promise_note")),
            _M.promised_on,
        )
        .select_from(
            events.outerjoin(users, users.c.id == _E.user_id)
            .outerjoin(visits, and_(_E.subject_kind == VISIT, _V.id == _E.subject_id))
            .outerjoin(promises, and_(_E.subject_kind == PROMISE, _M.id == _E.subject_id))
        )
        .where(about)
        .order_by(_E.value_on.desc(), _E.recorded_at.desc(), _E.id.desc())
        .limit(limit)
    )
    return snapshot.execute(query).mappings().all()


def lines_of(snapshot: Snapshot, loan_id: int) -> Sequence[RowMapping]:
    """What each line of a schedule asks and still lacks, in order."""
    asked = _I.principal_minor + _I.interest_minor + _I.charge_minor + _I.penalty_minor
    query = (
        select(_I.number, _I.due_on, _I.unpaid_minor, asked.label("asked_minor"))
        .where(_I.loan_id == loan_id)
        .order_by(_I.due_on, _I.number)
    )
    return snapshot.execute(query).mappings().all()


def officer(snapshot: Snapshot, officer_id: int) -> RowMapping | None:
    """A user by id, with whether active."""
    query = select(users.c.id, users.c.full_name, users.c.active).where(users.c.id == officer_id)
    return snapshot.execute(query).mappings().first()


def _day(branch_id: int, officer_id: int, on: date) -> Select[Any]:
    return (
        select(visits)
        .where(_V.branch_id == branch_id, _V.officer_id == officer_id, _V.visit_on == on)
        .order_by(_V.place, _V.id)
    )
