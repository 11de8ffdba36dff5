"""Tries what must be refused: changing, deleting, replacing a fact. Nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app.store.store import Store
from app.store.triggers import expected, guarded, present

_REFUSED = "facts are only ever inserted"


def missing_triggers(connection: Connection) -> tuple[str, ...]:
    """The triggers that ought to stand and do not."""
    return tuple(sorted(expected() - present(connection)))


def unguarded(store: Store) -> Iterator[tuple[str, str]]:
    """(table, verb) of every change of a fact that the database let pass, each undone at once."""
    with store.engine.connect() as connection, connection.begin() as transaction:
        lite = connection.dialect.name == "sqlite"
        passed = []
        for table in guarded():
            for verb, statement in _attempts(table, lite=lite):
                if _passes(connection, statement):
                    passed.append((table, verb))
        transaction.rollback()
    yield from passed


def _attempts(table: str, *, lite: bool) -> Iterator[tuple[str, str]]:
    """Statements that touch one row, where the table has any."""
    row = "rowid" if lite else "ctid"
    one = f"{row} = (SELECT {row} FROM {table} LIMIT 1)"
    column = "station_id" if table == "audit" else "id"
    yield "update", f"UPDATE {table} SET {column} = {column} WHERE {one}"
    yield "delete", f"DELETE FROM {table} WHERE {one}"
    if lite:
        yield "replace", f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"


def _passes(connection: Connection, statement: str) -> bool:
    """Whether a row was changed; an empty table lets nothing pass."""
    savepoint = connection.begin_nested()
    try:
        done = connection.execute(text(statement)).rowcount
    except DBAPIError as error:
        savepoint.rollback()
        return _REFUSED not in str(error.orig)
    savepoint.rollback()
    return done > 0
