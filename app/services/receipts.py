"""Money in over the counter."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.commands.base import Topic
from app.commands.codec import encode
from app.commands.origination import Mode
from app.commands.servicing import (
    NotePrint,
    PostReceipt,
    PrintNoted,
    ReceiptPart,
    ReceiptPosted,
    TakeMeeting,
)
from app.domain.allocation import HEADS
from app.domain.errors import (
    AmountNotPositive,
    CurrencyMismatch,
    LimitExceeded,
    NotAllowedNow,
    NotFound,
    ValueRefused,
)
from app.domain.events import EventKind
from app.domain.loan import Position, ReceiptSplit, next_due
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission
from app.services.cash_rules import check_cash_receipt
from app.services.field_cash import keep_claim
from app.services.numbers import next_receipt
from app.services.projecting import LOAN, Fact, Living, apply_event, locked_loans
from app.services.receipt_books import give_leaf, locked_leaves
from app.services.registry import use_case
from app.services.work import Work
from app.store.money import count_prints, receipt_by_id
from app.store.schema.loans import prints, receipt_parts, receipts

ACTIVE, WRITTEN_OFF = "active", "written-off"
EXCESS = "excess"
LONGEST_REFERENCE = 80


@dataclass(frozen=True, slots=True)
class Source:
    """How money came to the counter: at a meeting, or collected by an officer who has it still."""

    meeting_id: int | None = None
    collected_by: int | None = None


COUNTER = Source()  # brought here


@use_case(
    PostReceipt,
    needs=Permission.RECEIPT_POST,
    changes={Topic.LOAN, Topic.CASH},
    answer=ReceiptPosted,
)
def post_receipt(work: Work, command: PostReceipt) -> ReceiptPosted:
    """Set the money on what is due, as the engine says, and number the receipt."""
    _check(work, command)
    words = words_of(command.payer, command.reference, command.mode)
    leaves = locked_leaves(work, {0: command.leaf} if command.leaf.strip() else {})
    loans = locked_loans(work, [part.loan_id for part in command.parts])
    for loan in loans.values():
        check_open(loan, command.currency)
    keep_claim(work, command)
    receipt_id, number = add_receipt(
        work,
        amount=command.amount_minor,
        currency=command.currency,
        received_on=command.received_on,
        mode=command.mode,
        words=words,
        source=Source(collected_by=command.collected_by),
    )
    for leaf in leaves.values():
        give_leaf(work, leaf, receipt_id)
    excess = 0
    for part in command.parts:
        loan = loans[part.loan_id]
        excess += post_part(work, loan, part, receipt_id, command)
    return ReceiptPosted(receipt_id, number, excess)


@use_case(
    NotePrint,
    needs=Permission.RECEIPT_REPRINT,
    changes={Topic.CASH},
    answer=PrintNoted,
    in_day=False,
)
def note_print(work: Work, command: NotePrint) -> PrintNoted:
    """Count the prints of a receipt: the first is the original, every later one a duplicate."""
    found = receipt_by_id(work.tx.connection, command.receipt_id)
    if found is None or found["branch_id"] != work.branch.branch_id:
        raise NotFound(what="receipt", id=command.receipt_id)
    print_id = work.tx.new_id()  # from here on no other print of this counter can come between
    duplicate = count_prints(work.tx.connection, command.receipt_id)
    work.tx.insert(
        prints,
        id=print_id,
        receipt_id=command.receipt_id,
        duplicate=duplicate,
        printed_at=work.at,
        user_id=work.actor.user_id,
    )
    return PrintNoted(command.receipt_id, duplicate)


def check_open(loan: Living, currency: str) -> None:
    """Raise where a loan takes no money any more, or another currency."""
    if loan.record.currency != currency:
        raise CurrencyMismatch(field="currency", one=loan.record.currency, other=currency)
    if loan.record.status == WRITTEN_OFF:
        raise NotAllowedNow(why="recover-instead", number=loan.record.number)
    if loan.record.status != ACTIVE:
        raise NotAllowedNow(why="loan-closed", number=loan.record.number)


def add_receipt(
    work: Work,
    *,
    amount: int,
    currency: str,
    received_on: date,
    mode: str,
    words: tuple[str, str],
    source: Source = COUNTER,
) -> tuple[int, str]:
    """Insert the head of a receipt; `words` are payer and reference. Returns its id and number."""
    series, serial, number = next_receipt(work)
    receipt_id = work.tx.insert(
        receipts,
        branch_id=work.branch.branch_id,
        station_id=work.session.station_id,
        series=series,
        serial=serial,
        number=number,
        payer=words[0],
        mode=str(mode),
        reference=words[1],
        amount_minor=amount,
        currency=currency,
        received_on=received_on,
        booked_on=work.day,
        recorded_at=work.at,
        user_id=work.actor.user_id,
        meeting_id=source.meeting_id,
        collected_by=source.collected_by,
    )
    return receipt_id, number


def add_part(work: Work, loan: Living, receipt_id: int, event_id: int) -> ReceiptSplit:
    """Insert the part of a receipt that an event stands for, with its split as printed."""
    split = split_of(loan.position, event_id)
    work.tx.insert(
        receipt_parts,
        receipt_id=receipt_id,
        account_kind=LOAN,
        account_id=loan.record.loan_id,
        event_id=event_id,
        amount_minor=split.amount,
        currency=loan.record.currency,
        printed=encode(printed_of(loan.position, split)),
    )
    return split


def split_of(position: Position, event_id: int) -> ReceiptSplit:
    """What became of the receipt with this event."""
    return next(one for one in reversed(position.receipts) if one.ref == event_id)


def printed_of(position: Position, split: ReceiptSplit) -> Mapping[str, Any]:
    """The split as it is printed: a fact, whatever later events make of the money."""
    lines: list[dict[str, Any]] = [
        {
            "what": part.head.value,
            "number": part.line,
            "due_on": part.due_on,
            "amount_minor": part.amount,
        }
        for part in split.parts
    ]
    if not split.parts:  # a recovery is set on what was struck: heads, but no lines any more
        lines = [
            {"what": head.value, "amount_minor": amount}
            for head in HEADS
            if (amount := getattr(split, head.value))
        ]
    if split.excess:
        lines.append({"what": EXCESS, "amount_minor": split.excess})
    coming = next_due(position)
    return {
        "lines": lines,
        "outstanding_after_minor": position.principal_outstanding,
        "next_due_on": coming.due_on if coming else None,
        "next_due_minor": coming.unpaid.total if coming else 0,
    }


def read_printed(text: str) -> Mapping[str, Any]:
    """A stored split, for papers."""
    found: Mapping[str, Any] = json.loads(text)
    return found


def post_part(
    work: Work,
    loan: Living,
    part: ReceiptPart,
    receipt_id: int,
    command: PostReceipt | TakeMeeting,
    mode: Mode | None = None,
) -> int:
    """Set one part on its loan; returns what is left over as excess."""
    way = mode or command.mode
    collector = command.collected_by if isinstance(command, PostReceipt) else None
    rules = work.tools.rules
    account = rules.money_account(way.value, work.branch.counter_code)
    if collector is not None:
        account = rules.staff_account(collector)
    amount = part.amount_minor
    fact = Fact(
        EventKind.RECEIPT,
        command.received_on,
        amount,
        title=cleaned(command.reason, "reason"),
        money=amount,
        account=account,
    )
    (event_id,) = apply_event(work, loan, fact)
    return add_part(work, loan, receipt_id, event_id).excess


def check_parts(parts: Sequence[ReceiptPart]) -> None:
    """Raise where there is no money, or a loan is named twice."""
    if not parts:
        raise ValueRefused(field="parts", why="empty")
    if any(part.amount_minor <= 0 for part in parts):
        raise AmountNotPositive(field="amount_minor")
    if len({part.loan_id for part in parts}) != len(parts):
        raise ValueRefused(field="parts", why="loan-twice")


def _check(work: Work, command: PostReceipt) -> None:
    """Raise, at the field, what can be refused before any loan is looked at."""
    check_parts(command.parts)
    if sum(part.amount_minor for part in command.parts) != command.amount_minor:
        raise ValueRefused(field="amount_minor", why="does-not-add-up")
    check_cash_receipt(command.mode, command.amount_minor, command.currency, work.day)
    check_received_on(work, command)


def words_of(payer: str, reference: str, mode: Mode) -> tuple[str, str]:
    """Payer and reference, cleaned; all but cash need a reference. Raises ValueRefused."""
    kept = cleaned(reference, "reference")
    if len(kept) > LONGEST_REFERENCE:
        raise ValueRefused(field="reference", why="too-long", most=LONGEST_REFERENCE)
    if mode is not Mode.CASH and not kept:
        raise ValueRefused(field="reference", why="reference-missing")
    return cleaned(payer, "payer"), kept


def check_received_on(work: Work, command: PostReceipt | TakeMeeting) -> None:
    """Raise where the value date lies ahead, or further back than the actor may go."""
    days = (work.day - command.received_on).days
    if days < 0:
        raise ValueRefused(field="received_on", why="in-the-future")
    if days and not command.reason.strip():
        raise ValueRefused(field="reason", why="reason-missing")
    allowed = work.actor.limit(Limit.BACKDATE_DAYS)
    if days > allowed:
        raise LimitExceeded(field="received_on", why="backdate", days=days, allowed_days=allowed)
