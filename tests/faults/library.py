"""The small C library that faults files below SQLite; built where there is a compiler."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PRELOAD = "KIST_FAULTY_LIBRARY"
KINDS = {"write": 1, "sync": 2, "shorten": 3}
WAYS = {"kill": 1, "kill-after": 2, "torn": 3, "full": 4, "fail": 5}
_SOURCE = Path(__file__).with_name("faulty.c")


@dataclass(frozen=True, slots=True)
class Plan:
    """At which call what happens: the `number`-th of its `kind` from the moment it is armed.

    Kinds of files: write, sync, shorten; of the program: begin, statement, commit, answer.
    """

    kind: str
    number: int
    way: str = "kill"

    @property
    def below(self) -> bool:
        """Whether it is about files, so that the library is needed."""
        return self.kind in KINDS


def built(folder: Path) -> Path | None:
    """Build the library in `folder`; None where there is no compiler or no preloading."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or os.name != "posix" or os.uname().sysname != "Linux":
        return None
    made = folder / "faulty.so"
    words = [compiler, "-shared", "-fPIC", "-O2", "-o", str(made), str(_SOURCE), "-ldl"]
    subprocess.run(words, check=True, capture_output=True)
    return made


def environment(library: Path | None) -> dict[str, str]:
    """The environment of a process that is to be faulted."""
    if library is None:
        return dict(os.environ)
    return {**os.environ, "LD_PRELOAD": str(library), PRELOAD: str(library)}


def arm(plan: Plan) -> None:
    """Let the plan happen from now on, in this process."""
    _loaded().fault_arm(KINDS[plan.kind], plan.number, WAYS[plan.way])


def disarm() -> None:
    """Let nothing happen any more."""
    _loaded().fault_arm(0, 0, 0)


def _loaded() -> ctypes.CDLL:
    return ctypes.CDLL(os.environ[PRELOAD])
