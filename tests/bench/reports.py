"""`python -m tests.bench.reports FOLDER YYYY-MM`: a month pack, and its totals by DuckDB.

The folder is one that `tests.bench.load` made. The peer reads an export of the same tables.
"""

from __future__ import annotations

import calendar
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Connection, Table, select

from app.bootstrap.demonstrating import open_demonstration
from app.bootstrap.program import OpenProgram
from app.cli.pack import make
from app.ports import Session
from app.reports.month import INDICATORS
from app.reports.pack import questions
from app.rows.reports import MonthRow, ReportResult
from app.store.schema.loans import (
    allocations,
    instalments,
    loan_positions,
    position_spans,
    receipts,
)
from app.store.schema.system import grants

AIM = 10  # CPU seconds of a pack at 100,000 loans and 2,000,000 receipts
TABLES = (loan_positions, position_spans, instalments, allocations, receipts)
PEER = """
with stood as (
  select s.* from position_spans s
  where s.from_on <= $last and (s.to_on is null or s.to_on >= $last)
    and s.next_unsettled_due_on is not null
), due as (
  select sum(principal_minor + interest_minor + charge_minor + penalty_minor) d
  from instalments where due_on between $first and $last
), money as (
  select sum(amount_minor) d from receipts where booked_on between $first and $last
)
select count(*), sum(principal_minor),
  sum(case when next_unsettled_due_on < $last - interval 30 days then principal_minor else 0 end),
  (select d from due), (select d from money)
from stood
"""


def main() -> int:
    """Measure and print; 1 where the aim is missed or the totals differ."""
    folder, first = Path(sys.argv[1]), date.fromisoformat(f"{sys.argv[2]}-01")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    program = open_demonstration(folder)
    try:
        session = _manager(program)
        asked, results = _timed(lambda: list(program.asks.each(session, questions(first, last))))
        with tempfile.TemporaryDirectory() as to:
            whole, _files = _timed(lambda: make(program, session, first, Path(to)))
        ours = _totals(results)
        exported, peer, theirs = _peer(program, first, last)
    finally:
        program.close()
    _say(f"month pack: asked {asked:.1f} CPU s, with both files {whole:.1f} CPU s, aim {AIM}")
    _say(f"DuckDB: export {exported:.1f} CPU s, five totals over its own tables {peer:.3f} CPU s")
    _say(f"ours   {ours}\nDuckDB {theirs}")
    return int(whole > AIM or ours != theirs)


def _timed(what: Any) -> tuple[float, Any]:
    begun = time.process_time()
    made = what()
    return time.process_time() - begun, made


def _manager(program: OpenProgram) -> Session:
    with program._store.read() as snapshot:  # a bench opens no session by password
        user_id = snapshot.scalar(select(grants.c.user_id).where(grants.c.role == "manager"))
    door = program.anonymous
    return Session(door.station_id, door.branch_id, int(user_id or 0))


def _totals(results: list[ReportResult]) -> tuple[int, ...]:
    """Running loans, outstanding, PAR-30 amount, demand, received."""
    month = next(one for one in results if one.report == "month")
    rows = [row for row in month.rows if isinstance(row, MonthRow)]
    figures = {one.key: row.value for one, row in zip(INDICATORS, rows, strict=True)}
    portfolio = next(one for one in results if one.report == "portfolio")
    risky = sum(row.figures["at_risk_minor"] for row in portfolio.rows)  # type: ignore[attr-defined]
    return (
        figures["loans"],
        figures["outstanding"],
        int(risky),
        figures["demand"],
        figures["collected"],
    )


def _peer(program: OpenProgram, first: date, last: date) -> tuple[float, float, tuple[int, ...]]:
    """CPU seconds of the export and of the totals, and the totals."""
    with tempfile.TemporaryDirectory() as folder, program._store.read() as snapshot:
        exported, _none = _timed(lambda: _export(snapshot, Path(folder)))
        with duckdb.connect() as peer:
            for table in TABLES:
                path = Path(folder) / f"{table.name}.csv"
                peer.execute(f"create table {table.name} as from read_csv('{path}')")
            days = {"first": first, "last": last}
            seconds, rows = _timed(lambda: peer.execute(PEER, days).fetchall())
    return exported, seconds, tuple(int(value) for value in rows[0])


def _export(snapshot: Connection, folder: Path) -> None:
    for table in TABLES:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8") as file:
            for line in _lines(snapshot, table):
                file.write(line + "\n")


def _lines(snapshot: Connection, table: Table) -> Iterator[str]:
    columns = [column for column in table.columns if column.info.get("keeps") is None]
    yield ",".join(column.name for column in columns)
    for row in snapshot.execute(select(*columns)):
        yield ",".join("" if value is None else str(value) for value in row)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
