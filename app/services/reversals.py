"""A receipt that never was: its facts are voided from their own dates, its number stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from app.commands.base import Topic
from app.commands.servicing import ReceiptReversed, ReverseReceipt
from app.domain.errors import NotAllowedNow, NotFound
from app.domain.events import Event, EventKind
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission
from app.services.projecting import Fact, Living, apply_event, locked_loans
from app.services.registry import use_case
from app.services.work import Work
from app.store.money import parts_of, receipt_by_id


@use_case(
    ReverseReceipt,
    needs=Permission.RECEIPT_REVERSE,
    changes={Topic.LOAN, Topic.CASH},
    answer=ReceiptReversed,
)
def reverse_receipt(work: Work, command: ReverseReceipt) -> ReceiptReversed:
    """Void every part of the receipt, and with it the early closure that it paid for."""
    reason = cleaned(command.reason, "reason", needed=True)
    found = receipt_by_id(work.tx.connection, command.receipt_id)
    if found is None or found["branch_id"] != work.branch.branch_id:
        raise NotFound(what="receipt", id=command.receipt_id)
    work.within(Limit.REVERSE, found["amount_minor"])
    parts = parts_of(work.tx.connection, command.receipt_id)
    loans = locked_loans(work, [part["account_id"] for part in parts])
    account = work.tools.rules.money_account(found["mode"], found["counter_code"])
    for part in parts:
        loan = loans[part["account_id"]]
        apply_event(work, loan, *_facts(work, loan, part, account, reason))
    return ReceiptReversed(command.receipt_id)


def _facts(
    work: Work, loan: Living, part: Mapping[str, Any], account: str, reason: str
) -> Iterator[Fact]:
    """The facts that void a part. Raises NotAllowedNow where that was done before."""
    void = {event.of for event in loan.events if event.kind is EventKind.REVERSAL}
    if part["event_id"] in void:
        raise NotAllowedNow(why="already-reversed")
    closing = _closure_of(loan, part["event_id"], void)
    if closing is not None:
        yield Fact(EventKind.REVERSAL, work.day, of=closing.ref, title=reason)
    amount = part["amount_minor"]
    yield Fact(
        EventKind.REVERSAL,
        work.day,
        amount,
        of=part["event_id"],
        title=reason,
        money=-amount,
        account=account,
    )


def _closure_of(loan: Living, receipt_event: int, void: set[int | None]) -> Event | None:
    """The early closure that a receipt paid for: nothing can be received after one but its own."""
    live = [event for event in loan.events if event.ref not in void]
    for event, after in pairwise(live):
        if event.kind is EventKind.FORECLOSURE and after.ref == receipt_event:
            return event
    return None
