"""Vouchers of the journal, and which months are closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, Select, case, func, or_, select

from app.store.schema.books import entries, entry_lines
from app.store.schema.journals import book_spans, journal_vouchers
from app.store.schema.system import users
from app.store.store import Snapshot
from app.store.tx import Row, Tx

_J, _S = journal_vouchers.c, book_spans.c
MONTH, DAY = "month", "day"
CLOSED, OPEN = "closed", "open"
MANUAL, OPENING, REVERSAL = "manual", "opening", "reversal"


def voucher_of_entry(snapshot: Snapshot, entry_id: int) -> RowMapping | None:
    """The voucher that an entry stands for, with names and its reversals, or None."""
    return snapshot.execute(_vouchers().where(_J.entry_id == entry_id)).mappings().first()


def voucher_by_id(snapshot: Snapshot, voucher_id: int) -> RowMapping | None:
    """A voucher with names and its reversals, or None."""
    return snapshot.execute(_vouchers().where(_J.id == voucher_id)).mappings().first()


def count_journals(snapshot: Snapshot, prefix: str) -> int:
    """How many voucher numbers begin with a prefix; vouchers are never deleted."""
    query = select(func.count()).where(_J.number.startswith(prefix, autoescape=True))
    return int(snapshot.scalar(query) or 0)


def opening_stands(snapshot: Snapshot, branch_id: int) -> str:
    """The number of the opening balances that were keyed and not taken back; else nothing."""
    back = journal_vouchers.alias("back")
    query = (
        select(_J.number)
        .select_from(journal_vouchers.outerjoin(back, back.c.of_id == _J.id))
        .where(_J.branch_id == branch_id, _J.kind == OPENING, back.c.id.is_(None))
    )
    return str(snapshot.scalar(query) or "")


def closed_until(snapshot: Snapshot, branch_id: int) -> date | None:
    """The last day of the months that are closed; None where none is."""
    query = (
        select(_S.closed_until)
        .where(_S.branch_id == branch_id, _S.what == MONTH)
        .order_by(_S.number.desc())
        .limit(1)
    )
    found: date | None = snapshot.scalar(query)
    return found


def count_spans(snapshot: Snapshot, branch_id: int, what: str) -> int:
    """How often months (or days) were closed or opened again by hand."""
    query = select(func.count()).where(_S.branch_id == branch_id, _S.what == what)
    return int(snapshot.scalar(query) or 0)


def told_of(snapshot: Snapshot, branch_id: int) -> Sequence[RowMapping]:
    """Everything that was closed or opened again by hand, the latest first."""
    query = (
        select(book_spans, users.c.full_name.label("who"))
        .select_from(book_spans.outerjoin(users, users.c.id == _S.user_id))
        .where(_S.branch_id == branch_id)
        .order_by(_S.recorded_at.desc(), _S.number.desc())
    )
    return snapshot.execute(query).mappings().all()


def lock_voucher(tx: Tx, voucher_id: int, branch_id: int) -> Row | None:
    """A voucher of the branch, locked; None where there is none."""
    query = select(journal_vouchers).where(_J.id == voucher_id, _J.branch_id == branch_id)
    found = tx.one(query.with_for_update())
    return None if found is None else dict(found)


def reversed_already(snapshot: Snapshot, voucher_id: int) -> bool:
    """Whether a voucher was taken back."""
    query = select(_J.id).where(_J.of_id == voucher_id)
    return snapshot.execute(query).first() is not None


def _vouchers() -> Select[tuple[object, ...]]:
    maker, of = users.alias("maker"), journal_vouchers.alias("of")
    back = journal_vouchers.alias("back")
    return select(
        journal_vouchers,
        *(maker.c.full_name.label("maker"), users.c.full_name.label("by")),
        *(of.c.number.label("reverses"), back.c.number.label("reversed_by")),
    ).select_from(
        journal_vouchers.outerjoin(users, users.c.id == _J.user_id)
        .outerjoin(maker, maker.c.id == _J.maker_id)
        .outerjoin(of, of.c.id == _J.of_id)
        .outerjoin(back, back.c.of_id == _J.id)
    )


def unlike_their_entries(snapshot: Snapshot) -> Sequence[RowMapping]:
    """Vouchers whose entry is another's, of another day or amount; entries by hand without one."""
    own = ("journal", "journal-reversal")
    debits = (
        select(
            entry_lines.c.entry_id,
            func.sum(
                case((entry_lines.c.amount_minor > 0, entry_lines.c.amount_minor), else_=0)
            ).label("debit_minor"),
        )
        .group_by(entry_lines.c.entry_id)
        .where(
            entry_lines.c.entry_id.in_(
                select(_J.entry_id).union(select(entries.c.id).where(entries.c.kind.in_(own)))
            )
        )
        .subquery()
    )
    query = (
        select(
            *(debits.c.entry_id, debits.c.debit_minor, _J.number, _J.amount_minor),
        )
        .select_from(
            debits.join(entries, entries.c.id == debits.c.entry_id).outerjoin(
                journal_vouchers, _J.entry_id == debits.c.entry_id
            )
        )
        .where(
            or_(
                _J.id.is_(None),
                _J.amount_minor != debits.c.debit_minor,
                _J.value_on != entries.c.booked_on,
                _J.branch_id != entries.c.branch_id,
            )
        )
    )
    return snapshot.execute(query).mappings().all()


def lines_of_vouchers(snapshot: Snapshot, kind: str) -> Sequence[RowMapping]:
    """Number and account of every line that was written by hand."""
    query = (
        select(_J.number, entry_lines.c.account)
        .join(entry_lines, entry_lines.c.entry_id == _J.entry_id)
        .where(_J.kind == kind)
    )
    return snapshot.execute(query).mappings().all()
