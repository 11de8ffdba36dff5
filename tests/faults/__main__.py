"""`python -m tests.faults`: the full tier; 1 if the books are not whole after one of its places."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import uuid4

from app.services.all import REGISTRY
from tests.databases import RUN, stop_postgres
from tests.faults.acts import missing, told
from tests.faults.counter import made
from tests.faults.cuts import WHOLE as WHOLE_LINE
from tests.faults.cuts import CutCounter, cut_at_moments, databases_in, everywhere, go_silent
from tests.faults.desk import Desk, Told
from tests.faults.library import built
from tests.faults.plans import WHOLE, Place, of_files, of_room, of_the_program
from tests.faults.story import STORY
from tests.faults.trying import flip, kill_at, kill_at_moments, run_out


def main() -> int:
    """Try everything and say what failed."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        cut_off = _cut_everywhere(place)
        _every_command(place / "story")
        template, library = made(place / "template"), built(place)
        with Desk(template, place, library) as desk:
            failed = _everywhere(desk, "killed in the program", kill_at, of_the_program(WHOLE))
            if library is None:
                _say("files were not faulted: there is no C compiler")
            else:
                failed += _everywhere(desk, "killed in a file", kill_at, of_files(WHOLE))
                failed += _everywhere(desk, "no room, no sync", run_out, of_room(WHOLE))
            killed = kill_at_moments(desk, WHOLE.moments, random.Random(1))
            _say(f"killed at any moment: {killed} of {WHOLE.moments} died, every receipt is there")
        missed = flip(template, WHOLE.flips, random.Random(2))
    _say(f"flipped bits: {WHOLE.flips - len(missed)} of {WHOLE.flips} found {missed or ''}")
    return int(bool(failed or missed or cut_off))


def _every_command(folder: Path) -> None:
    """Kill every command of a story wherever it writes; an AssertionError ends the tier."""
    tally = told(folder, STORY)
    left = missing(tally, REGISTRY.commands)
    _say(f"killed where they write: {len(tally.kills)} commands, {tally.total} times, none harmed")
    _say(f"commands that the story does not come to: {', '.join(left)}")


def _cut_everywhere(folder: Path) -> int:
    """Cut the line to a PostgreSQL everywhere, round after round; returns how many failed."""
    os.environ.setdefault(RUN, uuid4().hex[:12])
    failed = places = met = taken = 0
    try:
        for number in range(WHOLE_LINE.rounds):
            with CutCounter.opened(databases_in(folder), folder) as counter:
                try:
                    tried, reached = everywhere(counter, WHOLE_LINE)
                    taken += _under_four(counter, random.Random(number))
                except AssertionError as error:
                    failed += 1
                    _say(f"FAILED {error}")
                else:
                    places, met = places + tried, met + reached
    finally:
        stop_postgres()
    cuts = WHOLE_LINE.rounds * WHOLE_LINE.moments
    _say(f"line cut at a piece of a receipt: {places} places, {met} were reached")
    _say(f"line cut under four cashiers: {cuts} times, {taken} receipts")
    _say(f"rounds in which a receipt was lost, was there twice or harmed the books: {failed}")
    return failed


def _under_four(counter: CutCounter, chance: random.Random) -> int:
    """Cut and silence the line under four cashiers; returns how many receipts were taken."""
    taken = cut_at_moments(counter, WHOLE_LINE.moments, chance)
    for _ in range(WHOLE_LINE.silences):
        go_silent(counter)
    counter.whole()
    return taken


def _everywhere(
    desk: Desk, name: str, trial: Callable[[Desk, Place], Told], places: Iterable[Place]
) -> int:
    """Try every place; returns how many failed. Later places may lie behind the last call."""
    met = tried = failed = 0
    for place in places:
        tried += 1
        try:
            told = trial(desk, place)
        except AssertionError as error:
            failed += 1
            _say(f"FAILED {place}: {error}")
        else:
            met += told.killed or bool(told.refused)
    _say(f"{name}: {tried} places, {met} were reached, {failed} failed")
    return failed


def _say(line: str) -> None:
    sys.stdout.write(line.rstrip() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
