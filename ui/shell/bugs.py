"""Bugs are owned up to: a line in a file without personal data, a sentence, the form kept."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

FILE = "bugs.txt"
LARGEST = 200_000


class Bugs(QObject):
    """Takes what nobody caught. Call `install` once."""

    happened = Signal(object)  # the exception

    def __init__(self, folder: Path, stamp: Callable[[], str]) -> None:
        super().__init__()
        self._folder, self._stamp = folder, stamp

    def install(self) -> None:
        """Become the exception hook of this process."""
        sys.excepthook = self.take

    def take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Write it down and tell; Ctrl+C ends the program as ever."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.note(error, trace)
        self.happened.emit(error)

    def note(self, error: BaseException, trace: TracebackType | None = None) -> None:
        """Write where it happened. What was in the variables and the message stays unsaid."""
        text = report(error, trace or error.__traceback__, self._stamp())
        path = self._folder / FILE
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            kept = path.read_text("utf-8") if path.exists() else ""
            path.write_text((kept + text)[-LARGEST:], "utf-8")
        except OSError:
            sys.stderr.write(text)


def report(error: BaseException, trace: TracebackType | None, stamp: str) -> str:
    """Kind of error and the places it came through: no message, no values, no home folder."""
    lines = [f"{stamp} {type(error).__module__}.{type(error).__qualname__}"]
    for frame in traceback.extract_tb(trace):
        parts = Path(frame.filename).parts[-3:]
        lines.append(f"  {'/'.join(parts)}:{frame.lineno} {frame.name}")
    return "\n".join(lines) + "\n"
