"""Messages to late borrowers: queued by people, handed over by the program, never twice.

A message is a fact; each step of it is one more. It is written down that a message is handed over
before it is: where the answer is lost it stands in doubt, and the gateway is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from app.commands.base import Topic
from app.commands.messages import (
    BeginMessage,
    MessageBegun,
    MessageNoted,
    MessagesQueued,
    NoteMessage,
    NotQueued,
    QueueMessages,
    SettleMessage,
)
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.outbox import (
    CHANNELS,
    IN_DOUBT,
    SMS,
    WAITING,
    MessageState,
    after_refusal,
    next_try_at,
)
from app.domain.party import cleaned, folded
from app.domain.roles import Permission
from app.queries.base import Page
from app.queries.messages import DueMessages, ListMessages
from app.rows.messages import MessageRow, OutMessage
from app.services.contact import STOPPED, next_allowed, why_not_now
from app.services.late_settings import gateway_of
from app.services.loan_now import LoanNow, as_on_day
from app.services.message_texts import NO_TEMPLATE, Written, template_for, values_for, written
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.arrears import ACTIVE
from app.store.branch_settings import branch_row
from app.store.field import lock_loan
from app.store.loans import events_of, loans_by_id
from app.store.outbox import (
    count_of,
    last_queued,
    message_by_id,
    page_of,
    reached_by,
    stopped,
    unsettled,
)
from app.store.schema.late import message_tries, messages

MOST_LOANS = 2000
LONGEST_REASON = 200
LONGEST_PAGE = 1000
PAID = "paid"
_KEY_LENGTH = 32
_NOTED = ("sent", "retry", "failed", "unknown")
_SETTLED = ("sent", "queued", "dropped")
Mapped = Mapping[Any, Any]


@use_case(
    QueueMessages,
    needs=Permission.VISIT_PLAN,
    changes={Topic.MESSAGE},
    answer=MessagesQueued,
)
def queue_messages(work: Work, command: QueueMessages) -> MessagesQueued:
    """Write each borrower the text of the stage; who cannot be written to is named with why."""
    if command.channel not in CHANNELS:
        raise ValueRefused(field="channel", why="not-a-choice", given=command.channel)
    ids = tuple(dict.fromkeys(command.loan_ids))
    if not ids or len(ids) > MOST_LOANS:
        raise ValueRefused(field="loan_ids", why="too-many" if ids else "empty", most=MOST_LOANS)
    who = reached_by(work.tx.connection, ids)
    records = loans_by_id(work.tx.connection, ids)
    facts = events_of(work.tx.connection, ids)
    mine = work.branch.branch_id
    made, left = [], []
    for loan_id in ids:
        if loan_id not in who or who[loan_id]["branch_id"] != mine:
            raise NotFound(what="loan", id=loan_id)
        now = as_on_day(records[loan_id], facts[loan_id], work.day)
        found = _queued(work, command, who[loan_id], now)
        if isinstance(found, int):
            made.append(found)
        else:
            left.append(NotQueued(loan_id, found))
    return MessagesQueued(tuple(made), tuple(left))


def _queued(work: Work, command: QueueMessages, row: Mapped, now: LoanNow) -> int | str:
    """The id of the message, or the code of why there is none."""
    recipient = row["phone"] if command.channel == SMS else row["address"]
    since = now.oldest_late_on
    if row["status"] != ACTIVE or since is None:
        return "not-late"
    if not recipient:
        return f"no-{command.channel}"
    if stopped(work.tx.connection, [row["party_id"]], work.day):
        return STOPPED
    said = _said(work, command, row, now, since)
    return said if isinstance(said, str) else _kept(work, command.channel, row, recipient, said)


def _said(
    work: Work, command: QueueMessages, row: Mapped, now: LoanNow, since: date
) -> Written | str:
    """What the borrower will read, or the code of why nothing."""
    template = template_for(command.template, now.dpd, work.day)
    if template is None:
        return NO_TEMPLATE
    last = last_queued(work.tx.connection, row["loan_id"], template.name, command.channel)
    if last is not None and work.day < last + timedelta(template.again_after_days):
        return "too-soon"
    branch = branch_row(work.tx.connection, work.branch.branch_id)
    gateway = gateway_of(work.tx.connection, work.branch.branch_id)
    values = values_for(row, branch, now.late.total, since, now.dpd)
    return written(template, command.channel, gateway, row["language"], values) or NO_TEMPLATE


def _kept(work: Work, channel: str, row: Mapped, recipient: str, said: Written) -> int:
    """Insert the message; its key is nobody else's, and the same for the same command."""
    key = sha256(f"{work.session.station_id} {work.key} {row['loan_id']}".encode()).hexdigest()
    return work.tx.insert(
        messages,
        branch_id=work.branch.branch_id,
        loan_id=row["loan_id"],
        party_id=row["party_id"],
        channel=channel,
        template=said.template,
        template_id=said.template_id,
        language=said.language,
        recipient=recipient,
        subject=said.subject,
        body=said.body,
        key=key[:_KEY_LENGTH],
        queued_on=work.day,
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )


@use_case(
    BeginMessage,
    needs=Permission.SYSTEM,
    changes={Topic.MESSAGE},
    answer=MessageBegun,
    in_day=False,
)
def begin_message(work: Work, command: BeginMessage) -> MessageBegun:
    """Note that a message is handed over; one that is not wanted any more is dropped instead.

    Raises NotAllowedNow where it was handed over already, or may not leave at this hour.
    """
    row = _locked(work, command.message_id)
    if row["state"] not in WAITING or row["tries"] != command.tries:
        raise NotAllowedNow(why="message-gone")
    local = work.now.astimezone(ZoneInfo(work.branch.time_zone))
    why = why_not_now(work.tx.connection, work.branch.branch_id, row["rule_set"], local)
    if why:
        raise NotAllowedNow(why=why)
    reason = _unwanted(work, row, local)
    state = MessageState.DROPPED if reason else MessageState.BEGUN
    _note(work, command.message_id, state, reason)
    return MessageBegun(command.message_id, wanted=not reason)


def _unwanted(work: Work, row: Mapped, local: datetime) -> str:
    """Why a message that was queued is not wanted any more: paid since, or stopped."""
    if stopped(work.tx.connection, [row["party_id"]], local.date()):
        return STOPPED
    loan_id = row["loan_id"]
    found = loans_by_id(work.tx.connection, [loan_id])[loan_id]
    facts = events_of(work.tx.connection, [loan_id])[loan_id]
    now = as_on_day(found, facts, work.business_on or local.date())
    return PAID if found.status != ACTIVE or now.oldest_late_on is None else ""


@use_case(
    NoteMessage,
    needs=Permission.SYSTEM,
    changes={Topic.MESSAGE},
    answer=MessageNoted,
    in_day=False,
)
def note_message(work: Work, command: NoteMessage) -> MessageNoted:
    """Note what came of handing a message over; after many tries it is given up."""
    if command.state not in _NOTED:
        raise ValueRefused(field="state", why="not-a-choice", given=command.state)
    row = _locked(work, command.message_id)
    if row["state"] not in IN_DOUBT:
        return MessageNoted(command.message_id, row["state"])
    state = MessageState(command.state)
    if state is MessageState.RETRY:
        state = after_refusal(row["tries"])
    if state is not row["state"]:
        _note(work, command.message_id, state, command.reason, command.reference)
    return MessageNoted(command.message_id, state)


@use_case(
    SettleMessage,
    needs=Permission.VISIT_PLAN,
    changes={Topic.MESSAGE},
    answer=MessageNoted,
    in_day=False,
)
def settle_message(work: Work, command: SettleMessage) -> MessageNoted:
    """A person says what became of it: it arrived, it is to go again, it is not wanted."""
    reason = cleaned(command.reason, "reason")
    if command.state not in _SETTLED:
        raise ValueRefused(field="state", why="not-a-choice", given=command.state)
    if not reason or len(reason) > LONGEST_REASON:
        raise ValueRefused(field="reason", why="too-long" if reason else "reason-missing")
    row = _locked(work, command.message_id)
    if row["state"] in ("sent", "dropped"):
        raise NotAllowedNow(why="message-gone")
    state = MessageState.RETRY if command.state == "queued" else MessageState(command.state)
    _note(work, command.message_id, state, reason)
    return MessageNoted(command.message_id, state)


@answers(ListMessages, needs=Permission.VIEW_FIELD)
def list_messages(reading: Reading, query: ListMessages) -> Page[MessageRow]:
    """One page, the newest first."""
    if query.state not in ("", "waiting", *MessageState):
        raise ValueRefused(field="state", why="not-a-choice", given=query.state)
    branch_id, words = reading.branch.branch_id, folded(query.text).split()
    offset, limit = max(query.offset, 0), min(max(query.limit, 1), LONGEST_PAGE)
    found = page_of(
        reading.connection, branch_id, query.state, query.loan_id, words, (offset, limit)
    )
    rows = tuple(_row(reading, row) for row in found)
    if not query.counted:
        return Page(rows, offset, offset + len(rows))
    count = count_of(reading.connection, branch_id, query.state, query.loan_id, words)
    return Page(rows, offset, count)


@answers(DueMessages, needs=Permission.SYSTEM)
def due_messages(reading: Reading, query: DueMessages) -> tuple[OutMessage, ...]:
    """What may leave now, and what must be asked after."""
    branch_id = reading.branch.branch_id
    local = reading.now.astimezone(ZoneInfo(reading.branch.time_zone))
    made = []
    for row in unsettled(reading.connection, branch_id):
        if row["state"] in WAITING and (
            _next_at(row) > reading.now
            or why_not_now(reading.connection, branch_id, row["rule_set"], local)
        ):
            continue
        made.append(_out(row, row["tries"]))
        if len(made) == query.limit:
            break
    return tuple(made)


def _locked(work: Work, message_id: int) -> Mapped:
    """A message of this branch with its state, its loan locked. Raises NotFound."""
    found = message_by_id(work.tx.connection, work.branch.branch_id, message_id)
    if found is None:
        raise NotFound(what="message", id=message_id)
    lock_loan(work.tx, found["loan_id"])
    return message_by_id(work.tx.connection, work.branch.branch_id, message_id) or found


def _note(
    work: Work, message_id: int, state: MessageState, reason: str, reference: str = ""
) -> None:
    work.tx.insert(
        message_tries,
        branch_id=work.branch.branch_id,
        message_id=message_id,
        state=state.value,
        reason=reason[:LONGEST_REASON],
        reference=reference[:80],
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )


def _out(row: Mapped, tries: int) -> OutMessage:
    return OutMessage(
        message_id=row["id"],
        channel=row["channel"],
        recipient=row["recipient"],
        subject=row["subject"],
        body=row["body"],
        key=row["key"],
        template_id=row["template_id"],
        tries=tries,
        state=row["state"],
    )


def _next_at(row: Mapped) -> datetime:
    at = datetime.fromisoformat(row["at"])
    return next_try_at(row["tries"], at) if row["state"] == "retry" and row["tries"] else at


def _row(reading: Reading, row: Mapped) -> MessageRow:
    zone = ZoneInfo(reading.branch.time_zone)
    next_at = None
    if row["state"] in WAITING:
        wanted = max(_next_at(row), reading.now).astimezone(zone)
        next_at = next_allowed(
            reading.connection, reading.branch.branch_id, row["rule_set"], wanted
        )
    return MessageRow(
        message_id=row["id"],
        loan_id=row["loan_id"],
        number=row["number"],
        borrower=row["full_name"],
        channel=row["channel"],
        template=row["template"],
        recipient=row["recipient"],
        body=row["body"],
        state=row["state"],
        reason=row["reason"],
        tries=row["tries"],
        queued_on=row["queued_on"],
        at=datetime.fromisoformat(row["at"]),
        next_at=next_at,
        by=row["by"] or "",
    )
