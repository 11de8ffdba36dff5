"""Bringing a backup in: the file, the recovery code, and a folder where nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ports.program import Launcher, Program
from app.texts import _
from ui.kit.buttons import Button
from ui.kit.card import row
from ui.kit.dialog import Dialog
from ui.kit.field import Field
from ui.kit.progress import ProgressCard
from ui.kit.tasks import Desk, Report, Stop
from ui.shell.passwords import recovery_field


class RestoreDialog(Dialog):
    """Opens a backup as a new station of its branch."""

    restored = Signal(object)  # Program

    def __init__(self, parent: QWidget, desk: Desk, launcher: Launcher) -> None:
        said = _(
            "The backup is opened here as a new station of the branch. The backup itself and what "
            "lies in this folder stay as they are."
        )
        fields = [Field(name="file", label=_("Backup file"), length=400), recovery_field()]
        super().__init__(
            parent,
            _("Restore from a backup"),
            said,
            act=_("Restore"),
            fields=fields,
            columns=1,
            width=560,
        )
        self._desk, self._launcher = desk, launcher
        self.progress = ProgressCard()
        self.progress.button.hide()
        choose = Button(_("Choose the file"), self._choose, keys="Alt+O", icon="folder-open")
        line = row(choose)
        line.addStretch(1)
        self.content.addLayout(line)
        self.content.addWidget(self.progress)
        self.decided.connect(lambda values: self._restore(values["file"], values["recovery_code"]))

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Backup file"))
        if name and self.form is not None:
            self.form.set_value("file", name)
            self.form.focus("recovery_code")

    def _restore(self, file: str, code: str) -> None:
        launcher = self._launcher

        def job(_stop: Stop, report: Report) -> Program:
            return launcher.restore(Path(file), code, report)

        self.progress.run(self._desk, self, _("Restoring"), job, self._done, self.failed)

    def _done(self, program: Program) -> None:
        self.finish()
        self.restored.emit(program)
