"""How messages leave: adapters for e-mail and SMS, and the outbox that the window starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.ports import Stop
from app.rows.messages import GatewayFacts, MailFacts, OutMessage, SendOutcome


class Mailer(Protocol):
    """Sends e-mail. Slow: call it on the worker."""

    def send(self, mail: MailFacts, password: str, message: OutMessage) -> SendOutcome:
        """Hand a message to the server; never raises for what the server says."""
        ...


class SmsGateway(Protocol):
    """Sends SMS by HTTP. Slow: call it on the worker."""

    def send(self, gateway: GatewayFacts, secret: str, message: OutMessage) -> SendOutcome:
        """Hand a message to the gateway; never raises for what it says."""
        ...

    def ask(self, gateway: GatewayFacts, secret: str, message: OutMessage) -> SendOutcome:
        """What the gateway knows of a message by its key; `unknown` where it cannot be asked."""
        ...


@dataclass(frozen=True, slots=True)
class OutboxDone:
    """What one turn of the outbox came to."""

    sent: int = 0
    waiting: int = 0  # could not leave now, and is tried again
    failed: int = 0
    in_doubt: int = 0
    unset: int = 0  # could leave, but their way out or its secret is not on this PC

    @property
    def moved(self) -> bool:
        """Whether anything happened."""
        return bool(self.sent or self.waiting or self.failed or self.in_doubt)


class Outbox(Protocol):
    """Sends what is due, and keeps the secrets of the way out. Slow: call it on the worker."""

    def turn(self, stop: Stop) -> OutboxDone:
        """Send what may leave now, and ask after what is in doubt. Raises StoreTrouble."""
        ...

    def try_out(self, channel: str, recipient: str, text: str) -> SendOutcome:
        """Send a test message by the settings that are kept, outside the outbox."""
        ...

    def keep_secret(self, channel: str, secret: str) -> None:
        """Keep the password or key of a way out in the vault; empty forgets it."""
        ...

    def has_secret(self, channel: str) -> bool:
        """Whether one is kept here."""
        ...
