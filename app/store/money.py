"""Receipts, prints and accounts: what the counter reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from app.store.loan_terms import newest
from app.store.schema.books import accounts, entries, entry_lines
from app.store.schema.loans import events, loans, prints, receipt_parts, receipts
from app.store.schema.people import groups, parties
from app.store.schema.system import branches, stations, users
from app.store.store import Snapshot
from app.store.tx import Row

MONEY_IN = ("receipt", "recovery")  # kinds of entries and facts by which money comes in
TILL_IN = ("till-in", "till-take", "till-back", "till-field")
_BACK_IN = (("reversal", True), ("till-closing", False))  # with whether it goes out
TILL_COUNTS = ("opening", "till-opening")  # what the day began with, as it was counted

_R, _Q, _L, _E = receipts.c, receipt_parts.c, loans.c, events.c


def balance_of(snapshot: Snapshot, branch_id: int, account: str, currency: str) -> int:
    """What an account holds by all entries, debit above zero."""
    x = entry_lines.c
    query = select(func.coalesce(func.sum(x.amount_minor), 0)).where(
        x.branch_id == branch_id, x.account == account, x.currency == currency
    )
    return int(snapshot.scalar(query) or 0)


def receipt_by_id(snapshot: Snapshot, receipt_id: int) -> Row | None:
    """A receipt with the counter it was taken at, or None."""
    query = (
        select(receipts, stations.c.counter_code)
        .select_from(receipts.outerjoin(stations, stations.c.id == _R.station_id))
        .where(_R.id == receipt_id)
    )
    found = snapshot.execute(query).mappings().first()
    return None if found is None else dict(found)


def parts_of(snapshot: Snapshot, receipt_id: int) -> list[Row]:
    """The parts of a receipt; `reversed_on` and `reversed_why` where it was reversed."""
    back = events.alias("back")
    reversal = (back.c.of_id == _Q.event_id) & (back.c.kind == "reversal")
    query = (
        select(
            receipt_parts,
            back.c.value_on.label("reversed_on"),
            back.c.title.label("reversed_why"),
        )
        .select_from(receipt_parts.outerjoin(back, reversal))
        .where(_Q.receipt_id == receipt_id)
        .order_by(_Q.id)
    )
    return [dict(row) for row in snapshot.execute(query).mappings()]


def count_prints(snapshot: Snapshot, receipt_id: int) -> int:
    """How often a receipt was handed to a printer."""
    query = select(func.count()).where(prints.c.receipt_id == receipt_id)
    return int(snapshot.scalar(query) or 0)


def receipts_of_station(
    snapshot: Snapshot, branch_id: int, station_id: int, on: date, latest: int
) -> list[Row]:
    """The latest receipts of a counter on a day, the newest first, one row each."""
    query = _listed().where(
        _R.branch_id == branch_id, _R.booked_on == on, _R.station_id == station_id
    )
    query = query.order_by(_R.id.desc()).limit(latest)
    return [dict(row) for row in snapshot.execute(query).mappings()]


def receipt_row(snapshot: Snapshot, receipt_id: int) -> Row | None:
    """One receipt as lists show it."""
    found = snapshot.execute(_listed().where(_R.id == receipt_id)).mappings().first()
    return None if found is None else dict(found)


def _listed() -> Select[Any]:
    """Receipts with borrower and loan of their first part."""
    first = (
        select(func.min(_Q.id))
        .where(_Q.receipt_id == _R.id, _Q.account_kind == "loan")
        .correlate(receipts)
        .scalar_subquery()
    )
    back = events.alias("back")
    reversal = (
        select(func.count())
        .where(back.c.of_id == _Q.event_id, back.c.kind == "reversal")
        .correlate(receipt_parts)
        .scalar_subquery()
    )
    printed = (
        select(func.count())
        .where(prints.c.receipt_id == _R.id)
        .correlate(receipts)
        .scalar_subquery()
    )
    joined = (
        receipts.join(receipt_parts, _Q.id == first)
        .join(loans, _L.id == _Q.account_id)
        .join(parties, parties.c.id == _L.party_id)
        .outerjoin(users, users.c.id == _R.user_id)
    )
    return select(
        receipts,
        _L.id.label("loan_id"),
        _L.number.label("loan_number"),
        parties.c.full_name.label("borrower"),
        parties.c.local_name,
        users.c.full_name.label("by"),
        reversal.label("reversals"),
        printed.label("prints"),
    ).select_from(joined)


def till_of(
    snapshot: Snapshot, branch_id: int, account: str, currency: str, on: date
) -> tuple[int, int, int]:
    """(opening, received, paid) of a cash account on a day.

    A reversal takes back what came in, or brings back what was paid out.
    """
    x, e = entry_lines.c, entries.c
    opening = select(func.coalesce(func.sum(x.amount_minor), 0)).where(
        x.branch_id == branch_id, x.account == account, x.currency == currency, x.booked_on < on
    )
    out = x.amount_minor < 0
    moved = (
        select(e.kind, out, func.sum(x.amount_minor))
        .select_from(entry_lines.join(entries, e.id == x.entry_id))
        .where(
            x.branch_id == branch_id,
            x.account == account,
            x.currency == currency,
            x.booked_on == on,
        )
        .group_by(e.kind, out)
    )
    began = int(snapshot.scalar(opening) or 0)
    received = paid = 0
    for kind, goes_out, amount in snapshot.execute(moved):
        if kind in TILL_COUNTS:
            began += int(amount)
        elif kind in (*MONEY_IN, *TILL_IN) or (kind, bool(goes_out)) in _BACK_IN:
            received += int(amount)
        else:
            paid -= int(amount)
    return began, received, paid


def other_modes(
    snapshot: Snapshot, branch_id: int, station_id: int, on: date, currency: str
) -> Sequence[tuple[str, int]]:
    """What a counter took in each mode but cash on a day, without reversed receipts."""
    back = events.alias("back")
    gone = (
        select(back.c.id)
        .join(receipt_parts, _Q.event_id == back.c.of_id)
        .where(_Q.receipt_id == _R.id, back.c.kind == "reversal")
        .correlate(receipts)
        .exists()
    )
    query = (
        select(_R.mode, func.sum(_R.amount_minor))
        .where(
            _R.branch_id == branch_id,
            _R.station_id == station_id,
            _R.booked_on == on,
            _R.currency == currency,
            _R.mode != "cash",
            ~gone,
        )
        .group_by(_R.mode)
        .order_by(_R.mode)
    )
    return [(mode, int(amount)) for mode, amount in snapshot.execute(query)]


def loan_for_paper(snapshot: Snapshot, loan_id: int) -> Row | None:
    """Names of a loan for its papers: borrower, member number, product, group, branch, language."""
    p, b, g = parties.c, branches.c, groups.c
    joined = (
        loans.join(parties, p.id == _L.party_id)
        .join(branches, b.id == _L.branch_id)
        .outerjoin(groups, g.id == _L.group_id)
    )
    query = (
        select(
            *(_L.id, _L.number, _L.product_id, _L.currency, _L.principal_minor),
            *(newest("annual_rate"), newest("terms")),
            *(_L.disbursed_on, _L.party_id, p.full_name, p.local_name, p.language),
            *(p.number.label("member_number"), b.lender_name, b.lender_registration, b.address),
            *(b.name.label("branch_name"), b.grievance_phone, b.time_zone, g.title, g.centre),
        )
        .select_from(joined)
        .where(_L.id == loan_id)
    )
    found = snapshot.execute(query).mappings().first()
    return None if found is None else dict(found)


def account_titles(snapshot: Snapshot, branch_id: int) -> dict[str, str]:
    """The chart of a branch: code to title."""
    query = select(accounts.c.code, accounts.c.title).where(accounts.c.branch_id == branch_id)
    return dict(snapshot.execute(query).all())


def user_names(snapshot: Snapshot) -> dict[int, str]:
    """The names of all users by id."""
    query = select(users.c.id, users.c.full_name)
    return dict(snapshot.execute(query).all())
