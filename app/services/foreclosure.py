"""Closing a loan early: what it asks today, and doing it for exactly that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.commands.base import Topic
from app.commands.servicing import ForecloseLoan, LoanForeclosed
from app.domain.errors import NotFound, ValueRefused
from app.domain.events import Event, EventKind
from app.domain.loan import Position, replay
from app.domain.roles import Permission
from app.domain.terms import Terms
from app.queries.servicing import QuoteForeclosure
from app.rows.servicing import ForeclosureQuote, HeadAmounts
from app.services.cash_rules import check_cash_receipt
from app.services.projecting import Fact, apply_event, locked_loans, terms_from
from app.services.receipts import add_part, add_receipt, check_open, words_of
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.loans import events_of, loans_by_id


@use_case(
    ForecloseLoan,
    needs=Permission.LOAN_FORECLOSE,
    changes={Topic.LOAN, Topic.CASH},
    answer=LoanForeclosed,
)
def foreclose_loan(work: Work, command: ForecloseLoan) -> LoanForeclosed:
    """Close the loan where the quote still holds to the last minor unit."""
    words = words_of(command.payer, command.reference, command.mode)
    loan = locked_loans(work, [command.loan_id])[command.loan_id]
    check_open(loan, command.currency)
    total = closed_on(loan.terms, loan.events, work.day).arrears.total
    if total != command.quoted_minor:
        raise ValueRefused(
            field="quoted_minor",
            why="quote-differs",
            total_minor=total,
            currency=command.currency,
        )
    check_cash_receipt(command.mode, total, command.currency, work.day)
    closing = Fact(EventKind.FORECLOSURE, work.day)
    if not total:
        apply_event(work, loan, closing)
        return LoanForeclosed(command.loan_id, 0, "")
    account = work.tools.rules.money_account(command.mode.value, work.branch.counter_code)
    money = Fact(EventKind.RECEIPT, work.day, total, money=total, account=account)
    receipt_id, number = add_receipt(
        work,
        amount=total,
        currency=command.currency,
        received_on=work.day,
        mode=command.mode,
        words=words,
    )
    _, event_id = apply_event(work, loan, closing, money)
    add_part(work, loan, receipt_id, event_id)
    return LoanForeclosed(command.loan_id, receipt_id, number)


@answers(QuoteForeclosure, needs=Permission.VIEW_LOANS)
def quote_foreclosure(reading: Reading, query: QuoteForeclosure) -> ForeclosureQuote:
    """What closing on the business date asks, head by head; money held in excess is used up."""
    found = loans_by_id(reading.connection, [query.loan_id]).get(query.loan_id)
    if found is None or found.branch_id != reading.branch.branch_id:
        raise NotFound(what="loan", id=query.loan_id)
    terms = terms_from(found.terms, found.currency)
    events = events_of(reading.connection, [query.loan_id])[query.loan_id]
    now, then = replay(terms, events, reading.day), closed_on(terms, events, reading.day)
    heads = then.arrears
    return ForeclosureQuote(
        loan_id=query.loan_id,
        on=reading.day,
        currency=found.currency,
        heads=HeadAmounts(heads.penalty, heads.charge, heads.interest, heads.principal),
        excess_minor=then.excess,
        total_minor=heads.total,
        interest_saved_minor=_interest(now) - _interest(then),
    )


def closed_on(terms: Terms, events: Sequence[Event], on: date) -> Position:
    """The position if the loan were closed early on a day. Raises EventRefused when it is over."""
    ref = max(event.ref for event in events) + 1
    closing = Event(EventKind.FORECLOSURE, on, on, ref)
    return replay(terms, [*events, closing], on)


def _interest(position: Position) -> int:
    return sum(line.interest for line in position.lines)
