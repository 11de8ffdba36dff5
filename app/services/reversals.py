"""A receipt that never was: its facts are voided from their own dates, its number stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from app.commands.base import Topic
from app.commands.servicing import ReceiptReversed, ReverseReceipt
from app.domain.allocation import Head
from app.domain.errors import AmountNotPositive, NotAllowedNow, NotFound, ValueRefused
from app.domain.events import Event, EventKind
from app.domain.roles import Limit, Permission
from app.rows.facts import ADJUSTMENT, Mode
from app.services.acting import Desk, Plan, desk_of
from app.services.projecting import Fact, Living, apply_event, locked_loans
from app.services.registry import use_case
from app.services.work import Work
from app.store.money import parts_of, receipt_by_id
from app.texts import _

Row = Mapping[str, Any]


@use_case(
    ReverseReceipt,
    needs=Permission.RECEIPT_REVERSE,
    changes={Topic.LOAN, Topic.CASH},
    answer=ReceiptReversed,
)
def reverse_receipt(work: Work, command: ReverseReceipt) -> ReceiptReversed:
    """Void every part of the receipt, and with it the early closure that it paid for."""
    desk = desk_of(work)
    reason = desk.reason(command.reason)
    found, parts = _receipt(desk, command.receipt_id)
    work.within(Limit.REVERSE, found["amount_minor"])
    charge = _bounce(work, command, found["mode"], reason)
    loans = locked_loans(work, [part["account_id"] for part in parts])
    for part in parts:
        loan = loans[part["account_id"]]
        more = charge if part is parts[0] else ()
        apply_event(work, loan, *_facts(desk, loan, (found, part), reason), *more)
    return ReceiptReversed(command.receipt_id)


def _bounce(work: Work, command: ReverseReceipt, mode: str, reason: str) -> tuple[Fact, ...]:
    """The charge for money that came back, due today; cash does not come back by itself."""
    amount = command.bounced_minor
    if amount is None:
        return ()
    if amount <= 0:
        raise AmountNotPositive(field="bounced_minor")
    if mode == Mode.CASH:
        raise ValueRefused(field="bounced_minor", why="cash-never-bounces")
    work.within(Limit.CHARGE, amount)
    said = _("Returned by the bank") + f" \u00b7 {reason}"
    return (Fact(EventKind.CHARGE, work.day, amount, Head.CHARGE, title=said),)


def plan_receipt_reversal(desk: Desk, loan: Living, command: ReverseReceipt) -> Plan:
    """What the reversal adds to one of the receipt's loans; the limit is of the whole receipt."""
    reason = desk.reason(command.reason)
    found, parts = _receipt(desk, command.receipt_id)
    facts = [
        fact
        for part in parts
        if part["account_id"] == loan.record.loan_id
        for fact in _facts(desk, loan, (found, part), reason)
    ]
    if not facts:
        raise NotFound(what="receipt", id=command.receipt_id)
    return Plan(tuple(facts), Limit.REVERSE, found["amount_minor"])


def _receipt(desk: Desk, receipt_id: int) -> tuple[Row, Sequence[Row]]:
    """The receipt and its parts. Raises NotFound outside this branch."""
    found = receipt_by_id(desk.snapshot, receipt_id)
    if found is None or found["branch_id"] != desk.branch.branch_id:
        raise NotFound(what="receipt", id=receipt_id)
    if found["mode"] == ADJUSTMENT:
        raise NotAllowedNow(why="out-of-a-loan")
    return found, parts_of(desk.snapshot, receipt_id)


def _facts(desk: Desk, loan: Living, part: tuple[Row, Row], reason: str) -> Iterator[Fact]:
    """The facts that void a part. Raises NotAllowedNow where that was done before."""
    receipt, own = part
    void = {event.of for event in loan.events if event.kind is EventKind.REVERSAL}
    if own["event_id"] in void:
        raise NotAllowedNow(why="already-reversed")
    closing = _closure_of(loan, own["event_id"], void)
    if closing is not None:
        yield Fact(EventKind.REVERSAL, desk.day, of=closing.ref, title=reason)
    amount = own["amount_minor"]
    yield Fact(
        EventKind.REVERSAL,
        desk.day,
        amount,
        of=own["event_id"],
        title=reason,
        money=-amount,
        account=_account(desk, receipt),
    )


def _account(desk: Desk, receipt: Row) -> str:
    """Where the money of a receipt went: a till or the bank, or the officer who collected it."""
    if receipt["collected_by"] is not None:
        return desk.staff_account(receipt["collected_by"])
    return desk.money_account(receipt["mode"], receipt["counter_code"])


def _closure_of(loan: Living, receipt_event: int, void: set[int | None]) -> Event | None:
    """The early closure that a receipt paid for: nothing can be received after one but its own."""
    live = [event for event in loan.events if event.ref not in void]
    for event, after in pairwise(live):
        if event.kind is EventKind.FORECLOSURE and after.ref == receipt_event:
            return event
    return None
