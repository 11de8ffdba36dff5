"""The later parts of a loan that is handed out in stages."""

from __future__ import annotations

from collections.abc import Sequence

from app.commands.base import Topic
from app.commands.origination import DisburseTranche, Mode, TrancheDisbursed
from app.domain.conventions import Tranche
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.events import Event, EventKind
from app.domain.roles import Limit, Permission
from app.domain.terms import Terms
from app.rows.servicing import TrancheRow
from app.services.acting import Desk, Plan, agreed, check_currency, check_living
from app.services.cash_rules import check_cash_disbursement
from app.services.projecting import Fact, Living, apply_event
from app.services.receipts import words_of
from app.services.registry import use_case
from app.services.vouchers import add_voucher
from app.services.work import Work
from app.store.money import balance_of
from app.store.parties import party_by_id


@use_case(
    DisburseTranche,
    needs=Permission.LOAN_DISBURSE,
    changes={Topic.LOAN, Topic.CASH},
    answer=TrancheDisbursed,
)
def disburse_tranche(work: Work, command: DisburseTranche) -> TrancheDisbursed:
    """Pay the next planned part out over this counter, with a voucher of its own."""
    payee, reference = words_of(command.payee, command.reference, command.mode)
    loan, plan = agreed(work, command, plan_tranche)
    amount = plan.amount
    check_cash_disbursement(work, command.mode, loan.record.party_id, amount, loan.record.currency)
    name = payee or _borrower(work, loan)
    (event_id,) = apply_event(work, loan, *plan.facts)
    voucher_id, number = add_voucher(work, loan, event_id, amount, command.mode, (name, reference))
    return TrancheDisbursed(
        command.loan_id, event_id, voucher_id, number, amount, loan.record.currency
    )


def plan_tranche(desk: Desk, loan: Living, command: DisburseTranche) -> Plan:
    """The next part as a fact of today. Raises where it is not due, or the till cannot pay it."""
    amount = _next_part(desk, loan, command).amount
    account = desk.account(command.mode.value)
    _check_till(desk, loan, command.mode, account, amount)
    fact = Fact(EventKind.DISBURSEMENT, desk.day, amount, money=-amount, account=account)
    return Plan((fact,), Limit.DISBURSE, amount)


def tranche_rows(terms: Terms, events: Sequence[Event]) -> tuple[TrancheRow, ...]:
    """The planned parts with the days on which they were handed out."""
    given = _given(events)
    return tuple(
        TrancheRow(number, part.on, part.amount, given[at].on if at < len(given) else None)
        for at, (number, part) in enumerate(enumerate(terms.tranches, 1))
    )


def _next_part(desk: Desk, loan: Living, command: DisburseTranche) -> Tranche:
    """The part that comes next. Raises where there is none, it is too early, or another amount."""
    check_currency(loan, command.currency)
    check_living(loan)
    coming = loan.terms.tranches[len(_given(loan.events)) :]
    if not coming:
        raise NotAllowedNow(why="no-tranche")
    part = coming[0]
    if desk.day < part.on:
        raise NotAllowedNow(why="tranche-not-yet", tranche_on=part.on)
    if command.amount_minor != part.amount:
        raise ValueRefused(
            field="amount_minor",
            why="tranche-differs",
            planned_minor=part.amount,
            currency=command.currency,
        )
    return part


def _check_till(desk: Desk, loan: Living, mode: Mode, account: str, amount: int) -> None:
    if mode is not Mode.CASH:
        return
    currency = loan.record.currency
    held = balance_of(desk.snapshot, desk.branch.branch_id, account, currency)
    if held < amount:
        raise NotAllowedNow(why="till-short", held_minor=held, currency=currency)


def _borrower(work: Work, loan: Living) -> str:
    party = party_by_id(work.tx.connection, loan.record.party_id)
    if party is None:
        raise NotFound(what="party", id=loan.record.party_id)
    return str(party["full_name"])


def _given(events: Sequence[Event]) -> list[Event]:
    """The parts that were handed out, in the order of their days."""
    void = {event.of for event in events if event.kind is EventKind.REVERSAL}
    given = [e for e in events if e.kind is EventKind.DISBURSEMENT and e.ref not in void]
    return sorted(given, key=lambda event: (event.on, event.ref))
