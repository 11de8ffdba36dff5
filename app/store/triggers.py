"""The triggers that refuse update and delete of facts and audit lines, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

from app.store.schema import Kind, tables_of

GUARDED_MACHINERY = ("audit",)
_FUNCTION = """
CREATE OR REPLACE FUNCTION kist_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'facts are only ever inserted: %', TG_TABLE_NAME; END $$
"""


def guarded() -> tuple[str, ...]:
    """The tables whose rows never change."""
    return (*(table.name for table in tables_of(Kind.FACT)), *GUARDED_MACHINERY)


def expected() -> frozenset[str]:
    """The names of all triggers that must stand."""
    return frozenset(name for table in guarded() for name, _ in _names(table))


def install(connection: Connection) -> None:
    """Make every trigger anew; after any migration, since a rebuilt table loses its own.

    A table that a later step of the schema brings is not there yet.
    """
    lite = connection.dialect.name == "sqlite"
    if not lite:
        connection.execute(text(_FUNCTION))
    there = set(inspect(connection).get_table_names())
    for table in guarded():
        for name, verb in _names(table) if table in there else ():
            for statement in _lite(table, name, verb) if lite else _postgres(table, name, verb):
                connection.execute(text(statement))


def present(connection: Connection) -> frozenset[str]:
    """The names of the triggers that stand now."""
    lite = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'keep_%'"
    postgres = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        " AND tgname LIKE 'keep_%'"
    )
    query = lite if connection.dialect.name == "sqlite" else postgres
    return frozenset(connection.execute(text(query)).scalars())


def _names(table: str) -> Iterator[tuple[str, str]]:
    for verb in ("UPDATE", "DELETE"):
        yield f"keep_{table}_{verb.lower()}", verb


def _lite(table: str, name: str, verb: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN"
        f" SELECT RAISE(ABORT, 'facts are only ever inserted: {table}'); END"
    )


def _postgres(table: str, name: str, verb: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION kist_refuse()"
    )
