"""What becomes of a disbursement before it is made: parts, what is kept back, the old loan."""

from __future__ import annotations

from app.domain.accounts import EntryLine
from app.domain.application import Stage
from app.domain.errors import NotAllowedNow, NotFound
from app.domain.events import EventKind
from app.domain.roles import Permission
from app.domain.schedule import schedule
from app.domain.terms import Terms
from app.queries.origination import PreviewDisbursement
from app.rows.origination import ClosingLoan, DisbursementPreview
from app.services.act_previews import entries_of
from app.services.closures import Asked, asked_on
from app.services.disbursing import READY, out_entry, paid_out
from app.services.key_facts import later_parts
from app.services.paying_terms import is_disclosed, terms_to_pay_out
from app.services.projecting import LOAN, Fact, Living, living
from app.services.quotes import quote_of
from app.services.registry import answers
from app.services.topping_up import ADJUSTMENT, check_closable
from app.services.work import Reading
from app.store.key_facts import about_application
from app.store.loans import events_of, loans_by_id
from app.store.tx import Row


@answers(PreviewDisbursement, needs=Permission.LOAN_DISBURSE)
def preview_disbursement(reading: Reading, query: PreviewDisbursement) -> DisbursementPreview:
    """Every figure by what will disburse it. Raises what disbursing would."""
    application = _application(reading, query.application_id)
    terms = terms_to_pay_out(reading.connection, reading.day, application, query)
    old = _old_loan(reading, query.closes_loan_id, application["party_id"], terms)
    asked = None if old is None else asked_on(old.terms, old.events, reading.day)
    out = paid_out(terms, 0 if asked is None else asked.total)
    counter = reading.branch.counter_code
    account = reading.rules.money_account(query.mode.value, counter)
    return DisbursementPreview(
        currency=terms.currency,
        sanctioned_minor=terms.principal,
        now_minor=terms.first_amount,
        later=later_parts(terms),
        fee_minor=out.fee,
        tax_minor=out.tax,
        closing=_closing(old, asked),
        paid_out_minor=out.money,
        first_due_on=schedule(terms).lines[0].due_on,
        disclosed=is_disclosed(reading.connection, application),
        quote=quote_of(terms),
        entries=entries_of(reading, out_entry(reading.rules, counter, terms, out, account)),
        closing_entries=entries_of(reading, _closing_legs(reading, old, asked)),
    )


def _application(reading: Reading, application_id: int) -> Row:
    about = about_application(reading.connection, application_id)
    if about is None or about["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="application", id=application_id)
    if about["stage"] == Stage.DISBURSED.value:
        raise NotAllowedNow(why="already-disbursed")
    if about["stage"] not in READY or about["sanctioned_minor"] is None:
        raise NotAllowedNow(why="not-sanctioned")
    return about


def _old_loan(reading: Reading, loan_id: int | None, party_id: int, terms: Terms) -> Living | None:
    if loan_id is None:
        return None
    record = loans_by_id(reading.connection, [loan_id]).get(loan_id)
    if record is None or record.branch_id != reading.branch.branch_id:
        raise NotFound(what=LOAN, id=loan_id)
    loan = living(record, events_of(reading.connection, [loan_id])[loan_id], reading.day)
    check_closable(loan, party_id, terms.currency)
    return loan


def _closing(old: Living | None, asked: Asked | None) -> ClosingLoan | None:
    if old is None or asked is None:
        return None
    return ClosingLoan(
        loan_id=old.record.loan_id,
        number=old.record.number,
        heads=asked.heads,
        closing_charge_minor=asked.charge,
        closing_tax_minor=asked.tax,
        excess_minor=asked.excess,
        total_minor=asked.total,
    )


def _closing_legs(
    reading: Reading, old: Living | None, asked: Asked | None
) -> tuple[EntryLine, ...]:
    """What closing the old loan posts, tried in memory."""
    if old is None or asked is None:
        return ()
    facts = [Fact(EventKind.FORECLOSURE, reading.day)]
    if asked.total:
        account = reading.rules.money_account(ADJUSTMENT, reading.branch.counter_code)
        total = asked.total
        money = Fact(EventKind.RECEIPT, reading.day, total, money=total, account=account)
        facts.append(money)
    legs = [old.take(fact, old.next_ref, reading.rules) for fact in facts]
    return tuple(leg for some in legs for leg in some)
