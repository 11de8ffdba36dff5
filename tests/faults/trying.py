"""Puts a fault in place, lets a teller run into it and looks at the books. Used by both tiers."""

from __future__ import annotations

import random
from pathlib import Path

from app.domain.errors import StoreTrouble
from app.paths import KIST_DB
from tests.faults.counter import Counter
from tests.faults.desk import Desk, Told, looked_at
from tests.faults.plans import Place

MANY = 200  # so many receipts on one loan are enough: fresh books from there on


def kill_at(desk: Desk, place: Place) -> Told:
    """Kill a teller at a place; the books must be whole and answer for everything."""
    desk.anew()
    told = desk.told(place.plan, keeps=place.keeps)
    looked_at(desk.folder, told)
    return told


def kill_at_moments(desk: Desk, times: int, chance: random.Random) -> int:
    """Kill tellers one after another on the same books, at any moment; returns how many died."""
    stored, killed = MANY, 0
    for _ in range(times):
        if stored >= MANY:
            desk.anew()
            stored = 0
        told = desk.told(
            None,
            first=stored + 1,
            warm=0,
            most=MANY,
            keeps=chance.choice((1, 20, 1000)),
            kill_at=chance.randint(1, 40),
        )
        stored = looked_at(desk.folder, told, stored)
        killed += told.killed
    return killed


def run_out(desk: Desk, place: Place) -> Told:
    """Let the disk be full (or not sync) at a place; it goes on once there is room."""
    desk.anew()
    told = desk.told(place.plan, keeps=place.keeps)
    assert not told.killed
    assert told.status == 0, f"the teller ended with {told.status}"
    assert told.partial == []
    assert looked_at(desk.folder, told) == len(told.asked)
    return told


def flip(folder: Path, times: int, chance: random.Random) -> list[int]:
    """Flip single bits of the books, one at a time; returns where the check did not find it."""
    file = folder / KIST_DB
    whole = file.read_bytes()
    missed = []
    for _ in range(times):
        at = chance.randrange(len(whole))
        bad = bytearray(whole)
        bad[at] ^= 1 << chance.randrange(8)
        file.write_bytes(bad)
        if not _is_found(folder):
            missed.append(at)
    file.write_bytes(whole)
    return missed


def _is_found(folder: Path) -> bool:
    try:
        counter = Counter(folder)
    except StoreTrouble:
        return True
    try:
        return bool(counter.findings())
    except StoreTrouble:
        return True
    finally:
        counter.close()
