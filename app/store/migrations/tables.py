"""How a frozen document of tables becomes tables; no step changes what an older one made."""

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


def frozen(name: str) -> dict[str, Any]:
    """A document beside the steps."""
    document: dict[str, Any] = json.loads(files(__package__).joinpath(name).read_text("utf-8"))
    return document


def create(operations: Operations, table: dict[str, Any]) -> None:
    """Create a table with its constraints and indexes."""
    name = table["name"]
    operations.create_table(
        name,
        *(column_of(*column) for column in table["columns"]),
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
        indexed(operations, name, index)


def indexed(operations: Operations, table: str, index: dict[str, Any]) -> None:
    """Create an index of a table that is there."""
    operations.create_index(
        index["name"], table, index["columns"], unique=index["unique"], **_partial(index)
    )


def _partial(index: dict[str, Any]) -> dict[str, Any]:
    if "where" not in index:
        return {}
    where = text(index["where"])
    return {"sqlite_where": where, "postgresql_where": where}


def column_of(name: str, kind: str, null: str) -> Column[Any]:
    """A column by its name, kind ("big", "int", "text", "date", "bool", "str:40") and null."""
    made = String(int(kind[4:])) if kind.startswith("str:") else TYPES[kind]
    return Column(name, made, nullable=null == "null", autoincrement=False)
