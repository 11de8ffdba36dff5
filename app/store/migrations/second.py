"""Step 2: acts on the living loan, as frozen in second.json beside this file.

Columns come empty: what is derived of a loan is derived anew at its next change.
"""

from __future__ import annotations

from alembic.operations import Operations

from app.store.migrations.tables import column_of, create, frozen


def up(operations: Operations) -> None:
    """Add the columns, create the tables."""
    document = frozen("second.json")
    for table, *column in document["columns"]:
        operations.add_column(table, column_of(*column))
    for table in document["tables"]:
        create(operations, table)
