"""Step 4: the counter and the books, as frozen in fourth.json beside this file."""

from __future__ import annotations

from alembic.operations import Operations

from app.store.audit_subjects import list_all_subjects
from app.store.migrations.tables import column_of, create, frozen, indexed


def up(operations: Operations) -> None:
    """Add the columns and indexes of older tables, create the tables, list what lines name."""
    document = frozen("fourth.json")
    for table, *column in document["columns"]:
        operations.add_column(table, column_of(*column))
    for index in document["indexes"]:
        indexed(operations, index["table"], index)
    for table in document["tables"]:
        create(operations, table)
    list_all_subjects(operations.get_bind())
