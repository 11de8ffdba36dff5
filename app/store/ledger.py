"""The facts and entries of one loan with the names that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from sqlalchemy import Row, and_, bindparam, func, select

from app.store.schema.acts import vouchers
from app.store.schema.books import accounts, entries, entry_lines
from app.store.schema.loans import events, receipt_parts, receipts
from app.store.schema.system import users
from app.store.store import Snapshot

_E, _N, _X = events.c, entries.c, entry_lines.c


# The id of a fact, its title, who noted it, the number (of money and its reversals), the receipt's
# id and the voucher's, 0 where there is none.
EventTold: TypeAlias = Row[int, str, str, str, int, int]

_PART = receipt_parts.c
_STANDS_FOR = func.coalesce(_E.of_id, _E.id)  # a reversal shows the number of what it voids
_TOLD = (
    select(
        _E.id,
        func.coalesce(_E.title, ""),
        func.coalesce(users.c.full_name, ""),
        func.coalesce(receipts.c.number, vouchers.c.number, ""),
        func.coalesce(receipts.c.id, 0),
        func.coalesce(vouchers.c.id, 0),
    )
    .select_from(
        events.outerjoin(users, users.c.id == _E.user_id)
        .outerjoin(
            receipt_parts, and_(_PART.account_id == _E.subject_id, _PART.event_id == _STANDS_FOR)
        )
        .outerjoin(receipts, receipts.c.id == _PART.receipt_id)
        .outerjoin(vouchers, vouchers.c.event_id == _STANDS_FOR)
    )
    .where(_E.subject_kind == "loan", _E.subject_id == bindparam("loan"))
)


def event_facts(snapshot: Snapshot, loan_id: int) -> Sequence[EventTold]:
    """What stands beside each fact of a loan."""
    return snapshot.execute(_TOLD, {"loan": loan_id}).all()


_TITLED = and_(accounts.c.branch_id == _X.branch_id, accounts.c.code == _X.account)
_LEGS = (
    select(
        *(_N.id, _N.booked_on, _N.kind, _X.account, func.coalesce(accounts.c.title, "")),
        *(_X.amount_minor, _X.currency, _N.narration),
    )
    .select_from(entries.join(entry_lines, _X.entry_id == _N.id).outerjoin(accounts, _TITLED))
    .where(_N.loan_id == bindparam("loan"))
    .order_by(_N.id, _X.place)
)
# The entry's id, its day and kind; the account and its title; the amount; what was noted.
Leg: TypeAlias = Row[int, date, str, str, str, int, str, str]


def entries_of(snapshot: Snapshot, loan_id: int) -> Sequence[Leg]:
    """The legs of a loan's entries with the titles of their accounts."""
    return snapshot.execute(_LEGS, {"loan": loan_id}).all()
