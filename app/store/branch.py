"""Branches and stations: founding, and what their days look like."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from itertools import count

from sqlalchemy import Connection, func, select

from app.domain.errors import NotFound
from app.store.context import Branch
from app.store.schema.system import branches, business_days, chains, stations
from app.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Founding:
    """What a branch is founded with."""

    code: str
    name: str
    lender_name: str
    lender_registration: str
    address: str
    grievance_phone: str
    country: str
    state: str
    currency: str
    time_zone: str
    language: str
    financial_year_from: int
    demonstration: bool
    counter_code: str
    at: str


def found(tx: Tx, station_id: int, facts: Founding) -> Branch:
    """Begin the first station's chain and insert branch and station."""
    tx.new_chain(station_id, own=True)
    row = asdict(facts)
    counter, at = row.pop("counter_code"), row.pop("at")
    branch_id = tx.insert(branches, **row)
    tx.insert(stations, id=station_id, branch_id=branch_id, counter_code=counter, opened_at=at)
    return Branch(
        branch_id=branch_id,
        code=facts.code,
        name=facts.name,
        lender_name=facts.lender_name,
        currency=facts.currency,
        time_zone=facts.time_zone,
        language=facts.language,
        financial_year_from=facts.financial_year_from,
        demonstration=facts.demonstration,
        recovery_confirmed=False,
        counter_code=counter,
        country=facts.country,
    )


def next_station_id(connection: Connection) -> int:
    """One above the highest station that ever was."""
    return int(connection.scalar(select(func.coalesce(func.max(stations.c.id), 0))) or 0) + 1


def counter_codes(connection: Connection, branch_id: int) -> frozenset[str]:
    """The codes of all counters that ever were."""
    query = select(stations.c.counter_code).where(stations.c.branch_id == branch_id)
    return frozenset(connection.scalars(query))


def last_closed_day(connection: Connection, branch_id: int) -> date | None:
    """The latest closed business day of a branch."""
    query = select(func.max(business_days.c.day_on)).where(
        business_days.c.branch_id == branch_id, business_days.c.state == "closed"
    )
    found_on: date | None = connection.scalar(query)
    return found_on


def heads(connection: Connection) -> tuple[str, ...]:
    """The chain heads as "station:number:hash", by station."""
    query = select(chains.c.station_id, chains.c.number, chains.c.hash).order_by(
        chains.c.station_id
    )
    return tuple(f"{s}:{n}:{h}" for s, n, h in connection.execute(query))


@dataclass(frozen=True, slots=True)
class LastStation:
    """The station that was opened last, with the head of its chain and the next counter code."""

    station_id: int
    branch_id: int
    head: str
    next_counter: str


def last_station(connection: Connection) -> LastStation:
    """Whose place an installation takes after a restore. Raises NotFound in an empty database."""
    query = (
        select(stations.c.id, stations.c.branch_id, chains.c.hash)
        .join(chains, chains.c.station_id == stations.c.id)
        .order_by(stations.c.id.desc())
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(what="station")
    taken = set(connection.scalars(select(stations.c.counter_code)))
    free = next(code for n in count(1) if (code := str(n)) not in taken)
    return LastStation(int(row.id), int(row.branch_id), row.hash, free)
