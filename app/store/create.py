"""A new database: every table, the triggers, the marks."""

from __future__ import annotations

from sqlalchemy import Engine

from app.store import triggers
from app.store.schema import metadata
from app.store.store import found_meta


def create(engine: Engine, digest_key: bytes) -> None:
    """Make the tables of the present schema in an empty database."""
    with engine.begin() as connection:
        metadata.create_all(connection)
        triggers.install(connection)
        found_meta(connection, digest_key)
