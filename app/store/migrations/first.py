"""Step 1: every table of the first released schema, as frozen in first.json beside this file."""

from __future__ import annotations

from alembic.operations import Operations

from app.store.migrations.tables import create, frozen


def up(operations: Operations) -> None:
    """Create the tables with their constraints and indexes."""
    for table in frozen("first.json")["tables"]:
        create(operations, table)
