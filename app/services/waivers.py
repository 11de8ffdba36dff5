"""Dues that are forgiven."""

from __future__ import annotations

from app.commands.base import Topic
from app.commands.servicing import LoanChanged, WaiveDue
from app.domain.allocation import HEADS
from app.domain.errors import AmountNotPositive, ValueRefused
from app.domain.events import EventKind
from app.domain.loan import replay
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission
from app.services.projecting import Fact, apply_event, locked_loans
from app.services.receipts import check_open
from app.services.registry import use_case
from app.services.work import Work


@use_case(WaiveDue, needs=Permission.LOAN_WAIVE, changes={Topic.LOAN}, answer=LoanChanged)
def waive_due(work: Work, command: WaiveDue) -> LoanChanged:
    """Forgive an amount of one head, not more than is due of it today, oldest first."""
    amount, currency = command.amount_minor, command.currency
    if amount <= 0:
        raise AmountNotPositive(field="amount_minor")
    reason = cleaned(command.reason, "reason", needed=True)
    work.within(Limit.WAIVE, amount)
    loan = locked_loans(work, [command.loan_id])[command.loan_id]
    check_open(loan, currency)
    due = replay(loan.terms, loan.events, work.day).arrears[HEADS.index(command.head)]
    if amount > due:
        raise ValueRefused(
            field="amount_minor", why="more-than-due", due_minor=due, currency=currency
        )
    fact = Fact(EventKind.WAIVER, work.day, amount, command.head, title=reason)
    (event_id,) = apply_event(work, loan, fact)
    return LoanChanged(command.loan_id, event_id)
