"""One transaction: locked reads first, then writes gathered and sent as one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, bindparam, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from app.commands.codec import canonical
from app.domain.errors import NotFound, StaleVersion
from app.store.audit_subjects import subjects_of
from app.store.batch import one_batch
from app.store.hashing import GENESIS, Digester, line_hash, row_hash, sha256
from app.store.schema import Kind, kind_of
from app.store.schema.system import audit, audit_subjects, chains, personal_values

Row = dict[str, Any]
_OWN_CHAIN = select(chains).where(chains.c.station_id == bindparam("station")).with_for_update()


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What an audit line says besides its place in the chain."""

    at: str
    branch_id: int
    business_on: Any
    user_id: int
    key: str
    command: str
    command_version: int
    payload: str
    outcome: str
    result: str
    topics: str


class Tx:
    """What a handler writes through. Nothing is sent before `flush` (or the end).

    Ids and the receipt number come from the own station's chain row, which is locked at the
    first of them and after which no other lock is taken.
    """

    def __init__(self, connection: Connection, station_id: int, digest: Digester) -> None:
        self.connection = connection
        self.digest = digest
        self._station_id = station_id
        self._chain: Row | None = None
        self._facts: list[tuple[str, int, int, str]] = []
        self._inserts: dict[Table, list[Row]] = {}
        self._changes: list[tuple[Any, list[Row]]] = []
        self._sets: dict[Any, list[Row]] = {}
        self._some: dict[tuple[Table, str], dict[int, Row]] = {}
        self._after: dict[Any, list[Row]] = {}

    # -- reading -------------------------------------------------------------------------------
    def one(self, query: Any) -> RowMapping | None:
        """The first row of a select, or None."""
        return self.connection.execute(query).mappings().first()

    def all(self, query: Any) -> Sequence[RowMapping]:
        """All rows of a select."""
        return self.connection.execute(query).mappings().all()

    def locked(self, table: Table, row_id: int, version: int | None = None) -> Row:
        """The record, locked until the end. Raises NotFound, or StaleVersion when it moved on."""
        query = select(table).where(table.c.id == row_id).with_for_update()
        found = self.one(query)
        if found is None:
            raise NotFound(what=table.name, id=row_id)
        if version is not None and found["version"] != version:
            raise StaleVersion(what=table.name, id=row_id)
        return dict(found)

    # -- writing -------------------------------------------------------------------------------
    def new_id(self) -> int:
        """The next id of this station's block: station << 40 | n."""
        chain = self._locked_chain()
        made = self._station_id << 40 | chain["next_n"]
        chain["next_n"] += 1
        return int(made)

    def next_serial(self, series: str) -> int:
        """The next receipt serial of this station in `series`; a new series starts at 1."""
        chain = self._locked_chain()
        if chain["series"] != series:
            chain["series"], chain["next_serial"] = series, 1
        serial = chain["next_serial"]
        chain["next_serial"] += 1
        return int(serial)

    def insert(self, table: Table, **row: Any) -> int:
        """Insert a fact, or a record at version 1; returns its id. It enters the facts hash."""
        if row.get("id") is None:
            row["id"] = self.new_id()
        if kind_of(table) is Kind.RECORD:
            row["version"] = 1
        self._note(table, row)
        self._inserts.setdefault(table, []).append(_whole(table, row))
        return int(row["id"])

    def change(self, table: Table, before: Mapping[str, Any], **changes: Any) -> int:
        """Change a locked record to its next version; returns that version."""
        after = {**before, **changes, "version": before["version"] + 1}
        self._note(table, after)
        sent = {**changes, "version": after["version"]}
        one = update(table).where(table.c.id == before["id"]).values(**sent)
        self._changes.append((one, []))
        return int(after["version"])

    def project(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows of a projection (or of the machinery); no hash covers them."""
        if rows:
            self._inserts.setdefault(table, []).extend(_whole(table, row) for row in rows)

    def after(self, statement: Any, *rows: Row) -> None:
        """Send a statement over projections when all that was gathered is written.

        Once for each of the rows of values, whatever the order in which they came.
        """
        self._after.setdefault(statement, []).extend(rows)

    def reproject(self, table: Table, where: ColumnElement[bool], **values: Any) -> None:
        """Update rows of a projection."""
        self._changes.append((update(table).where(where).values(**values), []))

    def set_rows(self, table: Table, keys: tuple[str, ...], rows: Sequence[Row]) -> None:
        """Overwrite rows of a projection, found by their keys, with one statement for all."""
        if rows:
            sent = [{f"v_{name}": value for name, value in row.items()} for row in rows]
            self._sets.setdefault(setter_of(table, keys), []).extend(sent)

    def set_some(self, table: Table, key: str, of: int, values: Row) -> None:
        """Overwrite some columns of one row of a projection; of one column the last holds."""
        self._some.setdefault((table, key), {}).setdefault(of, {}).update(values)

    def drop_rows(self, table: Table, keys: tuple[str, ...], rows: Sequence[Row]) -> None:
        """Delete rows of a projection, found by their keys, after this batch's inserts."""
        if rows:
            sent = [{f"v_{key}": row[key] for key in keys} for row in rows]
            self._sets.setdefault(dropper_of(table, keys), []).extend(sent)

    def unproject(self, table: Table, where: ColumnElement[bool]) -> None:
        """Delete rows of a projection, before this batch's inserts."""
        self.flush()
        self.connection.execute(delete(table).where(where))

    def flush(self) -> None:
        """Send what was gathered as one batch, so that the transaction can read it."""
        inserts = self._inserts
        changes = [*self._changes, *self._sets.items(), *self._grouped(), *self._after.items()]
        if not inserts and not changes:
            return
        self._inserts, self._changes, self._sets, self._some, self._after = {}, [], {}, {}, {}
        with one_batch(self.connection):
            for table, rows in inserts.items():
                self.connection.execute(_inserter_of(table), rows)
            for statement, rows in changes:
                self.connection.execute(statement, rows or None)

    def close(self, line: LineFacts, people: Mapping[str, str]) -> int:
        """Append the audit line, move the chain on, send the last batch; returns the number."""
        chain = self._locked_chain()
        number = chain["number"] + 1
        facts = canonical([list(item) for item in self._facts])
        row: Row = {
            "station_id": self._station_id,
            "number": number,
            **{name: getattr(line, name) for name in LineFacts.__slots__},
            "facts": facts,
            "facts_hash": sha256(facts),
            "previous": chain["hash"],
        }
        row["hash"] = line_hash(row)
        self.project(audit, [row])
        self.project(audit_subjects, subjects_of(row))
        place = {"station_id": self._station_id, "number": number}
        self.project(
            personal_values, [{**place, "field": f, "value": v} for f, v in people.items()]
        )
        chain.update(number=number, hash=row["hash"])
        self.set_rows(chains, ("station_id",), [chain])
        self.flush()
        return int(number)

    def new_chain(self, station_id: int, *, own: bool = False) -> None:
        """Found a station's chain; `own` when this very transaction writes to it."""
        row = empty_chain(station_id)
        self.project(chains, [row])
        if own:
            self.flush()
            self._station_id, self._chain = station_id, row

    # -- inside --------------------------------------------------------------------------------
    def _grouped(self) -> Sequence[tuple[Any, list[Row]]]:
        """The rows of `set_some`, those with the same columns together."""
        made: dict[Any, list[Row]] = {}
        for (table, key), rows in self._some.items():
            for of, values in rows.items():
                statement = some_setter_of(table, key, tuple(sorted(values)))
                sent = {f"v_{name}": value for name, value in values.items()}
                made.setdefault(statement, []).append({f"v_{key}": of, **sent})
        return list(made.items())

    def _locked_chain(self) -> Row:
        if self._chain is None:
            at = {"station": self._station_id}
            found = self.connection.execute(_OWN_CHAIN, at).mappings().first()
            if found is None:
                raise NotFound(what="station", id=self._station_id)
            self._chain = dict(found)
        return self._chain

    def _note(self, table: Table, row: Mapping[str, Any]) -> None:
        version = int(row.get("version") or 1)
        self._facts.append((table.name, int(row["id"]), version, row_hash(table, row, self.digest)))


def empty_chain(station_id: int) -> Row:
    """The row of a chain that has no line yet."""
    return {
        "station_id": station_id,
        "number": 0,
        "hash": GENESIS,
        "next_n": 1,
        "series": "",
        "next_serial": 1,
    }


@cache
def setter_of(table: Table, keys: tuple[str, ...]) -> Any:
    """The update of every column but the keys; parameters are named v_ and the column."""
    values: Row = {c.name: bindparam(f"v_{c.name}") for c in table.columns if c.name not in keys}
    return update(table).where(*_found_by(table, keys)).values(**values)


@cache
def some_setter_of(table: Table, key: str, names: tuple[str, ...]) -> Any:
    """The update of some columns; parameters are named v_ and the column."""
    values: Row = {name: bindparam(f"v_{name}") for name in names}
    return update(table).where(*_found_by(table, (key,))).values(**values)


@cache
def dropper_of(table: Table, keys: tuple[str, ...]) -> Any:
    """The delete by keys; parameters are named v_ and the column."""
    return delete(table).where(*_found_by(table, keys))


def _found_by(table: Table, keys: tuple[str, ...]) -> Sequence[ColumnElement[bool]]:
    return [table.c[key] == bindparam(f"v_{key}") for key in keys]


@cache
def _inserter_of(table: Table) -> Any:
    return insert(table)


@cache
def _names_of(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)


def _whole(table: Table, row: Row) -> Row:
    """The row with every column named, so that rows of one table share one statement."""
    return {name: row.get(name) for name in _names_of(table)}
