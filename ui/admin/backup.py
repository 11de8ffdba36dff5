"""Backup now: into a chosen folder, verified by opening and counting before it counts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from app.commands.checks import NoteBackup, NoteBackupTried
from app.ports.program import BackupMade, BackupTried
from app.texts import _
from app.texts.figures import count, moment
from ui.admin.backup_schedule import TRIED, BackupSchedule, tried_said
from ui.admin.part import Part
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.empty import Empty
from ui.kit.field import Field
from ui.kit.figures import Figure
from ui.kit.form import Form
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import Station
from ui.kit.tasks import Report, Stop
from ui.kit.text import note
from ui.kit.theme import theme
from ui.parts.backups import FOLDER, LAST, make_backup, plan_of

WIDTH = 720
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Last:
    """The last backup of this station, as it is kept in its settings."""

    file: str
    at: str  # local time, written out
    size: int
    rows: int
    lines: int


class BackupPart(Part):
    """A folder, a button, what it is doing, and the last one that was good."""

    def __init__(self, station: Station) -> None:
        said = _(
            "A backup holds all books and papers, encrypted. On another PC it opens with the "
            "recovery code. Keep it on another disk than this one."
        )
        super().__init__(station, _("Backup"), said)
        self.action_set.show(self._actions())
        folder = Field(name="folder", label=_("Folder"), span=2, length=400)
        self.form = Form([folder])
        self.form.submitted.connect(self.make)
        self.progress = ProgressCard()
        self.verified = Figure(_("Verified"), size="lead")
        self.volume = Figure(_("Size"), size="lead")
        self.rows = Figure(_("Rows"), size="lead")
        self.lines = Figure(_("Lines of the history"), size="lead")
        self.where = note("", wrap=True)
        self.last = Card(_("Last backup"))
        self.none = Empty(_("No backup yet"), _("Make one before the first evening."))
        self.schedule = BackupSchedule(station)
        self.schedule.failed.connect(self.failed)
        self._lay_out()

    def reload(self) -> None:
        """Read where backups go and when the last was made, off the UI thread."""
        settings = self.station.settings

        def job(_stop: Stop, _report: Report) -> tuple[str, str]:
            return settings.get(FOLDER), settings.get(LAST)

        self.desk.work(self, job, self._take, self.failed)
        self.schedule.reload()

    def try_last(self) -> None:
        """Ask which backup to try, and restore it aside."""
        start = str(self.form.value("folder") or "")
        kinds = _("Backups (*.kist-backup)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Backup to try"), start, kinds)
        if name:
            self.try_file(Path(name))

    def try_file(self, file: Path) -> None:
        """Restore a backup into a temporary folder on a worker, verify it, write it down."""
        program = self.station.program

        def job(stop: Stop, report: Report) -> BackupTried:
            return program.try_backup(file, report, stop)

        self.banner.clear()
        name = _("Trying the backup")
        self.progress.run(self.desk, self, name, job, self._tried, self._refused)
        self.action_set.refresh()

    def _tried(self, tried: BackupTried) -> None:
        self.action_set.refresh()
        number = len(tried.findings)
        command = NoteBackupTried(
            sha256=tried.sha256, made_at=tried.made_at, rows=tried.rows, findings=number
        )
        self.desk.ask(self, command, self.desk.key(), None, self.failed)
        at = moment(self.station.local(self.station.clock.now()))
        said = tried_said(tried, at, self.station.currency)
        self.banner.say(said, "bad" if number else "ok")
        settings, text = self.station.settings, said
        self.schedule.show_tried(said)
        self.desk.work(self, lambda _s, _r: settings.set(TRIED, text), _nothing, self.failed)

    def make(self) -> None:
        """Make a backup now."""
        values = self.form.values()
        if values is None or not self.progress.isHidden():
            return
        program, settings, folder = self.station.program, self.station.settings, values["folder"]

        def job(stop: Stop, report: Report) -> BackupMade:
            settings.set(FOLDER, folder)
            return make_backup(program, plan_of(settings), folder, report, stop)

        self.banner.clear()
        name = _("Making a backup")
        self.progress.run(self.desk, self, name, job, self._made, self._refused)
        self.action_set.refresh()

    def choose(self) -> None:
        """Choose the folder."""
        start = str(self.form.value("folder") or "")
        folder = QFileDialog.getExistingDirectory(self, _("Folder for backups"), start)
        if folder:
            self.form.set_value("folder", folder)

    def _actions(self) -> list[Action]:
        def free() -> bool:
            return self.progress.isHidden()

        return [
            Action(
                name="choose",
                text=_("Choose"),
                keys="Alt+O",
                icon="folder-open",
                run=self.choose,
                enabled=free,
            ),
            Action(
                name="try",
                text=_("Try a backup"),
                keys="Alt+T",
                icon="arrow-counter-clockwise",
                run=self.try_last,
                enabled=free,
            ),
            Action(
                name="make",
                text=_("Back up now"),
                keys="Alt+B",
                icon="hard-drives",
                run=self.make,
                enabled=free,
            ),
        ]

    def _made(self, made: BackupMade) -> None:
        self.action_set.refresh()
        command = NoteBackup(sha256=made.sha256, size=made.size)
        self.desk.ask(self, command, self.desk.key(), None, self.failed)
        at = moment(self.station.local(self.station.clock.now()))
        last = Last(str(made.path), at, made.size, made.rows, made.lines)
        self._show(last)
        self.station.say(_("The backup is verified"))
        settings, text = self.station.settings, json.dumps(_plain(last))
        self.desk.work(self, lambda _s, _r: settings.set(LAST, text), _nothing, self.failed)

    def _refused(self, error: Exception) -> None:
        self.action_set.refresh()
        self.failed(error, self.form)

    def _take(self, kept: tuple[str, str]) -> None:
        folder, last = kept
        if not self.form.is_dirty():
            self.form.set_value("folder", folder)
            self.form.settle()
        self._show(Last(**json.loads(last)) if last else None)

    def _show(self, last: Last | None) -> None:
        self.last.setVisible(last is not None)
        self.none.setVisible(last is None)
        if last is None:
            return
        self.verified.show_figure(last.at)
        size = _("{size} MB").format(size=max(1, last.size // MEGABYTE))
        self.volume.show_figure(size)
        self.rows.show_figure(count(last.rows, self.station.currency))
        self.lines.show_figure(count(last.lines, self.station.currency))
        self.where.setText(last.file)

    def _lay_out(self) -> None:
        card = Card()
        card.setMaximumWidth(theme().px(WIDTH))
        card.body.addWidget(self.form)
        names = (("choose", "secondary"), ("try", "secondary"), ("make", "primary"))
        buttons = row(*(self.action_set.button(name, kind) for name, kind in names))
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        self.last.setMaximumWidth(theme().px(WIDTH))
        self.last.body.addLayout(row(self.verified, self.volume, self.rows, self.lines, gap=24))
        self.last.body.addWidget(self.where)
        self.last.hide()
        self.none.setMaximumWidth(theme().px(WIDTH))
        self.schedule.setMaximumWidth(theme().px(WIDTH))
        self.add_scrolled(card, self.progress, self.last, self.none, self.schedule)


def _plain(last: Last) -> dict[str, Any]:
    return {name: getattr(last, name) for name in Last.__slots__}


def _nothing(_none: object) -> None:
    """It was kept."""
