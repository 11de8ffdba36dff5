"""The norm that provisions follow, what was set aside, and how messages leave a branch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, and_, func, select

from app.store.schema.books import entries, entry_lines
from app.store.schema.late import late_settings, provisions_made
from app.store.store import Snapshot

_S, _M, _X = late_settings.c, provisions_made.c, entry_lines.c


def settings_row(snapshot: Snapshot, branch_id: int) -> RowMapping | None:
    """The record of a branch; None before anything was chosen."""
    query = select(late_settings).where(_S.branch_id == branch_id)
    return snapshot.execute(query).mappings().first()


def norm_of(snapshot: Snapshot, branch_id: int) -> str:
    """The norm that provisions follow; "" where none is made."""
    query = select(_S.provision_norm).where(_S.branch_id == branch_id)
    return snapshot.scalar(query) or ""


def provided(snapshot: Snapshot, branch_id: int) -> dict[str, int]:
    """What was required when provisions were last made, by currency."""
    return {row["currency"]: row["required_minor"] for row in newest_made(snapshot, branch_id)}


def newest_made(snapshot: Snapshot, branch_id: int) -> Sequence[RowMapping]:
    """The newest provisions of each currency."""
    last = (
        select(_M.currency, func.max(_M.id).label("id"))
        .where(_M.branch_id == branch_id)
        .group_by(_M.currency)
        .subquery("last")
    )
    query = select(provisions_made).join(
        last, and_(last.c.id == _M.id, last.c.currency == _M.currency)
    )
    return snapshot.execute(query.order_by(_M.currency)).mappings().all()


def made_by(snapshot: Snapshot, branch_id: int) -> Sequence[RowMapping]:
    """Every provision that was made, the oldest first."""
    query = select(provisions_made).where(_M.branch_id == branch_id).order_by(_M.made_on, _M.id)
    return snapshot.execute(query).mappings().all()


def entries_sum(
    snapshot: Snapshot, branch_id: int, kind: str, account: str, until: date
) -> dict[str, int]:
    """What entries of a kind brought an account by the end of a day, by currency."""
    query = (
        select(_X.currency, func.sum(_X.amount_minor))
        .select_from(entry_lines.join(entries, entries.c.id == _X.entry_id))
        .where(
            entries.c.branch_id == branch_id,
            entries.c.kind == kind,
            entries.c.booked_on <= until,
            _X.account == account,
        )
        .group_by(_X.currency)
    )
    return {row[0]: int(row[1]) for row in snapshot.execute(query)}
