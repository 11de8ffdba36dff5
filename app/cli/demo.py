"""`kist demo` without a window: the demonstration made anew, and a whole day played in it."""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import date
from pathlib import Path
from typing import TextIO

from app.bootstrap.demo_making import make
from app.bootstrap.demonstrating import ZONE, Demonstration, asked, is_made, open_to_play
from app.cli.keeping import Never, told
from app.demo.day_counter import collect
from app.demo.day_ends import begin, end
from app.demo.day_field import chase
from app.demo.day_lending import lend
from app.demo.playing import Doors, Playing
from app.demo.table import Done, lines
from app.domain.errors import StoreTrouble, ValueRefused
from app.ports import Progress
from app.texts import _
from app.texts.figures import count, day

FOLDER = "kist-demo"


def demo(options: argparse.Namespace, out: TextIO) -> int:
    """Make the branch, play a day, print what was done and where, and verify.

    Exit code 0 where the books are whole, 1 where they are not. Only a folder that the
    demonstration made is replaced: StoreTrouble(not-a-demonstration).
    """
    folder = Path(options.out or FOLDER).absolute()
    wanted = asked(options.seed, _day(options.until), large=options.large)
    return make_and_play(folder, wanted, out)


def make_and_play(folder: Path, wanted: Demonstration, out: TextIO) -> int:
    """The same for a folder and a branch; returns the exit code."""
    refuse_foreign(folder)
    with Interrupt() as stop:
        lived = make(folder, wanted, _say, stop)
    said = _(
        "A demonstration branch has come up to {day}: {borrowers} borrowers, {loans} loans,"
        " {receipts} receipts. Nobody in it is real."
    )
    out.write(
        said.format(
            day=day(wanted.until),
            borrowers=count(lived.borrowers),
            loans=count(lived.loans),
            receipts=count(lived.receipts),
        )
        + "\n\n"
    )
    return _play(folder, wanted, out)


class Interrupt:
    """Ctrl+C asks to stop after the day that is being lived; what was made goes away."""

    def __init__(self) -> None:
        self._asked, self._before = False, signal.getsignal(signal.SIGINT)

    def wanted(self) -> bool:
        """Whether somebody asked to stop."""
        return self._asked

    def __enter__(self) -> Interrupt:
        signal.signal(signal.SIGINT, self._heard)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _heard(self, _number: int, _frame: object) -> None:
        self._asked = True


def refuse_foreign(folder: Path) -> None:
    """Raise StoreTrouble where something lies there that the demonstration did not make."""
    if not folder.exists() or is_made(folder):
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise StoreTrouble(why="not-a-demonstration", path=str(folder))


def _play(folder: Path, wanted: Demonstration, out: TextIO) -> int:
    program, clock = open_to_play(folder)
    try:
        doors = Doors(
            gate=program.gate,
            asks=program.asks,
            documents=program.documents,
            papers=program.papers,
            clock=clock,
            sign_in=program.sign_in,
            zone=ZONE,
        )
        playing = Playing(doors, folder, wanted.seed, wanted.until)
        for scene in (begin, lend, collect, chase, end):
            scene(playing)
        heads = Done(_("When"), _("Who"), _("What"), _("Figures"), _("Where"))
        for line in lines(heads, playing.done):
            out.write(line + "\n")
        out.write("\n" + _("Everything lies in {folder}.").format(folder=folder) + "\n")
        out.flush()
        return told(program.verify(_say, Never()))
    finally:
        program.close()


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueRefused(field="until", why="not-a-day", given=text) from None


def _say(progress: Progress) -> None:
    sys.stderr.write(progress.say + "\n")
