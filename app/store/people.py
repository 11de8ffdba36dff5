"""Users and grants: what sign-in and Settings read and write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, or_, select

from app.store.schema.system import audit, grants, users

SIGN_IN = "session.sign-in"


def user_by_login(connection: Connection, login: str) -> RowMapping | None:
    """The user with this login, or None."""
    query = select(users).where(users.c.login == login)
    return connection.execute(query).mappings().first()


def users_with_grants(connection: Connection, branch_id: int) -> Sequence[RowMapping]:
    """One row a user and grant that was not revoked, by user; users of other branches left out."""
    joined = users.outerjoin(grants, (grants.c.user_id == users.c.id) & grants.c.revoked.is_(False))
    query = (
        select(
            *(users.c.id, users.c.version, users.c.full_name, users.c.login, users.c.active),
            *(grants.c.id.label("grant_id"), grants.c.role, grants.c.from_on, grants.c.to_on),
            *(grants.c.limits, grants.c.version.label("grant_version")),
        )
        .select_from(joined)
        .where(grants.c.branch_id == branch_id)
        .order_by(users.c.id, grants.c.id)
    )
    return connection.execute(query).mappings().all()


def grants_of(connection: Connection, user_id: int, branch_id: int) -> Sequence[RowMapping]:
    """The grants of a user in a branch that were not revoked."""
    query = select(grants).where(
        grants.c.user_id == user_id,
        grants.c.branch_id == branch_id,
        grants.c.revoked.is_(False),
    )
    return connection.execute(query).mappings().all()


def sign_ins(connection: Connection) -> dict[str, str]:
    """The last sign-in of each user id (as text) in UTC; from the audit lines."""
    query = (
        select(audit.c.result, func.max(audit.c.at).label("at"))
        .where(audit.c.command == SIGN_IN, audit.c.outcome == "done")
        .group_by(audit.c.result)
    )
    return {row.result: row.at for row in connection.execute(query)}


def failures_since(connection: Connection, payload: str, since: datetime) -> Sequence[str]:
    """When sign-ins with exactly this payload were refused since an instant, oldest first."""
    query = (
        select(audit.c.at)
        .where(
            audit.c.command == SIGN_IN,
            audit.c.at >= since.isoformat(timespec="milliseconds"),
            audit.c.outcome == "refused",
            audit.c.payload == payload,
        )
        .order_by(audit.c.at)
    )
    return connection.execute(query).scalars().all()


def as_row(mapping: RowMapping) -> dict[str, Any]:
    """A record as `Tx.change` takes it."""
    return dict(mapping)


def officers_of_branch(
    connection: Connection, branch_id: int, on: date, role: str
) -> dict[int, str]:
    """Active users who hold a role in a branch on a day: id to login."""
    g = grants.c
    query = (
        select(users.c.id, users.c.login)
        .join(grants, g.user_id == users.c.id)
        .where(
            g.branch_id == branch_id,
            g.role == role,
            g.revoked.is_(False),
            users.c.active.is_(True),
            g.from_on <= on,
            or_(g.to_on.is_(None), g.to_on >= on),
        )
    )
    return {row[0]: row[1] for row in connection.execute(query)}
