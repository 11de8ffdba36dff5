"""Opens a backup in an empty folder. It never overwrites, and finishes or leaves no trace.

What comes out is the branch as it was, without local.db: the program then opens as a new station
with a new counter code and closes the old chain, so that no number is used twice.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import StoreTrouble
from app.paths import DOCUMENTS_DB, KEYS_JSON, KIST_DB, LOCAL_DB
from app.ports import Progress
from app.store.container import FILES, Container, Manifest, opened
from app.store.copying import looked_through
from app.store.files import sync_file, sync_folder, trouble_with_file, write_whole
from app.store.folder import Folder, refuse_risky_place
from app.store.keys import KeyFile
from app.texts import _

_STAGING, _READY = ".restoring", "ready"
# Keys last: a folder without them holds no branch yet.
_ORDER = (DOCUMENTS_DB, KIST_DB, KEYS_JSON)

Tell = Callable[[Progress], None]
Unlock = Callable[[KeyFile], bytes]


@dataclass(frozen=True, slots=True)
class Restored:
    """A folder that holds the branch of a backup, and what the backup said of itself."""

    folder: Folder
    manifest: Manifest


def restore(backup: Path, to: Path, unlock: Unlock, tell: Tell) -> Restored:
    """Put the branch of `backup` into the folder `to`; `unlock` gets the key from its keys.

    Raises what `unlock` raises, WrongKey, and StoreTrouble (`why` exists, backup-bad, newer,
    network, synchronised, full …). Until the last step nothing stands in the folder.
    """
    refuse_risky_place(to)
    finish_interrupted(to)
    if any((to / name).exists() for name in (*_ORDER, LOCAL_DB)):
        raise StoreTrouble(why="exists", path=str(to))
    staging = to / _STAGING
    try:
        with opened(backup) as packed:
            tell(Progress(0, 3, _("Opening the backup.")))
            key = unlock(KeyFile.read(packed.keys))
            if not packed.manifest.is_sealed_by(key):
                raise StoreTrouble(why="backup-bad")
            staging.mkdir(parents=True)
            _stage(packed, key, staging, tell)
            manifest = packed.manifest
        tell(Progress(2, 3, _("Putting the branch in place.")))
        write_whole(staging / _READY, b"")
        _move(to)
    except OSError as error:
        raise trouble_with_file(error) from error
    finally:
        if not (staging / _READY).exists():
            shutil.rmtree(staging, ignore_errors=True)
    return Restored(Folder(to, key), manifest)


def finish_interrupted(folder: Path) -> None:
    """Finish a restore that was killed while it moved files, or clear one that came less far.

    Whoever opens a folder calls this first.
    """
    staging = folder / _STAGING
    if (staging / _READY).exists():
        _move(folder)
    elif staging.exists():
        shutil.rmtree(staging, ignore_errors=True)


def _stage(packed: Container, key: bytes, staging: Path, tell: Tell) -> None:
    """Copy everything out and look through it. Raises StoreTrouble."""
    for name in FILES:
        with open(staging / name, "xb") as file:
            packed.copy_out(name, file)
        sync_file(staging / name)
    tell(Progress(1, 3, _("Counting what the backup holds.")))
    for name in FILES:
        rows, heads = looked_through(key, name, staging / name)
        if dict(rows) != dict(packed.manifest.files[name].rows):
            raise StoreTrouble(why="backup-bad", name=name)
        if name == KIST_DB and heads != packed.manifest.heads:
            raise StoreTrouble(why="backup-bad", name=name)
    write_whole(staging / KEYS_JSON, packed.keys)


def _move(folder: Path) -> None:
    staging = folder / _STAGING
    for name in _ORDER:
        if (staging / name).exists():
            os.replace(staging / name, folder / name)
    sync_folder(folder)
    shutil.rmtree(staging)
