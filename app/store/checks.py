"""What makers asked for and checkers must see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from app.domain.errors import NotAllowedNow, NotFound, StaleVersion
from app.store.schema.people import applications, parties
from app.store.schema.system import checks, users
from app.store.tx import Tx

WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"


def lock_check(tx: Tx, check_id: int, branch_id: int, version: int) -> dict[str, Any]:
    """The waiting check, locked. Raises NotFound, NotAllowedNow or StaleVersion."""
    query = select(checks).where(checks.c.id == check_id, checks.c.branch_id == branch_id)
    found = tx.one(query.with_for_update())
    if found is None:
        raise NotFound(what="check", id=check_id)
    if found["state"] != WAITING:
        raise NotAllowedNow(why="not-waiting")
    if found["version"] != version:
        raise StaleVersion(what="check", id=check_id)
    return dict(found)


def check_by_id(connection: Connection, check_id: int) -> RowMapping | None:
    """One check, or None."""
    return connection.execute(select(checks).where(checks.c.id == check_id)).mappings().first()


def waiting_checks(connection: Connection, branch_id: int) -> Sequence[RowMapping]:
    """What waits in the branch, oldest first, with the application and its borrower."""
    query = (
        select(
            checks,
            users.c.full_name.label("maker"),
            applications.c.number.label("number"),
            parties.c.full_name.label("borrower"),
        )
        .select_from(
            checks.outerjoin(users, users.c.id == checks.c.maker_id)
            .outerjoin(applications, applications.c.id == checks.c.subject_id)
            .outerjoin(parties, parties.c.id == applications.c.party_id)
        )
        .where(checks.c.branch_id == branch_id, checks.c.state == WAITING)
        .order_by(checks.c.made_at, checks.c.id)
    )
    return connection.execute(query).mappings().all()
