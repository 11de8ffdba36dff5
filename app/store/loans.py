"""Loans as handlers need them: locked, with their facts, and what is derived written back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy import bindparam, func, select, true

from app.domain.allocation import Head
from app.domain.events import Event, EventKind
from app.store.details import read_detail
from app.store.loan_terms import newest
from app.store.schema.lists import list_days
from app.store.schema.loans import events, loan_officers, loan_positions, loans
from app.store.schema.system import business_days
from app.store.store import Snapshot
from app.store.tx import Tx


@dataclass(frozen=True, slots=True)
class LoanRecord:
    """A loan as it was made, with where it stands now."""

    loan_id: int
    number: str
    branch_id: int  # where it is now
    party_id: int
    product_id: int
    application_id: int
    currency: str
    principal_minor: int
    disbursed_on: date
    terms: str  # canonical JSON
    status: str
    officer_id: int
    as_on: date | None  # of what is derived, where the loan moves with the days
    listed_on: date | None = None  # the day that its rows of lists are of


_L, _P, _E, _D, _LISTED = loans.c, loan_positions.c, events.c, business_days.c, list_days.c
_COLUMNS = (
    *(_L.id, _L.number, _P.branch_id, _L.party_id, _L.product_id, _L.application_id),
    *(
        _L.currency,
        _L.principal_minor,
        _L.disbursed_on,
        newest("terms"),
        _P.status,
        _P.officer_id,
        _P.as_on,
    ),
    select(_LISTED.day_on)
    .where(_LISTED.branch_id == _P.branch_id)
    .correlate(loan_positions)
    .scalar_subquery()
    .label("listed_on"),
)
_BOTH = loans.join(loan_positions, _P.loan_id == _L.id)
_WANTED = _L.id.in_(bindparam("ids", expanding=True))
_LOANS = select(*_COLUMNS).select_from(_BOTH).where(_WANTED).order_by(_L.id)
_KINDS = MappingProxyType({kind.value: kind for kind in EventKind})

# Whoever books shares the open day, so that it cannot be closed before the booking is done.
_OPEN_DAY = (
    select(_D.id)
    .where(_D.branch_id == bindparam("branch"), _D.state == "open")
    .with_for_update(read=True)
)
_DAY = _OPEN_DAY.subquery()
_LOCKED = (
    select(*_COLUMNS, _DAY.c.id.label("day_id"))
    .select_from(_BOTH.outerjoin(_DAY, true()))
    .where(_WANTED)
    .order_by(_L.id)
    .with_for_update(of=loans)
)
_EVENTS = (
    select(
        *(_E.id, _E.subject_id, _E.kind, _E.value_on, _E.booked_on),
        *(_E.head, _E.amount_minor, _E.of_id, _E.title, _E.detail),
    )
    .where(
        _E.subject_kind == "loan",
        _E.subject_id.in_(bindparam("ids", expanding=True)),
        _E.kind.in_([kind.value for kind in EventKind]),
    )
    .order_by(_E.subject_id, _E.id)
)


def lock_loans(tx: Tx, ids: Iterable[int], branch_id: int) -> tuple[dict[int, LoanRecord], bool]:
    """Lock loans in the order of their ids and share the branch's open day.

    Returns those that exist, and whether a day is open still.
    """
    wanted = sorted(set(ids))
    found = tx.connection.execute(_LOCKED, {"ids": wanted, "branch": branch_id}).all()
    opened = any(row.day_id is not None for row in found)
    records = [LoanRecord(*tuple(row)[: len(_COLUMNS)]) for row in found]
    return {record.loan_id: record for record in records}, opened


def share_open_day(tx: Tx, branch_id: int) -> bool:
    """Whether a day is open; it stays so until the end of this transaction."""
    return tx.connection.execute(_OPEN_DAY, {"branch": branch_id}).first() is not None


def loans_by_id(snapshot: Snapshot, ids: Iterable[int]) -> dict[int, LoanRecord]:
    """Loans without a lock, for reading."""
    found = snapshot.execute(_LOANS, {"ids": sorted(set(ids))})
    return {row[0]: LoanRecord(*tuple(row)) for row in found}


def events_of(snapshot: Snapshot, ids: Iterable[int]) -> dict[int, list[Event]]:
    """The facts of each loan as the engine reads them, in the order of their ids."""
    made: dict[int, list[Event]] = defaultdict(list)
    for row in snapshot.execute(_EVENTS, {"ids": list(ids)}).all():
        ref, loan_id, kind, on, booked_on, head, amount, of, title, told = row
        detail = read_detail(told)
        made[loan_id].append(
            Event(
                _KINDS[kind],
                on,
                booked_on,
                ref,
                amount or 0,
                Head(head) if head else None,
                of,
                title or "",
                detail.opening,
                detail.annual_rate,
                detail.replan,
            )
        )
    return made


def count_numbers(snapshot: Snapshot, prefix: str) -> int:
    """How many loan numbers begin with a prefix; loans are never deleted."""
    query = select(func.count()).where(_L.number.startswith(prefix, autoescape=True))
    return int(snapshot.scalar(query) or 0)


def loan_ids(snapshot: Snapshot, branch_id: int | None = None) -> Sequence[int]:
    """Every loan (that is in a branch now), by id."""
    query = select(_L.id).order_by(_L.id)
    if branch_id is not None:
        query = query.select_from(_BOTH).where(_P.branch_id == branch_id)
    return snapshot.execute(query).scalars().all()


def outstanding_of_party(snapshot: Snapshot, party_id: int, currency: str) -> int:
    """Principal that a party has not repaid yet, over all its loans of a currency."""
    query = (
        select(func.coalesce(func.sum(_P.principal_minor), 0))
        .select_from(_BOTH)
        .where(_L.party_id == party_id, _L.currency == currency)
    )
    return int(snapshot.scalar(query) or 0)


def old_numbers(snapshot: Snapshot, branch_id: int, numbers: Iterable[str]) -> frozenset[str]:
    """Which of these numbers, given elsewhere, loans of the branch had before."""
    wanted = sorted(set(numbers))
    query = select(_L.old_number).where(_L.branch_id == branch_id, _L.old_number.in_(wanted))
    return frozenset(snapshot.execute(query).scalars())


def loans_of_party(snapshot: Snapshot, party_id: int, status: str) -> Sequence[int]:
    """The loans of a party with a status, by id."""
    query = (
        select(_L.id)
        .select_from(_BOTH)
        .where(_L.party_id == party_id, _P.status == status)
        .order_by(_L.id)
    )
    return snapshot.execute(query).scalars().all()


def records_of(snapshot: Snapshot, ids: Sequence[int]) -> Sequence[LoanRecord]:
    """Loans by id with the branch where they were made, even where nothing is derived of them."""
    columns = (
        *(_L.id, _L.number, _L.branch_id, _L.party_id, _L.product_id, _L.application_id),
        *(_L.currency, _L.principal_minor, _L.disbursed_on, newest("terms")),
        *(func.coalesce(_P.status, ""), func.coalesce(_P.officer_id, 0), _P.as_on),
    )
    query = (
        select(*columns)
        .select_from(loans.outerjoin(loan_positions, _P.loan_id == _L.id))
        .where(_L.id.in_(ids))
        .order_by(_L.id)
    )
    return [LoanRecord(*tuple(row)) for row in snapshot.execute(query)]


def officers_of(snapshot: Snapshot, ids: Sequence[int]) -> dict[int, int]:
    """The officer who cares for each loan by its facts: the one named last."""
    o = loan_officers.c
    query = select(o.loan_id, o.officer_id).where(o.loan_id.in_(ids)).order_by(o.id)
    return {row[0]: row[1] for row in snapshot.execute(query)}
