"""Rows by the hundred thousand as the gate would have written them: ids, hashes, chain lines."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select, update

from app.commands.codec import canonical
from app.store.hashing import Digester, line_hash, sha256
from app.store.schema import Kind, kind_of
from app.store.schema.system import audit, chains

STATION_BITS = 40
_MOST_FACTS = 20_000  # of one line


class Template:
    """Rows of a table that differ in some columns alone; `holes` are those columns.

    What a hash covers is made ready once: a copy fills its values in.
    """

    def __init__(
        self, table: Table, fixed: Mapping[str, Any], holes: Sequence[str], digest: Digester
    ) -> None:
        self.table, self.digest = table, digest
        self.hashed = kind_of(table) in (Kind.FACT, Kind.RECORD)
        if kind_of(table) is Kind.RECORD:
            fixed = {"version": 1, **fixed}
        self.holes = tuple(sorted(holes))
        known = {name: value for name, value in fixed.items() if value is not None}
        self.columns = (*known, *self.holes)
        self.fixed = tuple(_stored(value) for value in known.values())
        keeps = {column.name: column.info.get("keeps") for column in table.columns}
        self.personal = tuple(keeps[name] == "personal" for name in self.holes)
        numbers = {c.name: c.type.python_type is int for c in table.columns}
        covered: dict[str, Any] = {name: f"⟦{name}⟧" for name in self.holes}
        for name, value in known.items():
            shown = value.isoformat() if isinstance(value, date) else value
            covered[name] = digest.of(str(shown)) if keeps[name] == "personal" else shown
        text = canonical(covered).replace("%", "%%")
        for name in self.holes:
            mark = f'"⟦{name}⟧"' if numbers[name] else f"⟦{name}⟧"
            text = text.replace(mark, "%s")
        self.text = text
        self.id_at = self.holes.index("id") if self.hashed else 0

    def facts(self, rows: Sequence[tuple[Any, ...]]) -> list[str]:
        """What an audit line says of each row."""
        made, name, any_personal = [], self.table.name, any(self.personal)
        for row in rows:
            shown = row if not any_personal else self._digested(row)
            made_hash = hashlib.sha256((self.text % shown).encode()).hexdigest()
            made.append(f'["{name}",{row[self.id_at]},1,"{made_hash}"]')
        return made

    def _digested(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        pairs = zip(row, self.personal, strict=True)
        return tuple(self.digest.of(str(value)) if is_own else value for value, is_own in pairs)


@dataclass
class Bulk:
    """Writes through one connection, and goes on with the chain of a station."""

    connection: Connection
    digest: Digester
    branch_id: int
    user_id: int
    station_id: int
    chain: dict[str, Any] = field(init=False)
    facts: list[str] = field(default_factory=list)
    lines: int = 0

    def __post_init__(self) -> None:
        query = select(chains).where(chains.c.station_id == self.station_id)
        self.chain = dict(self.connection.execute(query).mappings().one())

    def ids(self, count: int) -> int:
        """The first of so many ids that follow each other."""
        first = self.station_id << STATION_BITS | self.chain["next_n"]
        self.chain["next_n"] += count
        return int(first)

    def serials(self, series: str, count: int) -> int:
        """The first of so many receipt serials."""
        if self.chain["series"] != series:
            self.chain["series"], self.chain["next_serial"] = series, 1
        first = self.chain["next_serial"]
        self.chain["next_serial"] += count
        return int(first)

    def write(self, template: Template, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows given by their holes, in the order of the holes."""
        whole = [template.fixed + row for row in rows]
        self.insert(template.table, template.columns, whole)
        if template.hashed:
            self.facts += template.facts(rows)

    def one(self, table: Table, **row: Any) -> int:
        """Insert a single fact or record; returns its id."""
        row_id = self.ids(1)
        self.write(Template(table, row, ("id",), self.digest), [(row_id,)])
        return row_id

    def insert(self, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert whole rows past SQLAlchemy."""
        raw: Any = self.connection.connection.driver_connection
        names = ", ".join(columns)
        if self.connection.dialect.name == "sqlite":
            marks = ", ".join("?" * len(columns))
            raw.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)
            return
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def close_line(self, at: str, on: date | None) -> None:
        """Put what was written since the last line into lines of the chain."""
        for start in range(0, len(self.facts), _MOST_FACTS):
            self._line(self.facts[start : start + _MOST_FACTS], at, on)
        self.facts = []

    def end(self) -> None:
        """Leave the chain where it has come to."""
        own = chains.c.station_id == self.station_id
        self.connection.execute(update(chains).where(own).values(**self.chain))

    def _line(self, some: Sequence[str], at: str, on: date | None) -> None:
        number, facts = self.chain["number"] + 1, f"[{','.join(some)}]"
        row: dict[str, Any] = {
            "station_id": self.station_id,
            "number": number,
            "at": at,
            "branch_id": self.branch_id,
            "business_on": on,
            "user_id": self.user_id,
            "key": f"loaded {number}",
            "command": "bench.load",
            "command_version": 1,
            "payload": "{}",
            "outcome": "done",
            "result": "{}",
            "facts": facts,
            "facts_hash": sha256(facts),
            "topics": "",
            "previous": self.chain["hash"],
        }
        row["hash"] = line_hash(row)
        self.insert(audit, tuple(row), [tuple(_stored(value) for value in row.values())])
        self.chain.update(number=number, hash=row["hash"])
        self.lines += 1


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
