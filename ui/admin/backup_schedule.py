"""When backups are made by themselves, how many are kept, and the last one that was tried."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from app.ports.program import BackupTried
from app.texts import _, ngettext
from app.texts.figures import count
from ui.kit.buttons import Button
from ui.kit.card import Card, row
from ui.kit.check import Check
from ui.kit.field import FieldBox
from ui.kit.screen_context import Station
from ui.kit.segmented import Segmented
from ui.kit.tasks import Report, Stop
from ui.kit.text import note
from ui.parts.backups import HOURS, KEPT, BackupPlan, keep_plan, plan_of

TRIED = "backup.tried"


class BackupSchedule(Card):
    """Every choice is kept at once, for this PC."""

    failed = Signal(object)

    def __init__(self, station: Station) -> None:
        super().__init__(_("By itself"))
        self._station = station
        self._second = ""
        self.at_close = Check(_("After a business day is closed"))
        never = {0: _("never")}
        self.hours = Segmented([(one, never.get(one, str(one))) for one in HOURS])
        self.keep = Segmented([(one, str(one)) for one in KEPT])
        self.where = note("", wrap=True)
        self.tried = note("", wrap=True)
        self.second = Button(_("Second folder"), self.choose_second, icon="folder-open")
        self.no_second = Button(_("No second folder"), lambda: self.set_second(""), kind="ghost")
        self.body.addWidget(self.at_close)
        self.body.addWidget(FieldBox(_("Every so many hours while somebody works"), self.hours))
        self.body.addWidget(FieldBox(_("How many of them are kept"), self.keep))
        line = row(self.where, self.second, self.no_second)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.tried)
        for editor in (self.at_close, self.hours, self.keep):
            editor.edited.connect(self._keep)

    def reload(self) -> None:
        """Read the plan off the UI thread."""
        settings = self._station.settings

        def job(_stop: Stop, _report: Report) -> tuple[BackupPlan, str]:
            return plan_of(settings), settings.get(TRIED)

        self._station.desk.work(self, job, self._take, self.failed.emit)

    def choose_second(self) -> None:
        """Choose a folder that gets a copy of each, such as another disk."""
        folder = QFileDialog.getExistingDirectory(self, _("Folder for a copy"), self._second)
        if folder:
            self.set_second(folder)

    def set_second(self, folder: str) -> None:
        """Copy each backup there too; empty for no copy."""
        self._second = folder
        self._say_where()
        self._keep()

    def show_tried(self, said: str) -> None:
        """Say when a backup was last restored aside and verified."""
        nothing = _("No backup was tried yet: a backup that was never restored is a hope.")
        self.tried.setText(said or nothing)

    def _take(self, kept: tuple[BackupPlan, str]) -> None:
        plan, tried = kept
        self.at_close.set_value(plan.at_close)
        self.hours.set_value(plan.hours)
        self.keep.set_value(plan.keep)
        self._second = plan.second
        self._say_where()
        self.show_tried(tried)

    def _say_where(self) -> None:
        copied = _("A copy of each goes to {folder}").format(folder=self._second)
        self.where.setText(copied if self._second else _("To one folder only."))
        self.no_second.setVisible(bool(self._second))

    def _keep(self) -> None:
        plan = BackupPlan(
            at_close=self.at_close.value(),
            hours=self.hours.value(),
            keep=self.keep.value(),
            second=self._second,
        )
        settings = self._station.settings
        self._station.desk.work(
            self, lambda _s, _r: keep_plan(settings, plan), _nothing, self.failed.emit
        )


def tried_said(tried: BackupTried, at: str, currency: str) -> str:
    """What a tried backup came to, in a sentence or two."""
    number = len(tried.findings)
    counts = _(
        "Restored aside on {at}: {loans} loans, {receipts} receipts, {lines} lines of the history."
    ).format(
        at=at,
        loans=count(tried.loans, currency),
        receipts=count(tried.receipts, currency),
        lines=count(tried.lines, currency),
    )
    wrong = ngettext(
        "{number} thing in it is not as it must be.",
        "{number} things in it are not as they must be.",
        number,
    ).format(number=count(number))
    return f"{counts} {wrong if number else _('It is whole.')}"


def _nothing(_none: object) -> None:
    """It was kept."""
