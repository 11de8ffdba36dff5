"""People, their identity numbers, households and groups, as handlers and questions need them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, or_, select

from app.store.schema.loans import loans
from app.store.schema.people import (
    groups,
    households,
    identities,
    memberships,
    parties,
    party_names,
)
from app.store.tx import Tx

STATION_BITS = 40  # an id is station << 40 | n
MOST_CANDIDATES = 500

Row = dict[str, Any]


def lock_party(tx: Tx, party_id: int) -> Row | None:
    """The person, locked; None where there is none."""
    found = tx.one(select(parties).where(parties.c.id == party_id).with_for_update())
    return None if found is None else dict(found)


def party_by_id(connection: Connection, party_id: int) -> RowMapping | None:
    """The person, or None."""
    return connection.execute(select(parties).where(parties.c.id == party_id)).mappings().first()


def party_of_number(connection: Connection, number: str) -> RowMapping | None:
    """The person with this member number, or None."""
    query = select(parties).where(parties.c.number == number)
    return connection.execute(query).mappings().first()


def identities_of(connection: Connection, party_id: int) -> Sequence[RowMapping]:
    """The identity numbers of a person in the order they were written down; emptied ones too."""
    query = select(identities).where(identities.c.party_id == party_id).order_by(identities.c.id)
    return connection.execute(query).mappings().all()


def names_of(connection: Connection, party_id: int) -> Sequence[RowMapping]:
    """The names of a person, one a script."""
    query = select(party_names).where(party_names.c.party_id == party_id)
    return connection.execute(query.order_by(party_names.c.id)).mappings().all()


def household_of(connection: Connection, party_id: int) -> RowMapping | None:
    """The household that a person was entered with, or None."""
    query = select(households).where(households.c.party_id == party_id)
    return connection.execute(query.order_by(households.c.id.desc())).mappings().first()


def open_membership(connection: Connection, party_id: int, kind: str) -> RowMapping | None:
    """The link of a person to a group or household that holds still, or None."""
    query = select(memberships).where(
        memberships.c.party_id == party_id,
        memberships.c.kind == kind,
        memberships.c.to_on.is_(None),
    )
    return connection.execute(query).mappings().first()


def last_number(tx: Tx, table: Any, station_id: int) -> str | None:
    """The number of the newest row that a station made; its chain must be locked already."""
    first = station_id << STATION_BITS
    query = (
        select(table.c.number)
        .where(table.c.id >= first, table.c.id < first + (1 << STATION_BITS))
        .order_by(table.c.id.desc())
        .limit(1)
    )
    found = tx.one(query)
    return None if found is None else str(found["number"])


def owner_of_identity(connection: Connection, digest: str) -> RowMapping | None:
    """Whose number this is, by its keyed digest."""
    query = (
        select(parties.c.id, parties.c.number, parties.c.full_name)
        .join(identities, identities.c.party_id == parties.c.id)
        .where(identities.c.digest == digest)
    )
    return connection.execute(query).mappings().first()


def candidates(
    connection: Connection, phone: str, digest: str, born_on: date | None, village: str
) -> Sequence[RowMapping]:
    """People who share a phone, an identity number, a birth date or a village with somebody."""
    shared = []
    if phone:
        shared.append(parties.c.phone == phone)
    if digest:
        same = select(identities.c.party_id).where(identities.c.digest == digest)
        shared.append(parties.c.id.in_(same))
    if born_on is not None:
        shared.append(parties.c.born_on == born_on)
    if village:
        shared.append(parties.c.village == village)
    if not shared:
        return ()
    query = select(parties).where(or_(*shared)).order_by(parties.c.id).limit(MOST_CANDIDATES)
    return connection.execute(query).mappings().all()


def holders_of(connection: Connection, digest: str, ids: Iterable[int]) -> frozenset[int]:
    """Which of the people hold the number with this digest."""
    query = select(identities.c.party_id).where(
        identities.c.digest == digest, identities.c.party_id.in_(list(ids))
    )
    return frozenset(connection.execute(query).scalars())


def loans_of(connection: Connection, ids: Collection[int]) -> dict[int, int]:
    """How many loans each of the people ever had."""
    query = (
        select(loans.c.party_id, func.count())
        .where(loans.c.party_id.in_(list(ids)))
        .group_by(loans.c.party_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def payers_of(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The names of people by id, as receipts carry them."""
    wanted = sorted(set(ids))
    query = select(parties.c.id, parties.c.full_name).where(parties.c.id.in_(wanted))
    return {row[0]: row[1] for row in connection.execute(query)}


def group_by_id(connection: Connection, group_id: int, branch_id: int) -> RowMapping | None:
    """The group of the branch, or None."""
    query = select(groups).where(groups.c.id == group_id, groups.c.branch_id == branch_id)
    return connection.execute(query).mappings().first()


def group_named(
    connection: Connection, branch_id: int, title: str, centre: str
) -> RowMapping | None:
    """The group of this title and centre, whatever the case of its letters, or None."""
    query = select(groups).where(
        groups.c.branch_id == branch_id,
        func.lower(groups.c.title) == title.lower(),
        func.lower(groups.c.centre) == centre.lower(),
    )
    return connection.execute(query).mappings().first()


def all_groups(connection: Connection, branch_id: int) -> Sequence[RowMapping]:
    """The groups of the branch by centre and title, with their members today."""
    members = (
        select(func.count())
        .where(
            memberships.c.kind == "group",
            memberships.c.of_id == groups.c.id,
            memberships.c.to_on.is_(None),
        )
        .scalar_subquery()
    ).label("members")
    query = (
        select(groups, members)
        .where(groups.c.branch_id == branch_id)
        .order_by(groups.c.centre, groups.c.title, groups.c.id)
    )
    return connection.execute(query).mappings().all()
