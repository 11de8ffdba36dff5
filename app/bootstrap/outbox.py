"""The outbox: takes what is due, hands it over, writes down what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.bootstrap.late import LateGateway, LateMailer
from app.commands.base import Command
from app.commands.messages import BeginMessage, NoteMessage
from app.domain.errors import NotAllowedNow, StoreTrouble
from app.domain.outbox import IN_DOUBT, SMS
from app.ports import Asks, Gate, Session, Stop, Vault
from app.ports.outbox import Mailer, OutboxDone, SmsGateway
from app.queries.messages import DueMessages, ShowWaysOut
from app.rows.messages import LateSettings, OutMessage, SendOutcome

SECRET = "message-secret"
_TEST_KEY = "kist-test"
_STATES = {"sent": "sent", "retry": "waiting", "failed": "failed", "unknown": "in_doubt"}


@dataclass
class OutboxTurns:
    """The outbox of a station. `station` is the program's own session, `name` the database's."""

    gate: Gate
    asks: Asks
    vault: Vault
    station: Session
    name: str
    mailer: Mailer = field(default_factory=LateMailer)
    gateway: SmsGateway = field(default_factory=LateGateway)

    def turn(self, stop: Stop) -> OutboxDone:
        """Send what may leave now, and ask after what is in doubt."""
        counts: dict[str, int] = {}
        settings = self.asks.ask(self.station, ShowWaysOut())
        for message in self.asks.ask(self.station, DueMessages()):
            if stop.wanted():
                break
            if not self._way_is_set(settings, message.channel):
                counts["unset"] = counts.get("unset", 0) + 1
                continue
            outcome = self._moved(settings, message)
            if outcome is not None:
                name = _STATES[outcome.state]
                counts[name] = counts.get(name, 0) + 1
        return OutboxDone(**counts)

    def try_out(self, channel: str, recipient: str, text: str) -> SendOutcome:
        """Send a test by the settings that are kept."""
        settings = self.asks.ask(self.station, ShowWaysOut())
        template_id = next((one.template_id for one in settings.gateway.templates), "")
        message = OutMessage(0, channel, recipient, text, text, _TEST_KEY, template_id, 1, "begun")
        return self._sent(settings, message)

    def keep_secret(self, channel: str, secret: str) -> None:
        """Keep a password or key in the vault; empty forgets it."""
        if secret:
            self.vault.put(self._entry(channel), secret.encode())
        else:
            self.vault.forget(self._entry(channel))

    def has_secret(self, channel: str) -> bool:
        """Whether one is kept here."""
        return self.vault.get(self._entry(channel)) is not None

    def _moved(self, settings: LateSettings, message: OutMessage) -> SendOutcome | None:
        """Take one message a step on; None where another station or a person was faster."""
        if message.state in IN_DOUBT:
            outcome = self._asked_after(settings, message)
            return self._noted(message, message.tries, outcome)
        begin = BeginMessage(message_id=message.message_id, tries=message.tries)
        try:
            begun = self._run(begin, f"message {message.message_id} {message.tries}")
        except NotAllowedNow:
            return None
        if not begun.wanted:
            return None
        return self._noted(message, message.tries + 1, self._sent(settings, message))

    def _noted(self, message: OutMessage, tries: int, outcome: SendOutcome) -> SendOutcome:
        """Write down what came of it; the same answer twice is one line."""
        note = NoteMessage(
            message_id=message.message_id,
            state=outcome.state,
            reason=outcome.reason,
            reference=outcome.reference,
        )
        if outcome.state != message.state or message.state not in IN_DOUBT:
            self._run(note, f"message {message.message_id} {tries} {outcome.state}")
        return outcome

    def _run(self, command: Command[Any], key: str) -> Any:
        return self.gate.run(self.station, command, key).result

    def _sent(self, settings: LateSettings, message: OutMessage) -> SendOutcome:
        secret = self._secret(message.channel)
        if message.channel == SMS:
            return self.gateway.send(settings.gateway, secret, message)
        return self.mailer.send(settings.mail, secret, message)

    def _asked_after(self, settings: LateSettings, message: OutMessage) -> SendOutcome:
        if message.channel == SMS:
            secret = self._secret(message.channel)
            return self.gateway.ask(settings.gateway, secret, message)
        return SendOutcome("unknown", "no-status")  # a mail server cannot be asked

    def _way_is_set(self, settings: LateSettings, channel: str) -> bool:
        """Whether this station can send by it: it is set up, and its secret lies in the vault."""
        gateway, mail = settings.gateway, settings.mail
        if channel == SMS:
            needs = bool(gateway.secret_header or gateway.secret_field)
            return bool(gateway.url) and (not needs or bool(self._secret(channel)))
        return bool(mail.host) and (not mail.user or bool(self._secret(channel)))

    def _secret(self, channel: str) -> str:
        try:
            return (self.vault.get(self._entry(channel)) or b"").decode()
        except StoreTrouble:
            return ""

    def _entry(self, channel: str) -> str:
        return f"{SECRET} {self.name} {channel}"
