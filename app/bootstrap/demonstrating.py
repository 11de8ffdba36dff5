"""The demonstration branch: whether it is there, and how it is opened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.adapters.clock import ShiftedClock, SteppingClock, SystemClock
from app.adapters.passwords import Argon2Passwords
from app.adapters.vault import DerivedVault
from app.bootstrap.program import OpenProgram, World
from app.bootstrap.receipt_signing import RECEIPT_KEY
from app.paths import DEMO_MARK
from app.ports import Clock
from app.store.folder import Folder
from app.store.keys import KeyFile
from app.store.local import Local
from app.store.lock import FolderLock

ZONE = "Asia/Kolkata"
SEED = 20260401
LARGE_MONTHS, LARGE_BORROWERS = 24, 1200
KIST, DEMONSTRATION = "kist", "demonstration"
STEP = timedelta(milliseconds=250)  # of a clock that is put, from one question to the next
# Nothing in the demonstration is secret: its password is shown, its hash need not be slow.
LIGHT = Argon2Passwords(passes=1, memory_kib=64, lanes=1)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was asked for: the same seed and day give the same branch to the last hash.

    It has about so many `borrowers` and so many `months` behind it.
    """

    seed: int
    until: date
    months: int = 9
    borrowers: int = 150
    large: bool = False  # sixty centres, eight officers, their meetings


def asked(seed: int | None, until: date | None, *, large: bool = False) -> Demonstration:
    """The demonstration of these options; by default it has come up to today."""
    day = until or SystemClock().today(ZONE)
    of_seed = SEED if seed is None else seed
    if large:
        return Demonstration(of_seed, day, LARGE_MONTHS, LARGE_BORROWERS, large=True)
    return Demonstration(of_seed, day)


def is_made(folder: Path, wanted: Demonstration | None = None) -> bool:
    """Whether a finished demonstration lies there (that very one, where `wanted` is given)."""
    said = _said(folder)
    if said.get(KIST) != DEMONSTRATION:
        return False
    return wanted is None or said == mark_of(wanted)


def mark_of(wanted: Demonstration) -> dict[str, object]:
    """What the mark in the folder says."""
    mark: dict[str, object] = {
        KIST: DEMONSTRATION,
        "seed": wanted.seed,
        "until": wanted.until.isoformat(),
    }
    return {**mark, "large": True} if wanted.large else mark


def open_demonstration(folder: Path) -> OpenProgram:
    """Open a finished demonstration; its clock never stands before the day it has come up to."""
    return _opened(folder, _clock_from(date.fromisoformat(str(_said(folder)["until"]))))


def open_to_play(folder: Path) -> tuple[OpenProgram, SteppingClock]:
    """Open one with a clock that goes where it is put: to play on, whatever day it is."""
    until = date.fromisoformat(str(_said(folder)["until"]))
    clock = SteppingClock(datetime.combine(until, time(12), ZoneInfo(ZONE)), STEP)
    return _opened(folder, clock), clock


def _opened(folder: Path, clock: Clock) -> OpenProgram:
    lock = FolderLock(folder)
    keys = KeyFile.load(folder)
    files = Folder(folder, keys.by_open_key())
    files.bring_up()  # it may have been made by an older version
    world = World(clock, DerivedVault(files.key, RECEIPT_KEY), LIGHT, DEMONSTRATION)
    return OpenProgram(files, keys, world, Local(files.local(), world.clock), lock)


def _said(folder: Path) -> dict[str, object]:
    """What the mark says; nothing where there is none, or another program's file of that name."""
    try:
        said = json.loads((folder / DEMO_MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _clock_from(until: date) -> Clock:
    ahead = until - SystemClock().today(ZONE)
    return ShiftedClock(ahead) if ahead > timedelta(0) else SystemClock()
