"""Planned backups: when one is due, what is kept, and what the keeper makes by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.commands.branch import CloseDay
from app.ports import Progress, Stop
from app.ports.program import BackupMade, Tell
from tests.services.branch import OPENED, House
from tests.ui.places import HouseProgram, station
from ui.kit.tasks import Stop as NeverStop
from ui.parts.backups import (
    FOLDER,
    BackupPlan,
    is_due,
    keep_plan,
    last_made_at,
    make_backup,
    plan_of,
)
from ui.shell.backups import BackupKeeper

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


class WritingProgram(HouseProgram):
    """A program whose backups are small files."""

    made = 0

    def backup(self, to: Path, tell: Tell, stop: Stop) -> BackupMade:
        self.made += 1
        path = to / f"kist-{self.made:02d}.kist-backup"
        path.write_bytes(b"backup")
        return BackupMade(path, 6, "b" * 64, 10, 5)


def quiet(_now: Progress) -> None:
    """Nobody looks."""


def test_one_is_due_after_so_many_hours() -> None:
    plan = BackupPlan(hours=4)
    assert is_due(plan, None, NOW)
    assert is_due(plan, NOW - timedelta(hours=4), NOW)
    assert not is_due(plan, NOW - timedelta(hours=3, minutes=59), NOW)
    assert not is_due(BackupPlan(at_close=True), None, NOW)


def test_the_oldest_made_here_go_and_strange_files_stay(branch: House, tmp_path: Path) -> None:
    program = WritingProgram(branch, tmp_path)
    first, second = tmp_path / "one", tmp_path / "two"
    plan = BackupPlan(keep=3, second=str(second))
    keep_plan(program.settings, plan)
    assert plan_of(program.settings) == plan
    first.mkdir()
    strange = first / "kist-00.kist-backup"
    strange.write_bytes(b"of another branch")
    for _time in range(5):
        make_backup(program, plan, str(first), quiet, NeverStop())
    names = ["kist-03.kist-backup", "kist-04.kist-backup", "kist-05.kist-backup"]
    assert sorted(path.name for path in first.iterdir()) == [strange.name, *names]
    assert sorted(path.name for path in second.iterdir()) == names
    assert last_made_at(program.settings) == branch.clock.now()


def test_closing_the_day_makes_the_planned_backup(
    qtbot: QtBot, branch: House, tmp_path: Path
) -> None:
    manager = station(qtbot, branch, "manager", tmp_path)
    manager.settings.set(FOLDER, str(tmp_path / "disk"))
    keep_plan(manager.settings, BackupPlan(at_close=True))
    keeper = BackupKeeper(manager, manager)
    with qtbot.waitSignal(manager.said, timeout=20_000) as said:
        manager.desk.ask(manager, CloseDay(on=OPENED), manager.desk.key())
    assert "verified" in said.args[0]
    assert last_made_at(manager.settings) is not None
    keeper.look(closed=False)
