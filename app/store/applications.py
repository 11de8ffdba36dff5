"""Applications as handlers lock them and as lists and screens show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_, select

from app.domain.errors import NotFound, StaleVersion
from app.store.loan_terms import newest
from app.store.schema.loans import events, instalments, loan_positions, loans
from app.store.schema.people import applications, groups, parties, products
from app.store.schema.system import users
from app.store.tx import Tx

SUBJECT = "application"
ACTIVE = "active"
PROMISED = ("sanctioned", "ready")

Row = dict[str, Any]
_A = applications.c
_SORTS: Mapping[str, ColumnElement[Any]] = MappingProxyType(
    {
        "number": _A.id,
        "borrower": func.lower(parties.c.full_name),
        "village": func.lower(parties.c.village),
        "product": func.lower(products.c.title),
        "amount": _A.amount_minor,
        "amount_minor": _A.amount_minor,
        "stage": _A.stage,
        "stage_since_on": _A.stage_since_on,
        "entered": _A.entered_on,
        "officer": func.lower(users.c.full_name),
    }
)
_BACKWARDS: Mapping[str, str] = MappingProxyType(
    {"days": "stage_since_on", "days_in_stage": "stage_since_on"}  # most days = earliest date
)
_JOINED = (
    applications.join(parties, parties.c.id == _A.party_id)
    .join(products, products.c.id == _A.product_id)
    .outerjoin(users, users.c.id == _A.officer_id)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which applications of a branch: stages (none: every stage), waiting for a checker, text."""

    branch_id: int
    stages: tuple[str, ...]
    waiting: bool
    text: str  # casefolded
    officer_id: int | None = None
    product_id: int | None = None
    village: str = ""


def lock_application(
    tx: Tx, application_id: int, branch_id: int, version: int | None = None
) -> Row:
    """The application of the branch, locked. Raises NotFound or StaleVersion."""
    query = select(applications).where(_A.id == application_id, _A.branch_id == branch_id)
    found = tx.one(query.with_for_update())
    if found is None:
        raise NotFound(what="application", id=application_id)
    if version is not None and found["version"] != version:
        raise StaleVersion(what="application", id=application_id)
    return dict(found)


def application_by_id(
    connection: Connection, application_id: int, branch_id: int
) -> RowMapping | None:
    """The application with the titles that a screen shows, or None."""
    query = (
        select(
            applications,
            products.c.title.label("product"),
            groups.c.title.label("group_title"),
            users.c.full_name.label("officer"),
        )
        .select_from(_JOINED.outerjoin(groups, groups.c.id == _A.group_id))
        .where(_A.id == application_id, _A.branch_id == branch_id)
    )
    return connection.execute(query).mappings().first()


def page_of(
    connection: Connection, wanted: Wanted, sort: str, offset: int, limit: int
) -> Sequence[RowMapping]:
    """One page of the queue; an unknown sort shows the longest in their stage first."""
    query = (
        select(
            *(_A.id, _A.number, _A.amount_minor, _A.currency, _A.stage, _A.stage_since_on),
            *(_A.check_id, parties.c.full_name, parties.c.local_name, parties.c.village),
            *(products.c.title.label("product"), users.c.full_name.label("officer")),
        )
        .select_from(_JOINED)
        .where(_matches(wanted))
    )
    return connection.execute(_sorted(query, sort).offset(offset).limit(limit)).mappings().all()


def count_of(connection: Connection, wanted: Wanted) -> int:
    """How many there are in all."""
    query = select(func.count()).select_from(_JOINED).where(_matches(wanted))
    return int(connection.scalar(query) or 0)


def counts_by_stage(connection: Connection, branch_id: int) -> dict[str, int]:
    """How many applications of the branch stand at each stage."""
    query = select(_A.stage, func.count()).where(_A.branch_id == branch_id).group_by(_A.stage)
    return {row[0]: row[1] for row in connection.execute(query)}


def story_of(connection: Connection, application_id: int) -> Sequence[RowMapping]:
    """Everything that happened to an application, with the names of who did it."""
    query = (
        select(events, users.c.full_name.label("who"))
        .select_from(events.outerjoin(users, users.c.id == events.c.user_id))
        .where(events.c.subject_kind == SUBJECT, events.c.subject_id == application_id)
        .order_by(events.c.recorded_at, events.c.id)
    )
    return connection.execute(query).mappings().all()


def event_by_id(connection: Connection, event_id: int) -> RowMapping | None:
    """One fact with the name of who recorded it, or None."""
    query = (
        select(events, users.c.full_name.label("who"))
        .select_from(events.outerjoin(users, users.c.id == events.c.user_id))
        .where(events.c.id == event_id)
    )
    return connection.execute(query).mappings().first()


def user_names(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Names by user id."""
    query = select(users.c.id, users.c.full_name).where(users.c.id.in_(list(ids)))
    return {row[0]: row[1] for row in connection.execute(query)}


def own_loans(connection: Connection, party_id: int) -> Sequence[RowMapping]:
    """The living loans of a person with us: terms, outstanding, oldest unpaid day, largest line."""
    unpaid = and_(instalments.c.loan_id == loans.c.id, instalments.c.unpaid_minor > 0)
    line = instalments.c.principal_minor + instalments.c.interest_minor + instalments.c.charge_minor
    largest = select(func.max(line)).where(unpaid).scalar_subquery().label("instalment_minor")
    query = (
        select(
            *(loans.c.id, newest("terms"), loans.c.currency, largest),
            *(loan_positions.c.principal_minor, loan_positions.c.next_unsettled_due_on),
        )
        .join(loan_positions, loan_positions.c.loan_id == loans.c.id)
        .where(loans.c.party_id == party_id, loan_positions.c.status == ACTIVE)
        .order_by(loans.c.id)
    )
    return connection.execute(query).mappings().all()


def promised_to(
    connection: Connection, party_id: int, currency: str, but: int
) -> Sequence[RowMapping]:
    """Other applications of a person that are sanctioned and not paid out yet."""
    query = select(
        *(_A.id, _A.product_id, _A.sanctioned_minor, _A.sanctioned_instalments),
        *(_A.sanctioned_rate, _A.product_number),
    ).where(
        _A.party_id == party_id,
        _A.currency == currency,
        _A.id != but,
        _A.sanction_id.is_not(None),
        _A.loan_id.is_(None),
        _A.stage.in_(PROMISED),
    )
    return connection.execute(query.order_by(_A.id)).mappings().all()


def sanctioned_since(connection: Connection, party_id: int, but: int, at: str) -> bool:
    """Whether another application of the person was sanctioned after an instant (UTC, stored)."""
    query = (
        select(_A.id)
        .join(events, events.c.id == _A.sanction_id)
        .where(_A.party_id == party_id, _A.id != but, events.c.recorded_at > at)
    )
    return connection.execute(query).first() is not None


def arrears_of(connection: Connection, loan_id: int, before_on: Any) -> int:
    """What of a loan fell due before a day and is not paid, in minor units."""
    query = select(func.coalesce(func.sum(instalments.c.unpaid_minor), 0)).where(
        instalments.c.loan_id == loan_id, instalments.c.due_on < before_on
    )
    return int(connection.scalar(query) or 0)


def _matches(wanted: Wanted) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [_A.branch_id == wanted.branch_id]
    if wanted.stages:
        parts.append(_A.stage.in_(wanted.stages))
    if wanted.waiting:
        parts.append(_A.check_id.is_not(None))
    if wanted.officer_id is not None:
        parts.append(_A.officer_id == wanted.officer_id)
    if wanted.product_id is not None:
        parts.append(_A.product_id == wanted.product_id)
    if wanted.village:
        parts.append(parties.c.village == wanted.village)
    for word in wanted.text.split():
        by_name = parties.c.find_text.contains(word, autoescape=True)
        by_number = func.lower(_A.number).contains(word, autoescape=True)
        parts.append(or_(by_name, by_number))
    return and_(*parts)


def _sorted(query: Select[Any], sort: str) -> Select[Any]:
    down = sort.startswith("-")
    key = sort.removeprefix("-")
    if key in _BACKWARDS:
        key, down = _BACKWARDS[key], not down
    column = _SORTS.get(key, _A.stage_since_on)
    return query.order_by(column.desc() if down else column, _A.id.desc() if down else _A.id)
