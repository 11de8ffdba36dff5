"""A new database: every step of the schema, the triggers, the marks."""

from __future__ import annotations

from sqlalchemy import Engine

from app.store.migrations import upgrade
from app.store.store import found_meta


def create(engine: Engine, digest_key: bytes, keys: str = "") -> None:
    """Make the tables of the present schema in an empty database, and its marks."""
    upgrade(engine)
    with engine.begin() as connection:
        found_meta(connection, digest_key, keys)
