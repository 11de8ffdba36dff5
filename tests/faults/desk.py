"""Gives orders to tellers and looks at what they leave behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.faults.counter import Counter
from tests.faults.library import Plan, environment
from tests.faults.teller import Order

ROOT = Path(__file__).parents[2]


@dataclass
class Told:
    """What a teller said before it ended."""

    asked: list[int] = field(default_factory=list)
    got: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    partial: list[int] = field(default_factory=list)  # refused, and yet something was stored
    status: int = 0
    pid: int = 0

    def hear(self, words: list[str]) -> None:
        """Take over a line."""
        match words:
            case ["pid", number]:
                self.pid = int(number)
            case ["asked", n]:
                self.asked.append(int(n))
            case ["got", n, number]:
                self.got[int(n)] = number
            case ["partial", n]:
                self.partial.append(int(n))
            case ["refused", n, why]:
                self.refused[int(n)] = why
            case ["end", status]:
                self.status = int(status)

    @property
    def killed(self) -> bool:
        """Whether it was ended by SIGKILL."""
        return os.WIFSIGNALED(self.status) and os.WTERMSIG(self.status) == signal.SIGKILL

    @property
    def unanswered(self) -> list[int]:
        """What was asked and has no answer."""
        return [n for n in self.asked if n not in self.got]


class Desk:
    """A process of tellers and the folder that they work on, copied from a fresh one at wish."""

    def __init__(self, template: Path, place: Path, library: Path | None) -> None:
        self._template, self.folder = template, place / "books"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.teller"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment(library),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()

    def anew(self) -> None:
        """Take a fresh copy of the books."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._template, self.folder)

    def told(
        self,
        plan: Plan | None,
        *,
        first: int = 1,
        warm: int = 2,
        most: int = 3,
        keeps: int = 1000,
        kill_at: int = 0,
    ) -> Told:
        """Let a teller work; with `kill_at` it is killed as soon as it has told that many lines."""
        order = Order(str(self.folder), first, warm, most, plan, keeps)
        assert self._process.stdin
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        return self._heard(kill_at)

    def _heard(self, kill_at: int) -> Told:
        told = Told()
        for place, words in enumerate(self._lines()):
            told.hear(words)
            if words[0] == "end":
                return told
            if place == kill_at > 0:
                with suppress(ProcessLookupError):  # it has come to its end by itself
                    os.kill(told.pid, signal.SIGKILL)
        raise AssertionError("the process of tellers ended")

    def _lines(self) -> Iterator[list[str]]:
        assert self._process.stdout
        for line in self._process.stdout:
            yield line.split()


def looked_at(folder: Path, told: Told, base: int = 0) -> int:
    """Hold the books to what was told; ask the unanswered again. Returns how many are stored.

    `base` is how many receipts there were before.
    """
    counter = Counter(folder)
    try:
        stored = counter.stored()
        assert told.got.items() <= stored.items(), "an acknowledged receipt is not there"
        assert stored.keys() <= {*range(1, base + 1), *told.asked}
        assert counter.findings() == ()
        for n in told.unanswered:
            number = counter.post(n).number
            assert counter.post(n).number == number
            assert stored.get(n, number) == number, "an unanswered receipt has two numbers"
        after = counter.stored()
        assert list(after) == sorted(after), "receipts are numbered in another order"
        assert after.keys() == {*range(1, base + 1), *told.asked}
        serials = sorted(int(number.rpartition("-")[2]) for number in after.values())
        assert serials == [*range(1, len(serials) + 1)], "a number is missing"
        assert counter.findings() == ()
        return len(after)
    finally:
        counter.close()
