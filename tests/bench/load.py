"""`python -m tests.bench.load FOLDER --loans 100000`: a branch of loans, as the gate leaves it.

Lives of loans are played by the real engine and copied with names, ids and officers of their own;
the founding and the last day go through the gate. `kist verify` holds of what comes of it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from random import Random

from sqlalchemy import Connection, Engine, text

from app.adapters.clock import SteppingClock
from app.adapters.vault import NoVault
from app.bootstrap.demonstrating import LIGHT, ZONE, Demonstration, mark_of, open_demonstration
from app.bootstrap.program import DIGESTS, OpenProgram, World
from app.bootstrap.shipped import posting_rules
from app.cli.keeping import Never
from app.commands.branch import CloseDay, ConfirmRecoveryCode, OpenBranch, OpenDay
from app.commands.users import GrantFacts, SaveUser
from app.domain.roles import Role
from app.paths import DEMO_MARK
from app.ports import ANONYMOUS, SYSTEM, Progress, Session
from app.queries.admin import ListProducts
from app.store.create import create
from app.store.document_bytes import DocumentBytes
from app.store.earning import count_lines_anew
from app.store.files import write_whole
from app.store.folder import Folder
from app.store.hashing import Digester
from app.store.keys import KeyFile, new_key, seeded, subkey
from app.store.listing import list_all_anew
from app.store.local import Local, StationIdentity
from app.store.schema import metadata
from app.store.schema.books import entries, entry_lines
from app.store.schema.system import business_days
from app.store.store import Store
from app.store.tx import Tx
from tests.bench.bulk import Bulk
from tests.bench.copies import Copies, Place
from tests.bench.patterns import COUNTER, CURRENCY, Maker, Pattern, first_day

STATION, SEED = 1, 20260401
UNTIL = date(2026, 4, 1)
OFFICERS = 8
MOST_PATTERNS = 4000
_DAYS_AT_ONCE = 10
_CACHE = "PRAGMA cache_size = -1500000"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """How much of everything."""

    loans: int
    receipts: int
    patterns: int = 0
    until: date = UNTIL

    @property
    def lives(self) -> int:
        """How many lives are played."""
        return min(self.patterns or self.loans // 25 or 1, MOST_PATTERNS, self.loans)


@dataclass(frozen=True)
class Founded:
    """The branch that is filled, and who works there."""

    branch_id: int
    manager: Session
    cashier_id: int
    officers: tuple[int, ...]


def load(folder: Path, wanted: Wanted, say: Say) -> Founded:
    """Fill a new folder; it opens as a demonstration does."""
    folder.mkdir(parents=True)
    entropy = seeded(SEED)
    key = new_key(entropy)
    keys = KeyFile.new(entropy=entropy).with_open_key(key)
    keys.save(folder)
    files = Folder(folder, key)
    books = files.books(create=True, synchronous="OFF")
    create(books, subkey(key, DIGESTS))
    books.dispose()
    DocumentBytes(files.documents(create=True, synchronous="OFF")).close()
    clock = SteppingClock(datetime.combine(wanted.until, clock_time(6), UTC), timedelta(0))
    local = Local(files.local(create=True, synchronous="OFF"), clock)
    world = World(clock, NoVault(), LIGHT, "bench")
    program = OpenProgram(files, keys, world, local, None, synchronous="OFF")
    try:
        made = filled(Doors(program, clock), files.books(synchronous="OFF"), wanted, say)
        program.notes.be(StationIdentity(STATION, made.branch_id, COUNTER))
    finally:
        program.close()
    mark = mark_of(Demonstration(SEED, wanted.until))
    write_whole(folder / DEMO_MARK, json.dumps(mark).encode())
    return made


@dataclass(frozen=True)
class Doors:
    """The gate and the asks of an empty database, with the clock that they go by."""

    program: OpenProgram
    clock: SteppingClock


def filled(doors: Doors, engine: Engine, wanted: Wanted, say: Say) -> Founded:
    """Found a branch through the gate, fill its tables, open the last day through the gate."""
    gate, asks = doors.program.gate, doors.program.asks
    random, rules = Random(SEED), posting_rules()
    receipts = max(round(wanted.receipts / wanted.loans), 1)
    shipped, opened_on = _founded(doors, wanted, receipts)
    products = asks.ask(shipped.manager, ListProducts())
    of_code = {row.product.code: (row.product_id, row.product) for row in products}
    maker = Maker(of_code, rules, wanted.until - timedelta(1), receipts, random)
    patterns = list(maker.made(wanted.lives))
    say(f"{len(patterns)} lives of loans played, the first from {first_day(patterns)}")
    doors.clock.go_to(datetime.combine(opened_on, clock_time(12), UTC))
    gate.run(shipped.manager, CloseDay(on=opened_on), "close the first day")
    filling = _Filling(engine, shipped, patterns, wanted, say)
    filling.fill(opened_on)
    doors.clock.go_to(datetime.combine(wanted.until, clock_time(6), UTC))
    gate.run(shipped.manager, OpenDay(on=wanted.until), "open the last day")
    engine.dispose()
    return shipped


def _founded(doors: Doors, wanted: Wanted, receipts: int) -> tuple[Founded, date]:
    """A day before the first of all loans; weeks are months here, so that all fit."""
    opened_on = wanted.until - timedelta((receipts + 4) * 31)
    gate, clock = doors.program.gate, doors.clock
    clock.go_to(datetime.combine(opened_on, clock_time(6), UTC))
    hashed = doors.program.hashed("demonstration")
    command = OpenBranch(
        branch_code="STP",
        branch_name="Sitapur",
        lender_name="Gomti Sahayog Finance",
        state="UP",
        currency=CURRENCY,
        time_zone=ZONE,
        counter_code=COUNTER,
        opened_on=opened_on,
        cash_minor=0,
        bank_minor=0,
        user_name="Meena Khanna",
        login="meena",
        password_hash=hashed,
        demonstration=True,
    )
    made = gate.run(Session(STATION, 0, ANONYMOUS), command, "found").result
    manager = Session(STATION, made.branch_id, made.user_id)
    gate.run(manager, ConfirmRecoveryCode(), "confirm")
    ids = []
    for place in range(OFFICERS + 1):
        role = Role.OFFICER if place else Role.CASHIER
        name = f"Officer {place}" if place else "Sunita Joshi"
        login = f"officer{place}" if place else "sunita"
        save = SaveUser(
            full_name=name, login=login, grants=(GrantFacts(role=role),), password_hash=hashed
        )
        ids.append(gate.run(manager, save, f"user {place}").result.user_id)
    return Founded(made.branch_id, manager, ids[0], tuple(ids[1:])), opened_on


@dataclass
class _Filling:
    """Fills the tables of a founded branch."""

    engine: Engine
    founded: Founded
    patterns: list[Pattern]
    wanted: Wanted
    say: Say

    def fill(self, opened_on: date) -> None:
        """Write day after day, then what is derived."""
        digest = Store(self.engine).digest
        with self.engine.connect() as connection:
            _prepare(connection)
            with connection.begin():
                _indexes(connection, drop=True)
            place = Place(
                branch_id=self.founded.branch_id,
                station_id=STATION,
                manager_id=self.founded.manager.user_id,
                cashier_id=self.founded.cashier_id,
                officers=self.founded.officers,
            )
            copies = Copies(self.patterns, self.wanted.loans, place, digest)
            days = [
                opened_on + timedelta(n) for n in range(1, (self.wanted.until - opened_on).days)
            ]
            for start in range(0, len(days), _DAYS_AT_ONCE):
                with self._bulk(connection, digest) as bulk:
                    for on in days[start : start + _DAYS_AT_ONCE]:
                        copies.write_day(bulk, on)
                        self._end_day(bulk, copies, on)
            self.say(f"facts written, {copies.receipts} receipts")
            for pattern in range(len(self.patterns)):
                with self._bulk(connection, digest) as bulk:
                    copies.write_derived(bulk, pattern)
            self.say("derived rows written")
            with connection.begin():
                _indexes(connection, drop=False)
            self.say("indexes made")
            with connection.begin():
                self._lists(Tx(connection, STATION, digest))

    @contextmanager
    def _bulk(self, connection: Connection, digest: Digester) -> Iterator[Bulk]:
        with connection.begin():
            bulk = Bulk(connection, digest, self.founded.branch_id, SYSTEM, STATION)
            yield bulk
            bulk.end()

    def _end_day(self, bulk: Bulk, copies: Copies, on: date) -> None:
        """Close the day: what was earned on it, the record of the day, its lines.

        The last one is left to the opening of the next: it posts what that day holds in suspense.
        """
        at = f"{on}T12:00:00.000+00:00"
        if on >= self.wanted.until - timedelta(1):
            bulk.close_line(at, on)
            return
        bulk.one(
            business_days,
            branch_id=self.founded.branch_id,
            day_on=on,
            state="closed",
            opened_at=f"{on}T03:00:00.000+00:00",
            closed_at=at,
        )
        rules = posting_rules()
        for product_id, amount in sorted(copies.earned_on(on).items()):
            if not amount:
                continue
            about = {"branch_id": self.founded.branch_id, "booked_on": on}
            user_id = self.founded.manager.user_id
            told = {"kind": "accrual", "recorded_at": at, "user_id": user_id, "narration": ""}
            entry_id = bulk.one(entries, **about, **told)
            legs = ((rules.interest_receivable, amount), (rules.interest_income, -amount))
            for place, (account, minor) in enumerate(legs):
                of = {"entry_id": entry_id, "place": place, "product_id": product_id}
                money = {"account": account, "currency": CURRENCY, "amount_minor": minor}
                bulk.one(entry_lines, **about, **of, **money)
        bulk.close_line(at, on)

    def _lists(self, tx: Tx) -> None:
        branch_id, last = self.founded.branch_id, self.wanted.until - timedelta(1)
        count_lines_anew(tx, branch_id)
        self.say("lines counted")
        list_all_anew(tx, branch_id, last)
        self.say("lists made")


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        assert raw is not None
        for statement in ("PRAGMA foreign_keys = OFF", _CACHE):
            raw.execute(statement)


def _indexes(connection: Connection, *, drop: bool) -> None:
    """Indexes are made at once when the rows are there."""
    for table in metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            if index.unique or table.name == "users":
                continue
            if drop:
                index.drop(connection)
            else:
                index.create(connection)
    if not drop and connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))


def main() -> int:
    """Load, and with --verify check every invariant."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--loans", type=int, default=100_000)
    parser.add_argument("--receipts", type=int, default=0, help="eight a loan unless said")
    parser.add_argument("--patterns", type=int, default=0)
    parser.add_argument("--verify", action="store_true")
    options = parser.parse_args()
    say = _Clock()
    receipts = options.receipts or 8 * options.loans
    load(options.folder, Wanted(options.loans, receipts, options.patterns), say)
    say(f"loaded into {options.folder}")
    return _verified(options.folder, say) if options.verify else 0


class _Clock:
    """Says what was done, with the seconds since the beginning."""

    def __init__(self) -> None:
        self._begun, self._cpu = time.monotonic(), time.process_time()

    def __call__(self, said: str) -> None:
        wall, cpu = time.monotonic() - self._begun, time.process_time() - self._cpu
        sys.stdout.write(f"{wall:8.1f} s  {cpu:8.1f} CPU s  {said}\n")
        sys.stdout.flush()


def _verified(folder: Path, say: Say) -> int:
    program = open_demonstration(folder)

    def tell(progress: Progress) -> None:
        say(progress.say)

    try:
        findings = program.verify(tell, Never())
    finally:
        program.close()
    kinds: defaultdict[str, int] = defaultdict(int)
    for finding in findings:
        kinds[f"{finding.invariant} {finding.code} {finding.where}"] += 1
    for kind in list(kinds)[:20]:
        say(kind)
    say(f"verified: {len(findings)} findings")
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
