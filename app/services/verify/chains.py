"""Invariants 5 and 6: every chain is whole, and every row is as its chain says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from app.rows.verify import Finding
from app.store.hashing import GENESIS, Digester, line_hash, row_hash, sha256
from app.store.readback import (
    audit_lines,
    chain_heads,
    fact_names,
    hashed_tables,
    personal_rows,
    rows_of,
    stations_with_lines,
)
from app.store.schema import Kind, kind_of
from app.store.store import Snapshot

CHAIN, FACTS = 5, 6
Heads = Mapping[int, tuple[int, str]]  # station → number and hash of its last line
Written = dict[tuple[str, int], tuple[int, str]]  # table and id → version and hash


def chains(snapshot: Snapshot, kept: Heads, written: Written) -> Iterator[Finding]:
    """Check every chain; fills `written` with what the lines say was written last."""
    heads = {int(row["station_id"]): row for row in chain_heads(snapshot)}
    for station_id in sorted({*heads, *stations_with_lines(snapshot), *kept}):
        head = heads.get(station_id)
        if head is None:
            yield Finding(CHAIN, "head-missing", f"station {station_id}")
        yield from _chain(snapshot, station_id, head, kept.get(station_id), written)


def _chain(
    snapshot: Snapshot,
    station_id: int,
    head: Mapping[str, Any] | None,
    kept: tuple[int, str] | None,
    written: Written,
) -> Iterator[Finding]:
    number, last, at_kept = 0, GENESIS, GENESIS
    for line in audit_lines(snapshot, station_id):
        where = f"line {station_id}:{line['number']}"
        if line["number"] != number + 1:
            yield Finding(CHAIN, "line-missing", where, str(number + 1), str(line["number"]))
        yield from _line(line, last, where)
        yield from _note(line, where, written)
        number, last = int(line["number"]), str(line["hash"])
        if kept is not None and number == kept[0]:
            at_kept = last
    place = f"station {station_id}"
    if head is not None and (head["number"], head["hash"]) != (number, last):
        yield Finding(CHAIN, "head-differs", place, f"{number}:{last}", _shown(head))
    if kept is not None and kept[0] and at_kept != kept[1]:
        code = "tail-cut" if kept[0] > number else "kept-head-differs"
        yield Finding(CHAIN, code, place, f"{kept[0]}:{kept[1]}", f"{number}:{at_kept}")


def _line(line: Mapping[str, Any], last: str, where: str) -> Iterator[Finding]:
    if line["previous"] != last:
        yield Finding(CHAIN, "link-broken", where, last, str(line["previous"]))
    made = line_hash(line)
    if made != line["hash"]:
        yield Finding(CHAIN, "line-changed", where, str(line["hash"]), made)
    facts = sha256(line["facts"])
    if facts != line["facts_hash"]:
        yield Finding(CHAIN, "facts-list-changed", where, str(line["facts_hash"]), facts)


def _note(line: Mapping[str, Any], where: str, written: Written) -> Iterator[Finding]:
    """Take over what the line wrote. A fact is written once; a record by its highest version."""
    try:
        items = [(str(t), int(i), int(v), str(h)) for t, i, v, h in json.loads(line["facts"])]
    except (ValueError, TypeError):
        yield Finding(CHAIN, "facts-list-changed", where)
        return
    facts = fact_names()
    for table, row_id, version, made in items:
        before = written.get((table, row_id))
        if before is not None and (table in facts or before[0] >= version):
            yield Finding(FACTS, "written-twice", f"{table} {row_id}", "", where)
        written[table, row_id] = (version, made)


def rows(snapshot: Snapshot, digest: Digester, written: Written) -> Iterator[Finding]:
    """Check every fact and record against the line that wrote it last."""
    left = dict(written)
    for table in hashed_tables():
        for row in rows_of(snapshot, table):
            where = f"{table.name} {row['id']}"
            said = left.pop((table.name, int(row["id"])), None)
            if said is None:
                yield Finding(FACTS, "row-without-line", where)
                continue
            found = (int(row.get("version") or 1), row_hash(table, row, digest))
            if found != said:
                code = "row-changed" if kind_of(table) is Kind.FACT else "record-changed"
                yield Finding(FACTS, code, where, said[1], found[1])
    for name, row_id in left:
        yield Finding(FACTS, "row-missing", f"{name} {row_id}")


def personal(snapshot: Snapshot, digest: Digester) -> Iterator[Finding]:
    """Check the personal values that were not erased against the digests in their lines."""
    for row in personal_rows(snapshot):
        payload = json.loads(row["payload"] or "{}")
        kept = payload.get(row["field"])
        if not isinstance(kept, dict) or kept.get("digest") != digest.of(row["value"]):
            where = f"line {row['station_id']}:{row['number']}"
            yield Finding(CHAIN, "personal-value-changed", f"{where} {row['field']}")


def _shown(head: Mapping[str, Any]) -> str:
    return f"{head['number']}:{head['hash']}"
