"""The steps lead to exactly the schema that the program speaks, triggers included."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from app.domain.errors import StoreTrouble
from app.store import triggers
from app.store.finding import is_structure
from app.store.migrations import HEAD, MARK, standing, upgrade
from app.store.schema import Kind, metadata, tables_of
from app.store.schema.system import labels, meta
from tests.services.branch import prepare


def test_the_last_step_makes_the_schema_of_the_program(
    fresh_engine: Callable[..., Engine],
) -> None:
    engine = fresh_engine(prepare)
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_name": _in_the_schema}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []
        assert triggers.present(connection) == triggers.expected()
    assert standing(engine) == HEAD


def _in_the_schema(name: str | None, _kind: str, _parents: object) -> bool:
    return not is_structure(name)


def test_a_second_upgrade_does_nothing(fresh_engine: Callable[..., Engine]) -> None:
    engine = fresh_engine(prepare)
    assert not upgrade(engine, before=lambda: pytest.fail("a backup was made for nothing"))


def test_two_stations_bring_the_tables_up_one_after_the_other(
    fresh_engine: Callable[..., Engine],
) -> None:
    engine = fresh_engine()
    if engine.dialect.name == "sqlite":
        return  # one program at a time has the file open
    with ThreadPoolExecutor(3) as pool:
        took = list(pool.map(lambda _n: upgrade(engine), range(3)))
    assert sorted(took) == [False, False, True]
    assert standing(engine) == HEAD


def test_a_newer_file_is_refused_and_left_alone(fresh_engine: Callable[..., Engine]) -> None:
    engine = fresh_engine(prepare)
    with engine.begin() as connection:
        connection.execute(update(meta).where(meta.c.name == MARK).values(value=str(HEAD + 1)))
    with pytest.raises(StoreTrouble) as refused:
        upgrade(engine)
    assert refused.value.params["why"] == "newer"


def test_facts_refuse_update_and_delete_and_replace(fresh_engine: Callable[..., Engine]) -> None:
    engine = fresh_engine(prepare)
    row = {"id": 1, "subject_kind": "x", "subject_id": 1, "language": "hi", "text": "a"}
    with engine.begin() as connection:
        connection.execute(insert(labels), [row])
    for statement in (update(labels).values(text="b"), delete(labels)):
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(statement)
    if engine.dialect.name == "sqlite":
        replace = text("INSERT OR REPLACE INTO labels VALUES (1, 'x', 1, 'hi', 'b')")
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(replace)


def test_every_table_of_facts_is_guarded() -> None:
    assert {t.name for t in tables_of(Kind.FACT)} < set(triggers.guarded())
    assert "audit" in triggers.guarded()
