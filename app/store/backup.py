"""Makes a backup, one file, which counts only once it was opened and counted."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.domain.errors import NotAllowedNow, StoreTrouble
from app.paths import KIST_DB
from app.ports import Progress, Stop
from app.ports.program import BackupMade
from app.store import container
from app.store.container import FILES, FORMAT, Manifest, Member
from app.store.copying import copied, looked_through
from app.store.files import put_in_place, trouble_with_file
from app.store.folder import Folder
from app.store.keys import KeyFile
from app.store.wraps import DEMONSTRATION, PASSPHRASE, RECOVERY
from app.texts import _

SUFFIX = ".kist-backup"
_COPIES = ".backup-"
_STEPS = len(FILES) + 2

Tell = Callable[[Progress], None]


def backup(folder: Folder, to: Path, at: datetime, tell: Tell, stop: Stop) -> BackupMade:
    """Copy the books, then the documents, and pack them with the wrapped keys.

    `to` is a file that does not exist yet, or a folder. Raises StoreTrouble, and NotAllowedNow
    (`why` no-recovery-code, or stopped); then no file is left behind.
    """
    keys = KeyFile.load(folder.path)
    if not any(map(keys.opens_by, (RECOVERY, PASSPHRASE, DEMONSTRATION))):
        raise NotAllowedNow(why="no-recovery-code")
    target = to / f"kist-{at:%Y%m%d-%H%M%S}{SUFFIX}" if to.is_dir() else to
    if target.exists():
        raise StoreTrouble(why="exists", path=str(target))
    forget_copies(folder.path)
    part = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix=_COPIES, dir=folder.path) as copies:
            return _made(folder, Path(copies), keys, (target, part), at, _steps(tell, stop))
    except OSError as error:
        raise trouble_with_file(error) from error
    finally:
        part.unlink(missing_ok=True)


def forget_copies(folder: Path) -> None:
    """Take away what a backup that was killed left behind."""
    for left in folder.glob(f"{_COPIES}*"):
        shutil.rmtree(left, ignore_errors=True)


def _made(
    folder: Folder,
    copies: Path,
    keys: KeyFile,
    paths: tuple[Path, Path],
    at: datetime,
    step: Callable[[str], None],
) -> BackupMade:
    members: dict[str, Member] = {}
    for name, say in zip(
        FILES, (_("Copying the books."), _("Copying the documents.")), strict=True
    ):
        step(say)
        rows = copied(folder, name, copies / name)
        members[name] = Member(*container.hashed(copies / name), rows)
    heads = looked_through(folder.key, KIST_DB, copies / KIST_DB)[1]
    manifest = Manifest(FORMAT, at.isoformat(), members, heads, "").sealed(folder.key)
    step(_("Packing the backup."))
    target, part = paths
    container.write(part, manifest, keys.text(), {name: copies / name for name in FILES})
    step(_("Reading the backup again."))
    _read_again(part, manifest, copies)
    put_in_place(part, target)
    sha256, size = container.hashed(target)
    rows = members[KIST_DB].rows
    return BackupMade(target, size, sha256, sum(rows.values()), rows.get("audit", 0))


def _read_again(part: Path, manifest: Manifest, copies: Path) -> None:
    """Check that the packed file gives back every byte. Raises StoreTrouble (backup-bad)."""
    with container.opened(part) as packed:
        if packed.manifest != manifest:
            raise StoreTrouble(why="backup-bad")
        for name in FILES:
            with open(copies / f"{name}.again", "wb") as again:
                packed.copy_out(name, again)


def _steps(tell: Tell, stop: Stop) -> Callable[[str], None]:
    """What says each step, and ends the work where somebody wants that."""
    done = iter(range(_STEPS))

    def step(say: str) -> None:
        if stop.wanted():
            raise NotAllowedNow(why="stopped")
        tell(Progress(next(done), _STEPS, say))

    return step
