"""`python -m tests.mutation [--module NAME ...] [--sample N] [--seed S]`: what do the tests notice?

The tree is copied to a folder of its own first; nothing is ever changed in it but in memory.
1 if fewer than nine in ten mistakes are noticed, or a survivor has no reason in survivors.json.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import hypothesis  # noqa: F401 -- loaded before the children are made

from tests.mutation.histories import History, agreed, histories
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.telling import Outcome, kept, key_of, noticed_in, recorded, say, told
from tests.mutation.trial import SLOW, SURVIVED, quick, tried

MODULES = ("schedule", "runs", "level", "spans", "charging", "allocation", "ageing")
FIRST, HISTORIES = 120, 1000  # how many a mistake meets before the tests, and in all
SECONDS, SLOW_SECONDS = 15, 400
A_FEW = 4  # seconds for the first histories, that take a fifth of one
PARTS = ("app", "tests", "resources", "pyproject.toml")


def main() -> int:
    """Copy the tree and work in the copy, or do the work where the copy is."""
    asked = _asked()
    if asked.copied:
        return _work(asked)
    here = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="kist-mutation-") as place:
        ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
        for part in map(Path, PARTS):
            if part.is_dir():
                shutil.copytree(part, Path(place) / part, ignore=ignore)
            else:
                shutil.copy(part, place)
        words = [sys.executable, "-m", "tests.mutation", "--copied", str(here), *sys.argv[1:]]
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return subprocess.run(words, cwd=place, check=False, env=env).returncode


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--module", action="append", choices=MODULES, help="these modules alone")
    parser.add_argument("--sample", type=int, help="only so many mistakes, drawn by chance")
    parser.add_argument("--seed", type=int, default=1, help="of the draw and of the order")
    parser.add_argument("--deep", action="store_true", help="survivors to the slow tests too")
    parser.add_argument("--again", type=Path, help="only the survivors of an earlier --json")
    parser.add_argument("--histories", type=int, default=HISTORIES, help="how many each meets")
    parser.add_argument("--no-tests", action="store_true", help="the histories alone")
    parser.add_argument("--json", type=Path, help="where each outcome is written, a line each")
    parser.add_argument("--go-on", action="store_true", help="those not yet noticed in --json")
    parser.add_argument("--record", action="store_true", help="write the counts to record.json")
    parser.add_argument("--copied", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _work(asked: argparse.Namespace) -> int:
    lives = agreed(histories(asked.histories))
    files = [] if asked.no_tests else _passing()
    drawn = _drawn(asked)
    say(f"{len(drawn)} mistakes; {len(lives)} histories, {len(files)} files of tests")
    before = noticed_in(asked.copied / asked.json) if asked.go_on else {}
    outcomes = [Outcome(one, before[one]) for one in drawn if one in before]
    begun = time.monotonic()
    for place, mutant in enumerate((one for one in drawn if one not in before), start=1):
        outcome = Outcome(mutant, _tried(mutant, lives, files, deep=asked.deep))
        outcomes.append(outcome)
        if asked.json:
            kept(asked.copied / asked.json, outcome)
        if place % 50 == 0:
            killed = sum(one.said != SURVIVED for one in outcomes)
            say(f"  {place}: {killed} of {len(outcomes)} noticed, {time.monotonic() - begun:.0f} s")
    if asked.record:
        recorded(asked.copied, outcomes, asked.seed)
    return told(outcomes)


def _passing() -> list[str]:
    """The quick tests that pass on the tree as it is; the others can show nothing."""
    path, there = Path("app/domain/ageing.py"), quick()
    passing = [name for name in there if tried(path, None, [], [name], SECONDS) == SURVIVED]
    for name in there:
        if name not in passing:
            say(f"left out, it fails without any mistake: {name}")
    return passing


def _drawn(asked: argparse.Namespace) -> Sequence[Mutant]:
    """The mistakes to try, in an order by chance so that a part of a run says something too."""
    every = [one for module in asked.module or MODULES for one in _of_module(module)]
    if asked.again:
        before = map(Outcome.of, (asked.copied / asked.again).read_text("utf-8").splitlines())
        left = {key_of(one.mutant) for one in before if one.said == SURVIVED}
        return [one for one in every if key_of(one) in left]
    random.Random(asked.seed).shuffle(every)
    return every[: asked.sample]


def _of_module(module: str) -> Iterator[Mutant]:
    yield from mutants(module, _path(module).read_text("utf-8"))


def _tried(mutant: Mutant, lives: Sequence[History], files: Sequence[str], *, deep: bool) -> str:
    """The cheapest first: some histories, the quick tests, the other histories, the slow tests."""
    path, number = _path(mutant.module), mutant.number
    said = tried(path, number, lives[:FIRST], [], A_FEW)
    if said == SURVIVED and files:
        said = tried(path, number, [], files, SECONDS)
    if said == SURVIVED:
        said = tried(path, number, lives[FIRST:], [], SECONDS)
    if said == SURVIVED and deep:
        said = tried(path, number, [], SLOW, SLOW_SECONDS)
    return said


def _path(module: str) -> Path:
    return Path("app/domain") / f"{module}.py"


if __name__ == "__main__":
    sys.exit(main())
