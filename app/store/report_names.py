"""What loans and the people about them are called, for reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.store.loan_terms import newest
from app.store.report_stock import Scope, parts_of
from app.store.schema.loans import loan_positions, loans
from app.store.schema.people import groups, parties, products
from app.store.schema.system import users
from app.store.store import Snapshot

_L, _P, _W = loans.c, loan_positions.c, parties.c


class Known(NamedTuple):
    """A loan as a list names it. Amount in minor units; the rate is a decimal as written."""

    loan_id: int
    number: str
    borrower: str
    village: str
    party_id: int
    officer_id: int
    product_id: int
    group_id: int | None
    lent_on: date
    lent_minor: int
    rate: str


def people(snapshot: Snapshot) -> dict[int, str]:
    """Everybody who works here, by id."""
    return {row[0]: row[1] for row in snapshot.execute(select(users.c.id, users.c.full_name))}


def product_titles(snapshot: Snapshot) -> dict[int, str]:
    """Products by id."""
    return {row[0]: row[1] for row in snapshot.execute(select(products.c.id, products.c.title))}


def centres(snapshot: Snapshot, branch_id: int) -> dict[int, str]:
    """The centre of each group of a branch."""
    query = select(groups.c.id, groups.c.centre).where(groups.c.branch_id == branch_id)
    return {row[0]: row[1] for row in snapshot.execute(query)}


def villages(snapshot: Snapshot, scope: Scope) -> dict[int, str]:
    """The village of the borrower of each loan."""
    query = (
        select(_L.id, _W.village)
        .select_from(
            loans.join(loan_positions, _P.loan_id == _L.id).join(parties, _W.id == _L.party_id)
        )
        .where(_P.branch_id == scope.branch_id, _L.currency == scope.currency)
    )
    return {row[0]: row[1] for row in snapshot.execute(query)}


def known_loans(snapshot: Snapshot, ids: Iterable[int]) -> dict[int, Known]:
    """Some loans by id, as lists name them."""
    query = select(
        *(_L.id, _L.number, _W.full_name, _W.village, _L.party_id),
        *(_P.officer_id, _L.product_id, _L.group_id),
        *(_L.disbursed_on, _L.principal_minor, newest("annual_rate")),
    ).select_from(
        loans.join(loan_positions, _P.loan_id == _L.id).join(parties, _W.id == _L.party_id)
    )
    return {
        row[0]: Known._make(row)
        for some in parts_of(ids)
        for row in snapshot.execute(query.where(_L.id.in_(some)))
    }


def loans_before(snapshot: Snapshot, party_ids: Iterable[int]) -> dict[int, list[tuple[date, int]]]:
    """The loans of each borrower as (paid out on, id), the first of them first."""
    made: dict[int, list[tuple[date, int]]] = {}
    for some in parts_of(party_ids):
        query = select(_L.party_id, _L.disbursed_on, _L.id).where(_L.party_id.in_(some))
        for party_id, on, loan_id in snapshot.execute(query):
            made.setdefault(party_id, []).append((on, loan_id))
    for those in made.values():
        those.sort()
    return made
