"""Writers of one embedded file, one after the other in the order they came."""

from __future__ import annotations

from collections import deque
from threading import Event, Lock


class WriterQueue:
    """SQLite lets whoever asks at the right moment write; here nobody starves."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Event] = deque()
        self._taken = False

    def enter(self, seconds: int) -> bool:
        """Wait for the turn, `seconds` at the most; False means it did not come."""
        turn = Event()
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            self._waiting.append(turn)
        return turn.wait(seconds) or self._came_late(turn)

    def leave(self) -> None:
        """Hand the turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False

    def _came_late(self, turn: Event) -> bool:
        """Give the place up, unless the turn came in the same moment."""
        with self._guard:
            if turn.is_set():
                return True
            self._waiting.remove(turn)
            return False
