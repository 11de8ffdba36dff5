"""Closing a loan early for exactly what its quote asks."""

from __future__ import annotations

from app.commands.base import Topic
from app.commands.servicing import ForecloseLoan, LoanForeclosed
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.events import EventKind
from app.domain.roles import Limit, Permission
from app.services.acting import Desk, Plan, agreed, check_currency, check_living
from app.services.cash_rules import check_cash_receipt
from app.services.closures import closed_on
from app.services.projecting import Fact, Living, apply_event
from app.services.receipts import add_part, add_receipt, words_of
from app.services.registry import use_case
from app.services.work import Work
from app.store.vouchers import quote_by_id


@use_case(
    ForecloseLoan,
    needs=Permission.LOAN_FORECLOSE,
    changes={Topic.LOAN, Topic.CASH},
    answer=LoanForeclosed,
)
def foreclose_loan(work: Work, command: ForecloseLoan) -> LoanForeclosed:
    """Close the loan where the quote still holds to the last minor unit."""
    words = words_of(command.payer, command.reference, command.mode)
    loan, plan = agreed(work, command, plan_foreclosure)
    total = plan.amount
    if not total:
        apply_event(work, loan, *plan.facts)
        return LoanForeclosed(command.loan_id, 0, "")
    receipt_id, number = add_receipt(
        work,
        amount=total,
        currency=command.currency,
        received_on=work.day,
        mode=command.mode,
        words=words,
    )
    _, event_id = apply_event(work, loan, *plan.facts)
    add_part(work, loan, receipt_id, event_id)
    return LoanForeclosed(command.loan_id, receipt_id, number)


def plan_foreclosure(desk: Desk, loan: Living, command: ForecloseLoan) -> Plan:
    """The closure and the money that it asks. Raises where this is not what was quoted."""
    check_currency(loan, command.currency)
    check_living(loan)
    total = closed_on(loan.terms, loan.events, desk.day).arrears.total
    if command.quote_id is not None:
        _check_quote(desk, command, command.quote_id, total)
    elif total != command.quoted_minor:
        raise _differs(command.quoted_minor, total, command.currency, "quote-differs")
    check_cash_receipt(command.mode, total, command.currency, desk.day)
    closing = Fact(EventKind.FORECLOSURE, desk.day)
    if not total:
        return Plan((closing,), Limit.FORECLOSE, 0)
    account = desk.account(command.mode.value)
    money = Fact(EventKind.RECEIPT, desk.day, total, money=total, account=account)
    return Plan((closing, money), Limit.FORECLOSE, total)


def _check_quote(desk: Desk, command: ForecloseLoan, quote_id: int, total: int) -> None:
    """Raise unless the kept quote is this loan's, of this day, and still what closing asks."""
    quote = quote_by_id(desk.snapshot, quote_id)
    if quote is None or quote["loan_id"] != command.loan_id:
        raise NotFound(what="quote", id=quote_id)
    if quote["closes_on"] < desk.day:
        raise NotAllowedNow(why="quote-expired", closes_on=quote["closes_on"])
    if quote["closes_on"] > desk.day:
        raise NotAllowedNow(why="quote-not-yet", closes_on=quote["closes_on"])
    if total != quote["total_minor"]:
        raise _differs(quote["total_minor"], total, command.currency, "kept-quote-differs")
    if command.quoted_minor != total:
        raise _differs(command.quoted_minor, total, command.currency, "quote-differs")


def _differs(quoted: int, total: int, currency: str, why: str) -> ValueRefused:
    return ValueRefused(
        field="quoted_minor",
        why=why,
        quoted_minor=quoted,
        total_minor=total,
        currency=currency,
    )
