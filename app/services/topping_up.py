"""A new loan closes an old one of the same borrower: its money never leaves the house."""

from __future__ import annotations

from dataclasses import dataclass

from app.commands.origination import DisburseLoan
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.events import EventKind
from app.domain.roles import Limit, Permission
from app.domain.terms import Terms
from app.queries.origination import LoansToClose
from app.rows.facts import ADJUSTMENT
from app.rows.origination import ClosableLoan
from app.services.acting import ACTIVE, check_currency, check_living
from app.services.closures import closed_on
from app.services.projecting import LOAN, Fact, Living, apply_event, living, locked_loans
from app.services.receipts import add_part, add_receipt
from app.services.registry import answers
from app.services.work import Reading, Work
from app.store.key_facts import about_application
from app.store.loans import events_of, loans_by_id, loans_of_party
from app.store.parties import party_by_id
from app.store.products import product_by_id

FIELD = "closes_loan_id"


@dataclass(frozen=True, slots=True)
class OldLoan:
    """A loan that is closed out of a new one, and what that asks today (minor units)."""

    loan: Living
    asks: int


def to_close(work: Work, command: DisburseLoan, party_id: int, terms: Terms) -> OldLoan | None:
    """The old loan, locked. Raises where it may not be closed so, or asks something else."""
    if command.closes_loan_id is None:
        return None
    work.require(Permission.LOAN_FORECLOSE)
    loan = locked_loans(work, [command.closes_loan_id])[command.closes_loan_id]
    check_closable(loan, party_id, terms.currency)
    asks = closed_on(loan.terms, loan.events, work.day).arrears.total
    if asks != command.closes_for_minor:
        raise ValueRefused(
            field="closes_for_minor",
            why="quote-differs",
            quoted_minor=command.closes_for_minor,
            total_minor=asks,
            currency=terms.currency,
        )
    work.within(Limit.FORECLOSE, asks)
    return OldLoan(loan, asks)


def check_closable(loan: Living, party_id: int, currency: str) -> None:
    """Raise where a loan cannot be closed out of a new one of this borrower and currency."""
    if loan.record.party_id != party_id:
        raise ValueRefused(field=FIELD, why="not-the-borrower")
    check_currency(loan, currency)
    check_living(loan)


def close_old(work: Work, old: OldLoan | None, number: str) -> tuple[int, int | None, str]:
    """Close it with a receipt that names the new loan; returns amount, receipt id and number."""
    if old is None:
        return 0, None, ""
    closing = Fact(EventKind.FORECLOSURE, work.day, title=number)
    if not old.asks:
        apply_event(work, old.loan, closing)
        return 0, None, ""
    party = party_by_id(work.tx.connection, old.loan.record.party_id)
    if party is None:
        raise NotFound(what="party", id=old.loan.record.party_id)
    receipt_id, receipt = add_receipt(
        work,
        amount=old.asks,
        currency=old.loan.record.currency,
        received_on=work.day,
        mode=ADJUSTMENT,
        words=(party["full_name"], number),
    )
    account = work.tools.rules.money_account(ADJUSTMENT, work.branch.counter_code)
    money = Fact(EventKind.RECEIPT, work.day, old.asks, money=old.asks, account=account)
    _, event_id = apply_event(work, old.loan, closing, money)
    add_part(work, old.loan, receipt_id, event_id)
    return old.asks, receipt_id, receipt


@answers(LoansToClose, needs=Permission.VIEW_LOANS)
def loans_to_close(reading: Reading, query: LoansToClose) -> tuple[ClosableLoan, ...]:
    """The applicant's living loans of the application's currency in this branch."""
    about = about_application(reading.connection, query.application_id)
    if about is None or about["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="application", id=query.application_id)
    ids = loans_of_party(reading.connection, about["party_id"], ACTIVE)
    found = loans_by_id(reading.connection, ids)
    facts = events_of(reading.connection, ids)
    made = []
    for loan_id, record in found.items():
        if record.currency != about["currency"] or record.branch_id != about["branch_id"]:
            continue
        loan = living(record, facts[loan_id], reading.day)
        try:
            asks = closed_on(loan.terms, loan.events, reading.day).arrears.total
        except NotAllowedNow:
            continue  # money was given back today: it cannot be closed before tomorrow
        product = product_by_id(reading.connection, record.product_id)
        made.append(
            ClosableLoan(
                loan_id=loan_id,
                number=record.number,
                product="" if product is None else product["title"],
                outstanding_minor=loan.position.principal_outstanding,
                asks_minor=asks,
                currency=record.currency,
            )
        )
    return tuple(made)


__all__ = ["ADJUSTMENT", "LOAN", "OldLoan", "close_old", "to_close"]
