"""The chart of accounts of a branch."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, exists, select

from app.store.schema.books import accounts, entry_lines
from app.store.store import Snapshot

_A, _L = accounts.c, entry_lines.c


def chart_rows(snapshot: Snapshot, branch_id: int) -> Sequence[RowMapping]:
    """Every account by its code, and whether entries stand on it."""
    stands = exists().where(_L.branch_id == _A.branch_id, _L.account == _A.code)
    query = (
        select(_A.id, _A.version, _A.code, _A.title, _A.kind, stands.label("used"))
        .where(_A.branch_id == branch_id)
        .order_by(_A.code)
    )
    return snapshot.execute(query).mappings().all()


def account_by_code(snapshot: Snapshot, branch_id: int, code: str) -> int | None:
    """The account with this code, or None."""
    query = select(_A.id).where(_A.branch_id == branch_id, _A.code == code)
    found: int | None = snapshot.scalar(query)
    return found


def has_account(snapshot: Snapshot, branch_id: int, code: str) -> bool:
    """Whether the branch keeps this account."""
    return account_by_code(snapshot, branch_id, code) is not None
