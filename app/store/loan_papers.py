"""What papers about a loan and the books of a branch read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, and_, func, select

from app.store.schema.acts import vouchers
from app.store.schema.books import accounts, entries, entry_lines
from app.store.schema.loans import events, loan_positions, loans, receipt_parts, receipts
from app.store.schema.people import applications, groups, parties
from app.store.schema.system import business_days, users
from app.store.store import Snapshot

_N, _X, _L, _P, _A = entries.c, entry_lines.c, loans.c, parties.c, applications.c


def person_of_loan(snapshot: Snapshot, loan_id: int) -> RowMapping:
    """Where the borrower lives and who looks after the loan."""
    query = (
        select(
            *(_P.relative_name, _P.phone, _P.house, _P.village, _P.pin, _P.gender),
            users.c.full_name.label("officer"),
        )
        .select_from(
            loans.join(parties, _P.id == _L.party_id)
            .outerjoin(loan_positions, loan_positions.c.loan_id == _L.id)
            .outerjoin(users, users.c.id == loan_positions.c.officer_id)
        )
        .where(_L.id == loan_id)
    )
    return snapshot.execute(query).mappings().one()


def application_of_loan(snapshot: Snapshot, loan_id: int) -> int:
    """The application that a loan came from; 0 where it came from none."""
    return int(snapshot.scalar(select(_L.application_id).where(_L.id == loan_id)) or 0)


def sanction_facts(snapshot: Snapshot, application_id: int) -> RowMapping | None:
    """A sanctioned application with its borrower, and when and by whom it was sanctioned."""
    query = (
        select(
            applications,
            *(_P.full_name, _P.local_name, _P.relative_name, _P.house, _P.village, _P.pin),
            *(_P.language, _P.number.label("member_number"), groups.c.title, groups.c.centre),
            *(events.c.booked_on.label("sanctioned_on"), users.c.full_name.label("sanctioned_by")),
        )
        .select_from(
            applications.join(parties, _P.id == _A.party_id)
            .outerjoin(groups, groups.c.id == _A.group_id)
            .outerjoin(events, events.c.id == _A.sanction_id)
            .outerjoin(users, users.c.id == events.c.user_id)
        )
        .where(_A.id == application_id)
    )
    return snapshot.execute(query).mappings().first()


def day_state(snapshot: Snapshot, branch_id: int, on: date) -> str | None:
    """Whether a business day is open or closed; None where there was none."""
    c = business_days.c
    state: str | None = snapshot.scalar(
        select(c.state).where(c.branch_id == branch_id, c.day_on == on)
    )
    return state


def day_entries(snapshot: Snapshot, branch_id: int, on: date) -> Sequence[RowMapping]:
    """Every leg of every entry of a business day, with what it belongs to."""
    title = and_(accounts.c.branch_id == _X.branch_id, accounts.c.code == _X.account)
    query = (
        select(
            *(_N.id.label("entry_id"), _N.kind, _N.recorded_at, _X.account, _X.amount_minor),
            *(accounts.c.title, _L.number.label("loan_number")),
            *(_P.full_name, _numbers().label("number")),
        )
        .select_from(
            entries.join(entry_lines, _X.entry_id == _N.id)
            .outerjoin(accounts, title)
            .outerjoin(loans, _L.id == _N.loan_id)
            .outerjoin(parties, _P.id == _L.party_id)
        )
        .where(_N.branch_id == branch_id, _N.booked_on == on)
        .order_by(_N.id, _X.place)
    )
    return snapshot.execute(query).mappings().all()


def money_moves(
    snapshot: Snapshot, branch_id: int, on: tuple[date, date], money: Sequence[str], currency: str
) -> Sequence[RowMapping]:
    """Each leg on an account of money between two days, with what it was for, as booked."""
    query = (
        select(
            *(_N.id, _N.kind, _N.booked_on, _N.recorded_at, _X.account, _X.amount_minor),
            *(_L.number.label("loan_number"), _P.full_name, _numbers().label("number")),
        )
        .select_from(
            entries.join(entry_lines, _X.entry_id == _N.id)
            .outerjoin(loans, _L.id == _N.loan_id)
            .outerjoin(parties, _P.id == _L.party_id)
        )
        .where(
            _X.branch_id == branch_id,
            _X.booked_on.between(*on),
            _X.account.in_(money),
            _X.currency == currency,
        )
        .order_by(_N.booked_on, _N.id, _X.place)
    )
    return snapshot.execute(query).mappings().all()


def money_before(
    snapshot: Snapshot, branch_id: int, on: date, money: Sequence[str], currency: str
) -> int:
    """What these accounts held when the day began."""
    query = select(func.coalesce(func.sum(_X.amount_minor), 0)).where(
        _X.branch_id == branch_id,
        _X.booked_on < on,
        _X.account.in_(money),
        _X.currency == currency,
    )
    return int(snapshot.scalar(query) or 0)


def account_codes(snapshot: Snapshot, branch_id: int) -> Sequence[str]:
    """The accounts of the branch's chart."""
    query = select(accounts.c.code).where(accounts.c.branch_id == branch_id)
    return snapshot.scalars(query.order_by(accounts.c.code)).all()


def _numbers() -> Any:
    """The number of the receipt or voucher that an entry was made for; of what it reverses too."""
    fact = events.alias("fact")
    stands_for = func.coalesce(fact.c.of_id, fact.c.id)
    part = receipt_parts.c
    receipt = (
        select(receipts.c.number)
        .join(receipt_parts, part.receipt_id == receipts.c.id)
        .join(fact, stands_for == part.event_id)
        .where(fact.c.id == _N.event_id)
        .correlate(entries)
        .limit(1)
        .scalar_subquery()
    )
    voucher = (
        select(vouchers.c.number)
        .join(fact, stands_for == vouchers.c.event_id)
        .where(fact.c.id == _N.event_id)
        .correlate(entries)
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(receipt, voucher, "")
