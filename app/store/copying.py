"""Copies an encrypted database while it is in use, and looks whether a copy is whole."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.errors import StoreTrouble
from app.store.container import ChainHead
from app.store.engine import reading
from app.store.files import sync_file
from app.store.folder import Folder
from app.store.keys import subkey
from app.store.trouble import trouble_of

_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
)
_CHAINS = "SELECT station_id, number, hash FROM chains ORDER BY station_id"


def copied(folder: Folder, name: str, to: Path) -> Mapping[str, int]:
    """Copy one database as it is at this moment; writers go on. Returns its rows by table.

    Raises StoreTrouble, also where the copy does not hold what the original held.
    """
    engine = folder.open(name)
    try:
        with reading(engine).connect() as connection:
            before = _rows(connection)
            _copy_pages(connection.connection.dbapi_connection, folder, name, to)
    except sqlcipher.Error as error:
        raise trouble_of(error) or error from error
    finally:
        engine.dispose()
    sync_file(to)
    if looked_through(folder.key, name, to)[0] != before:
        raise StoreTrouble(why="backup-bad", name=name)
    return before


def looked_through(
    key: bytes, name: str, path: Path
) -> tuple[Mapping[str, int], tuple[ChainHead, ...]]:
    """Open a copy, read every page, and return its rows by table and the heads of its chains.

    Raises WrongKey or StoreTrouble (`why` damaged and others).
    """
    engine = Folder(path.parent, key).open_copy(path.name, name)
    try:
        with reading(engine).connect() as connection:
            _refuse_damage(connection)
            rows = _rows(connection)
            heads = _heads(connection) if "chains" in rows else ()
            return rows, heads
    finally:
        engine.dispose()


def is_new(engine: Engine) -> bool:
    """Whether the database holds no table yet."""
    with reading(engine).connect() as connection:
        return not _rows(connection)


def _copy_pages(source: Any, folder: Folder, name: str, to: Path) -> None:
    with closing(sqlcipher.connect(str(to), isolation_level=None)) as target:
        target.execute(f"PRAGMA key = \"x'{subkey(folder.key, name).hex()}'\"")
        target.execute("PRAGMA synchronous = OFF")  # synced as a whole when it is complete
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, no companions


def _rows(connection: Connection) -> dict[str, int]:
    names = connection.exec_driver_sql(_TABLES).scalars().all()
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
        for name in names
    }


def _heads(connection: Connection) -> tuple[ChainHead, ...]:
    return tuple(ChainHead(*row) for row in connection.exec_driver_sql(_CHAINS))


def _refuse_damage(connection: Connection) -> None:
    for question, good in (
        ("PRAGMA cipher_integrity_check", []),
        ("PRAGMA integrity_check", ["ok"]),
        ("PRAGMA foreign_key_check", []),
    ):
        if connection.exec_driver_sql(question).scalars().all() != good:
            raise StoreTrouble(why="damaged")
