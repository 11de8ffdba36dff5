"""Vouchers of money paid out, and kept quotes of closures."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, Select, func, select

from app.store.schema.acts import closure_quotes, vouchers
from app.store.schema.loans import events, loans
from app.store.schema.people import parties
from app.store.schema.system import stations, users
from app.store.store import Snapshot

_V, _Q, _E, _L = vouchers.c, closure_quotes.c, events.c, loans.c


def voucher_by_id(snapshot: Snapshot, voucher_id: int) -> RowMapping | None:
    """A voucher with the names and the reason that stand on it, or None."""
    back = events.alias("back")
    reversals = (
        select(func.count())
        .where(back.c.of_id == _V.event_id, back.c.kind == "reversal")
        .correlate(vouchers)
        .scalar_subquery()
    )
    query = (
        select(
            vouchers,
            *(_L.number.label("loan_number"), _E.title.label("reason")),
            *(parties.c.full_name.label("borrower"), parties.c.local_name),
            *(users.c.full_name.label("by"), reversals.label("reversals")),
        )
        .select_from(
            vouchers.join(loans, _L.id == _V.loan_id)
            .join(parties, parties.c.id == _L.party_id)
            .outerjoin(events, _E.id == _V.event_id)
            .outerjoin(users, users.c.id == _V.user_id)
        )
        .where(_V.id == voucher_id)
    )
    return snapshot.execute(query).mappings().first()


def voucher_of_event(snapshot: Snapshot, event_id: int) -> RowMapping | None:
    """The voucher of a fact with the counter it was paid at, or None."""
    query = (
        select(vouchers, stations.c.counter_code)
        .select_from(vouchers.outerjoin(stations, stations.c.id == _V.station_id))
        .where(_V.event_id == event_id)
    )
    return snapshot.execute(query).mappings().first()


def count_vouchers(snapshot: Snapshot, prefix: str) -> int:
    """How many voucher numbers begin with a prefix; vouchers are never deleted."""
    query = select(func.count()).where(_V.number.startswith(prefix, autoescape=True))
    return int(snapshot.scalar(query) or 0)


def count_quotes(snapshot: Snapshot, prefix: str) -> int:
    """How many numbers of kept quotes begin with a prefix."""
    query = select(func.count()).where(_Q.number.startswith(prefix, autoescape=True))
    return int(snapshot.scalar(query) or 0)


def quote_by_id(snapshot: Snapshot, quote_id: int) -> RowMapping | None:
    """A kept quote with who made it, or None."""
    return snapshot.execute(_quotes().where(_Q.id == quote_id)).mappings().first()


def quotes_of(snapshot: Snapshot, loan_id: int) -> Sequence[RowMapping]:
    """The kept quotes of a loan, the newest first."""
    query = _quotes().where(_Q.loan_id == loan_id).order_by(_Q.id.desc())
    return snapshot.execute(query).mappings().all()


def _quotes() -> Select[tuple[object, ...]]:
    return select(closure_quotes, users.c.full_name.label("by")).select_from(
        closure_quotes.outerjoin(users, users.c.id == _Q.user_id)
    )


def paid_out_first(snapshot: Snapshot, loan_id: int) -> RowMapping | None:
    """What was told of a loan's first part when it was paid out, and by whom; or None."""
    query = (
        select(_E.payload, _E.amount_minor, _E.recorded_at, users.c.full_name.label("by"))
        .select_from(
            loans.join(events, _E.subject_id == _L.application_id).outerjoin(
                users, users.c.id == _E.user_id
            )
        )
        .where(
            _L.id == loan_id,
            _E.subject_kind == "application",
            _E.kind == "disbursed",
            _E.payload.is_not(None),
        )
    )
    return snapshot.execute(query).mappings().first()
