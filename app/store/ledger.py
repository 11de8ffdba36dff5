"""The facts and entries of one loan with the names that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, and_, func, select

from app.store.schema.acts import vouchers
from app.store.schema.books import accounts, entries, entry_lines
from app.store.schema.loans import events, receipt_parts, receipts
from app.store.schema.system import users
from app.store.store import Snapshot

_E, _N, _X = events.c, entries.c, entry_lines.c


def event_facts(snapshot: Snapshot, loan_id: int) -> Sequence[RowMapping]:
    """The facts of a loan with who noted them and, of money and its reversals, the number."""
    part = receipt_parts.c
    stands_for = func.coalesce(_E.of_id, _E.id)  # a reversal shows the number of what it voids
    query = (
        select(
            *(_E.id, _E.title, users.c.full_name.label("who")),
            func.coalesce(receipts.c.number, vouchers.c.number).label("number"),
            *(receipts.c.id.label("receipt_id"), vouchers.c.id.label("voucher_id")),
        )
        .select_from(
            events.outerjoin(users, users.c.id == _E.user_id)
            .outerjoin(
                receipt_parts, and_(part.account_id == _E.subject_id, part.event_id == stands_for)
            )
            .outerjoin(receipts, receipts.c.id == part.receipt_id)
            .outerjoin(vouchers, vouchers.c.event_id == stands_for)
        )
        .where(_E.subject_kind == "loan", _E.subject_id == loan_id)
    )
    return snapshot.execute(query).mappings().all()


def entries_of(snapshot: Snapshot, loan_id: int) -> Sequence[RowMapping]:
    """The legs of a loan's entries with the titles of their accounts."""
    title = and_(accounts.c.branch_id == _X.branch_id, accounts.c.code == _X.account)
    query = (
        select(
            *(_N.id.label("entry_id"), _N.booked_on, _N.kind, _N.narration),
            *(_X.account, _X.amount_minor, _X.currency, accounts.c.title),
        )
        .select_from(entries.join(entry_lines, _X.entry_id == _N.id).outerjoin(accounts, title))
        .where(_N.loan_id == loan_id)
        .order_by(_N.id, _X.place)
    )
    return snapshot.execute(query).mappings().all()
