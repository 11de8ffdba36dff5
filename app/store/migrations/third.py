"""Step 3: what the whole desk of a branch keeps, as frozen in third.json beside this file.

Loans that are handed out in parts move with the days from here on. Their own rows are facts and
stay; the day that their projection was derived for marks them.
"""

from __future__ import annotations

import json

from alembic.operations import Operations
from sqlalchemy import Connection, text

from app.store.migrations.tables import column_of, create, frozen, indexed

_TERMS = """
SELECT id, terms, 0 AS number FROM loans WHERE terms LIKE '%"tranches":[%'
UNION ALL
SELECT loan_id, terms, number FROM loan_terms
ORDER BY number
"""
_MARK = """
UPDATE loan_positions SET as_on = (
  SELECT max(value_on) FROM events WHERE subject_kind = 'loan' AND subject_id = :loan_id
) WHERE loan_id = :loan_id AND as_on IS NULL
"""


def up(operations: Operations) -> None:
    """Add the columns and indexes of older tables, create the tables, mark loans in parts."""
    document = frozen("third.json")
    for table, *column in document["columns"]:
        operations.add_column(table, column_of(*column))
    for index in document["indexes"]:
        indexed(operations, index["table"], index)
    for table in document["tables"]:
        create(operations, table)
    mark_loans_in_parts(operations.get_bind())


def mark_loans_in_parts(connection: Connection) -> None:
    """Say of which day the projection of such a loan is: that of its latest fact."""
    in_force = {row.id: row.terms for row in connection.execute(text(_TERMS))}
    for loan_id, terms in in_force.items():
        if len(json.loads(terms).get("tranches") or ()) > 1:
            connection.execute(text(_MARK), {"loan_id": loan_id})
