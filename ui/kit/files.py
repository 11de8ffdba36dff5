"""Files that leave the program: whole in their place, or not there at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import PaperTrouble


def put_whole(write: Callable[[BinaryIO], bool], to: Path) -> bool:
    """Write beside the place and put it there once `write` says that it is whole.

    Raises PaperTrouble (cannot-write).
    """
    part = to.with_name(f".{to.name}.part")
    try:
        with part.open("wb") as file:
            whole = write(file)
        if whole:
            os.replace(part, to)
        else:
            part.unlink(missing_ok=True)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise PaperTrouble(why="cannot-write", path=str(to)) from error
    return whole
