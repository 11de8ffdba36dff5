"""Makes the backups that are planned: after a day was closed, and every so many hours."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.commands.checks import NoteBackup
from app.domain.roles import Permission
from app.ports.program import BackupMade
from app.texts import _
from ui.kit.screen_context import Station
from ui.kit.tasks import Report, Stop
from ui.parts.backups import FOLDER, is_due, last_made_at, make_backup, plan_of

LOOK_EVERY_MS = 5 * 60 * 1000


class BackupKeeper(QObject):
    """Lives as long as somebody who may make backups is signed in."""

    def __init__(self, station: Station, parent: QObject) -> None:
        super().__init__(parent)
        self._station, self._busy = station, False
        self._open = station.day_is_open
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(lambda: self.look(closed=False))
        if station.may(Permission.BACKUP_MAKE) and station.program.line is None:
            station.branch_changed.connect(self._on_branch)
            self._timer.start()

    def look(self, *, closed: bool) -> None:
        """Make a backup if one is due now, or if a day was just closed and the plan says so."""
        if self._busy:
            return
        program, settings = self._station.program, self._station.settings

        def job(stop: Stop, report: Report) -> BackupMade | None:
            plan, folder = plan_of(settings), settings.get(FOLDER)
            due = is_due(plan, last_made_at(settings), program.clock.now())
            if not folder or not (due or (closed and plan.at_close)):
                return None
            return make_backup(program, plan, folder, report, stop)

        self._busy = True
        self._station.desk.work(self, job, self._made, self._failed)

    def _on_branch(self) -> None:
        was, self._open = self._open, self._station.day_is_open
        if was and not self._open:
            self.look(closed=True)

    def _made(self, made: BackupMade | None) -> None:
        self._busy = False
        if made is not None:
            command = NoteBackup(sha256=made.sha256, size=made.size)
            self._station.desk.ask(self, command, self._station.desk.key())
            self._station.say(_("The planned backup is made and verified"))

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._station.desk.trouble.emit(error)
