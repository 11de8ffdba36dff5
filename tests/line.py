"""A line to the run's PostgreSQL that can be cut: TCP in front of its socket, TLS if wished."""

from __future__ import annotations

import asyncio
import ssl
import struct
import threading
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import AF_UNIX, SO_LINGER, SOL_SOCKET
from types import TracebackType
from typing import Literal, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Mode = Literal["ok", "refuse", "silent"]
Way = Literal["up", "torn", "down"]
SSL_REQUEST = struct.pack("!ii", 8, 80877103)  # protocol 3, what a client asks before TLS
_CHUNK, _STEP_SECONDS = 65536, 0.02


class Line:
    """Passes bytes to the server until it is told to do something else.

    `refuse` hangs up on whoever comes; `silent` swallows and answers nothing; `cut()` hangs up on
    everybody, and `cut_at(way, n)` on its own: before the n-th piece from now on goes up, when
    half of it has (`torn`), or when the server has answered (`down`) and nobody hears of it.
    """

    def __init__(self, upstream: str, tls: ssl.SSLContext | None = None) -> None:
        self._upstream, self._tls = upstream, tls
        self.mode: Mode = "ok"
        self.delay_seconds = 0.0
        self.port = self.cuts = 0
        self._way: Way | None = None
        self._left = 0
        self._then: Mode = "ok"
        self._live: set[asyncio.WriteTransport] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="line")

    def __enter__(self) -> Self:
        self._thread.start()
        self._done(self._open())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._done(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self, mode: Mode = "ok") -> None:
        """Hang up on everybody; `mode` is what meets whoever comes after."""
        self.mode = mode
        self._done(self._hang_up())

    def cut_at(self, way: Way, number: int, then: Mode = "ok") -> None:
        """Hang up at a piece that is still to come; `then` meets whoever comes after."""
        self._left, self._then, self._way = number, then, way

    def _done(self, work: object) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)  # type: ignore[arg-type]
        future.result(10)

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        await self._hang_up()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _hang_up(self) -> None:
        for transport in list(self._live):
            _reset(transport)
        self._live.clear()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bare = writer.transport  # TLS puts another on top of it
        if self.mode == "refuse":
            _reset(bare)
            return
        self._live.add(bare)
        ends = [bare]
        try:
            first = await self._greeted(reader, writer)
            up_reader, up_writer = await asyncio.open_unix_connection(self._upstream)
            ends.append(up_writer.transport)
            self._live.add(up_writer.transport)
            up_writer.write(first)
            both = (
                self._pass(reader, up_writer, "up"),
                self._pass(up_reader, writer, "down"),
            )
            await asyncio.gather(*both)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            for transport in ends:
                _reset(transport)
            self._live.difference_update(ends)

    async def _greeted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        """Begin TLS where it is asked for and wished; returns what belongs to the server."""
        first = await reader.readexactly(8)
        if first != SSL_REQUEST:
            return first
        writer.write(b"N" if self._tls is None else b"S")
        await writer.drain()
        if self._tls is not None:
            await writer.start_tls(self._tls)
        return b""

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        direction: Way,
    ) -> None:
        while data := await reader.read(_CHUNK):
            if self.delay_seconds:
                await asyncio.sleep(self.delay_seconds)
            while self.mode == "silent":
                await asyncio.sleep(_STEP_SECONDS)
            if self._is_place(direction):
                await self._cut_within(data, writer)
                return
            writer.write(data)
            await writer.drain()
        writer.close()  # one side has gone: so does the other

    def _is_place(self, direction: Way) -> bool:
        if self._way is None or (self._way == "down") != (direction == "down"):
            return False
        self._left -= 1
        return self._left == 0

    async def _cut_within(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        if self._way == "torn":
            writer.write(data[: len(data) // 2])
            await writer.drain()
            await asyncio.sleep(_STEP_SECONDS)  # so that it arrives before the end does
        self._way, self.mode = None, self._then
        self.cuts += 1
        await self._hang_up()


def certified(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS under a certificate of its own, and the file to trust it by."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names = [x509.DNSName(name)]
    at = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / f"{name}.crt", folder / f"{name}.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    return context, certificate


def _reset(transport: asyncio.WriteTransport) -> None:
    """Hang up as a line does that is cut: without a word."""
    socket = transport.get_extra_info("socket")
    if socket is not None and socket.fileno() >= 0 and socket.family is not AF_UNIX:
        socket.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
