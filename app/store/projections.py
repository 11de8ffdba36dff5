"""What is derived of a loan, written where it differs from what was derived before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select

from app.domain.loan import Allocation, LinePaid, Projection, Span
from app.store.earning import Earns, write_lines
from app.store.listed_changes import can_tell, list_changes
from app.store.listing import add_to_lists, refresh_lists
from app.store.schema.loans import (
    allocations,
    instalments,
    loan_positions,
    loans,
    position_spans,
)
from app.store.store import Snapshot
from app.store.tx import Row, Tx

PROJECTIONS: Mapping[Table, tuple[str, ...]] = {
    loan_positions: ("loan_id",),
    instalments: ("loan_id", "number"),
    position_spans: ("loan_id", "from_on"),
    allocations: ("loan_id", "place"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Whose projection it is: the loan, the branch it is in, the officer who cares for it.

    `moves` says that its figures move with the days, and that the projection is of its `as_on`;
    of one that does not, `earns` says how its lines earn. `listed_on` is the day its rows of
    lists are of, where that is known.
    """

    loan_id: int
    branch_id: int
    officer_id: int
    moves: bool = False
    earns: Earns | None = None
    listed_on: date | None = None


def write_projection(  # what stood, what stands, and how each earned
    tx: Tx,
    place: Place,
    before: Projection | None,
    after: Projection,
    *,
    anew: bool = False,
    was: Place | None = None,
) -> None:
    """Write the rows that differ from `before`; all of them where that is None.

    `was` is the place before, where the loan earns or moves otherwise now.
    """
    position = position_row(place, after)
    if before is None:
        tx.project(loan_positions, [position])
        add_to_lists(tx, place.loan_id)
    else:
        stood = position_row(place, before)
        if anew or stood != position:
            tx.set_rows(loan_positions, PROJECTIONS[loan_positions], [position])
        if anew or was is not None or not _told(place, before, after):
            refresh_lists(tx, place.loan_id)
        elif place.listed_on is not None:
            two = (stood, before.position), (position, after.position)
            list_changes(tx, place.listed_on, *two)
    loan_id = place.loan_id
    for table, kept, row_of in _PARTS:
        _write(tx, table, kept(before) if before else {}, kept(after), loan_id, row_of)
    _count(tx, place, before, after, was or place)


def _told(place: Place, before: Projection, after: Projection) -> bool:
    """Whether what moved in lists can be told without reading."""
    plain = place.listed_on is not None and not place.moves
    return plain and can_tell(before.position) and can_tell(after.position)


def _count(tx: Tx, place: Place, before: Projection | None, after: Projection, was: Place) -> None:
    """Keep up what the day's interest is read from."""
    lines = before.position.lines if before else ()
    at = (place.branch_id, place.loan_id)
    write_lines(tx, at, (was.earns, lines), (place.earns, after.position.lines))


def _write(
    tx: Tx,
    table: Table,
    was: Mapping[Any, Any],
    now: Mapping[Any, Any],
    loan_id: int,
    row_of: Callable[[int, Any, Any], Row],
) -> None:
    keys = PROJECTIONS[table]
    new, moved = [], []
    for key, item in now.items():
        if key not in was:
            new.append(row_of(loan_id, key, item))
        elif was[key] != item:
            moved.append(row_of(loan_id, key, item))
    gone = [row_of(loan_id, key, item) for key, item in was.items() if key not in now]
    tx.project(table, new)
    tx.set_rows(table, keys, moved)
    tx.drop_rows(table, keys, gone)


def rows_of(place: Place, projection: Projection) -> dict[str, list[Row]]:
    """Every row of a projection by table, as it must stand."""
    made = {loan_positions.name: [position_row(place, projection)]}
    for table, kept, row_of in _PARTS:
        items = kept(projection).items()
        made[table.name] = [row_of(place.loan_id, key, item) for key, item in items]
    return made


def position_row(place: Place, projection: Projection) -> Row:
    """Where the loan stands by the latest knowledge."""
    position, last = projection.position, projection.spans[-1]
    paid = [receipt.on for receipt in position.receipts if not receipt.reversed]
    settled = [line.settled_on for line in position.lines if line.settled_on is not None]
    closed = position.status != "active"
    return {
        "loan_id": place.loan_id,
        "branch_id": place.branch_id,
        "officer_id": place.officer_id,
        "status": position.status,
        "principal_minor": position.principal_outstanding,
        "excess_minor": position.excess,
        "next_unsettled_due_on": last.next_unsettled_due_on,
        "npa_since_on": last.npa_since_on,
        "last_paid_on": max(paid, default=None),
        "closed_on": max(settled, default=position.as_on) if closed else None,
        "as_on": position.as_on if place.moves else None,
    }


def _by_number(projection: Projection) -> Mapping[int, LinePaid]:
    return {line.number: line for line in projection.position.lines}


def _by_from(projection: Projection) -> Mapping[date, Span]:
    return {span.from_on: span for span in projection.spans}


def _by_place(projection: Projection) -> Mapping[int, Allocation]:
    return dict(enumerate(projection.allocations))


def _instalment(loan_id: int, number: int, line: LinePaid) -> Row:
    paid = line.paid
    return {
        "loan_id": loan_id,
        "number": number,
        "from_on": line.scheduled_from,
        "due_on": line.due_on,
        "principal_minor": line.principal,
        "interest_minor": line.interest,
        "charge_minor": line.charge,
        "penalty_minor": line.penalty,
        "balance_minor": line.balance,
        "paid_principal_minor": paid.principal,
        "paid_interest_minor": paid.interest,
        "paid_charge_minor": paid.charge,
        "paid_penalty_minor": paid.penalty,
        "waived_minor": line.waived.total,
        "unpaid_minor": line.unpaid.total,
        "settled_on": line.settled_on,
    }


def _span(loan_id: int, from_on: date, span: Span) -> Row:
    return {
        "loan_id": loan_id,
        "from_on": from_on,
        "to_on": span.to_on,
        "next_unsettled_due_on": span.next_unsettled_due_on,
        "principal_minor": span.principal,
        "excess_minor": span.excess,
        "npa_since_on": span.npa_since_on,
    }


def _allocation(loan_id: int, place: int, allocation: Allocation) -> Row:
    return {
        "loan_id": loan_id,
        "place": place,
        "event_id": allocation.ref,
        "number": allocation.line,
        "head": allocation.head.value,
        "value_on": allocation.on,
        "amount_minor": allocation.amount,
    }


_PARTS: Sequence[
    tuple[Table, Callable[[Projection], Mapping[Any, Any]], Callable[[int, Any, Any], Row]]
] = (
    (instalments, _by_number, _instalment),
    (position_spans, _by_from, _span),
    (allocations, _by_place, _allocation),
)


def standing_rows(snapshot: Snapshot, table: Table, ids: Sequence[int]) -> list[Row]:
    """The rows of a projection of some loans, as they stand."""
    found = snapshot.execute(select(table).where(table.c.loan_id.in_(ids)))
    return [dict(row) for row in found.mappings()]


def strays(snapshot: Snapshot, table: Table) -> Sequence[int]:
    """Loans that a projection names but that do not exist."""
    query = select(table.c.loan_id).where(table.c.loan_id.not_in(select(loans.c.id))).distinct()
    return snapshot.execute(query).scalars().all()
