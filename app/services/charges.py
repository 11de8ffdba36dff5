"""Charges levied on a living loan."""

from __future__ import annotations

from app.commands.base import Topic
from app.commands.servicing import ChargeLoan, LoanChanged
from app.domain.allocation import Head
from app.domain.errors import AmountNotPositive, ValueRefused
from app.domain.events import EventKind
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission
from app.services.acting import Desk, Plan, carried_out, check_currency, check_living
from app.services.projecting import Fact, Living
from app.services.registry import use_case
from app.services.work import Work


@use_case(ChargeLoan, needs=Permission.LOAN_CHARGE, changes={Topic.LOAN}, answer=LoanChanged)
def charge_loan(work: Work, command: ChargeLoan) -> LoanChanged:
    """Levy a charge or penal charge that is due today."""
    return carried_out(work, command, plan_charge)


def plan_charge(desk: Desk, loan: Living, command: ChargeLoan) -> Plan:
    """One fact of today. Raises at the field."""
    if command.amount_minor <= 0:
        raise AmountNotPositive(field="amount_minor")
    if command.head not in (Head.CHARGE, Head.PENALTY):
        raise ValueRefused(field="head", why="head-not-charged")
    title = cleaned(command.title, "title", needed=not desk.shown)
    reason = desk.reason(command.reason)
    check_currency(loan, command.currency)
    check_living(loan)
    said = f"{title} \u00b7 {reason}"
    fact = Fact(EventKind.CHARGE, desk.day, command.amount_minor, command.head, title=said)
    return Plan((fact,), Limit.CHARGE, command.amount_minor)
