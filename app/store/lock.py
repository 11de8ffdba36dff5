"""One program at a time on the embedded files of a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from app.domain.errors import StoreTrouble
from app.paths import LOCK_FILE

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PID_SIGNS = 21
_BEYOND = 1 << 20  # the byte that is locked; Windows would hide the process id otherwise


class FolderLock:
    """Held while the folder is open; the system lets go of it when the program dies."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises StoreTrouble (`why` in-use, `pid` of the other one)."""
        folder.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError as error:
            holder = os.read(self._handle, _PID_SIGNS)
            os.close(self._handle)
            raise StoreTrouble(why="in-use", pid=holder.decode().strip()) from error
        os.write(self._handle, b"%*d\n" % (_PID_SIGNS - 1, os.getpid()))

    def release(self) -> None:
        """Let go; a second time does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.release()


def _lock(handle: int) -> None:
    """Take the lock or raise OSError at once."""
    if sys.platform == "win32":
        os.lseek(handle, _BEYOND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
