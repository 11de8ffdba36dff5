"""The demonstration branch: made whole beside its place, put there at once, opened like any other."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from app.adapters.clock import ShiftedClock, SteppingClock, SystemClock
from app.adapters.passwords import Argon2Passwords
from app.adapters.vault import NoVault
from app.bootstrap.program import OpenProgram, World
from app.demo import Lived, Plan, Stage, live
from app.domain.errors import StoreTrouble
from app.paths import DEMO_MARK, DOCUMENTS_DB, KIST_DB, LOCAL_DB
from app.ports import ANONYMOUS, Clock, Session, Stop
from app.ports.program import Tell
from app.store.create import create
from app.store.document_bytes import DocumentBytes
from app.store.files import sync_file, sync_folder, write_whole
from app.store.folder import Folder
from app.store.keys import KeyFile, new_key, seeded, subkey
from app.store.local import Local, StationIdentity
from app.store.lock import FolderLock

ZONE = "Asia/Kolkata"
DIGESTS = "digests"
SEED = 20260401
STATION = 1
# Nothing in the demonstration is secret: its password is shown, its hash need not be slow.
LIGHT = Argon2Passwords(passes=1, memory_kib=64, lanes=1)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was asked for: the same seed and day give the same branch to the last hash."""

    seed: int
    until: date


def asked(seed: int | None, until: date | None) -> Demonstration:
    """The demonstration of these options; by default it has come up to today."""
    day = until or SystemClock().today(ZONE)
    return Demonstration(SEED if seed is None else seed, day)


def is_made(folder: Path, wanted: Demonstration | None = None) -> bool:
    """Whether a finished demonstration lies there (that very one, where `wanted` is given)."""
    mark = folder / DEMO_MARK
    if not mark.is_file():
        return False
    said = json.loads(mark.read_text("utf-8"))
    return wanted is None or said == _mark(wanted)


def make(folder: Path, wanted: Demonstration, tell: Tell, stop: Stop) -> Lived:
    """Make the demonstration in `folder`; only one with our mark is replaced.

    It is written without syncing in a folder beside, then synced and renamed, so that a half
    made one is never found. Raises StoreTrouble(why="exists") where something else lies there.
    """
    if folder.exists() and any(folder.iterdir()) and not is_made(folder):
        raise StoreTrouble(why="exists", path=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        lived = _build(staging, wanted, tell, stop)
        with FolderLock(folder) if folder.exists() else FolderLock(staging):
            pass
        shutil.rmtree(folder, ignore_errors=True)
        staging.rename(folder)
        sync_folder(folder.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return lived


def open_demonstration(folder: Path) -> OpenProgram:
    """Open a finished demonstration; its clock never stands before the day it has come up to."""
    until = date.fromisoformat(json.loads((folder / DEMO_MARK).read_text("utf-8"))["until"])
    lock = FolderLock(folder)
    keys = KeyFile.load(folder)
    files = Folder(folder, keys.by_open_key())
    world = World(_clock_from(until), NoVault(), LIGHT, "demonstration")
    return OpenProgram(files, keys, world, Local(files.local(), world.clock), lock)


def _clock_from(until: date) -> Clock:
    ahead = until - SystemClock().today(ZONE)
    return ShiftedClock(ahead) if ahead > timedelta(0) else SystemClock()


def _build(folder: Path, wanted: Demonstration, tell: Tell, stop: Stop) -> Lived:
    entropy = seeded(wanted.seed)
    key = new_key(entropy)
    keys = KeyFile.new(entropy=entropy).with_open_key(key)
    keys.save(folder)
    files = Folder(folder, key)
    books = files.books(create=True, synchronous="OFF")
    create(books, subkey(key, DIGESTS))
    books.dispose()
    clock = SteppingClock(datetime.combine(wanted.until, time(0), UTC), timedelta(milliseconds=250))
    local = Local(files.local(create=True, synchronous="OFF"), clock)
    DocumentBytes(files.documents(create=True, synchronous="OFF")).close()
    world = World(clock, NoVault(), LIGHT, "demonstration")
    program = OpenProgram(files, keys, world, local, None, synchronous="OFF")
    lived = _live(program, clock, wanted, tell, stop)
    write_whole(folder / DEMO_MARK, json.dumps(_mark(wanted)).encode())
    for name in (KIST_DB, DOCUMENTS_DB, LOCAL_DB):
        sync_file(folder / name)
    return lived


def _live(
    program: OpenProgram, clock: SteppingClock, wanted: Demonstration, tell: Tell, stop: Stop
) -> Lived:
    stage = Stage(
        gate=program.gate,
        asks=program.asks,
        documents=program.documents,
        clock=clock,
        hashed=program.hashed,
        founder=Session(STATION, 0, ANONYMOUS),
    )
    try:
        lived = live(stage, Plan(seed=wanted.seed, until=wanted.until, zone=ZONE), tell, stop)
        program.notes.be(StationIdentity(STATION, lived.branch_id, lived.counter_code))
    finally:
        program.close()
    return lived


def _mark(wanted: Demonstration) -> dict[str, object]:
    return {"kist": "demonstration", "seed": wanted.seed, "until": wanted.until.isoformat()}
