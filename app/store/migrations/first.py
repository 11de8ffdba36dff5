"""Step 1: every table of the first released schema, as frozen in first.json beside this file."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from alembic.operations import Operations
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine

TYPES: dict[str, TypeEngine[Any]] = {
    "big": BigInteger().with_variant(Integer(), "sqlite"),
    "int": Integer(),
    "text": Text(),
    "date": Date(),
    "bool": Boolean(),
}


def up(operations: Operations) -> None:
    """Create the tables with their constraints and indexes."""
    document = json.loads(files(__package__).joinpath("first.json").read_text("utf-8"))
    for table in document["tables"]:
        _create(operations, table)


def _create(operations: Operations, table: dict[str, Any]) -> None:
    name = table["name"]
    operations.create_table(
        name,
        *(_column(*column) for column in table["columns"]),
        PrimaryKeyConstraint(*table["primary"], name=f"pk_{name}"),
        *(
            UniqueConstraint(*names, name=f"uq_{name}_{'_'.join(names)}")
            for names in table["uniques"]
        ),
        *(
            ForeignKeyConstraint([own], [other], name=f"fk_{name}_{own}")
            for own, other in table["foreign"]
        ),
    )
    for index in table["indexes"]:
        operations.create_index(
            index["name"], name, index["columns"], unique=index["unique"], **_partial(index)
        )


def _partial(index: dict[str, Any]) -> dict[str, Any]:
    if "where" not in index:
        return {}
    where = text(index["where"])
    return {"sqlite_where": where, "postgresql_where": where}


def _column(name: str, kind: str, null: str) -> Column[Any]:
    made = String(int(kind[4:])) if kind.startswith("str:") else TYPES[kind]
    return Column(name, made, nullable=null == "null", autoincrement=False)
