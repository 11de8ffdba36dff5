"""Messages to borrowers: queued, sent by the program, settled by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.commands.base import Command, personal
from app.rows.messages import GatewayFacts, MailFacts


@dataclass(frozen=True, slots=True)
class NotQueued:
    """A loan that gets no message, and why (a code)."""

    loan_id: int
    why: str


@dataclass(frozen=True, slots=True)
class MessagesQueued:
    """The answer to QueueMessages."""

    message_ids: tuple[int, ...]
    not_queued: tuple[NotQueued, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueMessages(Command[MessagesQueued]):
    """Write to late borrowers; without a template each gets the text of its stage."""

    name: ClassVar[str] = "message.queue"

    loan_ids: tuple[int, ...]
    channel: str  # sms, email
    template: str = ""


@dataclass(frozen=True, slots=True)
class MessageBegun:
    """The answer to BeginMessage; without `wanted` it was dropped."""

    message_id: int
    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginMessage(Command[MessageBegun]):
    """The program is about to hand a message over; written down before it leaves."""

    name: ClassVar[str] = "message.begin"

    message_id: int
    tries: int  # so many were made before; another station may have been faster


@dataclass(frozen=True, slots=True)
class MessageNoted:
    """The answer to NoteMessage and SettleMessage."""

    message_id: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMessage(Command[MessageNoted]):
    """What came of handing a message over, or of asking after it."""

    name: ClassVar[str] = "message.note"

    message_id: int
    state: str  # sent, retry, failed, unknown
    reason: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleMessage(Command[MessageNoted]):
    """A person knows what became of a message: it arrived, it goes again, or it is not wanted."""

    name: ClassVar[str] = "message.settle"

    message_id: int
    state: str  # sent, queued, dropped
    reason: str


@dataclass(frozen=True, slots=True)
class ContactStopped:
    """The answer to StopContact and AllowContact."""

    stop_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StopContact(Command[ContactStopped]):
    """The borrower must not be written to, until a day or until it is lifted."""

    name: ClassVar[str] = "contact.stop"

    party_id: int
    until_on: date | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowContact(Command[ContactStopped]):
    """The borrower may be written to again."""

    name: ClassVar[str] = "contact.allow"

    stop_id: int
    version: int


@dataclass(frozen=True, slots=True)
class EmailKept:
    """The answer to KeepEmail."""

    party_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepEmail(Command[EmailKept]):
    """Where a borrower gets e-mail; empty takes it back."""

    name: ClassVar[str] = "party.email"

    party_id: int
    address: str = personal()


@dataclass(frozen=True, slots=True)
class LateSettingsSaved:
    """The answer to SaveLateSettings."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveLateSettings(Command[LateSettingsSaved]):
    """The norm that provisions follow and how messages leave; `version` 0 before the first."""

    name: ClassVar[str] = "late.settings"

    version: int
    provision_norm: str
    mail: MailFacts
    gateway: GatewayFacts
