"""What the gate needs to know before a handler runs, read in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, String, and_, bindparam, literal, select

from app.domain.roles import Grant, Limit, Role
from app.store.schema.base import Id
from app.store.schema.system import audit, branches, business_days, grants, stations, users
from app.store.schema.tills import tills


@dataclass(frozen=True, slots=True)
class Branch:
    """The branch as commands see it."""

    branch_id: int
    code: str
    name: str
    lender_name: str
    currency: str
    time_zone: str
    language: str
    financial_year_from: int
    demonstration: bool
    recovery_confirmed: bool
    counter_code: str
    country: str = ""  # ISO 3166
    keeps_tills: bool = False  # the till of some counter was opened once


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer already given under a key."""

    number: int
    command: str
    version: int
    payload: str
    result: str
    topics: str


@dataclass(frozen=True, slots=True)
class Context:
    """Branch, open business day, user with grants, and the earlier answer of the key."""

    branch: Branch | None
    business_on: date | None
    user_name: str | None
    grants: tuple[Grant, ...]
    earlier: Earlier | None


def context_of(
    connection: Connection, station_id: int, branch_id: int, user_id: int, key: str | None
) -> Context:
    """Read the context; on an empty database everything is None."""
    at = {"station": station_id, "branch": branch_id, "user": user_id, "sent_key": key}
    found = connection.execute(_QUERY, at).mappings().all()
    if not found:
        return Context(None, None, None, (), None)
    first = found[0]
    return Context(
        branch=_branch(first) if first["branch_code"] is not None else None,
        business_on=first["day_on"],
        user_name=first["full_name"] if first["active"] else None,
        grants=_grants(found) if first["active"] else (),
        earlier=_earlier(first) if first["line"] is not None else None,
    )


def _query() -> Any:
    """The one statement, built once: building it costs more than running it."""
    station_id, branch_id = bindparam("station", type_=Id), bindparam("branch", type_=Id)
    user_id, key = bindparam("user", type_=Id), bindparam("sent_key", type_=String())
    one = select(literal(1).label("one")).subquery()
    b, s, d, u, g, a = branches, stations, business_days, users, grants, audit
    joined = (
        one.outerjoin(b, b.c.id == branch_id)
        .outerjoin(s, and_(s.c.id == station_id, s.c.closed_at.is_(None)))
        .outerjoin(d, and_(d.c.branch_id == branch_id, d.c.state == "open"))
        .outerjoin(u, u.c.id == user_id)
        .outerjoin(g, and_(g.c.user_id == user_id, g.c.revoked.is_(False)))
        .outerjoin(
            a,
            and_(
                a.c.station_id == station_id,
                a.c.user_id == user_id,
                a.c.key == key,
                a.c.outcome == "done",
            ),
        )
    )
    return select(
        b.c.code.label("branch_code"),
        *(b.c.id, b.c.name, b.c.lender_name, b.c.currency, b.c.time_zone, b.c.language),
        *(b.c.country, b.c.financial_year_from, b.c.demonstration, b.c.recovery_confirmed_at),
        select(tills.c.id).where(tills.c.branch_id == b.c.id).exists().label("keeps_tills"),
        *(s.c.counter_code, d.c.day_on, u.c.full_name, u.c.active),
        *(g.c.branch_id.label("grant_branch"), g.c.role, g.c.from_on, g.c.to_on, g.c.limits),
        a.c.number.label("line"),
        *(a.c.command, a.c.command_version, a.c.payload, a.c.result, a.c.topics),
    ).select_from(joined)


_QUERY = _query()


def _branch(row: RowMapping) -> Branch:
    return Branch(
        branch_id=row["id"],
        code=row["branch_code"],
        name=row["name"],
        lender_name=row["lender_name"],
        currency=row["currency"],
        time_zone=row["time_zone"],
        language=row["language"],
        financial_year_from=row["financial_year_from"],
        demonstration=row["demonstration"],
        recovery_confirmed=row["recovery_confirmed_at"] is not None,
        counter_code=row["counter_code"] or "",
        country=row["country"],
        keeps_tills=bool(row["keeps_tills"]),
    )


def _grants(rows: Sequence[RowMapping]) -> tuple[Grant, ...]:
    return tuple(
        Grant(
            role=Role(row["role"]),
            branch_id=row["grant_branch"],
            from_on=row["from_on"],
            to_on=row["to_on"],
            limits={Limit(k): v for k, v in json.loads(row["limits"]).items()},
        )
        for row in rows
        if row["role"] is not None
    )


def _earlier(row: RowMapping) -> Earlier:
    return Earlier(
        number=row["line"],
        command=row["command"],
        version=row["command_version"],
        payload=row["payload"],
        result=row["result"],
        topics=row["topics"],
    )
