"""Facts of a period that somebody should look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import FromClause, RowMapping, Select, and_, func, select

from app.domain.events import EventKind
from app.store.account_sums import CASH
from app.store.arrears import LOAN
from app.store.report_flows import Span
from app.store.schema.acts import vouchers
from app.store.schema.loans import events, loans, prints, receipt_parts, receipts
from app.store.schema.people import applications, parties
from app.store.schema.system import audit, checks, users
from app.store.store import Snapshot

_C, _E, _L, _R, _T, _U = checks.c, events.c, loans.c, receipts.c, receipt_parts.c, users.c
_V, _W = vouchers.c, parties.c
DISBURSED, SANCTIONED, APPLICATION = "disbursed", "sanctioned", "application"
_BACKDATED = [
    kind.value
    for kind in EventKind
    if kind not in (EventKind.DISBURSEMENT, EventKind.OPENING, EventKind.REVERSAL)
]

Rows = Sequence[RowMapping]


def reversals(snapshot: Snapshot, span: Span) -> Rows:
    """What was taken back in the period, with what it was."""
    voided = events.alias("voided")
    query = (
        _told()
        .add_columns(voided.c.kind.label("of_kind"), voided.c.amount_minor.label("was_minor"))
        .add_columns(_R.number.label("receipt_number"), _R.mode, _R.booked_on.label("receipt_on"))
        .select_from(
            _about_loans()
            .join(voided, voided.c.id == _E.of_id)
            .outerjoin(receipt_parts, _T.event_id == voided.c.id)
            .outerjoin(receipts, _R.id == _T.receipt_id)
        )
        .where(*_booked(span), _E.kind == EventKind.REVERSAL.value)
    )
    return snapshot.execute(query.order_by(_E.id)).mappings().all()


def backdated(snapshot: Snapshot, span: Span) -> Rows:
    """What was booked for a day before the one that was open."""
    query = (
        _told()
        .add_columns(_R.number.label("receipt_number"))
        .select_from(
            _about_loans()
            .outerjoin(receipt_parts, _T.event_id == _E.id)
            .outerjoin(receipts, _R.id == _T.receipt_id)
        )
        .where(*_booked(span), _E.kind.in_(_BACKDATED), _E.value_on < _E.booked_on)
    )
    return snapshot.execute(query.order_by(_E.id)).mappings().all()


def waivers(snapshot: Snapshot, span: Span) -> Rows:
    """What was waived in the period."""
    query = (
        _told().select_from(_about_loans()).where(*_booked(span), _E.kind == EventKind.WAIVER.value)
    )
    return snapshot.execute(query.order_by(_E.id)).mappings().all()


def sanctions(snapshot: Snapshot, span: Span) -> Rows:
    """Sanctions of the period with what was said of them."""
    return _of_applications(snapshot, span, SANCTIONED)


def payments_out(snapshot: Snapshot, span: Span) -> Rows:
    """Disbursements of the period with how they were paid."""
    return _of_applications(snapshot, span, DISBURSED)


def vouchers_in_cash(snapshot: Snapshot, span: Span) -> Rows:
    """Cash that went out to borrowers other than by a disbursement."""
    query = (
        select(
            *(_V.booked_on, _V.recorded_at, _V.number, _V.amount_minor, _V.loan_id),
            *(_L.party_id, _W.full_name, _U.full_name.label("by")),
        )
        .select_from(
            vouchers.join(loans, _L.id == _V.loan_id)
            .join(parties, _W.id == _L.party_id)
            .outerjoin(users, _U.id == _V.user_id)
        )
        .where(
            _V.branch_id == span.scope.branch_id,
            _V.currency == span.scope.currency,
            _V.booked_on.between(span.first, span.last),
            _V.mode == CASH,
        )
    )
    return snapshot.execute(query).mappings().all()


def printed_again(snapshot: Snapshot, branch_id: int, first: str, until: str) -> Rows:
    """Receipts printed again between two instants (UTC as stored, the second left out)."""
    p = prints.c
    query = (
        select(
            *(p.printed_at.label("at"), p.duplicate, _R.number, _R.amount_minor, _R.payer),
            _U.full_name.label("by"),
            func.min(_T.account_id).label("loan_id"),
        )
        .select_from(
            prints.join(receipts, _R.id == p.receipt_id)
            .join(receipt_parts, _T.receipt_id == _R.id)
            .outerjoin(users, _U.id == p.user_id)
        )
        .where(
            _R.branch_id == branch_id,
            p.duplicate > 0,
            p.printed_at >= first,
            p.printed_at < until,
        )
        .group_by(
            *(p.id, p.printed_at, p.duplicate, _R.number, _R.amount_minor, _R.payer),
            _U.full_name,
        )
        .order_by(p.printed_at)
    )
    return snapshot.execute(query).mappings().all()


def confirmed(snapshot: Snapshot, branch_id: int, first: str, until: str) -> Rows:
    """What a second person let happen, asked for between two instants."""
    maker, checker = users.alias("maker"), users.alias("checker")
    query = (
        select(
            *(_C.command, _C.made_at.label("at"), _C.amount_minor, _C.subject_kind, _C.subject_id),
            maker.c.full_name.label("by"),
            checker.c.full_name.label("checker"),
        )
        .select_from(
            checks.outerjoin(maker, maker.c.id == _C.maker_id).outerjoin(
                checker, checker.c.id == _C.checker_id
            )
        )
        .where(
            _C.branch_id == branch_id,
            _C.state == "accepted",
            _C.made_at >= first,
            _C.made_at < until,
        )
    )
    return snapshot.execute(query.order_by(_C.made_at)).mappings().all()


def refusals(snapshot: Snapshot, branch_id: int, first: str, until: str) -> Rows:
    """Attempts that were refused between two instants, with the codes of why."""
    a = audit.c
    query = (
        select(a.at, a.command, a.result, _U.full_name.label("by"))
        .select_from(audit.outerjoin(users, _U.id == a.user_id))
        .where(a.outcome == "refused", a.branch_id == branch_id, a.at >= first, a.at < until)
    )
    return snapshot.execute(query.order_by(a.at)).mappings().all()


def _told() -> Select[Any]:
    return select(
        *(_E.booked_on, _E.value_on, _E.recorded_at, _E.kind, _E.head, _E.amount_minor, _E.title),
        *(_L.id.label("loan_id"), _L.number, _W.full_name, _U.full_name.label("by")),
    )


def _about_loans() -> FromClause:
    mine = and_(_E.subject_kind == LOAN, _L.id == _E.subject_id)
    return (
        events.join(loans, mine)
        .join(parties, _W.id == _L.party_id)
        .outerjoin(users, _U.id == _E.user_id)
    )


def _booked(span: Span) -> tuple[Any, ...]:
    return (
        _E.branch_id == span.scope.branch_id,
        _E.booked_on.between(span.first, span.last),
        _L.currency == span.scope.currency,
    )


def _of_applications(snapshot: Snapshot, span: Span, kind: str) -> Rows:
    a = applications.c
    mine = and_(_E.subject_kind == APPLICATION, a.id == _E.subject_id)
    query = (
        select(
            *(_E.booked_on, _E.recorded_at, _E.amount_minor, _E.payload, a.number, a.loan_id),
            *(a.party_id, _W.full_name, _U.full_name.label("by")),
        )
        .select_from(
            events.join(applications, mine)
            .join(parties, _W.id == a.party_id)
            .outerjoin(users, _U.id == _E.user_id)
        )
        .where(
            _E.branch_id == span.scope.branch_id,
            _E.booked_on.between(span.first, span.last),
            _E.kind == kind,
            a.currency == span.scope.currency,
        )
    )
    return snapshot.execute(query.order_by(_E.id)).mappings().all()
