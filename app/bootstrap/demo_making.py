"""Makes the demonstration branch whole beside its place, then puts it there at once."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from app.adapters.clock import SteppingClock
from app.adapters.vault import NoVault
from app.bootstrap.demonstrating import LIGHT, ZONE, Demonstration, is_made, mark_of
from app.bootstrap.program import DIGESTS, OpenProgram, World
from app.demo import Lived, Plan, Stage, live
from app.domain.errors import StoreTrouble
from app.paths import DEMO_MARK, DOCUMENTS_DB, KIST_DB, LOCAL_DB
from app.ports import ANONYMOUS, Session, Stop
from app.ports.program import Tell
from app.store.create import create
from app.store.document_bytes import DocumentBytes
from app.store.files import sync_file, sync_folder, write_whole
from app.store.folder import Folder
from app.store.keys import KeyFile, new_key, seeded, subkey
from app.store.local import Local, StationIdentity
from app.store.lock import FolderLock

STATION = 1


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
    write_whole(folder / DEMO_MARK, json.dumps(mark_of(wanted)).encode())
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
        plan = Plan(wanted.seed, wanted.until, ZONE, wanted.months, wanted.borrowers, wanted.large)
        lived = live(stage, plan, tell, stop)
        program.notes.be(StationIdentity(STATION, lived.branch_id, lived.counter_code))
    finally:
        program.close()
    return lived
