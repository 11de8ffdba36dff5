"""E-mail by SMTP: what the server says decides whether a message left, goes again, or is lost."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate

from app.rows.messages import MailFacts, OutMessage, SendOutcome

SENT, RETRY, FAILED, UNKNOWN = "sent", "retry", "failed", "unknown"
_SECONDS = 20
_PERMANENT = 500
_LONGEST = 160


class SmtpMailer:
    """Sends one message a connection, by STARTTLS, TLS or in the clear as set."""

    def __init__(self, seconds: float = _SECONDS, context: ssl.SSLContext | None = None) -> None:
        self._seconds, self._context = seconds, context

    def send(self, mail: MailFacts, password: str, message: OutMessage) -> SendOutcome:
        """Hand a message over; once the server has all of it and is silent, it is in doubt."""
        try:
            made = _written(mail, message).as_bytes()
        except ValueError as error:  # a line break in an address or a subject
            return SendOutcome(FAILED, _plain(error))
        try:
            with self._server(mail) as server:
                if mail.user:
                    server.login(mail.user, password)
                _said(server.mail(mail.sender))
                _said(server.rcpt(message.recipient))
                return _handed_over(server, made)
        except _Refused as refused:
            return _by_code(refused.said, refused.text)
        except smtplib.SMTPResponseException as error:
            return _by_code(error.smtp_code, _text(error.smtp_error))
        except (smtplib.SMTPException, OSError) as error:
            return SendOutcome(RETRY, _plain(error))

    def _server(self, mail: MailFacts) -> smtplib.SMTP:
        context = self._context or ssl.create_default_context()
        if mail.security == "tls":
            return smtplib.SMTP_SSL(mail.host, mail.port, timeout=self._seconds, context=context)
        server = smtplib.SMTP(mail.host, mail.port, timeout=self._seconds)
        try:
            if mail.security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server


class _Refused(Exception):
    """The server answered a command with another code than it should."""

    def __init__(self, said: int, text: str) -> None:
        super().__init__(said, text)
        self.said, self.text = said, text


def _handed_over(server: smtplib.SMTP, made: bytes) -> SendOutcome:
    try:
        code, said = server.data(made)
    except smtplib.SMTPDataError as error:
        return _by_code(error.smtp_code, _text(error.smtp_error))
    except (smtplib.SMTPException, OSError) as error:
        return SendOutcome(UNKNOWN, _plain(error))
    text = _text(said)
    return SendOutcome(SENT, "", text) if code // 100 == 2 else _by_code(code, text)  # noqa: PLR2004


def _written(mail: MailFacts, message: OutMessage) -> EmailMessage:
    """The message; its id is its key, so that a mailbox shows a repetition once."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = mail.sender, message.recipient, message.subject
    made["Message-ID"] = f"<{message.key}@{mail.sender.rpartition('@')[2]}>"
    made["Date"] = formatdate()
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(message.body)
    return made


def _said(answer: tuple[int, bytes]) -> None:
    code, text = answer
    if code // 100 != 2:  # noqa: PLR2004  # a positive completion reply (RFC 5321, 4.2.1)
        raise _Refused(code, _text(text))


def _by_code(code: int, text: str) -> SendOutcome:
    return SendOutcome(FAILED if code >= _PERMANENT else RETRY, f"{code} {text}"[:_LONGEST])


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:_LONGEST]


def _plain(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_LONGEST]
