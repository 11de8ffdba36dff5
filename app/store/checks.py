"""What makers asked for and checkers must see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, func, select

from app.domain.errors import NotAllowedNow, NotFound, StaleVersion
from app.store.schema.loans import loans
from app.store.schema.people import applications, parties
from app.store.schema.system import checks, users
from app.store.tx import Tx

LOAN, APPLICATION, TAKE_OVER, JOURNAL = "loan", "application", "take-over", "journal"
TILL = "till"
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


def waiting_for(connection: Connection, kind: str, subject_id: int, command: str) -> bool:
    """Whether a command of this name waits already for a subject."""
    query = select(checks.c.id).where(
        checks.c.subject_kind == kind,
        checks.c.subject_id == subject_id,
        checks.c.command == command,
        checks.c.state == WAITING,
    )
    return connection.execute(query).first() is not None


def waiting_checks(
    connection: Connection, branch_id: int, loan_id: int | None = None
) -> Sequence[RowMapping]:
    """What waits in the branch (for one loan), oldest first, with its number and borrower."""
    of_loan = and_(checks.c.subject_kind == LOAN, loans.c.id == checks.c.subject_id)
    of_application = and_(
        checks.c.subject_kind == APPLICATION, applications.c.id == checks.c.subject_id
    )
    party = func.coalesce(applications.c.party_id, loans.c.party_id)
    query = (
        select(
            checks,
            users.c.full_name.label("maker"),
            func.coalesce(applications.c.number, loans.c.number).label("number"),
            parties.c.full_name.label("borrower"),
        )
        .select_from(
            checks.outerjoin(users, users.c.id == checks.c.maker_id)
            .outerjoin(applications, of_application)
            .outerjoin(loans, of_loan)
            .outerjoin(parties, parties.c.id == party)
        )
        .where(checks.c.branch_id == branch_id, checks.c.state == WAITING)
        .order_by(checks.c.made_at, checks.c.id)
    )
    if loan_id is not None:
        query = query.where(checks.c.subject_kind == LOAN, checks.c.subject_id == loan_id)
    return connection.execute(query).mappings().all()
