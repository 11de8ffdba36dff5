"""The journal and the ledger: entries narrowed and paged, with the numbers that stand for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, case, exists, func, or_, select

from app.store.schema.acts import vouchers
from app.store.schema.books import accounts, entries, entry_lines
from app.store.schema.journals import journal_vouchers
from app.store.schema.loans import events, loans, receipt_parts, receipts
from app.store.schema.people import parties
from app.store.schema.system import audit, users
from app.store.store import Snapshot

_N, _X, _J, _L = entries.c, entry_lines.c, journal_vouchers.c, loans.c
_MOST_NAMED = 50
Found = RowMapping
STATION_BITS = 40  # an id is station << 40 | n


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries of a branch; days inclusive, None is any."""

    branch_id: int
    account: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """An account of a branch in a currency between two days, both in it."""

    branch_id: int
    account: str
    currency: str
    first: date
    last: date


def entries_page(
    snapshot: Snapshot,
    wanted: Wanted,
    offset: int,
    limit: int,
    *,
    earliest_first: bool = False,
) -> list[RowMapping]:
    """One page, the latest first unless said."""
    order = (_N.booked_on, _N.id) if earliest_first else (_N.booked_on.desc(), _N.id.desc())
    places = (
        select(_N.id)
        .where(*_where(snapshot, wanted))
        .order_by(*order)
        .offset(offset)
        .limit(limit)
        .subquery()
    )
    query = _named().join(places, places.c.id == _N.id)
    return list(snapshot.execute(query.order_by(*order)).mappings())


def count_entries(snapshot: Snapshot, wanted: Wanted) -> int:
    """How many entries there are in all."""
    query = select(func.count()).select_from(entries).where(*_where(snapshot, wanted))
    return int(snapshot.scalar(query) or 0)


def entry_by_id(snapshot: Snapshot, entry_id: int) -> RowMapping | None:
    """One entry as lists show it, or None."""
    return snapshot.execute(_named().where(_N.id == entry_id)).mappings().first()


def legs_of(snapshot: Snapshot, ids: Iterable[int]) -> dict[int, list[RowMapping]]:
    """The lines of entries in their order, with the titles of their accounts."""
    title = and_(accounts.c.branch_id == _X.branch_id, accounts.c.code == _X.account)
    query = (
        select(_X.entry_id, _X.account, _X.amount_minor, _X.currency, accounts.c.title)
        .select_from(entry_lines.outerjoin(accounts, title))
        .where(_X.entry_id.in_(sorted(set(ids))))
        .order_by(_X.entry_id, _X.place)
    )
    made: dict[int, list[RowMapping]] = {}
    for row in snapshot.execute(query).mappings():
        made.setdefault(row["entry_id"], []).append(row)
    return made


def numbers_of(snapshot: Snapshot, ids: Iterable[int]) -> dict[int, RowMapping]:
    """Receipt, paid-out voucher and journal voucher by entry; a reversal shows what it voids."""
    stands_for = func.coalesce(events.c.of_id, events.c.id)
    part = receipt_parts.c
    query = (
        select(
            _N.id,
            func.coalesce(receipts.c.number, vouchers.c.number, _J.number).label("number"),
            receipts.c.id.label("receipt_id"),
            vouchers.c.id.label("voucher_id"),
            _J.id.label("journal_id"),
        )
        .select_from(
            entries.outerjoin(events, events.c.id == _N.event_id)
            .outerjoin(receipt_parts, part.event_id == stands_for)
            .outerjoin(receipts, receipts.c.id == part.receipt_id)
            .outerjoin(vouchers, vouchers.c.event_id == stands_for)
            .outerjoin(journal_vouchers, _J.entry_id == _N.id)
        )
        .where(_N.id.in_(sorted(set(ids))))
    )
    return {row["id"]: row for row in snapshot.execute(query).mappings()}


def kinds(snapshot: Snapshot, branch_id: int) -> Sequence[str]:
    """The kinds of entries that there are; a loose walk over their index."""
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        query = select(func.min(_N.kind)).where(_N.branch_id == branch_id, _N.kind > after)
        after = snapshot.scalar(query)
        found += [] if after is None else [after]
    return found


def earliest(snapshot: Snapshot, branch_id: int) -> date | None:
    """The day of the first entry of a branch."""
    found: date | None = snapshot.scalar(
        select(func.min(_N.booked_on)).where(_N.branch_id == branch_id)
    )
    return found


def line_of(snapshot: Snapshot, entry_id: int, at: str) -> int | None:
    """The number of the line of the chain that wrote an entry, of the station in its id."""
    c, station_id = audit.c, entry_id >> STATION_BITS
    query = select(c.number, c.facts).where(
        c.at == at, c.station_id == station_id, c.outcome == "done"
    )
    mark = f'["entries",{entry_id},'
    for row in snapshot.execute(query):
        if mark in str(row.facts).replace(" ", ""):
            return int(row.number)
    return None


def ledger_page(snapshot: Snapshot, span: Span, offset: int, limit: int) -> list[RowMapping]:
    """One page of an account's lines, in the order of booking."""
    query = (
        _named(_X.place, _X.amount_minor)
        .join(entry_lines, _X.entry_id == _N.id)
        .where(*_of_span(span))
        .order_by(_X.booked_on, _X.entry_id, _X.place)
        .offset(offset)
        .limit(limit)
    )
    return list(snapshot.execute(query).mappings())


def moved_first(snapshot: Snapshot, span: Span, rows: int) -> int:
    """What the first so many lines of the span come to."""
    if not rows:
        return 0
    some = (
        select(_X.amount_minor)
        .where(*_of_span(span))
        .order_by(_X.booked_on, _X.entry_id, _X.place)
        .limit(rows)
        .subquery()
    )
    return int(snapshot.scalar(select(func.coalesce(func.sum(some.c.amount_minor), 0))) or 0)


def span_sums(snapshot: Snapshot, span: Span) -> tuple[int, int, int]:
    """Lines, debits and credits of a span."""
    x = _X.amount_minor
    query = select(
        func.count(),
        func.coalesce(func.sum(case((x > 0, x), else_=0)), 0),
        func.coalesce(func.sum(case((x < 0, -x), else_=0)), 0),
    ).where(*_of_span(span))
    row = snapshot.execute(query).one()
    return int(row[0]), int(row[1]), int(row[2])


def _named(*more: Any) -> Select[Any]:
    """Entries with the loan, the borrower and who made them."""
    return select(
        *(_N.id, _N.branch_id, _N.booked_on, _N.recorded_at, _N.kind, _N.narration, _N.loan_id),
        *(_L.number.label("loan_number"), parties.c.full_name.label("borrower")),
        *(users.c.full_name.label("who"), *more),
    ).select_from(
        entries.outerjoin(loans, _L.id == _N.loan_id)
        .outerjoin(parties, parties.c.id == _L.party_id)
        .outerjoin(users, users.c.id == _N.user_id)
    )


def _of_span(span: Span) -> tuple[ColumnElement[bool], ...]:
    return (
        _X.branch_id == span.branch_id,
        _X.account == span.account,
        _X.currency == span.currency,
        _X.booked_on.between(span.first, span.last),
    )


def _where(snapshot: Snapshot, wanted: Wanted) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = [_N.branch_id == wanted.branch_id]
    if wanted.first is not None:
        made.append(_N.booked_on >= wanted.first)
    if wanted.last is not None:
        made.append(_N.booked_on <= wanted.last)
    if wanted.kind:
        made.append(_N.kind == wanted.kind)
    if wanted.account:
        made.append(exists().where(_X.entry_id == _N.id, _X.account == wanted.account))
    if wanted.text:
        made.append(_about(snapshot, wanted.text))
    return made


def _about(snapshot: Snapshot, text: str) -> ColumnElement[bool]:
    """Entries of whatever carries a number that begins so."""

    def of(query: Select[Any]) -> list[int]:
        return [int(one) for one in snapshot.scalars(query.limit(_MOST_NAMED))]

    begins = text.upper()
    part = receipt_parts.c
    facts = of(
        select(part.event_id)
        .join(receipts, receipts.c.id == part.receipt_id)
        .where(receipts.c.number.startswith(begins, autoescape=True))
    )
    facts += of(
        select(vouchers.c.event_id).where(vouchers.c.number.startswith(begins, autoescape=True))
    )
    back = of(select(events.c.id).where(events.c.of_id.in_(facts), events.c.kind == "reversal"))
    own = of(select(_J.entry_id).where(_J.number.startswith(begins, autoescape=True)))
    lent = of(select(_L.id).where(_L.number.startswith(begins, autoescape=True)))
    return or_(_N.event_id.in_([*facts, *back]), _N.id.in_(own), _N.loan_id.in_(lent))
