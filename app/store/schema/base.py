"""How tables are made here: four kinds, one id type, named constraints."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Ids are made by us (station << 40 | n), never by the database.
Id = BigInteger().with_variant(Integer, "sqlite")
Minor = BigInteger().with_variant(Integer, "sqlite")


class Kind(StrEnum):
    """What a table holds, and so who may change its rows."""

    FACT = "fact"  # only ever inserted; triggers refuse the rest
    RECORD = "record"  # changes by version, through the gate
    PROJECTION = "projection"  # derived; may be rebuilt from the facts at any time
    PLAIN = "plain"  # the machinery's own: chain heads, erasable personal values, schema marks


def fact(name: str, *items: Any) -> Table:
    """A table of facts with our own id."""
    return Table(name, metadata, _id(), *items, info={"kind": Kind.FACT})


def record(name: str, *items: Any) -> Table:
    """A table of records with our own id and a version that grows with each change."""
    version = Column("version", Integer, nullable=False)
    return Table(name, metadata, _id(), version, *items, info={"kind": Kind.RECORD})


def projection(name: str, *items: Any) -> Table:
    """A table derived from facts."""
    return Table(name, metadata, *items, info={"kind": Kind.PROJECTION})


def machinery(name: str, *items: Any) -> Table:
    """A table of the store itself."""
    return Table(name, metadata, *items, info={"kind": Kind.PLAIN})


def personal(name: str, kind: Any = Text, **more: Any) -> Column[Any]:
    """A column that names a person: its keyed digest enters the hash of the row."""
    return Column(name, kind, info={"keeps": "personal"}, **more)


def secret(name: str, **more: Any) -> Column[Any]:
    """A column that never enters any hash or log, such as a password's hash."""
    return Column(name, Text, info={"keeps": "secret"}, **more)


def kind_of(table: Table) -> Kind:
    """What the table holds."""
    kind: Kind = table.info["kind"]
    return kind


def tables_of(kind: Kind) -> tuple[Table, ...]:
    """The tables of one kind, by name."""
    return tuple(t for t in metadata.sorted_tables if t.info["kind"] == kind)


def _id() -> Column[Any]:
    return Column("id", Id, primary_key=True, autoincrement=False)
