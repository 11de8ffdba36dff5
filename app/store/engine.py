"""Opens the databases: an encrypted file of this PC, or the lender's PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.errors import StoreTrouble
from app.store.queue import WriterQueue
from app.store.trouble import tell, trouble_of

Synchronous = Literal["FULL", "NORMAL", "OFF"]
Kind = Literal["sqlite", "postgresql"]

KEY_BYTES = 32
LINE_SECONDS = 10  # after which a line that carries nothing is given up, by both ends
_ALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
TURN_SECONDS = 10  # how long a writer waits for the writers before it, in this program
_BUSY_MS = 250  # how long SQLite itself waits for a lock of another program
_BUSY_TRIES = 40
_CACHE_KIB = 72 << 10  # of pages that need not be decrypted again; taken as they are read
_WIDE_KIB = 256 << 10  # while reports read most of a large branch
_READING = "kist_reading"


def open_sqlite(
    path: Path,
    key: bytes,
    *,
    readonly: bool = False,
    create: bool = False,
    synchronous: Synchronous = "FULL",
) -> Engine:
    """Open (or with `create` make) an encrypted file with its raw 256-bit key.

    Transactions begin IMMEDIATE, in the order they were asked for; `reading(engine)` begins
    snapshots. The first page is read at once. Raises WrongKey where the file does not open with
    the key (also: is no database, or its first page is damaged) and StoreTrouble (`why`: locked,
    missing, gone, full, damaged, read-only).
    """
    if len(key) != KEY_BYTES:
        raise ValueError("A database key has 32 bytes.")
    if not create and not path.is_file():
        raise StoreTrouble(why="missing", path=str(path))
    queue = WriterQueue()
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=_connector(path, key, readonly, synchronous, queue),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=28,
    )
    event.listen(engine, "begin", _begin)
    tell(engine)
    return _proved(engine, "SELECT count(*) FROM sqlite_master")


def open_postgres(
    url: str | URL,
    *,
    connect_seconds: int = 10,
    statement_seconds: int = 60,
    lock_seconds: int = 10,
    deadline_seconds: int = 90,
    pool_size: int = 4,
) -> Engine:
    """Open the shared database in READ COMMITTED; `reading(engine)` gives snapshots.

    The server ends a statement after `statement_seconds` and a wait for a lock after
    `lock_seconds`. A line that carries nothing any more is noticed by both systems within
    `LINE_SECONDS`; where something in between swallows what is sent, this end gives up after
    `deadline_seconds`. Raises StoreTrouble (`why`: locked, conflict, gone, full, damaged,
    read-only).
    """
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        isolation_level="READ COMMITTED",
        pool_size=pool_size,
        max_overflow=28,
        connect_args={
            "connect_timeout": connect_seconds,
            "application_name": "kist",
            "tcp_user_timeout": LINE_SECONDS * 1000,
            **_ALIVE,
            "options": _options(statement_seconds, lock_seconds, deadline_seconds),
        },
    )
    event.listen(engine, "do_connect", _patient(deadline_seconds))
    tell(engine)
    return _proved(engine, "SELECT 1")


def _options(statement_seconds: int, lock_seconds: int, deadline_seconds: int) -> str:
    """What the server is asked to keep to; a client that has gone must hold no lock for long."""
    settings = {
        "statement_timeout": f"{statement_seconds}s",
        "lock_timeout": f"{lock_seconds}s",
        "idle_in_transaction_session_timeout": f"{deadline_seconds}s",
        "tcp_user_timeout": f"{LINE_SECONDS}s",
        **{f"tcp_{name}": str(value) for name, value in _ALIVE.items()},
        "TimeZone": "UTC",
    }
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def reading(engine: Engine) -> Engine:
    """The same database for reading: every transaction is one snapshot and waits for no writer."""
    if kind_of(engine) == "sqlite":
        return engine.execution_options(**{_READING: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """Room for the pages of a large branch, so that reports decrypt each only once."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_WIDE_KIB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")


def kind_of(engine: Engine) -> Kind:
    """Which of the two databases this is."""
    return "sqlite" if engine.dialect.name == "sqlite" else "postgresql"


class _Turned(sqlcipher.Connection):  # type: ignore[misc]  # the driver ships no types
    """A connection that gives its turn in the writers' queue back when its work has ended."""

    queue: WriterQueue
    has_turn: bool = False

    def begin(self) -> None:
        """Begin writing once the writers before have ended."""
        if not self.queue.enter(TURN_SECONDS):
            raise StoreTrouble(why="locked")
        self.has_turn = True
        try:
            self._begin_immediate()
        except sqlcipher.Error:
            self._leave()
            raise

    def commit(self) -> None:
        """Commit; where that fails the turn is kept until the rollback."""
        super().commit()
        self._leave()

    def rollback(self) -> None:
        """Undo and leave."""
        try:
            super().rollback()
        finally:
            self._leave()

    def close(self) -> None:
        """Close and leave."""
        try:
            super().close()
        finally:
            self._leave()

    def _begin_immediate(self) -> None:
        """Begin; another program may hold the file, and SQLite's own wait for it is short."""
        for _ in range(_BUSY_TRIES - 1):
            try:
                self.execute("BEGIN IMMEDIATE")
            except sqlcipher.OperationalError as error:
                trouble = trouble_of(error)
                if trouble is None or trouble.params.get("why") != "locked":
                    raise
            else:
                return
        self.execute("BEGIN IMMEDIATE")

    def _leave(self) -> None:
        if self.has_turn:
            self.has_turn = False
            self.queue.leave()


def _connector(
    path: Path, key: bytes, readonly: bool, synchronous: Synchronous, queue: WriterQueue
) -> Callable[[], _Turned]:
    """What opens one more connection, with everything set that SQLite forgets in between."""
    mode = "ro" if readonly else "rwc"
    address = f"file:{quote(path.absolute().as_posix())}?mode={mode}"

    def connect() -> _Turned:
        connection: _Turned = sqlcipher.connect(
            address,
            uri=True,
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
            factory=_Turned,
        )
        connection.queue = queue
        try:
            _set_up(connection, key, readonly, synchronous)
        except sqlcipher.Error:
            connection.close()
            raise
        return connection

    return connect


def _set_up(connection: Any, key: bytes, readonly: bool, synchronous: Synchronous) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if readonly:
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("PRAGMA fullfsync = ON")


def _begin(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    if connection.get_execution_options().get(_READING):
        driver.execute("BEGIN")
        return
    try:
        driver.begin()
    except sqlcipher.Error as error:
        raise trouble_of(error) or error from error


class _Patient(psycopg.Connection[Any]):
    """A connection that does not wait for ever when the line is silent."""

    deadline_seconds: int = 90

    def wait(self, gen: PQGen[Any], *args: Any, **kwargs: Any) -> Any:
        """Wait for the server, `deadline_seconds` at the most, then hang up."""
        kwargs.setdefault("timeout", self.deadline_seconds)
        try:
            return super().wait(gen, *args, **kwargs)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError("the server did not answer") from error


def _patient(deadline_seconds: int) -> Callable[..., psycopg.Connection[Any]]:
    def connect(
        _dialect: object, _record: object, positional: list[Any], named: dict[str, Any]
    ) -> psycopg.Connection[Any]:
        connection = _Patient.connect(*positional, **named)
        connection.deadline_seconds = deadline_seconds
        return connection

    return connect


def _proved(engine: Engine, question: str) -> Engine:
    """The engine, once the database has answered; otherwise it is let go of."""
    try:
        with reading(engine).connect() as connection:
            connection.exec_driver_sql(question)
    except (StoreTrouble, SQLAlchemyError):
        engine.dispose()
        raise
    return engine
