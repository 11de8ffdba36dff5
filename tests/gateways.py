"""A mail server and an SMS gateway on loopback that misbehave as they are told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession

from app.rows.messages import GatewayFacts, MailFacts, TemplateFacts

LOSE, REFUSE, BUSY, WELL = "lose", "refuse", "busy", "well"


class Gateway(ThreadingHTTPServer):
    """Takes messages as a form and tells by their key what it knows of them."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()  # by key
        self.last: dict[str, str] = {}
        self.does: list[str] = []  # what to do with the next ones; then all goes well
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def facts(self) -> GatewayFacts:
        """The settings that lead here."""
        at = f"http://127.0.0.1:{self.server_address[1]}"
        return GatewayFacts(
            url=f"{at}/send",
            status_url=f"{at}/status/{{key}}",
            more=("sender=GOMTIF",),
            templates=tuple(
                TemplateFacts(name, "en", f"11070000{place}")
                for place, name in enumerate(("reminder", "demand", "final"))
            ),
        )


class _Handler(BaseHTTPRequestHandler):
    """One request of a gateway."""

    server: Gateway

    def do_POST(self) -> None:
        """Take a message, or do what was told."""
        size = int(self.headers["Content-Length"])
        form = {name: one[0] for name, one in parse_qs(self.rfile.read(size).decode()).items()}
        does = self.server.does.pop(0) if self.server.does else WELL
        if does in (LOSE, WELL):
            self.server.taken[form["client_ref"]] += 1
            self.server.last = {**form, "authorization": self.headers.get("Authorization", "")}
        if does == LOSE:
            self.close_connection = True
            self.connection.close()
            return
        self._say({WELL: 200, REFUSE: 400, BUSY: 503}[does], {"id": "g-1"})

    def do_GET(self) -> None:
        """Tell whether a key is known."""
        known = self.server.taken[self.path.rpartition("/")[2]]
        self._say(200 if known else 404, {"status": "delivered", "id": "g-1"})

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _say(self, code: int, said: dict[str, str]) -> None:
        body = json.dumps(said).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class LosingServer(Gateway):
    """Its errors of closed connections are wanted."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


@contextmanager
def gateway() -> Iterator[Gateway]:
    """A gateway as long as the block lasts."""
    server = LosingServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Mailbox:
    """What a mail server took; `says` are its answers to the next messages."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.says: list[str] = []

    async def handle_DATA(  # as aiosmtpd calls it
        self, server: SMTP, session: SmtpSession, envelope: Envelope
    ) -> str:
        """Take a message, or refuse it; `lose` takes it and cuts the line."""
        says = self.says.pop(0) if self.says else "250 OK"
        if says.startswith(("2", LOSE)):
            self.taken.append(envelope)
        if says == LOSE:
            transport: Any = server.transport
            transport.abort()
            return ""
        return says


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, MailFacts]]:
    """A mail server in the clear as long as the block lasts."""
    box = Mailbox()
    port = _free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, MailFacts("127.0.0.1", port, "none", "", "branch@gomti.example.in")
    finally:
        controller.stop()


def _free_port() -> int:
    """A port that nobody listens on; the controller cannot tell which one it was given."""
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
