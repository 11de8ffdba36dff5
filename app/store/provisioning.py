"""The sums that provisions are reckoned on, of the loans as they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from app.store.arrears import ACTIVE
from app.store.report_stock import Scope, unpaid_now
from app.store.schema.loans import loan_positions, loans
from app.store.store import Snapshot

_L, _P = loans.c, loan_positions.c
_BASIS = 10_000


def portfolio(snapshot: Snapshot, branch_id: int) -> dict[str, int]:
    """The principal of all running loans, by currency."""
    query = _running(branch_id, func.sum(_P.principal_minor))
    return {row[0]: int(row[1]) for row in snapshot.execute(query)}


def standard_provision(snapshot: Snapshot, branch_id: int, rate_bp: int) -> dict[str, list[int]]:
    """Principal of all running loans and a rate of each, half up, by currency."""
    each = (2 * _P.principal_minor * rate_bp + _BASIS) // (2 * _BASIS)
    query = _running(branch_id, func.sum(_P.principal_minor), func.sum(each))
    return {row[0]: [int(row[1]), int(row[2])] for row in snapshot.execute(query)}


def over_90_and_180(snapshot: Snapshot, branch_id: int, day: date) -> dict[str, tuple[int, int]]:
    """Instalments overdue more than 90 and less than 180 days, and older ones, by currency."""
    made = {}
    for currency in portfolio(snapshot, branch_id):
        owed = unpaid_now(snapshot, Scope(branch_id, currency), day).values()
        older = sum(one.over_180_minor for one in owed)
        made[currency] = (sum(one.over_90_minor for one in owed) - older, older)
    return made


def _running(branch_id: int, *sums: Any) -> Select[Any]:
    return (
        select(_L.currency, *sums)
        .select_from(loan_positions.join(loans, _L.id == _P.loan_id))
        .where(_P.branch_id == branch_id, _P.status == ACTIVE)
        .group_by(_L.currency)
    )
