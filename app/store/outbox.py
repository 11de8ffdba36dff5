"""Messages with what became of them, and who must not be contacted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, Subquery, case, func, or_, select

from app.domain.outbox import IN_DOUBT, WAITING, MessageState
from app.store.schema.late import contact_stops, message_tries, messages, party_emails
from app.store.schema.loans import loan_positions, loans
from app.store.schema.people import parties, products
from app.store.schema.system import users
from app.store.store import Snapshot

_M, _T, _L, _P, _W = messages.c, message_tries.c, loans.c, loan_positions.c, parties.c
_S, _A = contact_stops.c, party_emails.c
_QUEUED = MessageState.QUEUED.value
ANY_WAITING = "waiting"


def page_of(
    snapshot: Snapshot,
    branch_id: int,
    state: str,
    loan_id: int | None,
    words: Sequence[str],
    place: tuple[int, int],
) -> Sequence[RowMapping]:
    """Messages, the newest first; `place` is offset and limit."""
    query = _narrowed(_every(branch_id), state, loan_id, words)
    query = query.order_by(_M.id.desc()).offset(place[0]).limit(place[1])
    return snapshot.execute(query).mappings().all()


def count_of(
    snapshot: Snapshot, branch_id: int, state: str, loan_id: int | None, words: Sequence[str]
) -> int:
    """How many there are."""
    query = _narrowed(_every(branch_id), state, loan_id, words).subquery()
    return int(snapshot.scalar(select(func.count()).select_from(query)) or 0)


def unsettled(snapshot: Snapshot, branch_id: int) -> Sequence[RowMapping]:
    """What waits to leave, and what is in doubt, the oldest first."""
    newest = _newest()
    state = func.coalesce(newest.c.state, _QUEUED)
    wanted = [one.value for one in (*WAITING, *IN_DOUBT)]
    query = _every(branch_id, newest).where(state.in_(wanted)).order_by(_M.id)
    return snapshot.execute(query).mappings().all()


def message_by_id(snapshot: Snapshot, branch_id: int, message_id: int) -> RowMapping | None:
    """One message with its state."""
    query = _every(branch_id).where(_M.id == message_id)
    return snapshot.execute(query).mappings().first()


def last_queued(snapshot: Snapshot, loan_id: int, template: str, channel: str) -> date | None:
    """The day that a text was last queued for a loan and not taken back."""
    newest = _newest()
    query = (
        select(func.max(_M.queued_on))
        .select_from(messages.outerjoin(newest, newest.c.message_id == _M.id))
        .where(
            _M.loan_id == loan_id,
            _M.template == template,
            _M.channel == channel,
            func.coalesce(newest.c.state, _QUEUED).not_in(["dropped", "failed"]),
        )
    )
    found: date | None = snapshot.scalar(query)
    return found


def stopped(snapshot: Snapshot, party_ids: Collection[int], on: date) -> dict[int, RowMapping]:
    """Who of some must not be contacted on a day, with the stop."""
    query = select(contact_stops).where(
        _S.party_id.in_(list(party_ids)),
        _S.lifted_at.is_(None),
        _S.from_on <= on,
        or_(_S.until_on.is_(None), _S.until_on >= on),
    )
    return {row["party_id"]: row for row in snapshot.execute(query).mappings()}


def reached_by(snapshot: Snapshot, loan_ids: Collection[int]) -> dict[int, RowMapping]:
    """Who borrowed, the language, where messages go, and what rules the product is under."""
    query = (
        select(
            *(_L.id.label("loan_id"), _L.number, _L.currency, _L.party_id, _P.status),
            *(_P.branch_id, _W.full_name, _W.local_name, _W.language, _W.phone, _W.village),
            *(_A.address, products.c.rule_set, _P.principal_minor),
        )
        .select_from(
            loans.join(loan_positions, _P.loan_id == _L.id)
            .join(parties, _W.id == _L.party_id)
            .join(products, products.c.id == _L.product_id)
            .outerjoin(party_emails, _A.party_id == _L.party_id)
        )
        .where(_L.id.in_(list(loan_ids)))
    )
    return {row["loan_id"]: row for row in snapshot.execute(query).mappings()}


def email_row(snapshot: Snapshot, party_id: int) -> RowMapping | None:
    """The e-mail address kept of a borrower."""
    query = select(party_emails).where(_A.party_id == party_id)
    return snapshot.execute(query).mappings().first()


def _newest() -> Subquery:
    """The last try of each message, with how many there were."""
    last = (
        select(
            _T.message_id,
            func.max(_T.id).label("id"),
            func.sum(case((_T.state == MessageState.BEGUN.value, 1), else_=0)).label("tries"),
        )
        .group_by(_T.message_id)
        .subquery("last")
    )
    return (
        select(
            *(_T.message_id, _T.state, _T.reason, _T.recorded_at),
            last.c.tries,
        )
        .join(last, last.c.id == _T.id)
        .subquery("newest")
    )


def _every(branch_id: int, newest: Subquery | None = None) -> Select[Any]:
    last = _newest() if newest is None else newest
    return (
        select(
            *(_M.id, _M.loan_id, _M.party_id, _L.number, _W.full_name, _M.channel, _M.template),
            *(_M.recipient, _M.subject, _M.body, _M.key, _M.template_id, _M.queued_on),
            _M.recorded_at.label("queued_at"),
            func.coalesce(last.c.state, _QUEUED).label("state"),
            func.coalesce(last.c.reason, "").label("reason"),
            func.coalesce(last.c.tries, 0).label("tries"),
            func.coalesce(last.c.recorded_at, _M.recorded_at).label("at"),
            *(users.c.full_name.label("by"), products.c.rule_set),
        )
        .select_from(
            messages.join(loans, _L.id == _M.loan_id)
            .join(parties, _W.id == _M.party_id)
            .join(products, products.c.id == _L.product_id)
            .outerjoin(users, users.c.id == _M.user_id)
            .outerjoin(last, last.c.message_id == _M.id)
        )
        .where(_M.branch_id == branch_id)
    )


def _narrowed(
    query: Select[Any], state: str, loan_id: int | None, words: Sequence[str]
) -> Select[Any]:
    shown = query.selected_columns["state"]
    if state == ANY_WAITING:
        query = query.where(shown.in_([one.value for one in WAITING]))
    elif state:
        query = query.where(shown == state)
    if loan_id is not None:
        query = query.where(_M.loan_id == loan_id)
    for word in words:
        found = (_W.find_text, func.lower(_L.number), _M.recipient)
        query = query.where(or_(*(one.contains(word, autoescape=True) for one in found)))
    return query
