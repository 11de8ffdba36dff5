"""Letters and calls as they were written down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import RowMapping, func, select

from app.store.schema.late import calls, letters
from app.store.schema.system import users
from app.store.store import Snapshot

_L, _C = letters.c, calls.c


def count_letters(snapshot: Snapshot, prefix: str) -> int:
    """How many letters carry a number that begins so."""
    query = select(func.count()).where(_L.number.startswith(prefix, autoescape=True))
    return int(snapshot.scalar(query) or 0)


def last_letter(snapshot: Snapshot, loan_id: int, stage: str) -> date | None:
    """The day a letter of a stage was last written about a loan."""
    query = select(func.max(_L.made_on)).where(_L.loan_id == loan_id, _L.stage == stage)
    found: date | None = snapshot.scalar(query)
    return found


def letters_by_id(
    snapshot: Snapshot, branch_id: int, ids: Collection[int]
) -> dict[int, RowMapping]:
    """Some letters of a branch."""
    query = select(letters).where(_L.branch_id == branch_id, _L.id.in_(list(ids)))
    return {row["id"]: row for row in snapshot.execute(query).mappings()}


def letters_of(snapshot: Snapshot, branch_id: int, loan_id: int) -> Sequence[RowMapping]:
    """The letters of a loan with who wrote them, the newest first."""
    query = (
        select(letters, users.c.full_name.label("by"))
        .select_from(letters.outerjoin(users, users.c.id == _L.user_id))
        .where(_L.branch_id == branch_id, _L.loan_id == loan_id)
        .order_by(_L.id.desc())
    )
    return snapshot.execute(query).mappings().all()


def calls_of(snapshot: Snapshot, branch_id: int, loan_ids: Collection[int]) -> Sequence[RowMapping]:
    """The calls about some loans with who made them, the newest first."""
    query = (
        select(calls, users.c.full_name.label("by"))
        .select_from(calls.outerjoin(users, users.c.id == _C.user_id))
        .where(_C.branch_id == branch_id, _C.loan_id.in_(list(loan_ids)))
        .order_by(_C.id.desc())
    )
    return snapshot.execute(query).mappings().all()
