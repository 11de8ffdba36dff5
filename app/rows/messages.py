"""Rows and settings about messages to borrowers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class MailFacts:
    """The server that sends e-mail; its password lies in the vault. Without a host it is off."""

    host: str = ""
    port: int = 587
    security: str = "starttls"  # starttls, tls, none
    user: str = ""
    sender: str = ""  # address that the borrower sees


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """A text as registered (in India with the DLT) and its id; without text the shipped one."""

    template: str
    language: str
    template_id: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class GatewayFacts:
    """The HTTP gateway that sends SMS; its key lies in the vault. Without a url it is off.

    The fields say what the gateway calls a thing; an empty one is not sent. `more` are fixed
    values as "name=value". {key} in `status_url` is the message's own key.
    """

    url: str = ""
    method: str = "post-form"  # post-form, post-json, get
    to_field: str = "to"
    text_field: str = "text"
    key_field: str = "client_ref"
    template_field: str = "template_id"
    secret_header: str = "Authorization"
    secret_field: str = ""
    more: tuple[str, ...] = ()
    reference_field: str = "id"  # of the answer
    status_url: str = ""
    status_field: str = "status"
    status_sent: tuple[str, ...] = ("sent", "delivered", "submitted", "accepted")
    templates: tuple[TemplateFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class LateSettings:
    """The norm that provisions follow, and how messages leave."""

    version: int  # 0: nothing was kept yet
    provision_norm: str
    mail: MailFacts
    gateway: GatewayFacts
    templates: tuple[str, ...] = ()  # the names of the shipped texts


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message and what became of it."""

    message_id: int
    loan_id: int
    number: str
    borrower: str
    channel: str
    template: str
    recipient: str
    body: str
    state: str
    reason: str  # a code
    tries: int
    queued_on: date
    at: datetime  # of the last thing that happened
    next_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class OutMessage:
    """A message on its way: what an adapter needs of it."""

    message_id: int
    channel: str
    recipient: str
    subject: str
    body: str
    key: str
    template_id: str
    tries: int
    state: str
    contact_ok: bool = True


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """What an adapter found: sent, retry, failed or unknown, why, and the gateway's reference."""

    state: str
    reason: str = ""
    reference: str = ""
