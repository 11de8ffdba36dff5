"""A lender's PostgreSQL: an address tried step by step, what stands there, one founder a time."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, func, inspect, select, text

from app.domain.errors import StoreTrouble, ValueRefused
from app.ports.program import SharedAddress, Tls
from app.store.branch import last_station
from app.store.engine import open_postgres, reading
from app.store.keys import KeyFile
from app.store.migrations import HEAD, MARK
from app.store.schema.system import branches, meta
from app.store.store import DIGEST_KEY, KEYS

HERE = frozenset({"localhost", "127.0.0.1", "::1"})  # where a line without encryption stays inside
CONNECT_SECONDS = 5
ASK_SECONDS = 4  # of the pulse: so soon a cut line is seen
FOUNDING = 0x4B697375  # the lock of whoever founds or joins
OLDEST_SERVER = 13  # of PostgreSQL

# What the client library says of a line that could not be made, in its one language.
_SAID = (
    ("closed the connection unexpectedly", "hung-up", "host"),
    ("reset by peer", "hung-up", "host"),
    ("certificate verify failed", "not-trusted", "ca_file"),
    ("does not match host name", "other-name", "host"),
    ("root certificate file", "ca-bad", "ca_file"),
    ("does not support SSL", "no-tls", "tls"),
    ("password authentication failed", "wrong-password", "password"),
    ("role ", "wrong-password", "password"),
    ("no pg_hba.conf entry", "not-let-in", "user"),
    ("database ", "no-database", "database"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a database holds; without a branch it is empty, or its founding never ended."""

    has_tables: bool
    branch_name: str
    lender: str
    next_counter: str
    older: bool
    server: str
    tls_version: str


def refuse_open_line(address: SharedAddress) -> None:
    """Raise ValueRefused where what is sent could be read by others on the way."""
    if address.tls is Tls.OFF and address.host not in HERE:
        raise ValueRefused(field="tls", why="tls-off")
    if address.tls is Tls.VERIFIED and not address.ca_file:
        raise ValueRefused(field="ca_file", why="empty")
    if address.tls is Tls.VERIFIED and not Path(address.ca_file).is_file():
        raise ValueRefused(field="ca_file", why="no-such-file", given=address.ca_file)


def tried(address: SharedAddress) -> None:
    """Reach the host, then the port, then the server. Raises StoreTrouble at the field."""
    refuse_open_line(address)
    try:
        with socket.create_connection((address.host, address.port), CONNECT_SECONDS):
            pass
    except socket.gaierror as error:
        raise StoreTrouble(field="host", why="no-host", host=address.host) from error
    except TimeoutError as error:
        raise StoreTrouble(field="host", why="silent", host=address.host) from error
    except OSError as error:
        raise StoreTrouble(
            field="port", why="refused", host=address.host, port=str(address.port)
        ) from error
    try:
        psycopg.connect(
            host=address.host,
            port=address.port,
            dbname=address.database,
            user=address.user,
            password=address.password,
            connect_timeout=CONNECT_SECONDS,
            **_protection(address),
        ).close()
    except psycopg.OperationalError as error:
        raise refusal_of(str(error), address) from error


def refusal_of(said: str, address: SharedAddress) -> StoreTrouble:
    """The refusal that the client library's or the server's words stand for."""
    last = said.rpartition("FATAL:")[2].strip().partition("\n")[0]
    for words, why, field in _SAID:
        if words in last or words in said.partition("FATAL:")[0]:
            return StoreTrouble(
                field=field,
                why=why,
                host=address.host,
                user=address.user,
                database=address.database,
                said=last,
            )
    why = "silent" if "timeout" in said else "server-said"
    return StoreTrouble(field="host", why=why, host=address.host, said=last)


def url_of(address: SharedAddress) -> URL:
    """The address as the driver takes it."""
    return URL.create(
        "postgresql+psycopg",
        address.user,
        address.password,
        address.host,
        address.port,
        address.database,
        _protection(address),
    )


def open_writer(address: SharedAddress) -> Engine:
    """For changes: short statements, so that a waiting counter hears soon. Raises StoreTrouble."""
    return open_postgres(
        url_of(address),
        connect_seconds=CONNECT_SECONDS,
        statement_seconds=20,
        lock_seconds=8,
        deadline_seconds=25,
    )


def reached(address: SharedAddress) -> Engine:
    """The database for changes. Raises StoreTrouble that says at which step it ended."""
    try:
        return open_writer(address)
    except StoreTrouble:
        tried(address)
        raise


def open_reader(address: SharedAddress) -> Engine:
    """For questions: a report may take its time. Raises StoreTrouble."""
    return open_postgres(
        url_of(address),
        connect_seconds=CONNECT_SECONDS,
        statement_seconds=60,
        deadline_seconds=70,
    )


def open_pulse(address: SharedAddress) -> Engine:
    """For the pulse alone: one connection that gives up soon. Raises StoreTrouble."""
    return open_postgres(
        url_of(address),
        connect_seconds=ASK_SECONDS,
        statement_seconds=ASK_SECONDS,
        lock_seconds=ASK_SECONDS,
        deadline_seconds=ASK_SECONDS,
        pool_size=1,
    )


def standing_of(engine: Engine) -> Standing:
    """What the database holds. Raises StoreTrouble (`why` not-kist, newer, no-rights, old-server).

    It changes nothing.
    """
    with reading(engine).connect() as connection:
        server = connection.dialect.server_version_info or (0,)
        names = set(inspect(connection).get_table_names())
        tls = connection.scalar(
            text("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl")
        )
        if int(server[0]) < OLDEST_SERVER:
            raise StoreTrouble(field="host", why="old-server", said=str(server[0]))
        _refuse_unfit(connection, names)
        found = _branch(connection) if branches.name in names else None
        mark = _mark(connection, MARK) if names else None
        if mark is not None and int(mark) > HEAD:
            raise StoreTrouble(field="database", why="newer")
    name, lender, counter = found or ("", "", "1")
    return Standing(
        has_tables=bool(names),
        branch_name=name,
        lender=lender,
        next_counter=counter,
        older=mark is not None and int(mark) < HEAD,
        server="PostgreSQL " + ".".join(str(part) for part in server[:2]),
        tls_version=str(tls or ""),
    )


def kept_keys(engine: Engine) -> str:
    """The wraps of the branch's key, which the recovery code opens. Raises StoreTrouble."""
    with reading(engine).connect() as connection:
        kept = _mark(connection, KEYS)
    if kept is None:
        raise StoreTrouble(field="database", why="not-kist")
    return kept


def branch_at(engine: Engine) -> str:
    """What tells the branch of a database from every other. Raises StoreTrouble."""
    return KeyFile.read(kept_keys(engine).encode()).id


@contextmanager
def one_founder(engine: Engine) -> Iterator[None]:
    """Nobody else founds or joins meanwhile. Raises StoreTrouble (locked) where it takes long."""
    with engine.connect() as connection, connection.begin():
        connection.execute(select(func.pg_advisory_xact_lock(FOUNDING)))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield


def _protection(address: SharedAddress) -> dict[str, Any]:
    more = {"sslmode": address.tls.value, "gssencmode": "disable"}
    if address.tls is Tls.VERIFIED:
        more["sslrootcert"] = address.ca_file
    return more


def _refuse_unfit(connection: Connection, names: set[str]) -> None:
    if not names:
        may = text("SELECT has_schema_privilege(current_schema(), 'CREATE')")
        if not connection.scalar(may):
            raise StoreTrouble(field="user", why="no-rights")
        return
    if meta.name not in names or _mark(connection, MARK) is None:
        raise StoreTrouble(field="database", why="not-kist")
    if _mark(connection, DIGEST_KEY) is not None and _mark(connection, KEYS) is None:
        raise StoreTrouble(field="database", why="not-kist")  # no code could ever open it


def _mark(connection: Connection, name: str) -> str | None:
    """A mark of the database; None also where the table of that name is somebody else's."""
    columns = {column["name"] for column in inspect(connection).get_columns(meta.name)}
    if not columns >= {"name", "value"}:
        return None
    found: str | None = connection.scalar(select(meta.c.value).where(meta.c.name == name))
    return found


def _branch(connection: Connection) -> tuple[str, str, str] | None:
    row = connection.execute(select(branches.c.name, branches.c.lender_name)).first()
    if row is None:
        return None
    return row.name, row.lender_name, last_station(connection).next_counter
