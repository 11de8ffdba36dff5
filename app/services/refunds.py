"""Money held in excess goes back to the borrower."""

from __future__ import annotations

from app.commands.acts import ExcessRefunded, RefundExcess
from app.commands.base import Topic
from app.commands.origination import Mode
from app.domain.errors import AmountNotPositive, NotAllowedNow, ValueRefused
from app.domain.events import EventKind
from app.domain.roles import Limit, Permission
from app.services.acting import Desk, Plan, agreed, check_currency
from app.services.projecting import Fact, Living, apply_event
from app.services.receipts import words_of
from app.services.registry import use_case
from app.services.vouchers import add_voucher
from app.services.work import Work
from app.store.money import balance_of


@use_case(
    RefundExcess,
    needs=Permission.LOAN_REFUND,
    changes={Topic.LOAN, Topic.CASH},
    answer=ExcessRefunded,
)
def refund_excess(work: Work, command: RefundExcess) -> ExcessRefunded:
    """Pay it out over this counter, with a numbered voucher."""
    words = words_of(command.payee, command.reference, command.mode)
    loan, plan = agreed(work, command, plan_refund)
    (event_id,) = apply_event(work, loan, *plan.facts)
    voucher_id, number = add_voucher(
        work, loan, event_id, command.amount_minor, command.mode, words
    )
    return ExcessRefunded(command.loan_id, event_id, voucher_id, number)


def plan_refund(desk: Desk, loan: Living, command: RefundExcess) -> Plan:
    """One fact of today, not above what is held. Raises where the till cannot pay it."""
    amount, currency = command.amount_minor, command.currency
    if amount <= 0:
        raise AmountNotPositive(field="amount_minor")
    reason = desk.reason(command.reason)
    check_currency(loan, currency)
    excess = loan.position.excess
    if amount > excess:
        raise ValueRefused(
            field="amount_minor", why="more-than-excess", excess_minor=excess, currency=currency
        )
    account = desk.account(command.mode.value)
    if command.mode is Mode.CASH:
        held = balance_of(desk.snapshot, desk.branch.branch_id, account, currency)
        if held < amount:
            raise NotAllowedNow(why="till-short", held_minor=held, currency=currency)
    fact = Fact(EventKind.REFUND, desk.day, amount, title=reason, money=-amount, account=account)
    return Plan((fact,), Limit.REFUND, amount)
