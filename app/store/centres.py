"""Centres as SQL: what was kept of them, their groups and members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, func, select

from app.store.arrears import ACTIVE
from app.store.meetings import GROUP, member_on
from app.store.schema.loans import loan_positions, loans
from app.store.schema.meetings import centres
from app.store.schema.people import groups, memberships, parties
from app.store.schema.system import users
from app.store.store import Snapshot
from app.store.tx import Row, Tx

LEADER = "leader"
_C, _G, _L, _M, _P, _W = (
    *(centres.c, groups.c, loans.c, memberships.c),
    *(loan_positions.c, parties.c),
)


def kept_centres(snapshot: Snapshot, branch_id: int) -> list[Row]:
    """What was kept of centres, each with its officer and its leader today."""
    lead = (
        select(_M.of_id, _M.party_id, _W.full_name)
        .select_from(memberships.join(parties, _W.id == _M.party_id))
        .where(_M.kind == LEADER, _M.to_on.is_(None))
        .subquery("lead")
    )
    query = (
        select(
            *(centres, users.c.full_name.label("officer")),
            *(lead.c.party_id.label("leader_id"), lead.c.full_name.label("leader")),
        )
        .select_from(
            centres.outerjoin(users, users.c.id == _C.officer_id).outerjoin(
                lead, lead.c.of_id == _C.id
            )
        )
        .where(_C.branch_id == branch_id)
        .order_by(_C.title)
    )
    return [dict(row) for row in snapshot.execute(query).mappings()]


def centre_titles(snapshot: Snapshot, branch_id: int) -> Sequence[str]:
    """The titles of centres that groups name."""
    query = select(_G.centre).where(_G.branch_id == branch_id, _G.centre != "").distinct()
    return snapshot.execute(query.order_by(_G.centre)).scalars().all()


def grouped_centres(snapshot: Snapshot, branch_id: int) -> dict[str, tuple[int, int]]:
    """How many groups and members each centre has that groups name."""
    members = (
        select(_M.of_id, func.count().label("many"))
        .where(_M.kind == GROUP, _M.to_on.is_(None))
        .group_by(_M.of_id)
        .subquery("counted")
    )
    query = (
        select(_G.centre, func.count(), func.coalesce(func.sum(members.c.many), 0))
        .select_from(groups.outerjoin(members, members.c.of_id == _G.id))
        .where(_G.branch_id == branch_id, _G.centre != "")
        .group_by(_G.centre)
        .order_by(_G.centre)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in snapshot.execute(query)}


def centre_named(snapshot: Snapshot, branch_id: int, title: str) -> RowMapping | None:
    """What was kept of the centre of a title, whatever the case of its letters, or None."""
    query = select(centres).where(_C.branch_id == branch_id, func.lower(_C.title) == title.lower())
    return snapshot.execute(query).mappings().first()


def groups_named(tx: Tx, branch_id: int, centre: str) -> Sequence[Row]:
    """The groups of a centre, locked by id."""
    query = select(groups).where(_G.branch_id == branch_id, func.lower(_G.centre) == centre.lower())
    found = tx.all(query.order_by(_G.id).with_for_update())
    return [dict(row) for row in found]


def leaders_of(tx: Tx, centre_id: int) -> Sequence[Row]:
    """The links of those who lead a centre today."""
    query = select(memberships).where(_M.kind == LEADER, _M.of_id == centre_id, _M.to_on.is_(None))
    return [dict(row) for row in tx.all(query)]


def centre_members(
    snapshot: Snapshot, branch_id: int, centre: str, on: date
) -> Sequence[RowMapping]:
    """The members of the groups of a centre on a day, with their running loans."""
    held = member_on(on)
    running = (
        select(
            *(_L.party_id, func.count().label("loans")),
            func.sum(_P.principal_minor).label("outstanding_minor"),
        )
        .select_from(loans.join(loan_positions, _P.loan_id == _L.id))
        .where(_P.status == ACTIVE, _P.branch_id == branch_id)
        .where(_L.party_id.in_(_people(held, branch_id, centre)))
        .group_by(_L.party_id)
        .subquery("running")
    )
    query = (
        select(
            *(_W.id, _W.number, _W.full_name, _W.local_name, held.c.from_on),
            *(_G.id.label("group_id"), _G.title.label("group_title")),
            *(running.c.loans, running.c.outstanding_minor),
        )
        .select_from(
            held.join(groups, _G.id == held.c.of_id)
            .join(parties, _W.id == held.c.party_id)
            .outerjoin(running, running.c.party_id == _W.id)
        )
        .where(_G.branch_id == branch_id, _G.centre == centre)
        .order_by(_G.title, _W.full_name, _W.id)
    )
    return snapshot.execute(query).mappings().all()


def _people(held: Any, branch_id: int, centre: str) -> Any:
    here = groups.alias("here")
    joined = held.join(here, here.c.id == held.c.of_id)
    found = select(held.c.party_id).select_from(joined).correlate(None)
    return found.where(here.c.branch_id == branch_id, here.c.centre == centre)
