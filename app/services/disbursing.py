"""A sanctioned loan is paid out: the loan starts here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.commands.base import Topic
from app.commands.codec import encode
from app.commands.origination import DisburseLoan, LoanDisbursed, Mode
from app.domain.accounts import EntryLine, PostingRules, balanced
from app.domain.application import Stage
from app.domain.errors import DayClosed, NotAllowedNow, NotFound, ValueRefused
from app.domain.events import Event, EventKind
from app.domain.loan import moves_by_day, project
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission
from app.domain.schedule import schedule
from app.domain.terms import Terms, doc_of
from app.services.books import About, post
from app.services.cash_rules import check_cash_disbursement
from app.services.facts import record
from app.services.numbers import next_loan
from app.services.paying_terms import terms_to_pay_out
from app.services.projecting import LOAN, earns_of
from app.services.quotes import kept_back
from app.services.registry import use_case
from app.services.topping_up import ADJUSTMENT, close_old, to_close
from app.services.work import Work
from app.store.loans import share_open_day
from app.store.money import balance_of
from app.store.projections import Place, write_projection
from app.store.schema.loans import loan_officers, loans
from app.store.schema.people import applications

APPLICATION = "application"
READY = (Stage.SANCTIONED.value, Stage.READY.value)
Row = Mapping[str, Any]


@use_case(
    DisburseLoan,
    needs=Permission.LOAN_DISBURSE,
    changes={Topic.APPLICATION, Topic.LOAN, Topic.CASH},
    answer=LoanDisbursed,
)
def disburse_loan(work: Work, command: DisburseLoan) -> LoanDisbursed:
    """Pay out what was sanctioned, less what is kept back and what closes an old loan."""
    before = _ready(work, command)
    terms = terms_to_pay_out(work.tx.connection, work.day, before, command)
    old = to_close(work, command, before["party_id"], terms)
    out = paid_out(terms, 0 if old is None else old.asks)
    reference = _reference(command)
    account = work.tools.rules.money_account(command.mode.value, work.branch.counter_code)
    check_cash_disbursement(work, command.mode, before["party_id"], terms.principal, terms.currency)
    _check_till(work, command.mode, account, out.money, terms.currency)
    lines = out_entry(work.tools.rules, work.branch.counter_code, terms, out, account)
    loan_id, number = _insert(work, before, terms)
    _begin(work, before, terms, loan_id, (reference, lines))
    closed = close_old(work, old, number)
    told = {
        "mode": command.mode,
        "reference": reference,
        "paid_out_minor": out.money,
        "closes_loan_id": command.closes_loan_id,
    }
    record(
        work,
        APPLICATION,
        before["id"],
        "disbursed",
        amount_minor=terms.first_amount,
        currency=terms.currency,
        title=number,
        payload=told,
    )
    work.tx.change(
        applications,
        before,
        stage=Stage.DISBURSED.value,
        stage_since_on=work.day,
        loan_id=loan_id,
    )
    return LoanDisbursed(loan_id, number, out.money, terms.currency, *closed)


@dataclass(frozen=True, slots=True)
class Out:
    """What becomes of the first part, in minor units: kept back, for the old loan, paid out."""

    fee: int
    tax: int
    closing: int
    money: int


def paid_out(terms: Terms, closing: int) -> Out:
    """Split the first part. Raises ValueRefused where closing takes more than is left of it."""
    fee, tax = kept_back(schedule(terms))
    left = terms.first_amount - fee - tax
    if closing > left or left <= 0:
        raise ValueRefused(
            field="closes_for_minor" if closing else "tranches",
            why="closes-too-much" if closing else "tranches-sum",
            asks_minor=closing,
            paid_minor=left,
            currency=terms.currency,
        )
    return Out(fee, tax, closing, left - closing)


def out_entry(
    rules: PostingRules, counter: str, terms: Terms, out: Out, account: str
) -> tuple[EntryLine, ...]:
    """Principal against fee, tax, the account that the old loan is closed over, and money."""
    return balanced(
        [
            (rules.components["principal"], terms.first_amount),
            (rules.fee, -out.fee),
            (rules.tax, -out.tax),
            (rules.money_account(ADJUSTMENT, counter), -out.closing),
            (account, -out.money),
        ]
    )


def _ready(work: Work, command: DisburseLoan) -> dict[str, Any]:
    """The application, locked, once everything that must come before is done."""
    if not work.branch.recovery_confirmed:
        raise NotAllowedNow(why="recovery-code")
    before = work.tx.locked(applications, command.application_id, command.version)
    if before["branch_id"] != work.branch.branch_id:
        raise NotFound(what=APPLICATION, id=command.application_id)
    if before["stage"] == Stage.DISBURSED.value:
        raise NotAllowedNow(why="already-disbursed")
    if before["stage"] not in READY or before["sanctioned_minor"] is None:
        raise NotAllowedNow(why="not-sanctioned")
    work.within(Limit.DISBURSE, before["sanctioned_minor"])
    if not share_open_day(work.tx, work.branch.branch_id):
        raise DayClosed()
    return before


def _reference(command: DisburseLoan) -> str:
    reference = cleaned(command.reference, "reference")
    if command.mode is not Mode.CASH and not reference:
        raise ValueRefused(field="reference", why="reference-missing")
    return reference


def _check_till(work: Work, mode: Mode, account: str, amount: int, currency: str) -> None:
    if mode is not Mode.CASH:
        return
    held = balance_of(work.tx.connection, work.branch.branch_id, account, currency)
    if held < amount:
        raise NotAllowedNow(why="till-short", held_minor=held, currency=currency)


def _insert(work: Work, application: Row, terms: Terms) -> tuple[int, str]:
    """The loan and its officer; returns its id and number."""
    loan_id = work.tx.new_id()  # locks the counter's chain: the number is ours from here
    number = next_loan(work)
    work.tx.insert(
        loans,
        id=loan_id,
        number=number,
        branch_id=work.branch.branch_id,
        party_id=application["party_id"],
        product_id=application["product_id"],
        application_id=application["id"],
        group_id=application["group_id"],
        currency=terms.currency,
        principal_minor=terms.principal,
        annual_rate=application["sanctioned_rate"],
        disbursed_on=work.day,
        rules=terms.rules,
        terms=encode(doc_of(terms)),
        interest_mode=terms.rounding.mode.value,
        interest_to_minor=terms.rounding.interest_to,
        levies=levies(terms),
        moves=moves_by_day(terms),
    )
    officer = application["officer_id"]
    work.tx.insert(loan_officers, loan_id=loan_id, officer_id=officer, from_on=work.day)
    return loan_id, number


def levies(terms: Terms) -> bool:
    """Whether the terms make charges or penal charges fall due by date."""
    return terms.penalty is not None or any(not charge.deduct for charge in terms.charges)


def _begin(
    work: Work,
    application: Row,
    terms: Terms,
    loan_id: int,
    booking: tuple[str, tuple[EntryLine, ...]],
) -> None:
    """The disbursement as a fact, with its entry and what is derived of it."""
    reference, lines = booking
    kind = EventKind.DISBURSEMENT
    event_id = record(
        work,
        LOAN,
        loan_id,
        kind.value,
        amount_minor=terms.first_amount,
        currency=terms.currency,
        title=reference or None,
    )
    about = About(kind.value, terms.currency, application["product_id"], loan_id, event_id)
    post(work, about, lines)
    event = Event(kind, work.day, work.day, event_id, terms.first_amount)
    officer_id = application["officer_id"]
    earns = earns_of(terms, application["product_id"])
    place = Place(loan_id, work.branch.branch_id, officer_id, moves_by_day(terms), earns)
    write_projection(work.tx, place, None, project(terms, [event]))
