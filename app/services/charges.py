"""Charges levied on a living loan."""

from __future__ import annotations

from app.commands.base import Topic
from app.commands.servicing import ChargeLoan, LoanChanged
from app.domain.allocation import Head
from app.domain.errors import AmountNotPositive, ValueRefused
from app.domain.events import EventKind
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.services.projecting import Fact, apply_event, locked_loans
from app.services.receipts import check_open
from app.services.registry import use_case
from app.services.work import Work


@use_case(ChargeLoan, needs=Permission.LOAN_CHARGE, changes={Topic.LOAN}, answer=LoanChanged)
def charge_loan(work: Work, command: ChargeLoan) -> LoanChanged:
    """Levy a charge or penal charge that is due today."""
    if command.amount_minor <= 0:
        raise AmountNotPositive(field="amount_minor")
    if command.head not in (Head.CHARGE, Head.PENALTY):
        raise ValueRefused(field="head", why="head-not-charged")
    title = cleaned(command.title, "title", needed=True)
    reason = cleaned(command.reason, "reason", needed=True)
    loan = locked_loans(work, [command.loan_id])[command.loan_id]
    check_open(loan, command.currency)
    said = f"{title} · {reason}"
    fact = Fact(EventKind.CHARGE, work.day, command.amount_minor, command.head, title=said)
    (event_id,) = apply_event(work, loan, fact)
    return LoanChanged(command.loan_id, event_id)
