"""Files that are either the old or the new one, whatever happens in between."""

from __future__ import annotations

import os
from pathlib import Path

from app.domain.errors import StoreTrouble

_PART = ".part"


def write_whole(path: Path, data: bytes) -> None:
    """Write, sync, then put in place. Raises StoreTrouble (`why` full, read-only or gone)."""
    part = path.with_name(path.name + _PART)
    try:
        with open(part, "wb", opener=_owner_only) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        part.unlink(missing_ok=True)
        raise trouble_with_file(error) from error
    put_in_place(part, path)


def put_in_place(part: Path, path: Path) -> None:
    """Give a written and synced file its name, in one step that outlives a power cut."""
    try:
        os.replace(part, path)
        sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise trouble_with_file(error) from error


def sync_file(path: Path) -> None:
    """Bring what was written to a file to the disk."""
    with open(path, "r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring names to the disk; Windows does so by itself and has no such call."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def trouble_with_file(error: OSError) -> StoreTrouble:
    """The refusal that an error of the file system stands for."""
    full = {28, 112, 122}  # ENOSPC, ERROR_DISK_FULL, EDQUOT
    if error.errno in full or getattr(error, "winerror", None) in full:
        return StoreTrouble(why="full")
    return StoreTrouble(why="read-only" if isinstance(error, PermissionError) else "gone")


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
