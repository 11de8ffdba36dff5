"""A fact of a loan that never was, other than money that came in."""

from __future__ import annotations

from collections.abc import Iterator

from app.commands.acts import ReverseAct
from app.commands.base import Topic
from app.commands.servicing import LoanChanged
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.events import Event, EventKind
from app.domain.roles import Limit, Permission
from app.services.acting import Desk, Plan, carried_out
from app.services.projecting import Fact, Living
from app.services.registry import use_case
from app.services.work import Work
from app.store.vouchers import voucher_of_event

_MONEY_IN = (EventKind.RECEIPT, EventKind.RECOVERY)
_STAYS = (EventKind.DISBURSEMENT, EventKind.OPENING, EventKind.REVERSAL)
_BY_AMOUNT = (EventKind.CHARGE, EventKind.WAIVER, EventKind.REFUND)


@use_case(ReverseAct, needs=Permission.LOAN_REVERSE, changes={Topic.LOAN}, answer=LoanChanged)
def reverse_act(work: Work, command: ReverseAct) -> LoanChanged:
    """Void the fact from its own date; today posts the difference."""
    return carried_out(work, command, plan_reversal)


def plan_reversal(desk: Desk, loan: Living, command: ReverseAct) -> Plan:
    """The reversal, and of a reschedule that of its rate. Raises for a fact that must stay."""
    reason = desk.reason(command.reason)
    event = next((one for one in loan.events if one.ref == command.event_id), None)
    if event is None:
        raise NotFound(what="fact", id=command.event_id)
    if event.kind in _MONEY_IN:
        raise ValueRefused(field="event_id", why="reverse-the-receipt")
    if event.kind in _STAYS:
        raise ValueRefused(field="event_id", why="not-reversible")
    void = {one.of for one in loan.events if one.kind is EventKind.REVERSAL}
    if event.ref in void:
        raise NotAllowedNow(why="act-reversed")
    facts = tuple(_facts(desk, event, void, reason))
    return Plan(facts, Limit.REVERSE, _weight(loan, event))


def _facts(desk: Desk, event: Event, void: set[int | None], reason: str) -> Iterator[Fact]:
    if event.kind is EventKind.REFUND:
        yield _money_back(desk, event, reason)
        return
    yield Fact(EventKind.REVERSAL, desk.day, event.amount, of=event.ref, title=reason)
    if event.kind is EventKind.RESCHEDULE and event.of is not None and event.of not in void:
        yield Fact(EventKind.REVERSAL, desk.day, of=event.of, title=reason)


def _money_back(desk: Desk, event: Event, reason: str) -> Fact:
    """The refund comes back into where it was paid from."""
    paid = voucher_of_event(desk.snapshot, event.ref)
    if paid is None:
        raise NotFound(what="voucher", id=event.ref)
    account = desk.money_account(paid["mode"], paid["counter_code"])
    return Fact(
        EventKind.REVERSAL,
        desk.day,
        event.amount,
        of=event.ref,
        title=reason,
        money=event.amount,
        account=account,
    )


def _weight(loan: Living, event: Event) -> int:
    """What the limit is held against: the amount, what was struck, or what the plan is about."""
    if event.kind in _BY_AMOUNT:
        return event.amount
    if event.kind is EventKind.WRITE_OFF:
        return loan.position.written_off.total
    return loan.position.principal_outstanding
