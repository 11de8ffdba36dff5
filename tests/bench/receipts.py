"""A receipt through the gate: CPU, syncs, round trips, beside a raw sync of the same seconds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from sqlalchemy import Engine

from app.adapters.clock import SystemClock
from app.queries.servicing import ShowTill
from app.store.engine import open_sqlite
from app.store.folder import Folder
from app.store.local import Local
from tests.bench.figures import Figure, cpu_ms
from tests.databases import KEY, RUN, Databases, start_postgres, stop_postgres
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent, receipt, receive, today
from tests.services.test_round_trips import MOST, counted

TIMES = 60
MOST_CPU_MS = 4.0
SYNCS = ("fsync", "fdatasync")
POSTED = 20


def figures() -> list[Figure]:
    """CPU and wall on SQLCipher, syncs counted by strace, round trips on PostgreSQL."""
    with tempfile.TemporaryDirectory() as place:
        return [*_embedded(Path(place)), _syncs(), _note(Path(place)), *_shared(Path(place))]


def _embedded(place: Path) -> list[Figure]:
    with _file(place / "bench.db") as engine:
        house = founded(engine)
        loan = _half_paid(house)
        before = house.ask(house.cashier, ShowTill()).received_minor
        took = cpu_ms(lambda: receive(house, loan, 10_00), TIMES)
        received = house.ask(house.cashier, ShowTill()).received_minor - before
        walls, syncs = [], []
        with open(place / "raw", "wb", buffering=0) as raw:
            for _ in range(TIMES):
                walls.append(_wall_ms(lambda: receive(house, loan, 10_00)))
                syncs.append(_wall_ms(lambda: _raw_sync(raw.fileno())))
    return [
        Figure(
            "a receipt through the gate, SQLCipher, CPU",
            f"{took:.2f} ms",
            aim="<= 4 ms",
            met=took <= MOST_CPU_MS and received == TIMES * 10_00,
        ),
        Figure(
            "the same, wall",
            f"{median(walls):.2f} ms",
            f"raw fdatasync {median(syncs):.2f} ms",
            f"{median(walls) / median(syncs):.1f}",
        ),
    ]


def _syncs() -> Figure:
    """Count the syncs of receipts in a process of its own, by strace where it is installed."""
    name = "syncs a receipt"
    if shutil.which("strace") is None:
        return Figure(name, "not counted: strace is not installed", aim="1")
    with tempfile.TemporaryDirectory() as place:
        trace = Path(place) / "trace"
        command = ["strace", "-f", "-e", f"trace={','.join(SYNCS)},write", "-o", str(trace)]
        worker = [sys.executable, "-m", "tests.bench.receipts", place]
        subprocess.run([*command, *worker], check=True, timeout=300, stdout=subprocess.DEVNULL)
        text = trace.read_text("utf-8", "replace")
    marked = text.split('"MARK\\n"')[1]
    syncs = sum(marked.count(f"{name}(") for name in SYNCS)
    return Figure(name, f"{syncs / POSTED:.2f}", f"{POSTED} receipts", aim="1", met=syncs == POSTED)


def _note(place: Path) -> Figure:
    """The desk's own note of a key, in the file of the station."""
    folder = place / "local"
    folder.mkdir()
    local = Local(Folder(folder, KEY).local(create=True), SystemClock())

    def keep_and_drop() -> None:
        local.keep("note", "x" * 300)
        local.drop("note")

    took = cpu_ms(keep_and_drop, TIMES)
    local.close()
    return Figure("the desk's note and its end, local.db, CPU", f"{took:.2f} ms")


def _shared(place: Path) -> list[Figure]:
    with _server(place) as engine:
        house = founded(engine)
        loan = _half_paid(house)
        with counted(engine) as trips:
            receive(house, loan, 10_00)
        took = cpu_ms(lambda: receive(house, loan, 10_00), TIMES)
    return [
        Figure(
            "round trips of a receipt, PostgreSQL",
            str(trips.count),
            aim=f"<= {MOST}",
            met=0 < trips.count <= MOST,
        ),
        Figure("the same, CPU of this side", f"{took:.2f} ms"),
    ]


@contextmanager
def _file(path: Path) -> Iterator[Engine]:
    """An encrypted file as a branch has it: every commit is synced."""
    engine = open_sqlite(path, KEY, create=True)
    prepare(engine)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _server(place: Path) -> Iterator[Engine]:
    os.environ.setdefault(RUN, f"bench-{os.getpid()}")
    try:
        databases = Databases(start_postgres, place / "templates")
        with databases.fresh("postgresql", place, prepare, "bench") as engine:
            yield engine
    finally:
        stop_postgres()


def _half_paid(house: House) -> int:
    loan = lent(house, 50_000_00, 52)
    for _ in range(26):
        receive(house, loan, 1_083_00)
    return loan


def _wall_ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _raw_sync(handle: int) -> None:
    os.pwrite(handle, b"x" * 4096, 0)
    os.fdatasync(handle)


def _post_marked(place: Path) -> None:
    """Post receipts between two marks on standard output, for whoever counts syncs."""
    with _file(place / "syncs.db") as engine:
        house = founded(engine)
        loan = _half_paid(house)
        on = today(house)
        os.write(1, b"MARK\n")
        for _ in range(POSTED):
            house.run(house.cashier, receipt(loan, 10_00, on))
        os.write(1, b"MARK\n")


if __name__ == "__main__":
    _post_marked(Path(sys.argv[1]))
