"""Step 3: what the whole desk of a branch keeps, as frozen in third.json beside this file."""

from __future__ import annotations

from alembic.operations import Operations

from app.store.migrations.tables import column_of, create, frozen, indexed


def up(operations: Operations) -> None:
    """Add the columns and indexes of older tables, create the tables."""
    document = frozen("third.json")
    for table, *column in document["columns"]:
        operations.add_column(table, column_of(*column))
    for index in document["indexes"]:
        indexed(operations, index["table"], index)
    for table in document["tables"]:
        create(operations, table)
