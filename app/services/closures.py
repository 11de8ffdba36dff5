"""What closing a loan early asks on a day, head by head, said or kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.commands.acts import MakeForeclosureQuote, QuoteMade
from app.commands.base import Topic
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.events import Event, EventKind
from app.domain.loan import Position, replay
from app.domain.payoff import closure
from app.domain.playing import play
from app.domain.roles import Permission
from app.domain.terms import Terms
from app.queries.servicing import QuoteForeclosure, ShowClosureQuote
from app.rows.acts import ClosureQuoteRow
from app.rows.amounts import HeadAmounts
from app.rows.servicing import ForeclosureQuote
from app.services.acting import check_living
from app.services.numbers import next_quote
from app.services.projecting import LOAN, locked_loans, terms_from
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.loans import events_of, loans_by_id
from app.store.schema.acts import closure_quotes
from app.store.vouchers import quote_by_id

OPEN, COMING, EXPIRED = "open", "coming", "expired"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a closure asks: heads, its own charge with tax, less the excess held (minor units)."""

    heads: HeadAmounts
    charge: int
    tax: int
    excess: int
    total: int
    interest_saved: int


@answers(QuoteForeclosure, needs=Permission.VIEW_LOANS)
def quote_foreclosure(reading: Reading, query: QuoteForeclosure) -> ForeclosureQuote:
    """What closing on the business date, or a later day, asks if nothing is booked till then."""
    found = loans_by_id(reading.connection, [query.loan_id]).get(query.loan_id)
    if found is None or found.branch_id != reading.branch.branch_id:
        raise NotFound(what=LOAN, id=query.loan_id)
    terms = terms_from(found.terms, found.currency)
    events = events_of(reading.connection, [query.loan_id])[query.loan_id]
    on = checked_day(query.on or reading.day, reading.day)
    asked = asked_on(terms, events, on)
    return ForeclosureQuote(
        loan_id=query.loan_id,
        on=on,
        currency=found.currency,
        heads=asked.heads,
        excess_minor=asked.excess,
        total_minor=asked.total,
        interest_saved_minor=asked.interest_saved,
        closing_charge_minor=asked.charge,
        closing_tax_minor=asked.tax,
    )


@use_case(MakeForeclosureQuote, needs=Permission.LOAN_QUOTE, changes={Topic.LOAN}, answer=QuoteMade)
def make_quote(work: Work, command: MakeForeclosureQuote) -> QuoteMade:
    """Keep what closing on a day asks by what is known now."""
    loan = locked_loans(work, [command.loan_id])[command.loan_id]
    check_living(loan)
    on = checked_day(command.on, work.day)
    asked = asked_on(loan.terms, loan.events, on)
    quote_id = work.tx.new_id()  # locks the counter's chain: the number is ours from here
    number = next_quote(work)
    work.tx.insert(
        closure_quotes,
        id=quote_id,
        branch_id=work.branch.branch_id,
        number=number,
        loan_id=command.loan_id,
        closes_on=on,
        booked_on=work.day,
        recorded_at=work.at,
        user_id=work.actor.user_id,
        currency=loan.record.currency,
        penalty_minor=asked.heads.penalty_minor,
        charge_minor=asked.heads.charge_minor,
        interest_minor=asked.heads.interest_minor,
        principal_minor=asked.heads.principal_minor,
        closing_charge_minor=asked.charge,
        closing_tax_minor=asked.tax,
        excess_minor=asked.excess,
        total_minor=asked.total,
    )
    return QuoteMade(quote_id, number, on, asked.total, loan.record.currency)


@answers(ShowClosureQuote, needs=Permission.VIEW_LOANS)
def show_quote(reading: Reading, query: ShowClosureQuote) -> ClosureQuoteRow:
    """A kept quote of this branch. Raises NotFound."""
    row = quote_by_id(reading.connection, query.quote_id)
    if row is None or row["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="quote", id=query.quote_id)
    return quote_row(row, reading.day)


def quote_row(row: Mapping[Any, Any], day: date) -> ClosureQuoteRow:
    """A kept quote as lists show it on a day."""
    closes_on = row["closes_on"]
    return ClosureQuoteRow(
        quote_id=row["id"],
        number=row["number"],
        loan_id=row["loan_id"],
        made_at=datetime.fromisoformat(row["recorded_at"]),
        made_on=row["booked_on"],
        closes_on=closes_on,
        by=row["by"] or "",
        currency=row["currency"],
        heads=HeadAmounts(
            row["penalty_minor"], row["charge_minor"], row["interest_minor"], row["principal_minor"]
        ),
        closing_charge_minor=row["closing_charge_minor"],
        closing_tax_minor=row["closing_tax_minor"],
        excess_minor=row["excess_minor"],
        total_minor=row["total_minor"],
        state=EXPIRED if closes_on < day else COMING if closes_on > day else OPEN,
    )


def checked_day(on: date, day: date) -> date:
    """The day to close on. Raises ValueRefused for one that has passed."""
    if on < day:
        raise ValueRefused(field="on", why="in-the-past", given=on)
    return on


def asked_on(terms: Terms, events: Sequence[Event], on: date) -> Asked:
    """What closing on a day asks. Raises EventRefused where the loan is over.

    Interest is what is left of the total once everything else is named: what was paid or forgiven
    ahead has lowered it, and where that was more than is asked, the principal too.
    """
    now, then = replay(terms, events, on), closed_on(terms, events, on)
    own = closure(play(terms, events, on).book, on)
    excess = now.excess - then.excess
    total = then.arrears.total
    penalty, charge = now.arrears.penalty, now.arrears.charge
    principal = now.principal_outstanding
    interest = total + excess - penalty - charge - principal - own.charge - own.tax
    if interest < 0:
        principal, interest = principal + interest, 0
    return Asked(
        heads=HeadAmounts(penalty, charge, interest, principal),
        charge=own.charge,
        tax=own.tax,
        excess=excess,
        total=total,
        interest_saved=_interest(now) - _interest(then),
    )


def closed_on(terms: Terms, events: Sequence[Event], on: date) -> Position:
    """The position if the loan were closed early on a day. Raises EventRefused when it is over.

    Raises NotAllowedNow on a day on which excess was given back that closing would use up.
    """
    ref = max(event.ref for event in events) + 1
    closing = Event(EventKind.FORECLOSURE, on, on, ref)
    then = replay(terms, [*events, closing], on)
    check_refunds(terms, events, then)
    return then


def check_refunds(terms: Terms, events: Sequence[Event], then: Position) -> None:
    """Raise NotAllowedNow where money given back that day would have to be asked back."""
    given = any(event.kind is EventKind.REFUND and event.on == then.as_on for event in events)
    if given and then.asked_back > replay(terms, events, then.as_on).asked_back:
        raise NotAllowedNow(why="refund-today")


def _interest(position: Position) -> int:
    return sum(line.interest for line in position.lines)
