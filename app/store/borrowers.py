"""How late borrowers are: the spans with arrears of all their loans, and interest not received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from app.domain.ageing import NPA_DAYS
from app.domain.borrower import Arrears
from app.domain.events import EventKind
from app.store.arrears import ACTIVE, LOAN
from app.store.days import RunningLine
from app.store.loan_terms import newest
from app.store.schema.loans import events, instalments, loan_positions, loans
from app.store.schema.loans import position_spans as spans
from app.store.store import Snapshot

_E, _I, _L, _P, _S = events.c, instalments.c, loans.c, loan_positions.c, spans.c
_MOST_IDS = 900
_NPA = timedelta(NPA_DAYS)
# What only receipts and their reversals happened to is told by its lines.
_PLAIN = [
    kind.value
    for kind in (
        EventKind.DISBURSEMENT,
        EventKind.RECEIPT,
        EventKind.REVERSAL,
        EventKind.CHARGE,
    )
]
Spans = dict[int, list[tuple[int, Arrears]]]  # by borrower, with the loan


class Borrowed(NamedTuple):
    """A running loan of a borrower; `plain` says that its lines tell what it was paid."""

    loan_id: int
    party_id: int
    product_id: int
    currency: str
    principal_minor: int
    plain: bool


def late_now(branch_id: int, day: date) -> Select[Any]:
    """Borrowers with anything due by the end of a day unpaid, as the loans stand now."""
    query = select(_L.party_id).where(
        _L.id == _P.loan_id,
        _P.branch_id == branch_id,
        _P.status == ACTIVE,
        _P.next_unsettled_due_on <= day,
    )
    return query.correlate(None)


def late_then(branch_id: int, day: date) -> Select[Any]:
    """The same at the end of a day that has passed."""
    query = select(_L.party_id).where(
        _L.id == _S.loan_id,
        _P.loan_id == _S.loan_id,
        _P.branch_id == branch_id,
        _S.from_on <= day,
        or_(_S.to_on.is_(None), _S.to_on >= day),
        _S.next_unsettled_due_on <= day,
    )
    return query.correlate(None)


def maybe_npas(snapshot: Snapshot, branch_id: int, day: date, late: Select[Any]) -> Collection[int]:
    """Of borrowers who are late on a day those of whom some loan ever was an NPA by then."""
    reached = case(
        (_S.to_on.is_(None), literal(day - _NPA, Date)), else_=_days_before(snapshot, _S.to_on)
    )
    query = (
        select(_L.party_id)
        .distinct()
        .select_from(
            spans.join(loans, _L.id == _S.loan_id).join(loan_positions, _P.loan_id == _S.loan_id)
        )
        .where(
            _P.branch_id == branch_id,
            _S.from_on <= day,
            _S.next_unsettled_due_on.is_not(None),
            or_(_S.npa_since_on.is_not(None), _S.next_unsettled_due_on <= reached),
            _L.party_id.in_(late),
        )
    )
    return snapshot.execute(query).scalars().all()


def _days_before(snapshot: Snapshot, on: ColumnElement[Any]) -> ColumnElement[Any]:
    """The day that lies as long before another as a loan is late when it becomes an NPA."""
    if snapshot.dialect.name == "sqlite":
        return func.date(on, f"-{NPA_DAYS} days")
    return on - NPA_DAYS


def arrears_spans(
    snapshot: Snapshot, branch_id: int, day: date, parties: Select[Any] | Collection[int]
) -> Spans:
    """The spans that end with arrears, up to a day, of all loans of these borrowers here."""
    made: Spans = defaultdict(list)
    for some in _parts(parties):
        query = (
            select(
                *(_L.party_id, _S.loan_id, _S.from_on, _S.to_on),
                *(_S.next_unsettled_due_on, _S.npa_since_on),
            )
            .select_from(
                spans.join(loans, _L.id == _S.loan_id).join(
                    loan_positions, _P.loan_id == _S.loan_id
                )
            )
            .where(
                _P.branch_id == branch_id,
                _S.from_on <= day,
                _S.next_unsettled_due_on <= func.coalesce(_S.to_on, day),
                _L.party_id.in_(some),
            )
        )
        for party_id, loan_id, *span in snapshot.execute(query):
            made[party_id].append((loan_id, Arrears._make(span)))
    return made


def borrowed(snapshot: Snapshot, branch_id: int, parties: Collection[int]) -> list[Borrowed]:
    """The running loans of these borrowers."""
    changed = exists().where(
        _E.subject_kind == LOAN, _E.subject_id == _L.id, _E.kind.not_in(_PLAIN)
    )
    made: list[Borrowed] = []
    for some in _parts(parties):
        query = (
            select(
                *(_L.id, _L.party_id, _L.product_id, _L.currency, _P.principal_minor),
                and_(~changed, _L.old_number.is_(None)),
            )
            .select_from(loans.join(loan_positions, _P.loan_id == _L.id))
            .where(_P.branch_id == branch_id, _P.status == ACTIVE, _L.party_id.in_(some))
        )
        made += (Borrowed._make((*row[:5], bool(row[5]))) for row in snapshot.execute(query))
    return made


def due_less_paid(snapshot: Snapshot, ids: Collection[int], on: date) -> dict[int, int]:
    """Interest of the lines due by the end of a day less all interest that was paid, by loan."""
    due = func.sum(case((_I.due_on <= on, _I.interest_minor), else_=0))
    made: dict[int, int] = {}
    for some in _parts(ids):
        query = (
            select(_I.loan_id, due - func.sum(_I.paid_interest_minor))
            .where(_I.loan_id.in_(some))
            .group_by(_I.loan_id)
        )
        made |= {row[0]: int(row[1]) for row in snapshot.execute(query)}
    return made


def running_of(
    snapshot: Snapshot, ids: Collection[int], on: date
) -> Iterator[tuple[int, RunningLine]]:
    """The lines of some loans that began before the end of a day and fall due after it."""
    for some in _parts(ids):
        query = (
            select(
                *(_I.loan_id, _L.product_id, _L.currency),
                *(newest("interest_mode"), newest("interest_to_minor")),
                *(_I.interest_minor, _I.from_on, _I.due_on),
            )
            .select_from(instalments.join(loans, _L.id == _I.loan_id))
            .where(_I.loan_id.in_(some), _I.from_on < on, _I.due_on > on)
        )
        for loan_id, *line in snapshot.execute(query):
            yield loan_id, RunningLine(*line)


def parties_of(snapshot: Snapshot, loan_ids: Collection[int]) -> Mapping[int, int]:
    """The borrower of each of some loans."""
    made: dict[int, int] = {}
    for some in _parts(loan_ids):
        found = snapshot.execute(select(_L.id, _L.party_id).where(_L.id.in_(some)))
        made |= {row[0]: row[1] for row in found}
    return made


def loan_numbers(snapshot: Snapshot, loan_ids: Collection[int]) -> Sequence[str]:
    """The numbers of some loans, in order."""
    query = select(_L.number).where(_L.id.in_(list(loan_ids))).order_by(_L.number)
    return snapshot.execute(query).scalars().all()


def _parts(ids: Select[Any] | Collection[int]) -> Iterator[Any]:
    """A question as it is; ids in lists that a database takes."""
    if isinstance(ids, Select):
        yield ids
        return
    left = iter(sorted(ids))
    while some := list(islice(left, _MOST_IDS)):
        yield some
