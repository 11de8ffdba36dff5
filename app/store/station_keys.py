"""The public keys of stations, and the receipt that a code speaks of."""

from __future__ import annotations

from sqlalchemy import func, select

from app.store.schema.loans import events, loans, receipt_parts, receipts
from app.store.schema.papers import station_keys
from app.store.store import Snapshot
from app.store.tx import Row

_K, _R, _Q = station_keys.c, receipts.c, receipt_parts.c


def keys_of(snapshot: Snapshot, station_id: int) -> list[Row]:
    """The keys of a station, the first one first."""
    query = select(station_keys).where(_K.station_id == station_id).order_by(_K.generation)
    return [dict(row) for row in snapshot.execute(query).mappings()]


def receipt_numbered(snapshot: Snapshot, number: str) -> Row | None:
    """The receipt with this number in capitals, or None."""
    for same in (_R.number == number, func.upper(_R.number) == number):
        found = snapshot.execute(select(receipts).where(same)).mappings().first()
        if found is not None:
            return dict(found)
    return None


def sealed_parts(snapshot: Snapshot, receipt_id: int) -> list[Row]:
    """The parts of a receipt with their loans' numbers and when each was reversed."""
    back = events.alias("back")
    reversal = (back.c.of_id == _Q.event_id) & (back.c.kind == "reversal")
    query = (
        select(
            receipt_parts,
            loans.c.number.label("loan_number"),
            back.c.value_on.label("reversed_on"),
            back.c.booked_on.label("reversed_booked_on"),
            back.c.title.label("reversed_why"),
        )
        .select_from(
            receipt_parts.outerjoin(loans, loans.c.id == _Q.account_id).outerjoin(back, reversal)
        )
        .where(_Q.receipt_id == receipt_id)
        .order_by(_Q.id)
    )
    return [dict(row) for row in snapshot.execute(query).mappings()]
