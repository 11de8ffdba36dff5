"""What an amount would pay, by the engine that will post it."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.errors import AmountNotPositive, NotAllowedNow, ValueRefused
from app.domain.events import Event, EventKind
from app.domain.loan import ReceiptSplit, next_due
from app.domain.roles import Permission
from app.queries.servicing import PreviewReceipt
from app.rows.servicing import SplitLine, SplitPreview
from app.services.loan_now import LoanNow, as_on_day, loan_now
from app.services.receipts import ACTIVE, EXCESS, split_of
from app.services.registry import answers
from app.services.work import Reading


@answers(PreviewReceipt, needs=Permission.VIEW_LOANS)
def preview_receipt(reading: Reading, query: PreviewReceipt) -> SplitPreview:
    """The split of an amount with the reason of each part. Raises what posting it would."""
    if query.amount_minor <= 0:
        raise AmountNotPositive(field="amount_minor")
    if query.received_on > reading.day:
        raise ValueRefused(field="received_on", why="in-the-future")
    now = loan_now(reading, query.loan_id)
    if now.record.status != ACTIVE:
        raise NotAllowedNow(why="loan-closed", number=now.record.number)
    ref = max(event.ref for event in now.events) + 1
    on = query.received_on
    event = Event(EventKind.RECEIPT, on, now.day, ref, query.amount_minor)
    then = as_on_day(now.record, [*now.events, event], now.day)
    coming = next_due(then.position)
    return SplitPreview(
        loan_id=query.loan_id,
        amount_minor=query.amount_minor,
        currency=now.record.currency,
        lines=tuple(_lines(now, split_of(then.position, ref))),
        outstanding_before_minor=now.position.principal_outstanding,
        outstanding_after_minor=then.position.principal_outstanding,
        late_before_minor=now.late.total,
        late_after_minor=then.late.total,
        owed_before_minor=now.position.arrears.total,
        owed_after_minor=then.position.arrears.total,
        next_due_on=coming.due_on if coming else None,
        next_due_minor=coming.unpaid.total if coming else 0,
        closes=coming is None,
    )


def _lines(now: LoanNow, split: ReceiptSplit) -> Iterator[SplitLine]:
    begun = {line.number for line in now.position.lines if line.paid.total}
    for part in split.parts:
        late = max((split.on - part.due_on).days, 0)
        reason = "late" if late else "due" if part.due_on == split.on else "ahead"
        if part.line in begun and part.due_on <= split.on:
            reason = "rest"
        yield SplitLine(part.head.value, part.line, part.due_on, part.amount, reason, late)
    if split.excess:
        yield SplitLine(EXCESS, None, None, split.excess, EXCESS)
