"""Waiting out a cut line: the same question, or the same change under its key, asked again."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition
from typing import TypeVar

from app.domain.errors import StoreTrouble

T = TypeVar("T")

LINE_CUT = "gone"  # of a StoreTrouble: nobody knows whether a commit arrived
# What the server may say of a transaction that the cut left behind there, until it lets go of it.
LEFT_BEHIND = frozenset({LINE_CUT, "locked", "conflict"})
WAITS = (0.0, 0.3, 0.6, 1.2, 2.5, 5.0)  # seconds; the last one again and again


class Patience:
    """Shared by all threads of a desk. Without `waits` every trouble is told at once."""

    def __init__(self, told: Callable[[], None]) -> None:
        """`told` hears, on the asking thread, of each time the line was found cut."""
        self._told = told
        self._turn = Condition()
        self._ended = False
        self.waits = False  # whether there is a line that comes back

    def asked(self, job: Callable[[], T]) -> T:
        """What `job` gives, however often it must be asked. Raises what it refuses.

        A cut line is an answer only once this has ended.
        """
        cut = 0
        while True:
            try:
                return job()
            except StoreTrouble as trouble:
                why = str(trouble.params.get("why"))
                if not self.waits or why not in (LEFT_BEHIND if cut else {LINE_CUT}):
                    raise
                if self._ended:
                    raise StoreTrouble(why=LINE_CUT) from trouble
            self._told()
            self._wait(WAITS[min(cut, len(WAITS) - 1)])
            cut += 1

    def wake(self) -> None:
        """The line is back: whoever waits asks now."""
        with self._turn:
            self._turn.notify_all()

    def end(self) -> None:
        """Nobody waits any more."""
        with self._turn:
            self._ended = True
            self._turn.notify_all()

    def _wait(self, seconds: float) -> None:
        with self._turn:
            if seconds and not self._ended:
                self._turn.wait(seconds)
