"""Backups of this station: when they are due, how many are kept, and how one is made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.errors import PaperTrouble
from app.ports import Progress, Settings, Stop
from app.ports.program import BackupMade, Program

FOLDER, LAST = "backup.folder", "backup.last"
_PLAN, _MADE = "backup.plan", "backup.made"
HOURS = (0, 2, 4, 8, 12, 24)
KEPT = (3, 7, 14, 30)


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """When backups are made by themselves: after closing a day, every so many hours (0 never)."""

    at_close: bool = False
    hours: int = 0
    keep: int = 14
    second: str = ""  # another folder that gets a copy

    @property
    def runs(self) -> bool:
        """Whether any is made by itself."""
        return self.at_close or self.hours > 0


def plan_of(settings: Settings) -> BackupPlan:
    """The plan of this station; call it off the UI thread."""
    text = settings.get(_PLAN)
    return BackupPlan(**json.loads(text)) if text else BackupPlan()


def keep_plan(settings: Settings, plan: BackupPlan) -> None:
    """Keep the plan; call it off the UI thread."""
    settings.set(_PLAN, json.dumps(asdict(plan)))


def is_due(plan: BackupPlan, last_at: datetime | None, now: datetime) -> bool:
    """Whether so many hours have gone since the last backup."""
    if not plan.hours:
        return False
    return last_at is None or now - last_at >= timedelta(hours=plan.hours)


def last_made_at(settings: Settings) -> datetime | None:
    """When this station made its last backup (UTC)."""
    made = _made(settings)
    return datetime.fromisoformat(made[-1][1]) if made else None


def make_backup(
    program: Program, plan: BackupPlan, folder: str, tell: Callable[[Progress], None], stop: Stop
) -> BackupMade:
    """Make one in the folder, copy it to the second, take away the oldest of those made here.

    Only files that this station made are taken away, and only after the new one was verified.
    """
    settings = program.settings
    made = program.backup(folder_of(folder), tell, stop)
    files = [str(made.path)]
    if plan.second:
        files.append(_copied(made.path, folder_of(plan.second)))
    now = program.clock.now().isoformat()
    kept = [*_made(settings), *((file, now) for file in files)]
    most = plan.keep * (1 + bool(plan.second))
    for file, _at in kept[:-most]:
        Path(file).unlink(missing_ok=True)
    settings.set(_MADE, json.dumps(kept[-most:]))
    return made


def folder_of(typed: str) -> Path:
    """The folder, made where it is not there yet. Raises PaperTrouble at `folder`."""
    try:
        Path(typed).mkdir(parents=True, exist_ok=True)
    except OSError:
        raise PaperTrouble(field="folder", why="cannot-write") from None
    return Path(typed)


def _copied(file: Path, to: Path) -> str:
    target = to / file.name
    part = target.with_name(f"{target.name}.part")
    try:
        shutil.copyfile(file, part)
        part.replace(target)
    except OSError:
        raise PaperTrouble(field="second", why="cannot-write") from None
    return str(target)


def _made(settings: Settings) -> list[tuple[str, str]]:
    text = settings.get(_MADE)
    return [(str(file), str(at)) for file, at in json.loads(text)] if text else []
