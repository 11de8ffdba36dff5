"""`python -m tests.mutation [MODULE ...] [--sample N]`: how many mistakes the tests notice.

The tree is copied to a folder of its own first; nothing is ever changed in it but in memory.
1 if fewer than nine in ten are noticed, or a survivor has no reason in survivors.json.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import hypothesis  # noqa: F401 -- loaded before the children are made

from tests.mutation.histories import History, agreed, histories
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.trial import QUICK, SLOW, SURVIVED, tried

MODULES = ("schedule", "runs", "level", "spans", "charging", "allocation", "ageing")
LEAST = 0.9
HISTORIES = 150  # of each sort
SECONDS, SLOW_SECONDS = 60, 400
REASONS = Path(__file__).with_name("survivors.json")


class Outcome(NamedTuple):
    """A mutant and what became of it."""

    mutant: Mutant
    said: str


def main() -> int:
    """Copy the tree and work in the copy, or do the work where the copy is."""
    asked = _asked()
    if asked.copied:
        return _work(asked)
    with tempfile.TemporaryDirectory(prefix="kist-mutation-") as place:
        ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
        for part in ("app", "tests", "resources"):
            shutil.copytree(part, Path(place) / part, ignore=ignore)
        words = [sys.executable, "-m", "tests.mutation", "--copied", *sys.argv[1:]]
        return subprocess.run(words, cwd=place, check=False).returncode


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*", default=MODULES, metavar="MODULE")
    parser.add_argument("--sample", type=int, help="only so many mistakes, drawn by chance")
    parser.add_argument("--deep", action="store_true", help="survivors to the slow tests too")
    parser.add_argument("--json", type=Path, help="where each outcome is written as well")
    parser.add_argument("--copied", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _work(asked: argparse.Namespace) -> int:
    lives = agreed(histories(HISTORIES))
    files = _passing()
    drawn = list(_drawn(asked.modules, asked.sample))
    _say(f"{len(drawn)} mistakes; {len(lives)} histories, {len(files)} files of tests")
    outcomes = []
    begun = time.monotonic()
    for place, mutant in enumerate(drawn, start=1):
        outcomes.append(Outcome(mutant, _tried(mutant, lives, files, deep=asked.deep)))
        if place % 50 == 0:
            killed = sum(one.said != SURVIVED for one in outcomes)
            _say(f"  {place}: {killed} noticed, {time.monotonic() - begun:.0f} s")
    if asked.json:
        asked.json.write_text(json.dumps([[*o.mutant.__dict__.values(), o.said] for o in outcomes]))
    return _told(outcomes)


def _passing() -> list[str]:
    """The quick tests that pass on the tree as it is; the others can show nothing."""
    path = Path("app/domain/ageing.py")
    there = [name for name in QUICK if Path(f"tests/domain/{name}.py").exists()]
    passing = [name for name in there if tried(path, None, [], [name], SECONDS) == SURVIVED]
    for name in there:
        if name not in passing:
            _say(f"left out, it fails without any mistake: {name}")
    return passing


def _drawn(modules: Sequence[str], sample: int | None) -> Iterator[Mutant]:
    every = [
        mutant for module in modules for mutant in mutants(module, _path(module).read_text("utf-8"))
    ]
    if sample is None or sample >= len(every):
        return iter(every)
    return iter(random.Random(sample).sample(every, sample))


def _tried(mutant: Mutant, lives: Sequence[History], files: Sequence[str], *, deep: bool) -> str:
    path = _path(mutant.module)
    said = tried(path, mutant.number, lives, files, SECONDS)
    if said == SURVIVED and deep:
        return tried(path, mutant.number, [], SLOW, SLOW_SECONDS)
    return said


def _path(module: str) -> Path:
    return Path("app/domain") / f"{module}.py"


def _told(outcomes: Sequence[Outcome]) -> int:
    """Print the share of each module and the survivors with their reasons."""
    reasons = {
        (o["module"], o["text"], o["what"]): o["why"] for o in json.loads(REASONS.read_text())
    }
    left = [one.mutant for one in outcomes if one.said == SURVIVED]
    unexplained = 0
    for mutant in left:
        why = reasons.get((mutant.module, mutant.text, mutant.what))
        unexplained += why is None
        _say(f"{mutant.module}:{mutant.line}: {mutant.what} | {mutant.text} | {why or 'NO REASON'}")
    for module in dict.fromkeys(one.mutant.module for one in outcomes):
        _say(_share(module, [one for one in outcomes if one.mutant.module == module]))
    _say(_share("all", outcomes) + f"; {len(left) - unexplained} explained, {unexplained} not")
    noticed = 1 - len(left) / len(outcomes) if outcomes else 0
    return int(noticed < LEAST or unexplained > 0)


def _share(name: str, outcomes: Sequence[Outcome]) -> str:
    noticed = sum(one.said != SURVIVED for one in outcomes)
    return f"{name}: {noticed}/{len(outcomes)} noticed, {100 * noticed / len(outcomes):.1f} %"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
