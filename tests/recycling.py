"""Puts a used PostgreSQL database back as its template stands: much cheaper than another copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg.sql import SQL, Composed, Identifier

USES = 40  # deleted rows stay in the files: a database that was used often is let go

_TABLES: LiteralString = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
_SEQUENCES: LiteralString = "SELECT sequencename, start_value FROM pg_sequences"
# Every change of a table, column, trigger, function or constraint writes a row of the catalogue.
_CATALOGUE: LiteralString = """
    SELECT count(*), sum(x::text::bigint) FROM (
        SELECT xmin AS x FROM pg_class WHERE oid >= 16384
        UNION ALL SELECT xmin FROM pg_attribute WHERE attrelid >= 16384
        UNION ALL SELECT xmin FROM pg_trigger
        UNION ALL SELECT xmin FROM pg_proc WHERE oid >= 16384
        UNION ALL SELECT xmin FROM pg_constraint WHERE oid >= 16384
        UNION ALL SELECT xmin FROM pg_namespace
    ) AS catalogue
"""
_OTHERS: LiteralString = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Stand:
    """What a database holds when it is fresh: its catalogue, its rows by table, its sequences."""

    catalogue: tuple[object, ...] | None
    rows: Mapping[str, bytes]
    sequences: tuple[tuple[str, int], ...]


def stand_of(address: str) -> Stand:
    """The stand of a database that nobody uses yet."""
    with psycopg.connect(address, autocommit=True) as connection:
        tables = [name for (name,) in connection.execute(_TABLES)]
        sequences = tuple((name, start) for name, start in connection.execute(_SEQUENCES))
        rows = {name: _copied(connection, name) for name in tables}
        return Stand(_catalogue(connection), rows, sequences)


def put_back(address: str, stand: Stand) -> bool:
    """Bring a used database back to a stand; False where its tables themselves were changed.

    Its rows go without their triggers, for facts refuse to be deleted. Raises psycopg.Error where
    the server does not allow that.
    """
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(_OTHERS)
        if _catalogue(connection) != stand.catalogue:
            return False
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            for statement in _emptying(stand):
                connection.execute(statement)
            for name, data in stand.rows.items():
                if data:
                    _paste(connection, name, data)
    return True


def _emptying(stand: Stand) -> list[Composed]:
    made = [SQL("DELETE FROM {}").format(Identifier(name)) for name in stand.rows]
    return made + [
        SQL("SELECT setval({}, {}, false)").format(name, start) for name, start in stand.sequences
    ]


def _catalogue(connection: psycopg.Connection[tuple[object, ...]]) -> tuple[object, ...] | None:
    return connection.execute(_CATALOGUE).fetchone()


def _copied(connection: psycopg.Connection[tuple[object, ...]], name: str) -> bytes:
    statement = SQL("COPY {} TO STDOUT").format(Identifier(name))
    with connection.cursor().copy(statement) as copy:
        return b"".join(bytes(block) for block in copy)


def _paste(connection: psycopg.Connection[tuple[object, ...]], name: str, data: bytes) -> None:
    statement = SQL("COPY {} FROM STDIN").format(Identifier(name))
    with connection.cursor().copy(statement) as copy:
        copy.write(data)
