"""Dues that are forgiven."""

from __future__ import annotations

from app.commands.base import Topic
from app.commands.servicing import LoanChanged, WaiveDue
from app.domain.allocation import HEADS
from app.domain.errors import AmountNotPositive, ValueRefused
from app.domain.events import EventKind
from app.domain.loan import replay
from app.domain.roles import Limit, Permission
from app.services.acting import Desk, Plan, carried_out, check_currency, check_living
from app.services.projecting import Fact, Living
from app.services.registry import use_case
from app.services.work import Work


@use_case(WaiveDue, needs=Permission.LOAN_WAIVE, changes={Topic.LOAN}, answer=LoanChanged)
def waive_due(work: Work, command: WaiveDue) -> LoanChanged:
    """Forgive an amount of one head, not more than is due of it today, oldest first."""
    return carried_out(work, command, plan_waiver)


def plan_waiver(desk: Desk, loan: Living, command: WaiveDue) -> Plan:
    """One fact of today. Raises at the field, also above what is due."""
    amount, currency = command.amount_minor, command.currency
    if amount <= 0:
        raise AmountNotPositive(field="amount_minor")
    reason = desk.reason(command.reason)
    check_currency(loan, currency)
    check_living(loan)
    due = replay(loan.terms, loan.events, desk.day).arrears[HEADS.index(command.head)]
    if amount > due:
        raise ValueRefused(
            field="amount_minor", why="more-than-due", due_minor=due, currency=currency
        )
    fact = Fact(EventKind.WAIVER, desk.day, amount, command.head, title=reason)
    return Plan((fact,), Limit.WAIVE, amount)
