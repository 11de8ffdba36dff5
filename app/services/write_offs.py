"""A loan that is given up, and the money that comes in on it after all."""

from __future__ import annotations

from collections.abc import Iterator

from app.commands.acts import RecoverLoan, WriteOffLoan
from app.commands.base import Topic
from app.commands.servicing import LoanChanged, ReceiptPosted
from app.domain.errors import AmountNotPositive, NotAllowedNow
from app.domain.events import EventKind
from app.domain.loan import replay
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission
from app.services.acting import (
    WRITTEN_OFF,
    Desk,
    Plan,
    agreed,
    carried_out,
    check_currency,
    check_day,
    check_living,
)
from app.services.cash_rules import check_cash_receipt
from app.services.closures import check_refunds
from app.services.projecting import Fact, Living, apply_event
from app.services.receipts import add_part, add_receipt, words_of
from app.services.registry import use_case
from app.services.work import Work
from app.texts import _
from app.texts.figures import amount


@use_case(WriteOffLoan, needs=Permission.LOAN_WRITE_OFF, changes={Topic.LOAN}, answer=LoanChanged)
def write_off_loan(work: Work, command: WriteOffLoan) -> LoanChanged:
    """Strike everything unpaid, by head, against the expense of it."""
    return carried_out(work, command, plan_write_off)


@use_case(
    RecoverLoan,
    needs=Permission.LOAN_RECOVER,
    changes={Topic.LOAN, Topic.CASH},
    answer=ReceiptPosted,
)
def recover_loan(work: Work, command: RecoverLoan) -> ReceiptPosted:
    """Money in over the counter, numbered and printed as any receipt, income of this day."""
    words = words_of(command.payer, command.reference, command.mode)
    loan, plan = agreed(work, command, plan_recovery)
    receipt_id, number = add_receipt(
        work,
        amount=command.amount_minor,
        currency=command.currency,
        received_on=command.received_on,
        mode=command.mode,
        words=words,
    )
    (event_id,) = apply_event(work, loan, *plan.facts)
    split = add_part(work, loan, receipt_id, event_id)
    return ReceiptPosted(receipt_id, number, split.excess)


def plan_write_off(desk: Desk, loan: Living, command: WriteOffLoan) -> Plan:
    """One fact of today; the limit is held against all that it strikes."""
    reason = desk.reason(command.reason)
    check_currency(loan, command.currency)
    check_living(loan)
    fact = Fact(EventKind.WRITE_OFF, desk.day, title=reason)
    tried = [*loan.events, fact.event(loan.next_ref, desk.day)]
    then = replay(loan.terms, tried, desk.day)
    check_refunds(loan.terms, loan.events, then)
    return Plan((fact,), Limit.WRITE_OFF, then.written_off.total, tuple(_held(loan)))


def plan_recovery(desk: Desk, loan: Living, command: RecoverLoan) -> Plan:
    """One fact that brings money. Raises NotAllowedNow unless the loan is written off."""
    if command.amount_minor <= 0:
        raise AmountNotPositive(field="amount_minor")
    check_currency(loan, command.currency)
    if loan.position.status != WRITTEN_OFF:
        raise NotAllowedNow(why="not-written-off", number=loan.record.number)
    check_day(desk, loan, command.received_on, "received_on")
    late = command.received_on < desk.day
    title = desk.reason(command.reason) if late else cleaned(command.reason, "reason")
    check_cash_receipt(command.mode, command.amount_minor, command.currency, desk.day)
    fact = Fact(
        EventKind.RECOVERY,
        command.received_on,
        command.amount_minor,
        title=title,
        money=command.amount_minor,
        account=desk.account(command.mode.value),
    )
    return Plan((fact,))


def _held(loan: Living) -> Iterator[str]:
    """A warning where money of the borrower is held."""
    excess = loan.position.excess
    if excess:
        shown = amount(excess, loan.record.currency, symbol=True, trim=True)
        yield _("{amount} of the borrower is held in excess.").format(amount=shown)
