"""The money of a centre meeting: many receipts, one act."""

from __future__ import annotations

from collections.abc import Mapping

from app.commands.base import Topic
from app.commands.servicing import MeetingTaken, ReceiptPart, ReceiptPosted, TakeMeeting
from app.domain.errors import ValueRefused
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.services.cash_rules import check_cash_receipt
from app.services.facts import record
from app.services.projecting import Living, locked_loans
from app.services.receipts import (
    add_receipt,
    check_open,
    check_parts,
    check_received_on,
    post_part,
    words_of,
)
from app.services.registry import use_case
from app.services.work import Work
from app.store.parties import payers_of

MEETING = "meeting"
MOST_RECEIPTS = 500


@use_case(
    TakeMeeting,
    needs=Permission.RECEIPT_POST,
    changes={Topic.LOAN, Topic.CASH},
    answer=MeetingTaken,
)
def take_meeting(work: Work, command: TakeMeeting) -> MeetingTaken:
    """Give each loan's money a receipt, numbered in the order in which it was named."""
    centre = cleaned(command.centre, "centre")
    _check(work, command)
    _, reference = words_of("", command.reference, command.mode)
    loans = locked_loans(work, [part.loan_id for part in command.parts])
    for loan in loans.values():
        check_open(loan, command.currency)
    payers = payers_of(work.tx.connection, [loan.record.party_id for loan in loans.values()])
    meeting_id = work.tx.new_id()
    record(
        work,
        MEETING,
        meeting_id,
        "taken",
        value_on=command.received_on,
        amount_minor=sum(part.amount_minor for part in command.parts),
        currency=command.currency,
        title=centre,
    )
    about = (meeting_id, reference)
    posted = [
        _receipt(work, command, loans[part.loan_id], payers, part, about) for part in command.parts
    ]
    return MeetingTaken(meeting_id, tuple(posted))


def _check(work: Work, command: TakeMeeting) -> None:
    check_parts(command.parts)
    if len(command.parts) > MOST_RECEIPTS:
        raise ValueRefused(field="parts", why="too-long", most=MOST_RECEIPTS)
    for part in command.parts:
        check_cash_receipt(command.mode, part.amount_minor, command.currency, work.day)
    check_received_on(work, command)


def _receipt(
    work: Work,
    command: TakeMeeting,
    loan: Living,
    payers: Mapping[int, str],
    part: ReceiptPart,
    about: tuple[int, str],
) -> ReceiptPosted:
    meeting_id, reference = about
    receipt_id, number = add_receipt(
        work,
        amount=part.amount_minor,
        currency=command.currency,
        received_on=command.received_on,
        mode=command.mode,
        words=(payers[loan.record.party_id], reference),
        meeting_id=meeting_id,
    )
    return ReceiptPosted(receipt_id, number, post_part(work, loan, part, receipt_id, command))
