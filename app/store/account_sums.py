"""Accounts summed to a day, and the facts that cash must come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.store.schema.acts import vouchers
from app.store.schema.books import entries, entry_lines
from app.store.schema.loans import events, receipt_parts, receipts
from app.store.schema.system import business_days, stations
from app.store.store import Snapshot

_X, _N, _E, _R, _V = entry_lines.c, entries.c, events.c, receipts.c, vouchers.c
STATION_BITS = 40  # an id is station << 40 | n
CASH = "cash"


@dataclass(frozen=True, slots=True)
class CashFacts:
    """What a counter's cash holds by the entries, and what its facts say; minor units.

    `told` are the payloads of this counter's payments out, `refunded` what its vouchers paid.
    """

    booked: int
    opening: int
    received: int
    refunded: int
    told: tuple[str, ...]


def closed_days(snapshot: Snapshot) -> dict[int, date]:
    """The last closed business day of every branch that has one."""
    query = (
        select(business_days.c.branch_id, func.max(business_days.c.day_on))
        .where(business_days.c.state == "closed")
        .group_by(business_days.c.branch_id)
    )
    return {row[0]: row[1] for row in snapshot.execute(query)}


def account_sums(
    snapshot: Snapshot, branch_id: int, on: date, accounts: Sequence[str]
) -> dict[tuple[int, int | None, str, str], int]:
    """Some accounts to the end of a day by (branch, product, currency, account)."""
    query = (
        select(_X.product_id, _X.currency, _X.account, func.sum(_X.amount_minor))
        .where(_X.branch_id == branch_id, _X.booked_on <= on, _X.account.in_(accounts))
        .group_by(_X.product_id, _X.currency, _X.account)
    )
    return {(branch_id, row[0], row[1], row[2]): int(row[3]) for row in snapshot.execute(query)}


def counters(snapshot: Snapshot, branch_id: int) -> Sequence[tuple[str, tuple[int, ...]]]:
    """Every counter of a branch with the stations it ever was, in order."""
    query = (
        select(stations.c.counter_code, stations.c.id)
        .where(stations.c.branch_id == branch_id)
        .order_by(stations.c.counter_code, stations.c.id)
    )
    made: dict[str, tuple[int, ...]] = {}
    for code, station_id in snapshot.execute(query):
        made[code] = (*made.get(code, ()), station_id)
    return list(made.items())


def cash_facts(
    snapshot: Snapshot, branch_id: int, of_stations: Sequence[int], account: str, on: date
) -> CashFacts:
    """What stands behind a counter's cash at the end of a day."""
    at = (_X.branch_id == branch_id, _X.account == account, _X.booked_on <= on)
    total = select(func.coalesce(func.sum(_X.amount_minor), 0)).where(*at)
    opening = total.join(entries, _N.id == _X.entry_id).where(_N.kind == "opening")
    return CashFacts(
        booked=int(snapshot.scalar(total) or 0),
        opening=int(snapshot.scalar(opening) or 0),
        received=_received(snapshot, of_stations, on),
        refunded=_refunded(snapshot, of_stations, on),
        told=tuple(
            payload
            for event_id, payload in snapshot.execute(_paid_out(branch_id, on))
            if event_id >> STATION_BITS in of_stations
        ),
    )


def _received(snapshot: Snapshot, of_stations: Sequence[int], on: date) -> int:
    """Cash receipts booked by the day, less those reversed by then."""
    back = events.alias("back")
    gone = (back.c.of_id == receipt_parts.c.event_id) & (back.c.kind == "reversal")
    gone &= back.c.booked_on <= on
    query = (
        select(func.coalesce(func.sum(receipt_parts.c.amount_minor), 0))
        .select_from(
            receipts.join(receipt_parts, receipt_parts.c.receipt_id == _R.id).outerjoin(back, gone)
        )
        .where(
            _R.station_id.in_(of_stations),
            _R.mode == CASH,
            _R.collected_by.is_(None),
            _R.booked_on <= on,
            back.c.id.is_(None),
        )
    )
    return int(snapshot.scalar(query) or 0)


def _refunded(snapshot: Snapshot, of_stations: Sequence[int], on: date) -> int:
    """Cash vouchers booked by the day, less those reversed by then."""
    back = events.alias("back")
    gone = (back.c.of_id == _V.event_id) & (back.c.kind == "reversal") & (back.c.booked_on <= on)
    query = (
        select(func.coalesce(func.sum(_V.amount_minor), 0))
        .select_from(vouchers.outerjoin(back, gone))
        .where(
            _V.station_id.in_(of_stations),
            _V.mode == CASH,
            _V.booked_on <= on,
            back.c.id.is_(None),
        )
    )
    return int(snapshot.scalar(query) or 0)


def _paid_out(branch_id: int, on: date) -> Any:
    return select(_E.id, _E.payload).where(
        _E.branch_id == branch_id,
        _E.kind == "disbursed",
        _E.subject_kind == "application",
        _E.booked_on <= on,
        _E.payload.is_not(None),
    )
