"""The database as the gate and the asks see it: one way to write, one way to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.domain.errors import StoreTrouble
from app.store.engine import reading
from app.store.hashing import Digester
from app.store.schema.system import audit, meta
from app.store.tx import Tx

DIGEST_KEY = "digest-key"
KEYS = "keys"
Snapshot = Connection  # what services hand to the store's reading functions


class Store:
    """Holds the engine and the key of the personal digests."""

    def __init__(self, engine: Engine, asked: Engine | None = None) -> None:
        """Write through `engine` and read through `asked`, or through the same."""
        self.engine = engine
        self._asked = asked or engine
        self._reader = reading(self._asked)
        self._digest = _digester(self._reader)

    @property
    def digest(self) -> Digester:
        """The keyed digests of personal values."""
        return self._digest

    @contextmanager
    def begin(self, station_id: int) -> Iterator[Tx]:
        """One writing transaction: committed at the end, rolled back by any exception.

        Raises StoreTrouble(why="conflict") where another writer came first with the same key.
        """
        try:
            with self.engine.begin() as connection:
                yield Tx(connection, station_id, self._digest)
        except IntegrityError as error:
            if _is_key_clash(error):
                raise StoreTrouble(why="conflict") from error
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One reading snapshot; it waits for no writer."""
        with self._reader.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()
        self._asked.dispose()


def found_meta(connection: Connection, digest_key: bytes, keys: str = "") -> None:
    """Write the marks of a new database; a shared one holds the wraps of its key (`keys`) too."""
    marks = {DIGEST_KEY: digest_key.hex(), **({KEYS: keys} if keys else {})}
    connection.execute(delete(meta).where(meta.c.name.in_(marks)))
    connection.execute(insert(meta), [{"name": n, "value": v} for n, v in marks.items()])


def _digester(engine: Engine) -> Digester:
    with engine.connect() as connection:
        value = connection.scalar(select(meta.c.value).where(meta.c.name == DIGEST_KEY))
    if value is None:
        raise StoreTrouble(why="damaged")
    return Digester(bytes.fromhex(value))


def _is_key_clash(error: IntegrityError) -> bool:
    words = str(error.orig)
    columns = f"{audit.name}.station_id, {audit.name}.user_id, {audit.name}.key"
    return "uq_audit_key" in words or columns in words
